"""Whatever happens to the line, the server or the tab: everything once, in order."""

from collections.abc import Iterator

import pytest
from conftest import NewVisitor
from playwright.sync_api import Browser, expect
from running_site import running_site

from widget.clinic_site import ChatPage, ClinicSite


@pytest.fixture
def own_site(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ClinicSite]:
    """A website whose server the test may kill."""
    with running_site(ClinicSite, browser, tmp_path_factory) as site:
        yield site


def talk(*texts: str) -> list[str]:
    """What is shown when each text was answered."""
    return [shown for text in texts for shown in (text, f"echo: {text}")]


def expect_talk(chat: ChatPage, *texts: str) -> None:
    shown = chat.page.locator("ol.said > li .text")
    expect(shown).to_have_text(talk(*texts))


def test_a_reload_shows_the_same_and_opens_where_it_was(site: ClinicSite) -> None:
    chat = site.chat()
    for text in ("one", "two"):
        chat.ask(text)
    chat.page.reload()
    expect_talk(chat, "one", "two")
    expect(chat.box).to_be_visible()
    expect(chat.box).not_to_be_focused()


def test_two_tabs_show_the_same_conversation(site: ClinicSite) -> None:
    first = site.chat()
    first.ask("from the first")
    second = site.visit(context=first.page.context).open()
    expect_talk(second, "from the first")
    second.ask("from the second")
    expect_talk(first, "from the first", "from the second")
    second.button("More").click()
    second.button("Clear this chat").click()
    second.button("Clear it").click()
    expect(second.panel).to_contain_text("This is a new one.")
    expect(first.messages).to_have_count(0)
    first.ask("after that")
    expect(second.panel).to_contain_text("echo: after that")


def test_what_came_while_the_line_was_cut_is_there_when_it_is_back(
    site: ClinicSite, new_visitor: NewVisitor
) -> None:
    chat = site.chat()
    chat.ask("before")
    token = chat.page.evaluate(
        "JSON.parse(localStorage[Object.keys(localStorage).find("
        "(key) => key.endsWith('session'))]).token"
    )
    chat.page.context.set_offline(True)
    expect(chat.panel).to_contain_text("No connection to the clinic.")
    expect(chat.page.locator(".banner")).to_contain_text("call or text 988")
    elsewhere = new_visitor(site.desk, token=token)
    elsewhere.send("meanwhile")
    elsewhere.wait_for("echo: meanwhile")
    chat.page.context.set_offline(False)
    expect_talk(chat, "before", "meanwhile")
    expect(chat.page.locator(".banner")).to_be_hidden()


def test_a_server_that_dies_in_the_middle_of_an_answer_loses_nothing(
    own_site: ClinicSite,
) -> None:
    chat = own_site.chat()
    chat.ask("one")
    gate = own_site.brain.hold("two")
    chat.send("two")
    expect(chat.writing).to_be_visible()
    own_site.desk.kill()
    chat.send("three")
    expect(chat.messages.last).to_contain_text("Sending")
    own_site.desk.start()
    gate.set()
    expect(chat.from_bot).to_have_count(3)
    shown = chat.texts()
    asked = ["one", "two", "three"]
    assert [text for text in shown if text in asked] == asked
    assert [text for text in shown if text not in asked] == [
        f"echo: {text}" for text in asked
    ]
    expect(chat.page.locator(".banner")).to_be_hidden()
    assert own_site.brain.times_played("three") == 1


def test_what_could_not_be_sent_says_so_and_can_be_sent_again(
    own_site: ClinicSite,
) -> None:
    chat = own_site.chat()
    chat.ask("one")
    own_site.desk.stop()
    chat.listen()
    chat.send("two")
    expect(chat.messages.last).to_contain_text("Not sent.")
    expect(chat.messages.last).to_contain_text("In a crisis call or text 988.")
    assert any(told.startswith("assertive: Not sent.") for told in chat.announced())
    chat.page.reload()
    expect(chat.launcher).to_be_hidden()
    own_site.desk.start()
    chat.page.reload()
    chat.button("Try again").click()
    expect_talk(chat, "one", "two")
    assert own_site.brain.times_played("two") == 1


def test_who_writes_too_fast_is_told_whom_to_call_and_loses_nothing(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("site")
    site = ClinicSite(folder, browser, VISITORS__MESSAGES_PER_MINUTE="1")
    chat = site.chat()
    chat.listen()
    chat.ask("one")
    chat.send("two")
    expect(chat.messages.last).to_contain_text("It will be sent by itself.")
    expect(chat.messages.last).to_contain_text("do not wait: call 911")
    assert any(told.startswith("assertive: Not sent yet") for told in chat.announced())
    chat.page.reload()
    expect(chat.messages.last).to_contain_text("two")
    site.stop()


def test_a_chat_that_has_ended_goes_on_as_a_new_one(site: ClinicSite) -> None:
    chat = site.chat()
    chat.ask("one")
    chat.page.evaluate(
        """() => {
          const names = Object.keys(localStorage);
          const key = names.find((name) => name.endsWith("session"));
          const session = JSON.parse(localStorage[key]);
          localStorage[key] = JSON.stringify({ ...session, token: "worn out" });
        }"""
    )
    chat.page.reload()
    expect(chat.panel).to_contain_text("Your chat of before has ended.")
    chat.ask("two")
    expect(chat.panel).to_contain_text("echo: two")


def test_deleting_says_truthfully_what_is_gone(site: ClinicSite) -> None:
    chat = site.chat()
    chat.ask("secret words")
    chat.button("More").click()
    chat.button("Delete my data").click()
    chat.button("No, go back").click()
    expect(chat.panel).to_contain_text("echo: secret words")
    chat.button("More").click()
    chat.button("Delete my data").click()
    chat.button("Delete it").click()
    expect(chat.messages).to_have_count(1)
    expect(chat.messages).to_contain_text("are deleted")
    chat.page.reload()
    expect(chat.panel).to_contain_text("Questions that people often ask")
    expect(chat.messages).to_have_count(0)


def test_the_chat_can_be_taken_along_as_a_file(site: ClinicSite) -> None:
    chat = site.chat()
    chat.ask("one")
    chat.button("More").click()
    with chat.page.expect_download() as download:
        chat.button("Download this chat").click()
    text = download.value.path().read_text(encoding="utf-8")
    assert download.value.suggested_filename == "chat.txt"
    for part in (site.config["disclosure"], "You, ", "Automated assistant, "):
        assert part in text
    assert text.index("one") < text.index("echo: one")


def test_a_closed_chat_counts_what_is_new(
    site: ClinicSite, new_visitor: NewVisitor
) -> None:
    chat = site.chat()
    gate = site.brain.hold("slow")
    chat.send("slow")
    expect(chat.writing).to_be_visible()
    chat.box.press("Escape")
    expect(chat.launcher).to_be_focused()
    title = chat.page.title()
    gate.set()
    expect(chat.launcher).to_have_accessible_name("Open the chat, new messages: 1")
    expect(chat.launcher).to_contain_text("1 new")
    assert chat.page.title() == title
    chat.open()
    chat.box.press("Escape")
    expect(chat.launcher).to_have_text("Ask about ketamine")
