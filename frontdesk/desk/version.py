"""Versions of what a page shows, so that it is sent again only when it has changed."""

import hashlib


def version_of(*shown: object) -> str:
    """Returns a short text that differs when anything shown differs."""
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]
