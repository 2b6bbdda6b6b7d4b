"""Browsers and running desks for the tests of the staff's pages."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from running_site import running_site
from visitor import Visitor

from desk.conversation_page import QUESTION, line
from desk.desk_site import PATIENCE_MS, DeskSite

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="module")
def site(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[DeskSite]:
    """A desk that a file's tests share: each has people and staff of its own."""
    with running_site(DeskSite, browser, tmp_path_factory) as site:
        yield site


@pytest.fixture
def own_site(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[DeskSite]:
    """A desk with an empty queue, which the test may break."""
    with running_site(DeskSite, browser, tmp_path_factory) as site:
        yield site


@pytest.fixture(autouse=True)
def _close_browsers(request: pytest.FixtureRequest) -> Iterator[None]:
    """Each test leaves no page behind that would follow the desk."""
    yield
    if "browser" in request.fixturenames:
        for context in request.getfixturevalue("browser").contexts:
            context.close()


@pytest.fixture
def asked(site: DeskSite) -> Visitor:
    """A visitor whose question has become a case."""
    visitor = site.visitor()
    visitor.send(QUESTION)
    site.open_case(sender=visitor.sender, message=QUESTION)
    return visitor


@pytest.fixture
def open_as(site: DeskSite, asked: Visitor) -> Callable[[str], Page]:
    """Opens the conversation in the browser of a new member of staff."""

    def open_page(name: str) -> Page:
        page = site.staff(name)
        page.goto(site.page_of(asked.sender))
        expect(line(page, QUESTION).first).to_be_visible()
        return page

    return open_page
