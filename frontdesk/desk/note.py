"""A private note of staff on a conversation; the person never sees it."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.database.columns import ExactText, UtcDateTime
from frontdesk.database.tables import Base


class Note(Base):
    """One note."""

    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    sender: Mapped[str] = mapped_column(String(255), index=True)
    staff_name: Mapped[str] = mapped_column(String(100))
    text: Mapped[str] = mapped_column(ExactText)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
