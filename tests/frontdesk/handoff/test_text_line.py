"""Conversations by text message from the first text to the last, with nothing faked.

Rows 3 and 9 of reliability.md G and row 10 of mission.md E are among them. Twilio is a
stand-in, which signs as Twilio does.
"""

from collections.abc import Iterator

import pytest
from sms.text_line import Phone
from visitor import eventually

from handoff.project import DOSING, SUICIDAL, Project, Staff
from operations.twilio_standin.sent_message import new_sid

CLOSED = "We are closed"
"""Begins a notice that hangs on the hour."""


@pytest.fixture
def phone(project: Project) -> Iterator[Phone]:
    """Somebody who has read the disclosure; texts are short throughout."""
    person = project.phone()
    person.text("is ketamine addictive?")
    comes(person, "Reply MORE or SOURCES")
    yield person
    assert all(message.segments <= 2 for message in project.twilio.to(person.number))


def test_the_first_texts_say_what_it_is_and_follow_ups_work(phone: Phone) -> None:
    disclosure, answer = phone.received()
    for part in ("Automated", "Not for emergencies", "call or text 988", "STOP"):
        assert part in disclosure
    assert answer.startswith("It depends.")
    phone.text("SOURCES")
    comes(phone, "/facts/addictive")
    phone.text("MORE")
    eventually(lambda: len(phone.received()) == 4, "more")


def test_danger_is_answered_once_and_raised(project: Project, maria: Staff) -> None:
    """G9: Twilio brings the text twice."""
    phone = project.phone()
    sid = new_sid("SM")
    for _ in range(2):
        assert phone.text(SUICIDAL, sid).status_code == 204
    comes(phone, "Are you safe right now?")
    [case] = project.cases(phone.sender)
    assert (case["kind"], case["urgency"], case["channel"]) == (
        *("danger", "urgent", "sms"),
    )
    assert case["messages"][0]["message"] == SUICIDAL
    assert readable(phone) in maria.page_of(phone.sender)
    phone.text("no")
    comes(phone, "Can you call now?")
    assert count(phone, "Are you safe right now?") == 1


def test_staff_take_over_and_hand_back(
    project: Project, phone: Phone, maria: Staff
) -> None:
    """E10: the same number is the same conversation, and staff see all of it."""
    phone.text("PERSON")
    comes(phone, "is now with our staff")
    phone.text("are you there?")
    eventually(lambda: "are you there?" in maria.page_of(phone.sender), "the text")
    assert maria.act(phone.sender, "reply", text="Maria here.", key="1").is_redirect
    comes(phone, "Maria here.")
    assert "You are now talking with Maria" in before(phone, "Maria here.")
    phone.text("is it an opioid?")
    eventually(lambda: "is it an opioid?" in maria.page_of(phone.sender), "the text")
    maria.act(phone.sender, "hand-back")
    comes(phone, "has left this chat")
    assert count(phone, "not an opioid") == 0
    phone.text("is ketamine an opioid?")
    comes(phone, "not an opioid")
    assert project.cases(phone.sender)[0]["channel"] == "sms"


def test_a_call_back_to_the_number_that_is_known(
    project: Project, phone: Phone, maria: Staff
) -> None:
    for text, answer in (
        ("CALL ME", "What name"),
        ("Bo", "Reply SAME"),
        ("SAME", "good time"),
        ("weekday mornings", "Contact: the number you text from"),
        ("SEND", "call-back request is with our staff"),
    ):
        phone.text(text)
        comes(phone, answer)
    [case] = project.cases(phone.sender)
    assert case["messages"][0]["details"]["contact"] == "the number they text from"
    assert readable(phone) in maria.page_of(phone.sender)


def test_delete_my_data(project: Project, phone: Phone) -> None:
    phone.text(DOSING)
    comes(phone, "passed your question")
    phone.text("DELETE MY DATA")
    comes(phone, "Reply DELETE NOW")
    phone.text("DELETE NOW")
    comes(phone, "are being deleted now")
    eventually(lambda: not project.record(phone.sender), "the end of the record")
    eventually(lambda: not project.cases(phone.sender), "the end of the cases")
    # Who writes again is somebody new.
    phone.text("is ketamine an opioid?")
    comes(phone, "not an opioid")
    assert count(phone, "Automated assistant") == 2


def test_stop_during_a_handoff(project: Project, phone: Phone, maria: Staff) -> None:
    """G3: danger is seen by staff although nothing can be sent any more."""
    phone.text(DOSING)
    comes(phone, "passed your question")
    maria.act(phone.sender, "reply", text="Maria here.", key="1")
    comes(phone, "Maria here.")
    phone.text("stop")
    comes(phone, "START")
    last = len(phone.received())
    refused = maria.act(phone.sender, "reply", text="Are you there?", key="2")
    assert refused.status_code == 409
    assert "cannot be texted" in maria.page_of(phone.sender)
    phone.text(SUICIDAL)
    eventually(lambda: "danger" in kinds(project, phone), "the case")
    eventually(lambda: SUICIDAL in maria.page_of(phone.sender), "the text")
    assert len(phone.received()) == last
    phone.text("START")
    eventually(lambda: len(phone.received()) == last + 1, "the confirmation")
    assert maria.act(phone.sender, "reply", text="Welcome back.", key="3").is_redirect
    comes(phone, "Welcome back.")
    assert count(phone, "Are you there?") == 0


def comes(phone: Phone, part: str) -> None:
    """Waits for a text that holds these words."""
    eventually(lambda: count(phone, part), f"{part!r} by text")


def count(phone: Phone, part: str) -> int:
    """Counts the texts that hold these words."""
    return sum(part in text for text in phone.received())


def before(phone: Phone, text: str) -> str:
    """Returns the text that came just before another."""
    texts = [text for text in phone.received() if not text.startswith(CLOSED)]
    return texts[texts.index(text) - 1]


def kinds(project: Project, phone: Phone) -> set[str]:
    """Returns the kinds of a person's cases."""
    return {case["kind"] for case in project.cases(phone.sender)}


def readable(phone: Phone) -> str:
    """Returns the number as the desk shows it."""
    number = phone.number
    return f"+1 {number[2:5]}-{number[5:8]}-{number[8:]}"
