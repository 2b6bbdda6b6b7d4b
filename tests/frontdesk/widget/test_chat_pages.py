"""The chat on pages that are strict, hostile, foreign or in another language."""

import gzip

import httpx
import pytest
from playwright.sync_api import Page, expect

from widget import said
from widget.clinic_site import ClinicSite

MOST_BYTES = 20_000


def complaints_of(page: Page) -> list[str]:
    """Collects what a page complains about from now on."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


def test_everything_that_is_loaded_is_small_and_ours(site: ClinicSite) -> None:
    context = site.new_context()
    requests: list[str] = []
    context.on("request", lambda request: requests.append(request.url))
    chat = site.visit(context=context).open()
    chat.ask(said.OPIOID)
    assert {url.split("/")[2] for url in requests} == {
        site.url.split("/")[2],
        site.desk.url.split("/")[2],
    }
    files = ["/widget.js", "/widget/widget.css", "/widget/languages/en.json"]
    assert [url for url in requests if "/widget" in url] == [
        site.desk.url + file for file in files
    ]
    answers = [httpx.get(site.desk.url + file) for file in files]
    assert all(one.headers["content-encoding"] == "gzip" for one in answers)
    assert sum(len(gzip.compress(one.content, 9)) for one in answers) < MOST_BYTES


def test_a_strict_policy_has_nothing_to_complain_about(site: ClinicSite) -> None:
    chat = site.visit()
    expect(chat.launcher).to_be_visible()
    complaints = complaints_of(chat.page)
    chat.page.reload()
    chat.open()
    chat.ask(said.OPIOID).get_by_role("button", name="Sources").click()
    expect(chat.page.get_by_role("link", name=said.SOURCE)).to_be_visible()
    for action in ("Print this chat", "Download this chat"):
        chat.button("More").click()
        chat.button(action).click()
    expect(chat.launcher).to_have_css("position", "fixed")
    assert complaints == []


def test_a_hostile_page_neither_hides_nor_breaks_it(site: ClinicSite) -> None:
    chat = site.visit("/hostile")
    expect(chat.launcher).to_be_in_viewport()
    expect(chat.launcher).to_have_css("font-size", "16px")
    expect(chat.launcher).to_have_css("direction", "ltr")
    chat.open()
    expect(chat.ask(said.OPIOID).locator(".verdict")).to_have_text("Myth")


def test_a_page_does_not_come_upon_what_is_written(site: ClinicSite) -> None:
    context = site._browser.new_context()
    page = context.new_page()
    page.goto(site.url)
    expect(page.locator("ketamine-facts-chat")).to_have_attribute("lang", "en")
    seen = page.evaluate(
        """() => {
          const chat = document.querySelector("ketamine-facts-chat");
          return [chat.shadowRoot, chat.textContent, Object.keys(chat).join()];
        }"""
    )
    assert seen == [None, "", ""]


def test_keys_that_are_pressed_in_it_do_not_reach_the_page(site: ClinicSite) -> None:
    chat = site.chat()
    chat.page.evaluate(
        "document.addEventListener('keydown', () => document.body.append('heard'))"
    )
    chat.box.press("a")
    expect(chat.box).to_have_value("a")
    assert "heard" not in chat.page.locator("body").inner_text()


def test_a_website_that_is_not_allowed_is_told_why(site: ClinicSite) -> None:
    chat = site.visit()
    with chat.page.expect_console_message(
        lambda message: "visitors.allowed_origins" in message.text
    ):
        chat.page.goto(site.url.replace("127.0.0.1", "localhost"))
    expect(chat.launcher).to_have_count(0)


def test_the_script_tag_decides_side_colour_and_language(site: ClinicSite) -> None:
    tag = "/?data-position=left&data-color=%23ffe066&data-language=es&data-open"
    chat = site.visit(tag)
    expect(chat.page.get_by_role("dialog", name="Chat con")).to_be_visible()
    expect(chat.page.locator("header")).to_have_css(
        "background-color", "rgb(255, 224, 102)"
    )
    expect(chat.page.locator("header")).to_have_css("color", "rgb(0, 0, 0)")
    expect(chat.page.locator(".note")).to_contain_text("solo en inglés")
    assert (chat.page.locator(".panel").bounding_box() or {})["x"] < 20
    assert chat.page.evaluate("document.activeElement === document.body")
    answer = chat.page.locator("#disclosure")
    expect(answer).to_have_attribute("lang", "en")


@pytest.mark.parametrize("language", ["es"])
def test_languages_have_the_same_words(site: ClinicSite, language: str) -> None:
    def names(of: str) -> dict[str, object]:
        address = f"{site.desk.url}/widget/languages/{of}.json"
        words = httpx.get(address).json()
        return {
            key: sorted(value) if isinstance(value, dict) else None
            for key, value in words.items()
        }

    assert names(language) == names("en")
