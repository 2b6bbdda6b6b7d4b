"""Front desks, databases and a browser for the tests."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from live_frontdesk import LiveFrontDesk
from playwright.sync_api import Browser, sync_playwright
from private_postgresql import PostgresqlMissing, PrivatePostgresql
from standin_brain import StandinBrain
from visitor import Visitor

NewDatabase = Callable[[], str]
StartDesk = Callable[..., LiveFrontDesk]
NewVisitor = Callable[..., Visitor]


def pytest_configure(config: pytest.Config) -> None:
    """Describes our mark."""
    config.addinivalue_line(
        "markers", "one_database: the kind of database makes no difference here"
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leaves out the second database where it makes no difference."""
    items[:] = [item for item in items if not _repeats_without_need(item)]


def _repeats_without_need(item: pytest.Item) -> bool:
    if item.get_closest_marker("one_database") is None:
        return False
    parameters = item.callspec.params if hasattr(item, "callspec") else {}
    return parameters.get("new_database") == "postgresql"


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
    return _new_sqlite(tmp_path_factory)


@pytest.fixture(scope="session")
def new_sqlite(tmp_path_factory: pytest.TempPathFactory) -> NewDatabase:
    """Makes addresses of SQLite databases, for what no database does differently."""
    return _new_sqlite(tmp_path_factory)


def _new_sqlite(tmp_path_factory: pytest.TempPathFactory) -> NewDatabase:
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


@pytest.fixture(scope="session")
def brain() -> Iterator[StandinBrain]:
    """A brain with scripted replies that tests share: each scripts texts of its own."""
    running = StandinBrain().start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def visited_desk(
    new_database: NewDatabase,
    brain: StandinBrain,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[LiveFrontDesk]:
    """A front desk with a brain that tests share."""
    running = LiveFrontDesk(
        new_database(),
        tmp_path_factory.mktemp("visited-desk") / "desk.log",
        overrides={"BRAIN__PORT": str(brain.port)},
    ).start()
    yield running
    running.stop()


@pytest.fixture
def own_brain() -> Iterator[StandinBrain]:
    """A brain that the test may break."""
    running = StandinBrain().start()
    yield running
    running.stop()


@pytest.fixture
def own_visited_desk(
    start_desk: StartDesk, new_database: NewDatabase, own_brain: StandinBrain
) -> LiveFrontDesk:
    """A front desk with a brain, both of which the test may break."""
    return start_desk(new_database(), overrides={"BRAIN__PORT": str(own_brain.port)})


@pytest.fixture
def new_visitor() -> Iterator[NewVisitor]:
    """Makes visitors that follow their event streams until the test ends."""
    visitors: list[Visitor] = []

    def visit(desk: LiveFrontDesk, **options: object) -> Visitor:
        visitors.append(Visitor(desk.url, **options).follow())  # type: ignore[arg-type]
        return visitors[-1]

    yield visit
    for visitor in visitors:
        visitor.leave_page()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium, or a skip that says that there is none."""
    found = shutil.which("chromium") or shutil.which("google-chrome")
    if not found:
        pytest.skip("no Chromium -> install your system's chromium package")
    with sync_playwright() as playwright:
        # Sandboxes need rights that containers do not give.
        running = playwright.chromium.launch(
            executable_path=found, args=["--no-sandbox"]
        )
        yield running
        running.close()
