"""A case and its messages, as they are stored."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from frontdesk.database.columns import ExactText, UtcDateTime
from frontdesk.database.tables import Base
from frontdesk.staff.member import Member

WAITING = "waiting"
TAKEN = "taken"
CLOSED = "closed"
URGENT = "urgent"
DANGER = "danger"

_IS_OPEN = text(f"status != '{CLOSED}'")


class Case(Base):
    """One reason for staff to look at a conversation."""

    __tablename__ = "cases"
    __table_args__ = (
        # A conversation has one open case of a kind, also when two requests race.
        Index(
            "uq_cases_open",
            "sender",
            "kind",
            unique=True,
            sqlite_where=_IS_OPEN,
            postgresql_where=_IS_OPEN,
        ),
    )

    case_id: Mapped[str] = mapped_column(String(16), primary_key=True)
    sender: Mapped[str] = mapped_column(String(255), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    urgency: Mapped[str] = mapped_column(String(16))
    status: Mapped[str] = mapped_column(String(16))
    channel: Mapped[str] = mapped_column(String(32))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    waiting_since: Mapped[datetime] = mapped_column(UtcDateTime)
    """When it began to wait: at first, or when it was handed back or written to."""
    staff_id: Mapped[int | None] = mapped_column(
        ForeignKey(Member.id, ondelete="SET NULL")
    )
    taken_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    escalated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When nobody had taken it in time, and the person and staff were told so."""
    messages: Mapped[list["CaseMessage"]] = relationship(
        order_by="CaseMessage.id", passive_deletes=True
    )

    @property
    def is_escalated(self) -> bool:
        """Whether it waits, and has waited too long since it last began to."""
        return (
            self.status == WAITING
            and self.escalated_at is not None
            and self.escalated_at >= self.waiting_since
        )


class CaseMessage(Base):
    """One message that belongs to a case; its key makes sending it again harmless."""

    __tablename__ = "case_messages"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(
        ForeignKey("cases.case_id", ondelete="CASCADE"), index=True
    )
    key: Mapped[str] = mapped_column(String(200), unique=True)
    message: Mapped[str] = mapped_column(ExactText)
    entities: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    details: Mapped[dict[str, str]] = mapped_column(JSON)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
