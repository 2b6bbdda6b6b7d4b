"""Text as requests may bring it."""

import re
from typing import Annotated

from pydantic import AfterValidator, StringConstraints
from pydantic_core import PydanticCustomError

NO_CONTROL_CHARACTERS = r"^[^\x00-\x1f\x7f]*$"
"""Of names and keys: they end up in addresses and in people's consoles."""

_HALF_CHARACTER = re.compile("[\ud800-\udfff]")


def _refuse_half_characters(text: str) -> str:
    # JSON can carry them, but neither a database nor an answer can: one that was
    # stored would make its whole conversation unreadable.
    if _HALF_CHARACTER.search(text):
        raise PydanticCustomError("half_character", "Text has half a character in it")
    return text


Text = Annotated[str, AfterValidator(_refuse_half_characters)]
"""Whatever people write."""

Sender = Annotated[
    Text,
    StringConstraints(min_length=1, max_length=255, pattern=NO_CONTROL_CHARACTERS),
]
"""Names a conversation, and so the person who has it."""
