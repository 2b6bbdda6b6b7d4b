"""Choices are numbered, and a number is what the latest question offered."""

import pytest
from standin_brain import response

from content import gsm7
from sms.text_line import Phone, TextLine

QUESTION = response(
    "utter_clarify_2",
    "Reply 1 or 2.\n1 Is it safe?\n2 Is it legal?",
    ("Is it safe?", "/faq_is_it_safe"),
    ("Is it legal?", "/faq_legal_status"),
)
TEXT = QUESTION["text"]


@pytest.fixture(autouse=True)
def _brain_asks(line: TextLine) -> None:
    line.brain.replies["huh"] = [QUESTION]
    line.brain.replies["/faq_is_it_safe"] = [response("utter_faq_is_it_safe", "safe?")]


CHOOSES_FIRST = (
    *("1", "1.", "1)", "(1)", "#1", " 1 \n", "one", "One!", "first", "the first"),
    *("The first one.", "1st", "option 1", "number one", "1 please"),
)
IS_TEXT = (*("3", "0", "1 and 2", "1988", "no one", "one of my friends is sick", "11"),)


def test_answers(line: TextLine) -> None:
    phones = {answer: line.phone() for answer in (*CHOOSES_FIRST, *IS_TEXT)}
    for phone in phones.values():
        phone.text("huh")
    for answer, phone in phones.items():
        phone.wait_for(TEXT)
        phone.text(answer)
    for answer, phone in phones.items():
        chooses = answer in CHOOSES_FIRST
        phone.wait_for(TEXT, "safe?" if chooses else f"echo: {answer}")
        said = line.brain.received_of(phone.sender)[-1]
        assert said.get("choice") == ("/faq_is_it_safe" if chooses else None)


def test_a_number_after_something_else_is_a_text(line: TextLine, phone: Phone) -> None:
    phone.text("huh")
    phone.text("never mind")
    phone.wait_for(TEXT, "echo: never mind")
    phone.text("1")
    phone.wait_for(TEXT, "echo: never mind", "echo: 1")


def test_a_number_goes_to_the_person_who_has_the_conversation(
    line: TextLine, phone: Phone
) -> None:
    phone.text("huh")
    phone.wait_for(TEXT)
    page = f"/conversations/{phone.sender}"
    line.staff().send(f"{page}/reply", text="1 or 2 pm?")
    phone.text("1")
    line.settle(phone)
    assert line.brain.received_of(phone.sender)[-1]["text"] == "1"


def test_choices_that_the_words_do_not_number(line: TextLine, phone: Phone) -> None:
    line.brain.replies["what"] = [
        response("utter_clarify_x", "Which one?", ("Safe?", "/a"), ("Legal?", "/b"))
    ]
    phone.text("what")
    phone.wait_for("Which one?\nReply 1 to 2.\n1 Safe?\n2 Legal?")


def test_sources_end_with_a_link_to_the_fact(line: TextLine, phone: Phone) -> None:
    line.brain.replies["sources"] = [
        response("utter_faq_is_it_safe_sources", "Sources: NIH 2024.")
    ]
    phone.text("sources")
    phone.wait_for("Sources: NIH 2024. https://texts.clinic.example/facts/is_it_safe")


def test_what_we_say_is_in_gsm_7(line: TextLine, phone: Phone) -> None:
    line.brain.replies["odd"] = [
        response(
            "utter_smalltalk_x", "It\u2019s \u201cfine\u201d \u2013 So\u015fa\u2026"
        )
    ]
    phone.text("odd")
    phone.wait_for('It\'s "fine" - Sosa...')
    assert gsm7.segments(phone.received()[0]) == 1
