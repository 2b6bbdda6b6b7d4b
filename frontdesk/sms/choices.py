"""Numbered choices: "1", "1.", "one" or "the first" of what a question offered."""

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from frontdesk.conversations.message_out import BOT, READY, MessageOut

_NUMBERED = "utter_clarify"
_LONGEST = 30
_MOST_IN_A_TURN = 5
_WORDS = {
    word: number
    for number, words in enumerate(
        ("1 one first 1st", "2 two second 2nd", "3 three third 3rd"), start=1
    )
    for word in words.split()
}
_FILLERS = frozenset(["the", "option", "number", "choice", "answer", "reply", "please"])


def choices_of(message: MessageOut) -> Sequence[dict[str, Any]]:
    """Returns the buttons that are numbered in a text, if it is a question of ours."""
    if not (message.name or "").startswith(_NUMBERED):
        return ()
    return [button for button in message.body["buttons"] if "payload" in button]


def chosen_payload(session: Session, sender: str, text: str) -> str | None:
    """Returns what a number stands for in the assistant's latest turn, if it is one."""
    number = _number_in(text)
    if number is None:
        return None
    latest = session.scalars(
        select(MessageOut)
        .where(
            MessageOut.sender == sender,
            MessageOut.speaker == BOT,
            MessageOut.state == READY,
        )
        .order_by(MessageOut.id.desc())
        .limit(_MOST_IN_A_TURN)
    ).all()
    for message in latest:
        if message.body["message_id"] != latest[0].body["message_id"]:
            break
        choices = choices_of(message)
        if choices:
            within = number <= len(choices)
            return str(choices[number - 1]["payload"]) if within else None
    return None


def _number_in(text: str) -> int | None:
    if len(text) > _LONGEST:
        return None
    words = [
        word for word in re.findall(r"\w+", text.casefold()) if word not in _FILLERS
    ]
    # "The first one" is the first.
    chooses = words[1:] in ([], ["one"])
    return _WORDS.get(words[0]) if words and chooses else None
