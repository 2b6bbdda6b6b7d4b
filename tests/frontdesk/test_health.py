"""What a monitor is told."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from case_bodies import case_body
from live_frontdesk import LiveFrontDesk


@contextmanager
def locked(sqlite_file: Path) -> Iterator[None]:
    """Holds the write lock, as a stuck backup would."""
    with closing(sqlite3.connect(sqlite_file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


def test_it_is_well_when_the_database_can_be_written(desk: LiveFrontDesk) -> None:
    for _ in range(2):
        answer = desk.stranger.get("/health")
        assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_a_locked_database_is_told_and_nothing_is_claimed(
    own_desk: LiveFrontDesk, sqlite_file: Path
) -> None:
    body = case_body()
    with locked(sqlite_file):
        health = own_desk.client.get("/health")
        answer = own_desk.post(body)
    assert health.status_code == 503
    assert health.json()["status"] == "failing"
    # It waited for the lock, or behind the desk's own work that waits for it.
    assert health.json()["reason"] in {
        "the database cannot be written (SQLITE_BUSY)",
        "the database cannot be written (TimeoutError)",
    }
    assert answer.status_code == 503
    assert "case_id" not in answer.text
    assert own_desk.client.get("/health").status_code == 200
    assert own_desk.cases(body["sender"]) == []
    assert own_desk.post(body).status_code == 201
