"""The words that every text line has to obey, alone in a message, before anything else.

"Can you stop the side effects" is a question.
"""

import re
import unicodedata
from dataclasses import dataclass

STOP, START, HELP = "STOP", "START", "HELP"
TEXT_KIND = (STOP, START, HELP)

_TWILIOS = {
    STOP: frozenset(
        [
            "STOP",
            "STOPALL",
            "UNSUBSCRIBE",
            "CANCEL",
            "END",
            "QUIT",
            "OPTOUT",
            "REVOKE",
        ]
    ),
    START: frozenset(["START", "UNSTOP", "YES"]),
    HELP: frozenset(["HELP", "INFO"]),
}
"""What Twilio itself acts on, unless it was told otherwise."""

_OURS = {
    STOP: frozenset(
        [
            "STOP ALL",
            "OPT OUT",
            "UNSUBSCRIBE ME",
            "STOP TEXTING",
            "STOP TEXTING ME",
            "STOP MESSAGING ME",
            "DO NOT TEXT ME",
            "DONT TEXT ME",
            "NO MORE TEXTS",
        ]
    ),
    START: frozenset(["OPT IN", "OPTIN"]),
    HELP: frozenset[str](),
}
"""What means the same beyond doubt, and is obeyed, too."""

_OPT_IN_AGAIN = "YES"
"""A word of Twilio's that is also an answer to many a question."""


@dataclass(frozen=True)
class Keyword:
    """What a message asks of the text line."""

    kind: str
    is_twilios: bool
    """Whether Twilio acts on it, and answers it unless it was told not to."""
    is_answered: bool = False
    """Whether Twilio says that it has answered."""


def keyword_in(text: str, told_by_twilio: str, is_opted_out: bool) -> Keyword | None:
    """Returns the keyword that a message consists of, if it does.

    Args:
        text: what the person wrote.
        told_by_twilio: the parameter OptOutType; with it, Twilio has answered already.
        is_opted_out: YES is a keyword only for somebody who gets no texts.
    """
    if told_by_twilio.upper() in TEXT_KIND:
        return Keyword(told_by_twilio.upper(), is_twilios=True, is_answered=True)
    words = _words(text)
    if words == _OPT_IN_AGAIN and not is_opted_out:
        return None
    for kind in TEXT_KIND:
        if words in _TWILIOS[kind] or words in _OURS[kind]:
            return Keyword(kind, text.strip().upper() in _TWILIOS[kind])
    return None


def _words(text: str) -> str:
    """Leaves out everything but letters, digits and single spaces between words."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return " ".join(re.sub(r"[^\w\s]|_", "", plain).split())
