"""Cases as our own processes read them."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict


class _View(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class MessageView(_View):
    """One message of a case."""

    key: str
    message: str
    entities: list[dict[str, str]]
    details: dict[str, str]
    received_at: datetime


class CaseView(_View):
    """A case with its messages, oldest first."""

    case_id: str
    sender: str
    kind: str
    urgency: str
    status: str
    channel: str
    opened_at: datetime
    changed_at: datetime
    messages: list[MessageView]


class CaseList(_View):
    """A conversation's cases, oldest first."""

    cases: list[CaseView]


class RecordedView(BaseModel):
    """Where a message was stored; `added` if it joined a case that was open."""

    case_id: str
    created: bool
    added: bool | None = None
