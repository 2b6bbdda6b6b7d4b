"""A member of staff with an account at the desk."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.database.columns import UtcDateTime
from frontdesk.database.tables import Base

STAFF = "staff"
ADMIN = "admin"
ROLES = (STAFF, ADMIN)


class Member(Base):
    """An account; visitors see the name, staff sign in with the e-mail address."""

    __tablename__ = "staff"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(255), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    password_hash: Mapped[str] = mapped_column(String(255))
    role: Mapped[str] = mapped_column(String(16))
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
