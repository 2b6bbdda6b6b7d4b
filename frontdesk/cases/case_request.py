"""What a process sends to have a case opened."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

from frontdesk.web.text import NO_CONTROL_CHARACTERS, Sender, Text

Key = Annotated[
    Text,
    StringConstraints(min_length=1, max_length=200, pattern=NO_CONTROL_CHARACTERS),
]
Kind = Literal["danger", "advice", "human", "screening"]
Urgency = Literal["urgent", "normal"]
Channel = Annotated[Text, StringConstraints(pattern=r"^[A-Za-z0-9_.-]{1,32}$")]
MessageText = Annotated[Text, StringConstraints(max_length=10_000)]


class _Strict(BaseModel):
    # A misspelt field is an error, not a loss.
    model_config = ConfigDict(extra="forbid", frozen=True)


class Entity(_Strict):
    """A medicine or condition that was recognised in the message."""

    entity: Text
    value: Text
    text: Text


class CaseRequest(_Strict):
    """One message that a person at the clinic has to see."""

    key: Key
    sender: Sender
    kind: Kind
    urgency: Urgency
    channel: Channel
    message: MessageText
    entities: list[Entity] = []
    details: dict[Text, Text] = {}

    @property
    def is_urgent(self) -> bool:
        """Whether staff are alerted; danger always, whatever the sender says."""
        return self.urgency == "urgent" or self.kind == "danger"
