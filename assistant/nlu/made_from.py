"""What Rasa cannot see that a trained component is made from: our code, other files.

Rasa keeps trained components and takes them again when their class, their configuration
and the examples are unchanged. Ours also depend on the modules beside them and on files
of patterns and spellings, so these go into the fingerprint (`fingerprint_addon`).
"""

from __future__ import annotations

import hashlib
from pathlib import Path

CODE = Path(__file__).parent


def hash_of(*folders: str) -> str:
    """Returns a hash of this package's code and of all files in some folders."""
    files = [*CODE.glob("*.py")]
    for folder in folders:
        files += [path for path in Path(folder).rglob("*") if path.is_file()]
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
