"""Case ids that can be said on the phone."""

import secrets

CROCKFORD_BASE32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without I, L, O and U, which are misheard, misread, or spell words."""

_LENGTH = 6
"""30 random bits: a thousand million ids, and the store tries again on a collision."""


def new_case_id() -> str:
    """Returns a fresh id, such as `KF-7Q2MX9`."""
    return "KF-" + "".join(secrets.choice(CROCKFORD_BASE32) for _ in range(_LENGTH))
