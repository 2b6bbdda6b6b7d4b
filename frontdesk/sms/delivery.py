"""What became of each text: on its way, delivered, or why not."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.conversations.message_out import MessageOut
from frontdesk.database.columns import UtcDateTime
from frontdesk.database.tables import Base

QUEUED = "queued"
SENDING = "sending"
"""Handed to Twilio; until it has answered, nobody knows whether it took it."""
SENT = "sent"
DELIVERED = "delivered"
FAILED = "failed"
REFUSED = "refused"
"""Never handed over: the person does not want texts."""

UNSENT = (QUEUED, SENDING)

OPTED_OUT = 21610
"""Twilio's number of the error that the person has replied STOP."""

_IS_UNSENT = text(f"state IN ('{QUEUED}', '{SENDING}')")


class SmsDelivery(Base):
    """The sending of one message of the outbox; in the order of `id` for a person."""

    __tablename__ = "sms_deliveries"
    __table_args__ = (
        Index(
            "ix_sms_deliveries_unsent",
            "sender",
            "id",
            sqlite_where=_IS_UNSENT,
            postgresql_where=_IS_UNSENT,
        ),
        # Ids are not used again after a deletion: Twilio has seen them.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(
        ForeignKey(MessageOut.id, ondelete="CASCADE"), unique=True
    )
    sender: Mapped[str] = mapped_column(String(255), index=True)
    state: Mapped[str] = mapped_column(String(16), default=QUEUED)
    answers_keyword: Mapped[bool] = mapped_column(default=False)
    """Whether it answers STOP or HELP, and is sent even to who wants no texts."""
    message_sid: Mapped[str | None] = mapped_column(String(64), index=True)
    """Twilio's name for the text."""
    error_code: Mapped[int | None]
    """Twilio's number of what went wrong."""
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    first_tried_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    next_try_at: Mapped[datetime] = mapped_column(UtcDateTime)
