"""Writers that meet wait for each other, on every database."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillWaiting
from contextlib import suppress
from pathlib import Path

import pytest
from case_bodies import case_body
from conftest import NewDatabase
from live_frontdesk import run_frontdesk
from sqlalchemy import inspect, select, text, update

from frontdesk.cases.case import Case
from frontdesk.cases.case_id import new_case_id
from frontdesk.cases.case_request import CaseRequest
from frontdesk.cases.store import CaseStore
from frontdesk.clock import utc_now
from frontdesk.database.database import Database, open_database
from frontdesk.database.migrate import migrate

HEAD_START_SECONDS = 0.3
"""Long enough for the second writer to go wrong if nothing holds it back."""

InBackground = Callable[..., "Future[object]"]


@pytest.fixture
def address(new_database: NewDatabase) -> str:
    """Where a migrated database is."""
    address = new_database()
    migrate(address)
    return address


@pytest.fixture
def in_background() -> Iterator[InBackground]:
    """Starts something in a thread and gives it a head start."""
    with ThreadPoolExecutor() as threads:

        def start(work: Callable[..., object], *arguments: object) -> "Future[object]":
            future = threads.submit(work, *arguments)
            with suppress(StillWaiting):
                future.result(HEAD_START_SECONDS)
            return future

        yield start


def store_on(database: Database) -> CaseStore:
    """Builds a store as the application does."""
    return CaseStore(database, new_case_id, utc_now)


def request(**changes: object) -> CaseRequest:
    """Builds a valid request."""
    return CaseRequest.model_validate(case_body(**changes))


def test_a_message_does_not_join_a_case_that_is_being_closed(
    address: str, in_background: InBackground
) -> None:
    mine, other = (open_database(address, 5.0) for _ in range(2))
    first = request()
    store_on(mine).record(first)
    with mine.writing() as session:
        session.execute(update(Case).values(status="closed"))
        second = in_background(store_on(other).record, request(sender=first.sender))
    second.result()
    cases = store_on(mine).of_person(first.sender)
    assert [(case.status, len(case.messages)) for case in cases] == [
        ("closed", 1),
        ("waiting", 1),
    ]


def test_one_that_reads_first_can_still_write(
    address: str, in_background: InBackground
) -> None:
    mine, other = (open_database(address, 5.0) for _ in range(2))
    with mine.writing() as session:
        assert session.scalars(select(Case)).all() == []
        second = in_background(store_on(other).record, request())
        session.execute(text("UPDATE heartbeat SET beaten_at = '2020-01-02'"))
    second.result()


def test_front_desks_that_migrate_take_turns(
    new_database: NewDatabase, in_background: InBackground
) -> None:
    address = new_database()
    database = open_database(address, 5.0)
    with database.writer.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(19270)"))
        second = in_background(migrate, address)
        assert inspect(connection).get_table_names() == []
    assert second.result() == "0008"


def test_front_desks_that_start_together_all_start(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path}/desk.db"
    with ThreadPoolExecutor(2) as threads:
        runs = [
            threads.submit(run_frontdesk, "migrate", FRONTDESK__DATABASE_URL=address)
            for _ in range(2)
        ]
    ended = [run.result() for run in runs]
    assert [(end.returncode, end.stderr) for end in ended] == [(0, "")] * 2
    assert {end.stdout for end in ended} == {"database at revision 0008\n"}
