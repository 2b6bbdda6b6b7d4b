"""Passwords: hashed with argon2, checked at a price that is always the same."""

import secrets
import threading
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from frontdesk.cases.case_id import CROCKFORD_BASE32

LONGEST = 200

_AT_ONCE = 4
"""Each check takes 64 MB: many at the same time must not take all there is."""

_GROUPS, _GROUP_LENGTH = 4, 5


class Passwords:
    """Makes and checks hashes."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher()
        self._nobodys = self._hasher.hash(secrets.token_bytes())
        self._slots = threading.BoundedSemaphore(_AT_ONCE)

    def hash(self, password: str) -> str:
        """Returns what is stored of a password."""
        with self._slots:
            return self._hasher.hash(_bytes(password))

    def is_right(self, password: str, stored: str | None) -> bool:
        """Checks a password; without a hash it does the same work and says no."""
        with self._slots:
            try:
                self._hasher.verify(stored or self._nobodys, _bytes(password))
            except (VerificationError, InvalidHashError):
                return False
        return stored is not None

    def is_outdated(self, stored: str) -> bool:
        """Whether the hash was made with other parameters than today's."""
        return self._hasher.check_needs_rehash(stored)


def generate() -> str:
    """Returns a password that can be read aloud and typed: 100 random bits."""
    characters = CROCKFORD_BASE32.lower()
    return "-".join(
        "".join(secrets.choice(characters) for _ in range(_GROUP_LENGTH))
        for _ in range(_GROUPS)
    )


def _bytes(password: str) -> bytes:
    # The same password can be typed as different characters on different keyboards.
    # What is longer than any password of ours need not be read to its end.
    normal = unicodedata.normalize("NFKC", password[: LONGEST + 1])
    return normal.encode("utf-8", "surrogatepass")
