"""E-mail addresses, as names to sign in with."""

import re
import unicodedata

_LONGEST = 254
_ADDRESS = re.compile(r"[^\s@\x00-\x1f\x7f]+@[^\s@\x00-\x1f\x7f]+")


def normal_email(text: str) -> str | None:
    """Returns the address in the one form that is stored; none if it is no address.

    Whether mail arrives there is not asked: nothing is sent to it.
    """
    email = unicodedata.normalize("NFKC", text.strip()).lower()
    is_address = len(email) <= _LONGEST and _ADDRESS.fullmatch(email)
    return email if is_address else None
