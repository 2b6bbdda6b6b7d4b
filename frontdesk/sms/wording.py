"""What leaves as one text message: a message of the outbox, put into its words."""

import re

from content import gsm7
from frontdesk.conversations.message_out import STAFF, MessageOut
from frontdesk.sms.choices import choices_of
from frontdesk.sms.line import FACTS_PATH

_SOURCES = re.compile(r"utter_faq_(\w+)_sources")
_NUMBERS = "Reply 1"
"""How a text begins to say that its choices are numbered."""


def words_of(message: MessageOut, public_url: str) -> str:
    """Returns the text: choices numbered, sources with the fact's page, in GSM-7."""
    text = str(message.body["text"] or "").strip()
    if message.speaker == STAFF:
        # Only what their keyboards put in by themselves: the words are theirs.
        return gsm7.without_typography(text)
    text += _numbered_choices(message, text)
    if sources := _SOURCES.fullmatch(message.name or ""):
        text += f" {public_url}{FACTS_PATH}{sources[1]}"
    return gsm7.simplified(text)


def _numbered_choices(message: MessageOut, text: str) -> str:
    choices = choices_of(message)
    if not choices or _NUMBERS in text:
        return ""
    lines = [
        f"\n{number} {choice.get('title', '')}"
        for number, choice in enumerate(choices, start=1)
    ]
    return f"\n{_NUMBERS} to {len(choices)}." + "".join(lines)
