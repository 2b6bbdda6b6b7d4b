"""What a monitor is told."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from case_bodies import case_body
from live_frontdesk import LiveFrontDesk
from waiting import until


@contextmanager
def locked(sqlite_file: Path) -> Iterator[None]:
    """Holds the write lock, as a stuck backup would."""
    with closing(sqlite3.connect(sqlite_file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


def _told_by_the_lock(desk: LiveFrontDesk) -> dict[str, str] | None:
    """Asks again if the desk's own work held the queue until the check gave up."""
    health = desk.client.get("/health")
    assert health.status_code == 503
    told: dict[str, str] = health.json()
    return None if "TimeoutError" in told["reason"] else told


def test_it_is_well_when_the_database_can_be_written(desk: LiveFrontDesk) -> None:
    for _ in range(2):
        answer = desk.stranger.get("/health")
        assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_a_locked_database_is_told_and_nothing_is_claimed(
    own_desk: LiveFrontDesk, sqlite_file: Path
) -> None:
    body = case_body()
    with locked(sqlite_file):
        health = until(lambda: _told_by_the_lock(own_desk), "what the lock says")
        answer = own_desk.post(body)
    assert health == {
        "status": "failing",
        "reason": "the database cannot be written (SQLITE_BUSY)",
    }
    assert answer.status_code == 503
    assert "case_id" not in answer.text
    assert own_desk.client.get("/health").status_code == 200
    assert own_desk.cases(body["sender"]) == []
    assert own_desk.post(body).status_code == 201
