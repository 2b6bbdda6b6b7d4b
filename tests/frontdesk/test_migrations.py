"""The database's versions, on every database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from own_services import services_on
from sqlalchemy import Connection, inspect, text

from frontdesk.app import build_app
from frontdesk.database.database import open_database
from frontdesk.database.migrate import migrate, migration_config
from frontdesk.database.tables import Base
from frontdesk.desk.app import build_desk

ALL_TABLES = {
    "address_use",
    "alembic_version",
    "audit",
    "case_messages",
    "cases",
    "conversations",
    "failed_sign_ins",
    "heartbeat",
    "messages_in",
    "messages_out",
    "notes",
    "notifications",
    "sms_deliveries",
    "sms_numbers",
    "sms_opt_outs",
    "sms_received",
    "staff",
    "staff_sessions",
}


@contextmanager
def connected(address: str) -> Iterator[Connection]:
    """Opens a transaction on a database."""
    database = open_database(address, 5.0)
    with database.writer.begin() as connection:
        yield connection
    database.close()


def tables(address: str) -> set[str]:
    """Returns the names of all tables."""
    with connected(address) as connection:
        return set(inspect(connection).get_table_names())


def test_an_empty_database_gets_all_tables(new_database: Callable[[], str]) -> None:
    address = new_database()
    assert tables(address) == set()
    assert migrate(address) == "0008"
    assert tables(address) == ALL_TABLES


def test_migrating_again_changes_nothing(new_database: Callable[[], str]) -> None:
    address = new_database()
    migrate(address)
    with connected(address) as connection:
        connection.execute(text("UPDATE heartbeat SET beaten_at = '2020-01-02'"))
    assert migrate(address) == "0008"
    with connected(address) as connection:
        beaten_at = connection.scalar(text("SELECT beaten_at FROM heartbeat"))
    assert str(beaten_at).startswith("2020-01-02")


def test_the_tables_are_what_the_code_expects(
    new_database: Callable[[], str],
) -> None:
    address = new_database()
    migrate(address)
    services = services_on(address)
    # They make all tables known.
    build_app(services, "token")
    build_desk(services)
    with connected(address) as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, Base.metadata) == []


def test_down_and_up_again(new_database: Callable[[], str]) -> None:
    address = new_database()
    migrate(address)
    for revision, left in (("0001", {"alembic_version", "heartbeat"}), ("base", None)):
        with connected(address) as connection:
            command.downgrade(migration_config(connection), revision)
        assert tables(address) == (left or {"alembic_version"})
    assert migrate(address) == "0008"
    assert tables(address) == ALL_TABLES


def test_a_failing_migration_leaves_nothing_behind(
    new_database: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    address = new_database()

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("power failure")

    monkeypatch.setattr("alembic.op.create_index", fail)
    with pytest.raises(RuntimeError, match="power failure"):
        migrate(address)
    monkeypatch.undo()
    assert tables(address) == set()
    assert migrate(address) == "0008"
