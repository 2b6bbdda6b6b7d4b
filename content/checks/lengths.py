"""Check: texts are as long as their channel allows, once the clinic's values are in."""

from __future__ import annotations

import re

from content import gsm7
from content.checks.library import FactFile, Library
from content.checks.texts import Text
from content.problem import Problem
from content.sms import LONGEST_TOPIC

SMS_LIMIT = 306
"""Two joined GSM-7 segments; a longer message costs more and may arrive in pieces."""

WEB_WORDS = {"answer.web": (40, 110), "detail.web": (60, 170)}
SLOT_LENGTH = 40
"""What a value that is only known later counts as."""

SLOT_LENGTHS = {
    "staff_name": 100,
    "callback_name": 50,
    "callback_contact": 60,
    "callback_time": 60,
}
"""What has a limit of its own counts as that (see `actions/callback_form.py`)."""

_CHOICE_TITLE = re.compile(r"\{choice_\d_title\}")
_SLOT = re.compile(r"\{(\w+)\}")


def length_problems(library: Library) -> list[Problem]:
    """Measures each text that the web or an SMS carries."""
    longest_title = max(library.choice_titles, key=gsm7.length, default="")
    leads = {f"{file.fact.topic}.answer.sms": _lead(file) for file in library.facts}
    problems = []
    for text in library.texts:
        if text.filled is None:
            continue
        problems += _web_problems(text, text.filled)
        if text.on_sms:
            sent = _CHOICE_TITLE.sub(lambda _: longest_title, text.filled)
            sent = _SLOT.sub(_longest_value, sent)
            problems += _sms_problems(text, leads.get(text.name, "") + sent)
    return problems + [
        problem for file in library.facts for problem in _topic_problems(file)
    ]


def _longest_value(slot: re.Match[str]) -> str:
    return "x" * SLOT_LENGTHS.get(slot[1], SLOT_LENGTH)


def _topic_problems(file: FactFile) -> list[Problem]:
    """A text with sources ends with a link that names the topic."""
    length = len(file.fact.topic)
    if length <= LONGEST_TOPIC:
        return []
    message = f"topic has {length} characters, {LONGEST_TOPIC} at most"
    remedy = "shorten it, in the file's name too: texts link to it"
    return [file.source.problem(["topic"], message, remedy)]


def _lead(file: FactFile) -> str:
    return file.fact.verdict.lead("")


def _web_problems(text: Text, filled: str) -> list[Problem]:
    field = text.name.partition(".")[2]
    if field not in WEB_WORDS:
        return []
    least, most = WEB_WORDS[field]
    words = len(filled.split())
    if least <= words <= most:
        return []
    verb = "add to" if words < least else "shorten"
    return [
        text.problem(f"has {words} words, not {least} to {most}", f"{verb} the text")
    ]


def _sms_problems(text: Text, sent: str) -> list[Problem]:
    length = gsm7.length(sent)
    if length <= SMS_LIMIT:
        return []
    remedy = f"shorten it by {length - SMS_LIMIT}"
    if text.name.startswith("utter_") and not text.name.endswith(".sms"):
        remedy += ", or add a shorter variation with 'channel: sms'"
    return [
        text.problem(
            f"takes {length} characters as an SMS, {SMS_LIMIT} at most", remedy
        )
    ]
