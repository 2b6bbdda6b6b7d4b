"""WCAG 2.2 AA as far as a program can tell, on every page, in light and dark."""

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from standin_brain import DANGER_TEXT

from desk.desk_site import DeskSite

ROOT = Path(__file__).parents[3]
AXE = ROOT / "tests" / "vendor" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
TARGETS = "main :is(button, select, input, textarea, summary), header :is(a, button)"
NARROW = {"width": 320, "height": 640}
WIDE = {"width": 1280, "height": 900}

OpenPage = Callable[[DeskSite, str, dict[str, object]], Page]


def open_sign_in(site: DeskSite, _: str, context: dict[str, object]) -> Page:
    page = site.browser_page(**context)
    page.goto(f"{site.url}/sign-in")
    return page


def open_queue(site: DeskSite, sender: str, context: dict[str, object]) -> Page:
    page = site.staff("Maria", role="admin", **context)
    expect(page.locator("li.entry").first).to_be_visible()
    return page


def open_conversation(site: DeskSite, sender: str, context: dict[str, object]) -> Page:
    page = site.staff("Maria", **context)
    page.goto(site.page_of(sender))
    expect(page.locator(".from-staff")).to_contain_text("A reply")
    page.locator("main details").evaluate_all(
        "all => all.map(one => (one.open = true))"
    )
    return page


PAGES: dict[str, OpenPage] = {
    "sign-in": open_sign_in,
    "queue": open_queue,
    "conversation": open_conversation,
}


@pytest.fixture(scope="module")
def person(site: DeskSite) -> str:
    """A person with a case of every kind."""
    visitor = site.visitor()
    for text in ("hello", DANGER_TEXT, "w" * 300):
        visitor.send(text)
    contact = {"name": "Jo " * 20, "contact": "jo@example.com", "time": "after 4"}
    for kind in ("advice", "human", "screening"):
        site.open_case(sender=visitor.sender, kind=kind, details=contact)
    page = site.staff("Sam")
    page.goto(site.page_of(visitor.sender))
    expect(page.locator("#lines")).to_contain_text("echo: www")
    page.get_by_label("New note, for staff only").fill("A note")
    page.get_by_role("button", name="Keep note").click()
    page.get_by_label("Your message to the person").fill("A reply")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".from-staff")).to_contain_text("A reply")
    page.context.close()
    return visitor.sender


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_fault(
    site: DeskSite, person: str, name: str, scheme: str
) -> None:
    context = {"color_scheme": scheme, "viewport": WIDE, "bypass_csp": True}
    page = PAGES[name](site, person, context)
    page.add_script_tag(path=AXE)
    found = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
    assert found["passes"]
    assert [
        (fault["id"], [node["html"] for node in fault["nodes"]])
        for fault in found["violations"]
    ] == []


@pytest.mark.parametrize("name", PAGES)
def test_nothing_has_to_be_scrolled_sideways_on_a_small_phone(
    site: DeskSite, person: str, name: str
) -> None:
    page = PAGES[name](site, person, {"viewport": NARROW})
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width == NARROW["width"]


@pytest.mark.parametrize("name", PAGES)
def test_targets_are_large_enough(site: DeskSite, person: str, name: str) -> None:
    page = PAGES[name](site, person, {"viewport": NARROW})
    small = page.evaluate(
        """targets => [...document.querySelectorAll(targets)]
           .filter((one) => one.type !== "hidden" && one.checkVisibility())
           .map((one) => [one.outerHTML.slice(0, 80), one.getBoundingClientRect()])
           .filter(([, box]) => box.width < 24 || box.height < 24)""",
        TARGETS,
    )
    assert small == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_runs_without_a_word_of_complaint(
    site: DeskSite, person: str, name: str
) -> None:
    page = PAGES[name](site, person, {})
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.reload()
    page.wait_for_load_state("load")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert complaints == []


@pytest.mark.parametrize("folder", ["frontdesk/desk/static/vendor", "tests/vendor"])
def test_vendored_files_are_those_that_are_named(folder: str) -> None:
    readme = (ROOT / folder / "README.md").read_text(encoding="utf-8")
    named = dict(re.findall(r"\| `([^`]+\.js)` \|.*`([0-9a-f]{64})` \|", readme))
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (ROOT / folder).glob("*.js")
    }
    assert found == named
    assert found
