"""Front desks and databases for the tests."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from live_frontdesk import LiveFrontDesk
from private_postgresql import PostgresqlMissing, PrivatePostgresql

NewDatabase = Callable[[], str]
StartDesk = Callable[..., LiveFrontDesk]


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PrivatePostgresql]:
    """A PostgreSQL server, or a skip that says why there is none."""
    try:
        server = PrivatePostgresql()
    except PostgresqlMissing as missing:
        pytest.skip(str(missing))
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def new_database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> NewDatabase:
    """Makes addresses of empty databases, of each kind in turn."""
    if request.param == "postgresql":
        server: PrivatePostgresql = request.getfixturevalue("postgresql")
        return server.new_database
    return lambda: f"sqlite:///{tmp_path_factory.mktemp('database')}/desk.db"


@pytest.fixture(scope="session")
def desk(
    new_database: NewDatabase, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LiveFrontDesk]:
    """A front desk that tests share: each uses senders and keys of its own."""
    log_file = tmp_path_factory.mktemp("desk") / "desk.log"
    running = LiveFrontDesk(new_database(), log_file).start()
    yield running
    running.stop()


@pytest.fixture
def start_desk(tmp_path: Path) -> Iterator[StartDesk]:
    """Starts front desks that a test may break; they are killed at its end."""
    started: list[LiveFrontDesk] = []

    def start(database_url: str, **options: object) -> LiveFrontDesk:
        log_file = tmp_path / f"desk-{len(started)}.log"
        running = LiveFrontDesk(database_url, log_file, **options)  # type: ignore[arg-type]
        started.append(running)
        return running.start()

    yield start
    for running in started:
        if running.process.poll() is None:
            running.kill()


@pytest.fixture
def sqlite_file(tmp_path: Path) -> Path:
    """Where a test's own SQLite database goes."""
    return tmp_path / "desk.db"


@pytest.fixture
def own_desk(start_desk: StartDesk, sqlite_file: Path) -> LiveFrontDesk:
    """A front desk on SQLite that the test may break."""
    impatient = {"FRONTDESK__TIMEOUT_SECONDS": "1"}
    return start_desk(f"sqlite:///{sqlite_file}", overrides=impatient)
