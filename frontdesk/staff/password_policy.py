"""Which passwords are good enough."""

import re

from zxcvbn import zxcvbn

from frontdesk.staff.passwords import LONGEST
from frontdesk.staff.refusals import PasswordRefused

SHORTEST = 12

ADVICE = (
    f"At least {SHORTEST} characters. Four words that do not belong together are good."
)

_GOOD_SCORE = 3
"""Of 4; below it, ten thousand million guesses would be enough."""

_READ_CHARACTERS = 72
"""As many as zxcvbn accepts; it gets slow with more."""

_SHORTEST_WORD = 4
"""Shorter parts of names are found in passwords by chance."""


def check_password(password: str, email: str, name: str) -> None:
    """Checks a new password of the member with this e-mail address and name.

    Raises:
        PasswordRefused: saying what is wrong with it.
    """
    problem = _problem(password, _own_words(email, name))
    if problem:
        raise PasswordRefused(problem, "password")


def _problem(password: str, own_words: set[str]) -> str | None:
    if len(password) < SHORTEST:
        return f"The password is too short. Use at least {SHORTEST} characters."
    if len(password) > LONGEST:
        return f"The password is too long. Use at most {LONGEST} characters."
    if any(word in password.lower() for word in own_words):
        return (
            "The password has a part of the name or e-mail address in it. "
            "Leave that out."
        )
    rating = zxcvbn(password[:_READ_CHARACTERS], sorted(own_words))
    if rating["score"] < _GOOD_SCORE:
        return (
            "The password is easy to guess. Use four words that do not belong together."
        )
    return None


def _own_words(email: str, name: str) -> set[str]:
    words = re.split(r"[\W_]+", f"{email} {name}".lower())
    return {word for word in words if len(word) >= _SHORTEST_WORD}
