"""The terminal client, driven through its pipes as a person would type."""

import subprocess

import pytest
from free_ports import free_port
from live_frontdesk import ROOT, LiveFrontDesk, environment
from own_services import new_member, services_on
from standin_brain import StandinBrain, response
from terminal import PROGRAM, chatting
from visitor import Visitor

pytestmark = pytest.mark.one_database


def test_a_conversation_from_hello_to_leaving(
    visited_desk: LiveFrontDesk, brain: StandinBrain
) -> None:
    brain.replies["choose"] = [
        response("utter_clarify", "Which?", ("First", "/one"), ("Second", "/two"))
    ]
    with chatting(visited_desk.url) as terminal:
        terminal.type("hello")
        terminal.wait_for("Assistant: echo: hello")
        terminal.type("choose")
        terminal.wait_for("  [2] Second")
        terminal.type("2")
        terminal.wait_for("Assistant: echo: /two")
        terminal.type("/leave")
        terminal.wait_for("(You are talking with the assistant already.)")

        visitor = Visitor(visited_desk.url, terminal.token())
        services = services_on(visited_desk.database_url)
        maria = new_member(services, "Maria")
        services.acts.reply(maria, visitor.sender, "This is Maria.", "k1")
        terminal.wait_for("Maria (clinic staff): This is Maria.")
        terminal.wait_for("Notice: You are now talking with Maria")
        terminal.type("/leave")
        terminal.wait_for("Notice: You are back with the automated assistant.")
        terminal.type("/quit")
        assert terminal.process.wait(30) == 0
    assert terminal.lines.count("Assistant: echo: hello") == 1


def test_a_conversation_can_be_taken_up_again(visited_desk: LiveFrontDesk) -> None:
    visitor = Visitor(visited_desk.url)
    visitor.send("from before")
    with chatting(visited_desk.url, "--resume", visitor.token) as terminal:
        terminal.wait_for("Assistant: echo: from before")
        terminal.type("/delete")
        terminal.wait_for("(Everything that was stored of this chat is deleted.)")


def test_it_goes_on_when_the_front_desk_was_restarted(
    own_visited_desk: LiveFrontDesk,
) -> None:
    with chatting(own_visited_desk.url) as terminal:
        terminal.type("one")
        terminal.wait_for("Assistant: echo: one")
        own_visited_desk.kill()
        own_visited_desk.start()
        terminal.type("two")
        terminal.wait_for("Assistant: echo: two")
        answers = [line for line in terminal.lines if line.startswith("Assistant")]
    assert answers == ["Assistant: echo: one", "Assistant: echo: two"]


def test_a_front_desk_that_is_not_there_is_told_in_one_line() -> None:
    ended = subprocess.run(
        [*PROGRAM, "--url", f"http://127.0.0.1:{free_port()}"],
        cwd=ROOT,
        env=environment(),
        input="hello\n",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 1
    [line] = ended.stderr.splitlines()
    assert " -> " in line
