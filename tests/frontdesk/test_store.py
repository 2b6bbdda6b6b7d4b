"""What the store does in cases that requests cannot bring about."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from case_bodies import case_body
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from frontdesk.cases.case import Case
from frontdesk.cases.case_request import CaseRequest
from frontdesk.cases.store import CaseStore
from frontdesk.database.database import Database, open_database
from frontdesk.database.migrate import migrate

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def database(new_database: Callable[[], str]) -> Database:
    """A migrated database, used without a process in between."""
    address = new_database()
    migrate(address)
    return open_database(address, 5.0)


def store_with_ids(database: Database, *case_ids: str) -> CaseStore:
    """Builds a store that is dealt these ids, at noon."""
    return CaseStore(database, iter(case_ids).__next__, lambda: NOON)


def request(**changes: object) -> CaseRequest:
    """Builds a valid request."""
    return CaseRequest.model_validate(case_body(**changes))


def test_an_id_that_is_taken_is_drawn_again(database: Database) -> None:
    store = store_with_ids(database, "KF-000001", "KF-000001", "KF-000002")
    assert store.record(request()).case_id == "KF-000001"
    assert store.record(request()).case_id == "KF-000002"


def test_ids_that_are_always_taken_are_an_error(database: Database) -> None:
    store = store_with_ids(database, *["KF-000001"] * 10)
    store.record(request())
    with pytest.raises(IntegrityError) as refused:
        store.record(request(message="words-of-a-person"))
    assert "words-of-a-person" not in str(refused.value)


def test_a_case_that_is_no_longer_waiting_is_not_reopened(database: Database) -> None:
    store = store_with_ids(database, "KF-000001", "KF-000002")
    first = request()
    store.record(first)
    with database.writing() as session:
        session.execute(update(Case).values(status="closed"))
    assert store.record(first).outcome == "known"
    assert store.record(request(sender=first.sender)).outcome == "created"
    statuses = [case.status for case in store.of_person(first.sender)]
    assert statuses == ["closed", "waiting"]


def test_moments_keep_their_time_zone(database: Database) -> None:
    store = store_with_ids(database, "KF-000001")
    body = request()
    store.record(body)
    [case] = store.of_person(body.sender)
    assert case.opened_at == case.changed_at == case.messages[0].received_at == NOON
