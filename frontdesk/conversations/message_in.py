"""A message from a person, kept until the brain has played it."""

from datetime import datetime

from sqlalchemy import Index, String, UniqueConstraint, literal, text
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.database.columns import ExactText, UtcDateTime
from frontdesk.database.tables import Base

WAITING = "waiting"
PLAYED = "played"
FAILED = "failed"

_WAITS = text(f"state = '{WAITING}'")


class MessageIn(Base):
    """One message of a person; its key makes sending it again harmless.

    The text is removed once the brain has it: the tracker store is its record. Of one
    that the brain failed in, this may be the only record.
    """

    __tablename__ = "messages_in"
    __table_args__ = (
        UniqueConstraint("sender", "key"),
        Index(
            "ix_messages_in_waiting",
            "sender",
            "id",
            sqlite_where=_WAITS,
            postgresql_where=_WAITS,
        ),
        # Ids are not used again after a deletion: keys of replies hold them.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sender: Mapped[str] = mapped_column(String(255), index=True)
    key: Mapped[str] = mapped_column(String(200))
    channel: Mapped[str] = mapped_column(String(32))
    text: Mapped[str | None] = mapped_column(ExactText)
    choice: Mapped[str | None] = mapped_column(ExactText)
    state: Mapped[str] = mapped_column(String(16), default=WAITING)
    told_of_delay: Mapped[bool] = mapped_column(default=False)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)


IS_WAITING = MessageIn.state == literal(WAITING, literal_execute=True)
"""Written out, so that the database uses its index of waiting messages."""
