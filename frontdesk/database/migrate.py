"""Bringing the database to the version this code needs."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.util import CommandError
from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from frontdesk.database.database import open_database
from frontdesk.database.url import database_url, unusable

MIGRATION_PATIENCE_SECONDS = 60.0
"""How long a front desk waits for another one that is migrating."""

_MIGRATIONS = Path(__file__).parent / "migrations"
_MIGRATION_LOCK = 0x4B46
"""Our number among PostgreSQL's advisory locks: "KF"."""


def migrate(address: str) -> str:
    """Upgrades the database, wholly or not at all, and returns its revision.

    Raises:
        DatabaseUnusable: naming the setting and the remedy.
    """
    _make_private_file(address)
    database = open_database(address, MIGRATION_PATIENCE_SECONDS)
    try:
        with database.writer.begin() as connection:
            _wait_for_turn(connection)
            command.upgrade(migration_config(connection), "head")
            return str(MigrationContext.configure(connection).get_current_revision())
    except CommandError as error:
        raise unusable(
            "names a database of a newer front desk",
            "run that version, or restore the backup made before it",
        ) from error
    except SQLAlchemyError as error:
        raise unusable(
            f"names a database that cannot be used ({_first_line(error)})",
            "start it, correct the address or its permissions",
        ) from error
    finally:
        database.close()


def migration_config(connection: Connection) -> Config:
    """Returns what Alembic's commands need to work on an open connection."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_MIGRATIONS))
    return config


def _wait_for_turn(connection: Connection) -> None:
    # SQLite has its write lock already.
    if connection.dialect.name == "postgresql":
        connection.execute(
            text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATION_LOCK}
        )


def _make_private_file(address: str) -> None:
    url = database_url(address)
    if url.get_backend_name() != "sqlite":
        return
    path = Path(str(url.database))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.touch(mode=0o600)
    except OSError as error:
        raise unusable(
            f"names a file that cannot be made ({error.strerror})",
            "correct the address or the folder's permissions",
        ) from error


def _first_line(error: SQLAlchemyError) -> str:
    reason = str(getattr(error, "orig", None) or type(error).__name__)
    return reason.strip().splitlines()[0].strip()
