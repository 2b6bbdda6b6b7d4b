"""A database that stops accepting writes is never taken for one that stored."""

import resource

import pytest
from case_bodies import case_body
from conftest import StartDesk
from live_frontdesk import LiveFrontDesk
from private_postgresql import PrivatePostgresql


def assert_failing_honestly(desk: LiveFrontDesk, body: dict[str, object]) -> None:
    """Checks that nobody is told that anything was stored, or why in secrets."""
    health = desk.client.get("/health")
    assert health.status_code == 503
    assert health.json()["reason"].startswith("the database cannot be written (")
    for answer in (desk.post(body), desk.client.delete("/internal/people/someone")):
        assert answer.status_code in {500, 503}
        assert set(answer.json()) == {"detail"}
    for secret in (str(body["sender"]), str(body["message"]), "postgresql", "/"):
        assert secret not in health.text


def assert_well_again(desk: LiveFrontDesk, body: dict[str, object]) -> None:
    """Checks that it works without a restart, and that the failure stored nothing."""
    assert desk.client.get("/health").status_code == 200
    assert desk.cases(str(body["sender"])) == []
    assert desk.post(body).status_code == 201


def test_a_full_disk(own_desk: LiveFrontDesk) -> None:
    kept, refused = case_body(), case_body()
    assert own_desk.post(kept).status_code == 201
    pid, unlimited = own_desk.process.pid, resource.RLIM_INFINITY
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, unlimited))
    assert_failing_honestly(own_desk, refused)
    assert len(own_desk.cases(kept["sender"])) == 1
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (unlimited, unlimited))
    assert_well_again(own_desk, refused)


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("SET default_transaction_read_only = on", "RESET ALL"),
        ("ALLOW_CONNECTIONS false", "ALLOW_CONNECTIONS true"),
    ],
)
def test_a_postgresql_that_fails_for_a_while(
    start_desk: StartDesk, postgresql: PrivatePostgresql, broken: str, mended: str
) -> None:
    address = postgresql.new_database()
    name = address.rsplit("/", 1)[1]
    desk = start_desk(address)
    body = case_body()
    for change, check in (
        (broken, assert_failing_honestly),
        (mended, assert_well_again),
    ):
        postgresql.execute(f"ALTER DATABASE {name} {change}")
        postgresql.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            f"WHERE datname = '{name}'"
        )
        check(desk, body)
    assert "Traceback" not in desk.log()
