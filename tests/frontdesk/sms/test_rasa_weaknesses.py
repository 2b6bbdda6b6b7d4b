"""The weaknesses of Rasa's own Twilio channel, row by row of reliability.md B.

Rasa's channel fails each of these. "Fake retry" is tested in test_sending.py; the
condition that is always true and the fix that only Slack got do nothing by themselves.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from standin_brain import response
from visitor import eventually

from operations.twilio_standin.sent_message import new_sid
from operations.twilio_standin.webhooks import INCOMING
from sms.text_line import Phone, TextLine


@pytest.mark.parametrize("forgery", ["no signature", "another", "more", "address"])
def test_no_signature_check(line: TextLine, phone: Phone, forgery: str) -> None:
    webhooks = line.twilio.webhooks
    parameters = webhooks.incoming(phone.number, "let me in")
    signature = webhooks.signature(INCOMING, parameters)
    if forgery == "no signature":
        signature = ""
    elif forgery == "another":
        signature = webhooks.signature(INCOMING, parameters | {"Body": "hi"})
    elif forgery == "more":
        parameters["OptOutType"] = "STOP"
    else:
        signature = webhooks.signature(f"{INCOMING}?more=1", parameters)
    answer = webhooks.send(INCOMING, parameters, signature)
    assert answer.status_code == 403
    assert (
        line.query("SELECT id FROM messages_in WHERE sender = :sender", phone.sender)
        == []
    )


def test_parameters_that_twilio_adds_one_day_are_signed_too(phone: Phone) -> None:
    assert phone.text("hello", Novelty="1", RcsThing="").status_code == 204
    phone.wait_for("echo: hello")


def test_no_dedupe(own_line: TextLine) -> None:
    phone, sid = own_line.phone(), new_sid("SM")
    for _ in range(2):
        assert phone.text("hello", sid).status_code == 204
    phone.wait_for("echo: hello")
    own_line.desk.kill()
    own_line.desk.start()
    assert phone.text("hello", sid).status_code == 204
    phone.text("bye")
    phone.wait_for("echo: hello", "echo: bye")
    assert own_line.brain.times_played("hello") == 1


def test_turn_before_answer(line: TextLine, phone: Phone) -> None:
    first, second = f"first of {phone.number}", f"second of {phone.number}"
    release = line.brain.hold(first)
    for text in (first, second):
        assert phone.text(text).status_code == 204  # although the first lasts
    line.brain.wait_until_reached(first)
    assert phone.received() == []
    release.set()
    phone.wait_for(f"echo: {first}", f"echo: {second}")


def test_blocks_the_loop(line: TextLine, phone: Phone) -> None:
    other = line.phone()
    with twilio_slow_for(line, phone.number):
        phone.text("hello")
        eventually(lambda: phone.number in dict(line.twilio.attempts), "an attempt")
        other.text("hello")
        other.wait_for("echo: hello")
        assert phone.received() == []
    phone.wait_for("echo: hello")


@pytest.mark.parametrize("media", ["0", "1"])
def test_blank_body(phone: Phone, media: str) -> None:
    assert phone.text("", NumMedia=media).status_code == 204
    eventually(phone.received, "a reply")
    [reply] = phone.received()
    assert "988" in reply and "555-0142" in reply


def test_body_missing_altogether(line: TextLine, phone: Phone) -> None:
    webhooks = line.twilio.webhooks
    parameters = webhooks.incoming(phone.number, "", NumMedia="1")
    del parameters["Body"]
    assert webhooks.send(INCOMING, parameters).status_code == 204
    eventually(phone.received, "a reply")


def test_metadata_lost(line: TextLine, phone: Phone) -> None:
    assert phone.text("arret", OptOutType="STOP").status_code == 204
    phone.text("hello")
    line.settle(phone)
    assert phone.received() == []  # Twilio itself has confirmed it


def test_splits_on_blank_lines_and_buttons(line: TextLine, phone: Phone) -> None:
    question = f"which of {phone.number}"
    buttons = (("The first", "/a"), ("The second", "/b"))
    line.brain.replies[question] = [
        response("utter_clarify_2", "One.\n\nTwo.", *buttons)
    ]
    phone.text(question)
    eventually(phone.received, "a reply")
    line.settle(phone)
    [reply] = phone.received()
    assert reply.startswith("One.\n\nTwo.")
    assert reply.endswith("1 The first\n2 The second")


@pytest.mark.parametrize("text", ["¡hola! ¿es seguro?", "/restart", "a@b.example"])
def test_text_is_changed(line: TextLine, phone: Phone, text: str) -> None:
    phone.text(text, Latitude="40.7", Longitude="-74.0")
    phone.wait_for(f"echo: {text}")
    [played] = line.brain.received_of(phone.sender)
    assert (played["text"], played["channel"]) == (text, "sms")


def test_errors_make_twilio_send_again(line: TextLine, phone: Phone) -> None:
    text = f"trouble of {phone.number}"
    line.brain.failing[text] = []
    sid = new_sid("SM")
    for _ in range(2):
        assert phone.text(text, sid).status_code == 204
    eventually(phone.received, "an apology")
    line.settle(phone)
    [apology] = phone.received()
    assert "went wrong on our side" in apology


def test_new_api_client_per_request(line: TextLine, phone: Phone) -> None:
    question = f"three of {phone.number}"
    texts = ("one", "two", "three")
    line.brain.replies[question] = [response("utter_smalltalk_a", one) for one in texts]
    before = set(line.twilio.connections)
    phone.text(question)
    phone.wait_for(*texts)
    assert len(line.twilio.connections - before) < len(texts)


def test_who_does_not_speak_http_form_is_refused(line: TextLine) -> None:
    answer = httpx.post(f"{line.desk.url}{INCOMING}", content=b"\xff\xfe%zz=&=")
    assert answer.status_code == 403


@contextmanager
def twilio_slow_for(line: TextLine, number: str) -> Iterator[None]:
    """Keeps Twilio from answering one phone's texts until the end."""
    go_on = threading.Event()

    def wait(to: str, _: str) -> None:
        if to == number:
            go_on.wait(60)

    usual, line.twilio.choose_fault = line.twilio.choose_fault, wait
    yield
    go_on.set()
    line.twilio.choose_fault = usual
