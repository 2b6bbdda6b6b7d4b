"""Databases that the front desk refuses to start with."""

from pathlib import Path

import pytest
from sqlalchemy import text

from frontdesk.database.database import open_database
from frontdesk.database.migrate import migrate
from frontdesk.errors import DatabaseUnusable


def assert_unusable(address: str, reason: str = "") -> None:
    """Checks that one line names the setting, the reason and a remedy."""
    with pytest.raises(DatabaseUnusable) as refused:
        migrate(address)
    [line] = str(refused.value).splitlines()
    assert "'frontdesk.database_url'" in line
    assert "KETAMINE_FACTS_FRONTDESK__DATABASE_URL" in line
    assert reason in line
    assert "hunter2" not in line


@pytest.mark.parametrize(
    "address",
    ["sqlite://", "sqlite:///:memory:", "mysql://a:hunter2@b/c", "hunter2", ""],
)
def test_an_address_of_no_database_we_know(address: str) -> None:
    assert_unusable(address)


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert_unusable(f"sqlite:///{tmp_path}/file/desk.db", "cannot be made")


def test_a_file_that_is_a_folder(tmp_path: Path) -> None:
    assert_unusable(f"sqlite:///{tmp_path}", "unable to open database file")


def test_a_file_that_is_no_database(sqlite_file: Path) -> None:
    sqlite_file.write_text("This is a letter, not a database. " * 100)
    assert_unusable(f"sqlite:///{sqlite_file}", "file is not a database")


def test_a_database_of_a_newer_front_desk(sqlite_file: Path) -> None:
    address = f"sqlite:///{sqlite_file}"
    migrate(address)
    database = open_database(address, 1.0)
    with database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    assert_unusable(address, "newer front desk")
