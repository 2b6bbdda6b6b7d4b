"""A person takes over and gives back, whatever is killed in the middle."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from terminal import Terminal
from visitor import Visitor, eventually

from handoff.project import DOSING, OPIOID, SENT, SUICIDAL, Project, said_to

ANSWER = "Please keep taking it. Maria, nurse."
BETWEEN = ["okay thank you maria", "what should i eat before?"]


@pytest.mark.parametrize("killed", ["nothing", "brain", "front_desk"])
def test_e4_a_person_takes_over_and_gives_back(
    project: Project,
    open_desk: Callable[[str], Page],
    terminal: Terminal,
    killed: str,
) -> None:
    """E4, E11 and H6, in a browser and in the terminal."""
    queue, desk = open_desk("Tom"), open_desk("Maria")
    terminal.type("Is ketamine addictive?")
    eventually(terminal.messages, "the first answer")
    visitor = project.visitor(terminal.token())
    sender = visitor.sender
    entry = f"[data-entry][href$='{sender}']"
    terminal.type(DOSING)
    if killed == "brain":
        restart(project, killed)
    terminal.wait_for_message("I have passed your question to our care team")

    # Nobody has reloaded the desk, and it has survived that it was killed.
    if killed == "front_desk":
        restart(project, killed)
    desk.locator(f"#queue-waiting {entry}").click()
    expect(line(desk, DOSING)).to_have_count(1)
    reply(desk, ANSWER)
    if killed == "nothing":
        terminal.wait_for_message(ANSWER)
        for text in BETWEEN:
            terminal.type(text)
    else:
        with project.without(killed):
            if killed == "brain":
                terminal.wait_for_message(ANSWER)
                for text in BETWEEN:
                    terminal.type(text)
                    expect(line(desk, text)).to_contain_text("not read it yet")
        terminal.wait_for_message(ANSWER)
        if killed == "front_desk":
            for text in BETWEEN:
                terminal.type(text)
    for text in BETWEEN:
        expect(line(desk, text)).to_have_count(1)
    terminal.type(SUICIDAL)
    terminal.wait_for_message("988")
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Danger")
    expect(queue.locator(f".entry.danger {entry}")).to_have_count(1)
    expect(desk.locator("#with")).to_contain_text("You have this conversation.")
    desk.get_by_role("button", name="Hand back to the assistant").click()
    terminal.wait_for_message("You are talking with the automated assistant again")
    terminal.type(OPIOID)
    eventually(lambda: terminal.messages()[-1][0] == "Assistant", "an answer")

    eventually(lambda: len(visitor.messages) == len(terminal.messages()))
    assert [text for _, text in terminal.messages()] == [
        one["text"].strip() for one in visitor.messages
    ]
    assert project.written_by(visitor) == [
        *("Is ketamine addictive?", DOSING, *BETWEEN, SUICIDAL, OPIOID)
    ]
    names = said_to(visitor)
    joined, answer, danger, left, *last = names[names.index(SENT) + 1 :]
    assert (joined, answer, left) == ("staff_joined", ANSWER, "staff_left")
    assert danger.startswith("utter_crisis")
    assert last and all(name.startswith("utter_") for name in last)
    # What the person saw is what the record has, once and in the same order.
    eventually(lambda: in_record(project, visitor) == texts(visitor.messages))
    visitor.leave_page()


def restart(project: Project, name: str) -> None:
    with project.without(name):
        pass


def line(page: Page, text: str):
    return page.locator("#lines .line").filter(has_text=text)


def reply(page: Page, text: str) -> None:
    page.get_by_label("Your message to the person").fill(text)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(line(page, text)).to_have_count(1)


def in_record(project: Project, visitor: Visitor) -> list[str]:
    """Returns what was said to the person, as the brain has it."""
    record = project.record(visitor.sender)
    return texts(one for one in record if one["speaker"] != "person")


def texts(said: Iterable[dict[str, Any]]) -> list[str]:
    """Returns what was said, but for the notices of a delay.

    They are told while a message waits, and recorded after the turn that it waits for.
    """
    return [one["text"] for one in said if one["name"] != "delayed"]
