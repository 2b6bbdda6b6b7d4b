"""The website's chat with the whole project behind it, in a real browser."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from widget.clinic_site import OPEN_SHADOW, ChatPage

from handoff.project import DOSING, PATIENCE_MS, SUICIDAL, Project


@pytest.fixture
def chat(project: Project, browser: Browser) -> Iterator[ChatPage]:
    """Somebody on the demo page who has opened the chat."""
    context = browser.new_context()
    context.add_init_script(OPEN_SHADOW)
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto(project.url)
    yield ChatPage(page).open()
    context.close()


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("what happens", "Did you mean one of these?"),
        ("my dad collapsed and cannot breathe", "911"),
        ("am i a candidate", "after a screening"),
        ("where can i buy some k", "SAMHSA|1-800-662-4357"),
        ("are you a bot?", "I am an automated assistant, not a person"),
        ("who won the game last night", "I only answer general questions"),
    ],
)
def test_each_kind_of_question_gets_its_kind_of_answer(
    chat: ChatPage, question: str, answer: str
) -> None:
    chat.send(question)
    expect(chat.from_bot.filter(has_text=re.compile(answer)).first).to_be_visible()


def test_a_fact_two_facts_and_a_suggested_question(chat: ChatPage) -> None:
    verdicts = chat.page.locator(".verdict")
    chat.button("Is it addictive?").first.click()
    expect(verdicts).to_have_text(["It depends"])
    chat.send("is it an opioid, and is it a horse tranquilizer?")
    expect(verdicts).to_have_count(3)
    chat.button("Sources").last.click()
    expect(verdicts.last).to_have_text("Sources")
    links = chat.messages.last.get_by_role("link")
    expect(links.first).to_have_attribute("href", re.compile("^https://"))


def test_staff_and_visitor_write_to_each_other(
    chat: ChatPage, open_desk: Callable[[str], Page]
) -> None:
    chat.send(DOSING)
    status = chat.page.locator(".status")
    expect(status).to_have_text("Waiting for a person at the clinic")
    desk = open_desk("Dana")
    desk.locator("li.entry a").last.click()
    desk.locator("#text").fill("Dana here.\nWhat is it for?")
    desk.locator("#send").click()
    from_staff = chat.page.locator(".from-staff")
    expect(from_staff.locator(".by")).to_contain_text("Dana, clinic staff")
    expect(from_staff.locator(".text")).to_have_text("Dana here.\nWhat is it for?")
    expect(chat.page.locator(".from-notice").last).to_contain_text(
        "You are now talking with Dana, a person"
    )
    expect(status).to_have_text("Dana, a person at the clinic")
    chat.send("For my knee.")
    expect(desk.locator("#lines")).to_contain_text("For my knee.")
    chat.send(SUICIDAL)
    expect(chat.page.locator(".pinned")).to_contain_text("988")
    chat.button("Back to the assistant").click()
    expect(chat.page.locator(".from-notice").last).to_contain_text(
        "You are back with the automated assistant."
    )
    expect(desk.locator("#with")).to_contain_text("The assistant answers.")
