"""What a visitor sends."""

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from frontdesk.web.text import NO_CONTROL_CHARACTERS, Text

MessageId = Annotated[
    Text,
    StringConstraints(min_length=1, max_length=200, pattern=NO_CONTROL_CHARACTERS),
]
LONGEST_TEXT = 10_000

Written = Annotated[Text, StringConstraints(min_length=1, max_length=LONGEST_TEXT)]


class ChatMessage(BaseModel):
    """A text or a choice, with an id that makes sending it again harmless."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: MessageId
    text: Written | None = None
    choice: Written | None = None

    @model_validator(mode="after")
    def _is_one_of_both(self) -> Self:
        if (self.text is None) == (self.choice is None):
            raise PydanticCustomError("one_of_both", "Give either text or choice")
        return self
