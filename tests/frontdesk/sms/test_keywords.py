"""STOP, START and HELP, alone in a text, before anything else."""

from collections.abc import Callable
from pathlib import Path

import pytest
from case_bodies import case_body
from standin_brain import DANGER_TEXT, response
from visitor import eventually

from sms.text_line import Phone, TextLine

STOPPED = "Cedar Hollow Ketamine Clinic: you will get no more texts from this number."
STARTED = "Cedar Hollow Ketamine Clinic: you can get texts from this number again."
HELP = "Cedar Hollow Ketamine Clinic, automated assistant."


def starts(phone: Phone) -> list[str]:
    """Returns how each text that has come begins."""
    return [text.split(".")[0] + "." for text in phone.received()]


STOP_WORDS = (
    *("STOP", "stopall", "Unsubscribe", "CANCEL", "end", "Quit", "OPTOUT", "REVOKE"),
    *("opt out", " Stop. ", '"STOP!"', "stop\n", "don't text me"),
)
QUESTIONS = (
    "Can you stop the side effects",
    "stop?! no, how do i stop drinking",
    "how does it end",
    "help me",
    "yes",
    "I want to quit smoking",
)


def test_words_that_opt_out(line: TextLine) -> None:
    phones = {word: line.phone() for word in STOP_WORDS}
    for word, phone in phones.items():
        phone.text(word)
        phone.text(f"after {word}")
    for word, phone in phones.items():
        line.settle(phone)
        assert starts(phone) == [STOPPED], word
        # It is read nevertheless: it might tell of danger.
        assert line.brain.times_played(f"after {word}") == 1
        assert line.brain.times_played(word) == 0
        assert line.states(phone)[-1] == ("refused", 21610)


def test_questions_that_hold_a_keyword(line: TextLine) -> None:
    phones = {question: line.phone() for question in QUESTIONS}
    for question, phone in phones.items():
        phone.text(question)
    for question, phone in phones.items():
        phone.wait_for(f"echo: {question}")


def test_start_reverses_and_nothing_old_is_sent(line: TextLine, phone: Phone) -> None:
    phone.text("stop")
    phone.text("lost on purpose")
    line.settle(phone)
    phone.text("Start")
    eventually(lambda: len(phone.received()) == 2, "the confirmation")
    phone.text("once more")
    line.settle(phone)
    assert starts(phone) == [STOPPED, STARTED, "echo: once more."]


def test_yes_opts_in_only_who_has_opted_out(line: TextLine, phone: Phone) -> None:
    phone.text("STOP")
    phone.text("YES")
    phone.text("yes")
    line.settle(phone)
    assert starts(phone) == [STOPPED, STARTED, "echo: yes."]


def test_second_stop_is_not_confirmed(line: TextLine, phone: Phone) -> None:
    phone.text("STOP")
    phone.text("STOP")
    line.settle(phone)
    assert starts(phone) == [STOPPED]


def test_help(line: TextLine) -> None:
    phones = [line.phone() for _ in range(3)]
    for phone, word in zip(phones, ("HELP", "info", "Help!")):
        phone.text(word)
    for phone in phones:
        line.settle(phone)
        (text,) = phone.received()
        assert text.startswith(HELP)
        assert all(named in text for named in ("988", "911", "555-0142", "STOP"))


@pytest.mark.parametrize("kind", ["STOP", "START", "HELP"])
def test_what_twilio_has_answered_is_not_answered_again(
    line: TextLine, phone: Phone, kind: str
) -> None:
    # A word of the clinic's own, as Advanced Opt-Out allows.
    phone.text("arret", OptOutType=kind)
    line.settle(phone)
    assert phone.received() == []
    assert line.brain.times_played("arret") == 0
    phone.text("afterwards")
    line.settle(phone)
    assert phone.received() == ([] if kind == "STOP" else ["echo: afterwards"])


def test_stop_in_danger_alerts_staff(line: TextLine, phone: Phone) -> None:
    phone.text(DANGER_TEXT)
    phone.wait_for("Please call 988.")
    phone.text("END")
    line.settle(phone)
    page = line.staff().client.get(f"/conversations/{phone.sender}").text
    assert "They cannot be texted from now on." in page
    phone.text(DANGER_TEXT)
    line.settle(phone)
    (case,) = line.desk.cases(phone.sender)
    assert len(case["messages"]) == 2
    assert starts(phone)[1:] == [STOPPED]


def test_help_in_danger_is_answered_by_us_and_told_to_staff(
    line: TextLine, phone: Phone
) -> None:
    phone.text(DANGER_TEXT)
    phone.wait_for("Please call 988.")
    phone.text("help", OptOutType="HELP")
    eventually(lambda: len(phone.received()) == 2, "help")
    assert "988" in phone.received()[1]
    page = line.staff().client.get(f"/conversations/{phone.sender}").text
    assert "The person texted HELP, and nothing else." in page


def test_stop_withholds_what_is_on_its_way(line: TextLine, phone: Phone) -> None:
    gate = line.brain.hold("slow question")
    line.brain.replies["slow question"] = [response("utter_smalltalk_a", "too late")]
    phone.text("slow question")
    line.brain.wait_until_reached("slow question")
    phone.text("STOP")
    gate.set()
    line.settle(phone)
    assert starts(phone) == [STOPPED]


def test_opt_out_is_all_that_is_left_of_somebody_deleted(
    line: TextLine, phone: Phone
) -> None:
    phone.text("stop")
    line.settle(phone)
    line.desk.post(case_body(sender=phone.sender, channel="sms"))
    assert line.desk.client.delete(f"/internal/people/{phone.sender}").is_success
    phone.text("who is there")
    line.settle(phone)
    assert starts(phone) == [STOPPED]


def test_twilio_answers_its_own_words_and_we_the_others(
    new_sqlite: Callable[[], str], tmp_path: Path
) -> None:
    line = TextLine(new_sqlite(), tmp_path, {"SMS__KEYWORDS_ANSWERED_BY": "twilio"})
    phone, other = line.phone(), line.phone()
    for word in ("HELP", "Stop", "start", "quit"):
        phone.text(word)
    phone.text("are you there")
    other.text("Stop texting me!")
    line.settle(phone)
    line.settle(other)
    assert phone.received() == []
    assert line.states(phone) == [("refused", 21610)]
    assert starts(other) == [STOPPED]
    line.stop()
