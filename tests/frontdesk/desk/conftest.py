"""Browsers and running desks for the tests of the staff's pages."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from desk.desk_site import PATIENCE_MS, DeskSite

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="module")
def site(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[DeskSite]:
    """A desk that a file's tests share: each has people and staff of its own."""
    running = DeskSite(tmp_path_factory.mktemp("site"), browser)
    yield running
    running.stop()


@pytest.fixture
def own_site(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[DeskSite]:
    """A desk with an empty queue, which the test may break."""
    running = DeskSite(tmp_path_factory.mktemp("site"), browser)
    yield running
    running.stop()


@pytest.fixture(autouse=True)
def _close_browsers(request: pytest.FixtureRequest) -> Iterator[None]:
    """Each test leaves no page behind that would follow the desk."""
    yield
    if "browser" in request.fixturenames:
        for context in request.getfixturevalue("browser").contexts:
            context.close()
