"""WCAG 2.2 AA as far as a program can tell, in every state, and by keyboard."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from widget import said
from widget.clinic_site import ChatPage, ClinicSite

ROOT = Path(__file__).parents[3]
AXE = ROOT / "tests" / "vendor" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NARROW = {"width": 320, "height": 640}
WIDE = {"width": 1280, "height": 900}
TARGETS = "button, a, input, textarea, summary"
SMALL_TARGETS = f"""root => [...root.querySelectorAll("{TARGETS}")]
  .filter((one) => one.checkVisibility() && !one.closest(".review, .sources"))
  .map((one) => [one.outerHTML.slice(0, 90), one.getBoundingClientRect()])
  .filter(([, box]) => box.width < 24 || box.height < 24)
  .map(([html]) => html)"""

Reach = Callable[[ClinicSite, ChatPage], object]


def fail_to_send(site: ClinicSite, chat: ChatPage) -> None:
    chat.ask("one")
    chat.page.context.set_offline(True)
    chat.send("lost")
    expect(chat.button("Try again")).to_be_visible()
    expect(chat.page.locator(".banner")).to_be_visible()


def answer_the_form_wrong(site: ClinicSite, chat: ChatPage) -> None:
    chat.ask(said.CALL_ME)
    chat.page.get_by_role("textbox", name="Your name").fill("Jordan")
    chat.button("Next").click()
    contact = chat.page.get_by_role("textbox", name="Phone number or")
    contact.fill("12")
    contact.press("Enter")
    expect(contact).to_have_attribute("aria-invalid", "true")


def show_sources(site: ClinicSite, chat: ChatPage) -> None:
    chat.ask(said.OPIOID).get_by_role("button", name="Sources").click()
    expect(chat.page.get_by_role("link", name=said.SOURCE)).to_be_visible()


def ask_to_delete(site: ClinicSite, chat: ChatPage) -> None:
    chat.button("More").click()
    chat.button("Delete my data").click()


STATES: dict[str, Reach] = {
    "closed": lambda site, chat: chat.box.press("Escape"),
    "welcome": lambda site, chat: None,
    "card": lambda site, chat: chat.ask(said.OPIOID),
    "sources": show_sources,
    "clarify": lambda site, chat: chat.ask(said.CLARIFY),
    "form": answer_the_form_wrong,
    "danger": lambda site, chat: chat.ask(said.DANGER),
    "menu": lambda site, chat: chat.button("More").click(),
    "delete": ask_to_delete,
    "not sent": fail_to_send,
}


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_no_fault(site: ClinicSite, state: str) -> None:
    options = {"viewport": WIDE, "bypass_csp": True, "reduced_motion": "reduce"}
    chat = site.chat(**options)
    STATES[state](site, chat)
    assert faults_of(chat.page) == []


@pytest.mark.parametrize("path", ["/", "/facts", "/facts/opioid", "/facts/no-such"])
def test_axe_finds_no_fault_on_the_pages_around_it(site: ClinicSite, path: str) -> None:
    page = site.new_context(viewport=NARROW, bypass_csp=True).new_page()
    page.goto(site.desk.url + path)
    assert faults_of(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]


def faults_of(page: Page) -> list[object]:
    """Returns what axe finds, in light and dark."""
    page.add_script_tag(path=AXE)
    faults: list[object] = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
        assert found["passes"]
        faults += [
            (scheme, fault["id"], [node["html"] for node in fault["nodes"]])
            for fault in found["violations"]
        ]
    return faults


@pytest.mark.parametrize("size", ["100%", "200%"])
def test_it_fits_a_small_phone_also_with_large_text(
    site: ClinicSite, size: str
) -> None:
    chat = site.visit(viewport=NARROW)
    expect(chat.launcher).to_be_visible()
    chat.page.evaluate(
        """size => {
          const root = document.querySelector("ketamine-facts-chat").shadowRoot;
          root.querySelector(".panel").style.fontSize = size;
        }""",
        size,
    )
    chat.open()
    for reach in (show_sources, answer_the_form_wrong):
        reach(site, chat)
        for part in (".panel", ".view", "header", ".help"):
            wide = chat.page.locator(part).evaluate(
                "part => part.scrollWidth - part.clientWidth"
            )
            assert wide <= 0, part
    expect(chat.box).to_be_in_viewport()
    expect(chat.help.get_by_role("link", name="Call 988")).to_be_in_viewport()
    root = chat.page.locator("ketamine-facts-chat")
    assert root.evaluate(f"host => ({SMALL_TARGETS})(host.shadowRoot)") == []


def test_the_keyboard_alone_leads_from_the_launcher_to_the_sources(
    site: ClinicSite,
) -> None:
    chat = site.visit()
    keys = chat.page.keyboard
    expect(chat.launcher).to_be_visible()
    keys.press("Tab")
    keys.press("Tab")
    expect(chat.launcher).to_be_focused()
    keys.press("Enter")
    expect(chat.box).to_be_focused()
    keys.type(said.OPIOID)
    keys.press("Enter")
    expect(chat.from_bot).to_be_visible()
    expect(chat.box).to_be_focused()
    keys.press("Shift+Tab")
    expect(chat.from_bot).to_be_focused()
    keys.press("ArrowUp")
    expect(chat.messages.first).to_be_focused()
    keys.press("End")
    expect(chat.from_bot).to_be_focused()
    keys.press("Enter")
    expect(chat.page.get_by_role("link", name="This answer as a page")).to_be_focused()
    keys.press("Tab")
    keys.press("Tab")
    expect(chat.button("Sources")).to_be_focused()
    keys.press("Enter")
    source = chat.page.get_by_role("link", name=said.SOURCE)
    expect(source).to_be_visible()
    expect(chat.button("Sources (you chose this)")).to_be_focused()
    keys.press("Escape")
    expect(chat.from_bot.first).to_be_focused()
    keys.press("End")
    keys.press("Enter")
    expect(source).to_be_focused()
    keys.press("Escape")
    keys.press("Escape")
    expect(chat.box).to_be_focused()
    keys.press("Escape")
    expect(chat.panel).to_be_hidden()
    expect(chat.launcher).to_be_focused()


def chat_longer_than_the_view(site: ClinicSite) -> ChatPage:
    chat = site.chat()
    chat.ask("words to fill the view with, " * 60)
    chat.ask("words to fill the view with again, " * 60)
    return chat


def test_what_arrives_is_said_once_and_moves_neither_focus_nor_view(
    site: ClinicSite,
) -> None:
    chat = chat_longer_than_the_view(site)
    gate = site.brain.hold("later")
    chat.send("later")
    expect(chat.writing).to_be_visible()
    view = chat.page.locator(".view")
    chat.messages.first.focus()
    view.evaluate("view => { view.scrollTop = 0 }")
    chat.listen()
    gate.set()
    expect(chat.button("New messages")).to_be_visible()
    assert chat.announced() == ["polite: Automated assistant said: echo: later"]
    expect(chat.messages.first).to_be_focused()
    assert view.evaluate("view => view.scrollTop") == 0
    chat.button("New messages").click()
    expect(chat.messages.last).to_be_focused()
    expect(chat.messages.last).to_be_in_viewport()
    expect(chat.button("New messages")).to_be_hidden()


def test_who_reads_further_up_stays_there_while_their_own_message_is_sent(
    site: ClinicSite,
) -> None:
    chat = chat_longer_than_the_view(site)
    gate = site.brain.hold("later")
    on_their_way: list[Route] = []
    chat.page.route("**/messages", lambda route: on_their_way.append(route))
    with chat.page.expect_request("**/messages"):
        chat.send("later")
    expect(chat.messages.last).to_contain_text("Sending")
    view = chat.page.locator(".view")
    view.evaluate("view => { view.scrollTop = 0 }")
    on_their_way[0].continue_()
    expect(chat.messages.last).not_to_contain_text("Sending")
    expect(chat.writing).to_be_visible()
    assert view.evaluate("view => view.scrollTop") == 0
    expect(chat.button("New messages")).to_be_hidden()
    gate.set()


def test_on_a_phone_it_fills_the_screen_and_nothing_behind_it_can_be_reached(
    site: ClinicSite,
) -> None:
    chat = site.chat(viewport=NARROW, has_touch=True)
    assert chat.panel.bounding_box() == {"x": 0, "y": 0, **NARROW}
    behind = chat.page.get_by_role("link", name="A link")
    behind.focus()
    expect(behind).not_to_be_focused()
    chat.page.set_viewport_size({"width": 320, "height": 320})
    expect(chat.box).to_be_in_viewport()
    chat.button("Close the chat").click()
    behind.focus()
    expect(behind).to_be_focused()


def test_forced_colours_keep_what_is_chosen_and_who_speaks(site: ClinicSite) -> None:
    chat = site.chat(forced_colors="active")
    card = chat.ask(said.OPIOID)
    expect(card.locator(".verdict")).to_have_text("Myth")
    expect(card).not_to_have_css("border-top-width", "0px")
    expect(chat.button("Send")).not_to_have_css("border-top-width", "0px")
