"""A conversation as the front desk keeps it: who has it, and whose turn it is.

What was said is not kept here: Rasa's tracker store is the one record of that.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.database.columns import UtcDateTime
from frontdesk.database.tables import Base

BOT = "bot"
HUMAN = "human"


class Conversation(Base):
    """One person's conversation on one channel."""

    __tablename__ = "conversations"

    sender: Mapped[str] = mapped_column(String(255), primary_key=True)
    channel: Mapped[str] = mapped_column(String(32))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    owner: Mapped[str] = mapped_column(String(8), default=BOT)
    staff_id: Mapped[int | None] = mapped_column(
        ForeignKey("staff.id", ondelete="SET NULL")
    )
    changes: Mapped[int] = mapped_column(default=0)
    """How often the owner has changed: each change is announced exactly once."""

    person_wrote_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    staff_wrote_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    staff_saw_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    told_closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the person was last told that the clinic is closed."""

    leased_by: Mapped[str | None] = mapped_column(String(64))
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    """Which front desk plays its messages just now; one at a time, in order."""
