"""Column types that give back exactly what was put in, on every database."""

from datetime import UTC, datetime

from sqlalchemy import DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator

_ESCAPE = "\x1a"
_NUL = "\x00"


class ExactText(TypeDecorator[str]):
    """Any text, also with NUL characters, which PostgreSQL cannot store.

    They are escaped with the SUBSTITUTE character; all other text is stored as it is
    and can be searched.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Escapes; see parent class."""
        if value is None:
            return None
        return value.replace(_ESCAPE, _ESCAPE + "E").replace(_NUL, _ESCAPE + "0")

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Undoes the escaping; see parent class."""
        if value is None:
            return None
        return value.replace(_ESCAPE + "0", _NUL).replace(_ESCAPE + "E", _ESCAPE)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment; SQLite forgets time zones, so it is stored and read as UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(
        self, value: datetime | None, dialect: Dialect
    ) -> datetime | None:
        """Converts to UTC; see parent class."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(
        self, value: datetime | None, dialect: Dialect
    ) -> datetime | None:
        """Restores the time zone; see parent class."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value
