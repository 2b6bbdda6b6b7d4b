"""What SQLite needs to be a dependable server database."""

import sqlite3

from sqlalchemy import URL, Connection, Engine, ExceptionContext, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

_PRAGMAS = (
    "journal_mode = WAL",  # readers and the writer do not wait for each other
    "synchronous = FULL",  # a stored case survives a power failure
    "foreign_keys = ON",
    "secure_delete = ON",  # deleted text is overwritten, not just unlinked
)

_PRIMARY_CODE = 0xFF
"""Mask: extended result codes carry the primary one in their lowest byte."""


def reader(url: URL, patience: float) -> Engine:
    """Makes an engine for transactions that only read."""
    engine = _engine(url, patience, pool_size=5)
    event.listen(engine, "begin", _begin_reading)
    return engine


def writer(url: URL, patience: float) -> Engine:
    """Makes an engine for transactions that write, one at a time.

    SQLite has one writer anyway. Those who wait for its lock can starve, and so can
    those who wait for the only connection: `Writers` lets them in.
    """
    engine = _engine(url, patience, pool_size=1)
    event.listen(engine, "begin", _begin_writing)
    return engine


def empty_write_ahead_log(engine: Engine) -> None:
    """Moves the log into the database file and truncates it.

    Readers are waited for as long as for a lock; if they take longer, a later
    checkpoint does the rest.
    """
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.close()
    finally:
        connection.close()


def _engine(url: URL, patience: float, pool_size: int) -> Engine:
    engine = create_engine(
        url,
        connect_args={"timeout": patience},
        hide_parameters=True,  # parameters are what people wrote
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=patience,
    )
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "handle_error", _drop_stale_connection)
    return engine


def _set_pragmas(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    # Leaves BEGIN to us: the driver would begin only at the first write.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_reading(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _begin_writing(connection: Connection) -> None:
    # A transaction that reads first and then writes fails at once when another has
    # written in between; taking the write lock first makes it wait instead.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _drop_stale_connection(context: ExceptionContext) -> None:
    # One that was opened read-only stays so when the file can be written again.
    code = getattr(context.original_exception, "sqlite_errorcode", 0)
    if code & _PRIMARY_CODE == sqlite3.SQLITE_READONLY:
        context.is_disconnect = True
