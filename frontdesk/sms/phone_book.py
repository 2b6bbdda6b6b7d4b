"""Phone numbers: kept as a keyed hash, and encrypted where they have to be read."""

import base64
import hashlib
import hmac

import phonenumbers
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SENDER_PREFIX = "sms-"
_HASH_LENGTH = 40
"""160 bits in hexadecimal digits: no two people share a conversation."""


def e164(written: str) -> str | None:
    """Returns a number that was written with its country's code, in one form.

    None for what nobody can be called at: short codes, names of companies.
    """
    if not written.startswith("+"):
        return None
    try:
        number = phonenumbers.parse(written)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def readable(number: str) -> str:
    """Returns a number as people write it."""
    return phonenumbers.format_number(
        phonenumbers.parse(number), phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )


class PhoneBook:
    """Everything that needs the secret key PHONE_KEY."""

    def __init__(self, key: str) -> None:
        self._hash_key = _derive(key, b"sender of a number")
        sealing_key = _derive(key, b"number to be read")
        self._cipher = Fernet(base64.urlsafe_b64encode(sealing_key))

    def sender_of(self, number: str) -> str:
        """Returns the name of a number's conversation, which does not tell it."""
        digest = hmac.new(self._hash_key, number.encode(), hashlib.sha256).hexdigest()
        return SENDER_PREFIX + digest[:_HASH_LENGTH]

    def seal(self, number: str) -> str:
        """Encrypts a number."""
        return self._cipher.encrypt(number.encode()).decode()

    def open(self, sealed: str) -> str | None:
        """Returns the number; None if it was sealed with another key."""
        try:
            return self._cipher.decrypt(sealed).decode()
        except InvalidToken:
            return None


def _derive(key: str, purpose: bytes) -> bytes:
    """Makes a key of its own for each purpose, so that one tells nothing of another."""
    return HKDF(SHA256(), length=32, salt=None, info=purpose).derive(key.encode())
