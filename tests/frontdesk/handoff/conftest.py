"""The whole project, started once: the model is loaded, nothing is a stand-in."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from terminal import Terminal, chatting
from visitor import Visitor

from handoff.project import DOSING, PATIENCE_MS, SENT, Project, Staff

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def running_project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """All processes, for all tests."""
    project = Project(tmp_path_factory.mktemp("project"))
    try:
        project.start()
        yield project
    finally:
        project.stop()


@pytest.fixture
def project(running_project: Project) -> Iterator[Project]:
    """The project; what the test kills is started again after it."""
    yield running_project
    for process in running_project.processes:
        process.make_sure_it_runs()


@pytest.fixture
def open_desk(project: Project, browser: Browser) -> Iterator[Callable[[str], Page]]:
    """Opens the desk in browsers of staff, until the test ends."""
    pages: list[Page] = []

    def open_page(name: str) -> Page:
        pages.append(project.staff_page(browser, name))
        return pages[-1]

    yield open_page
    for page in pages:
        page.context.close()


@pytest.fixture
def terminal(project: Project) -> Iterator[Terminal]:
    """The terminal client of somebody who has just begun to chat."""
    with chatting(project.url) as person:
        yield person


@pytest.fixture
def visitor(project: Project) -> Iterator[Visitor]:
    """Somebody who has read the disclosure."""
    person = project.visitor()
    person.send("Is ketamine addictive?")
    person.wait_for_notice("utter_faq_addictive")
    yield person
    person.leave_page()


@pytest.fixture
def maria(project: Project) -> Staff:
    """A member of staff at the desk."""
    return project.staff("Maria")


@pytest.fixture
def asked(project: Project, visitor: Visitor) -> Visitor:
    """Their question has become a case."""
    visitor.send(DOSING)
    visitor.wait_for_notice(SENT)
    return visitor
