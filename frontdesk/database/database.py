"""The database as rooms use it: sessions to read with and sessions to write with."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlalchemy.exc import TimeoutError
from sqlalchemy.orm import Session

from frontdesk.database import postgresql, sqlite
from frontdesk.database.fair_lock import FairLock
from frontdesk.database.url import database_url


class Writers:
    """Lets threads write one after the other, whoever came first."""

    def __init__(self, patience: float) -> None:
        self._lock = FairLock()
        self._patience = patience

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Waits for the turn.

        Raises:
            TimeoutError: that of SQLAlchemy, if it did not come in time.
        """
        if not self._lock.acquire(self._patience):
            raise TimeoutError(f"no turn to write came in {self._patience:g} s")
        try:
            yield
        finally:
            self._lock.release()


@dataclass(frozen=True)
class Database:
    """One database; PostgreSQL reads and writes through the same connections."""

    reader: Engine
    writer: Engine
    writers: Writers | None = None
    """Those who wait to write, where only one at a time can."""

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Opens a session to read with."""
        with Session(self.reader) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Opens a session that is committed at the end, or rolled back on an error."""
        with (
            self.writers.turn() if self.writers else nullcontext(),
            Session(self.writer) as session,
            session.begin(),
        ):
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
        return Database(
            sqlite.reader(url, patience),
            sqlite.writer(url, patience),
            Writers(patience),
        )
    engine = postgresql.engine(url, patience)
    return Database(engine, engine)
