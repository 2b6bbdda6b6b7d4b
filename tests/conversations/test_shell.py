"""The shell answers, and says how a message was understood."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from operations.shell.conversation import ShellConversation
from operations.trained_model import newest, verified
from settings import ROOT

DANGER_SCORE = re.compile(r"danger score: (\S+) \(danger from (\S+)\)")


@pytest.fixture
def say(agent, loop):
    """Says a line in a new conversation; returns what is printed."""
    shell = ShellConversation(agent)
    return lambda line: loop.run_until_complete(shell.answer(line))


def test_why_shows_how_the_last_message_was_understood(say):
    say("i take zoloft, is ketamine an opioid?")
    printed = say(":why")
    assert "ranking:" in printed
    assert "nearest:" in printed
    assert "medicine: 'zoloft' = sertraline" in printed
    assert printed.endswith("no danger")


def test_why_shows_signals_of_danger(say):
    say("i want to kill myself")
    printed = say(":why")
    score, threshold = DANGER_SCORE.findall(printed)[0]
    assert float(score) >= float(threshold)
    assert "pattern" in printed
    assert printed.endswith("danger: ideation")


def test_why_shows_a_score_that_is_too_low_for_danger(say):
    say("this waiting list is killing me")
    score, threshold = DANGER_SCORE.findall(say(":why"))[0]
    assert float(score) < float(threshold)


def test_why_has_no_score_where_there_is_nothing_to_read(say):
    say("?!")
    printed = say(":why")
    assert "danger score" not in printed
    assert printed.endswith("no danger")


def test_why_takes_words_that_are_not_said(say):
    said = "is ketamine an opioid?"
    say(said)
    of_last = say(":why")
    printed = say(":why does it make you hallucinate")
    assert "intent acted on" in printed
    assert "faq_what_it_feels_like" in printed.splitlines()[0]
    assert say(":why") == of_last


def test_why_before_anything_was_said(say):
    assert say(":why") == "(nothing has been said yet)"


def test_the_number_of_a_button_presses_it(say):
    assert "[1] Tell me more" in say("is ketamine an opioid?")
    pressed = say("1")
    say(":new")
    say("is ketamine an opioid?")
    assert say("tell me more") == pressed


def test_new_begins_another_conversation(say):
    first = say("is ketamine an opioid?")
    assert say("is ketamine an opioid?") != first  # it introduces itself once
    say(":new")
    assert say("is ketamine an opioid?") == first


def test_the_program_prints_what_was_said_and_nothing_else():
    shell = [sys.executable, "-m", "operations.shell", str(verified(newest()))]
    ended = subprocess.run(
        shell,
        cwd=ROOT,
        input="is ketamine an opioid?\n:quit\n",
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 0
    assert ended.stdout.startswith("Write a message")
    assert "Myth." in ended.stdout
    assert ended.stderr == ""
