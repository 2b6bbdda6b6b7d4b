"""The database as rooms use it: sessions to read with and sessions to write with."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from frontdesk.database import postgresql, sqlite
from frontdesk.database.url import database_url


@dataclass(frozen=True)
class Database:
    """One database; PostgreSQL reads and writes through the same connections."""

    reader: Engine
    writer: Engine

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Opens a session to read with."""
        with Session(self.reader) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Opens a session that is committed at the end, or rolled back on an error."""
        with Session(self.writer) as session, session.begin():
            yield session

    def scrub(self) -> None:
        """Removes deleted rows from files where the database would leave them."""
        if self.writer.dialect.name == "sqlite":
            sqlite.empty_write_ahead_log(self.writer)

    def close(self) -> None:
        """Closes all connections that are not in use."""
        self.reader.dispose()
        self.writer.dispose()


def open_database(address: str, patience: float) -> Database:
    """Opens the database lazily: nothing is connected until the first session.

    Args:
        address: `frontdesk.database_url` of the settings.
        patience: the seconds to wait for a connection, and then for a lock.

    Raises:
        DatabaseUnusable: if the address is not of a database we support.
    """
    url = database_url(address)
    if url.get_backend_name() == "sqlite":
        return Database(sqlite.reader(url, patience), sqlite.writer(url, patience))
    engine = postgresql.engine(url, patience)
    return Database(engine, engine)
