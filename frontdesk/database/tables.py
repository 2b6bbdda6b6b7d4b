"""What all tables have in common."""

from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

CONSTRAINT_NAMES = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ix": "ix_%(table_name)s_%(column_0_name)s",
}
"""Every constraint has a name, so that a later migration can change it."""


class Base(DeclarativeBase):
    """Base of all tables."""

    metadata = MetaData(naming_convention=CONSTRAINT_NAMES)
