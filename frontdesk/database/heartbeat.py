"""A row that is written to prove that the database can be written."""

from datetime import datetime

from sqlalchemy.orm import Mapped, Session, mapped_column

from frontdesk.database.columns import UtcDateTime
from frontdesk.database.tables import Base

_ONLY_ROW = 1


class Heartbeat(Base):
    """The table's only row says when the front desk was last found well."""

    __tablename__ = "heartbeat"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    beaten_at: Mapped[datetime] = mapped_column(UtcDateTime)


def beat(session: Session, moment: datetime) -> None:
    """Writes the row; committed, because a full disk shows no sooner."""
    session.merge(Heartbeat(id=_ONLY_ROW, beaten_at=moment))
