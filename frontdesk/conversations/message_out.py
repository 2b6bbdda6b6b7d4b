"""What a person is shown: the outbox, which survives restarts."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.database.columns import UtcDateTime
from frontdesk.database.tables import Base

PERSON = "person"
"""What the person wrote, as every tab of theirs is to show it."""

BOT = "bot"
STAFF = "staff"
NOTICE = "notice"

READY = "ready"
WITHHELD = "withheld"
"""A reply of the bot that a person of the clinic overtook: it is never shown."""

HIDDEN = "hidden"
"""Not a message: something that only the record has to know."""

_IS_UNRECORDED = text("recorded_at IS NULL")


class MessageOut(Base):
    """One message of a conversation, in the order of `id`.

    On the web these are also the person's own, so that one sequence holds everything.

    The order holds because whoever adds one has locked the conversation's row.
    """

    __tablename__ = "messages_out"
    __table_args__ = (
        Index("ix_messages_out_sender_id", "sender", "id"),
        Index(
            "ix_messages_out_unrecorded",
            "sender",
            "id",
            sqlite_where=_IS_UNRECORDED,
            postgresql_where=_IS_UNRECORDED,
        ),
        # Ids are not used again after a deletion: clients have seen them.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sender: Mapped[str] = mapped_column(String(255))
    key: Mapped[str] = mapped_column(String(200), unique=True)
    channel: Mapped[str] = mapped_column(String(32))
    speaker: Mapped[str] = mapped_column(String(8))
    staff_name: Mapped[str | None] = mapped_column(String(100))
    name: Mapped[str | None] = mapped_column(String(100))
    """The response's or the notice's name; none for what staff write."""
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    """`text`, `buttons` (`title`, `payload`) and `metadata`, as the brain gave them."""
    state: Mapped[str] = mapped_column(String(16), default=READY)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the tracker store had it; at once for what the brain said itself."""
