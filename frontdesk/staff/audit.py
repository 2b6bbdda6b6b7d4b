"""The audit trail: who read, took, answered and exported what."""

from datetime import datetime

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from frontdesk.database.columns import UtcDateTime
from frontdesk.database.database import Database
from frontdesk.database.tables import Base

COMMAND_LINE = "command line"
"""Stands for the e-mail address where an act was a command's."""

PAGE_LENGTH = 50


class AuditEntry(Base):
    """One act of a member of staff; never a word of what anyone wrote.

    It outlives the account and the conversation: names are copied, nothing points.
    """

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    staff_email: Mapped[str] = mapped_column(String(255))
    action: Mapped[str] = mapped_column(String(32))
    sender: Mapped[str | None] = mapped_column(String(255), index=True)
    """The conversation; for acts on an account, its e-mail address."""
    case_id: Mapped[str | None] = mapped_column(String(16))


def write_down(
    session: Session,
    at: datetime,
    staff_email: str,
    action: str,
    sender: str | None = None,
    case_id: str | None = None,
) -> None:
    """Adds an entry to the transaction of the act itself."""
    session.add(
        AuditEntry(
            at=at,
            staff_email=staff_email,
            action=action,
            sender=sender,
            case_id=case_id,
        )
    )


def read_trail(database: Database, before: int | None = None) -> list[AuditEntry]:
    """Returns a page of the trail, newest first, older than the entry `before`."""
    query = select(AuditEntry).order_by(AuditEntry.id.desc()).limit(PAGE_LENGTH)
    if before is not None:
        query = query.where(AuditEntry.id < before)
    with database.reading() as session:
        return list(session.scalars(query))
