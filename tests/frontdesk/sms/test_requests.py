"""Only what Twilio has signed, for our account and number, is taken; and only once."""

import threading
from pathlib import Path
from urllib.parse import quote_plus

import httpx
import pytest
from sqlalchemy import text

from operations.twilio_standin.webhooks import INCOMING
from sms.text_line import Phone, TextLine

STATUS = "/sms/status?delivery=1"


def incoming(line: TextLine, phone: Phone, body: str, **more: str) -> dict[str, str]:
    """Returns the parameters of a text."""
    return line.twilio.webhooks.incoming(phone.number, body, **more)


def assert_nothing_was_taken(line: TextLine, phone: Phone) -> None:
    """Checks that the person has no conversation."""
    assert (
        line.query("SELECT 1 FROM conversations WHERE sender = :sender", phone.sender)
        == []
    )
    assert (
        line.query("SELECT 1 FROM sms_numbers WHERE sender = :sender", phone.sender)
        == []
    )


@pytest.mark.parametrize("path", [INCOMING, STATUS, "/sms/fallback"])
@pytest.mark.parametrize("signature", ["", "nonsense", "AAAAAAAAAAAAAAAAAAAAAAAAAAA="])
def test_wrong_signature(
    line: TextLine, phone: Phone, path: str, signature: str
) -> None:
    answer = line.twilio.webhooks.send(path, incoming(line, phone, "hi"), signature)
    assert answer.status_code == 403
    assert "public_url" in answer.json()["detail"]
    assert_nothing_was_taken(line, phone)


@pytest.mark.parametrize(
    "changes", [{"Body": "bye"}, {"From": "+12125550100"}, {"OptOutType": "STOP"}]
)
def test_parameters_changed_after_signing(
    line: TextLine, phone: Phone, changes: dict[str, str]
) -> None:
    signed = incoming(line, phone, "hi")
    signature = line.twilio.webhooks.signature(INCOMING, signed)
    answer = line.twilio.webhooks.send(INCOMING, signed | changes, signature)
    assert answer.status_code == 403
    assert_nothing_was_taken(line, phone)


def test_signature_of_another_address(line: TextLine, phone: Phone) -> None:
    parameters = incoming(line, phone, "hi")
    signature = line.twilio.webhooks.signature("/sms/status", parameters)
    answer = line.twilio.webhooks.send(INCOMING, parameters, signature)
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("changes", "detail"),
    [
        ({"AccountSid": "AC" + "9" * 32}, "not our account"),
        ({"To": "+12125559999"}, "not our number"),
        ({"To": "+12125559999", "MessagingServiceSid": "MG0"}, "not our number"),
    ],
)
def test_signed_for_somebody_else(
    line: TextLine, phone: Phone, changes: dict[str, str], detail: str
) -> None:
    answer = phone.text("hi", **changes)
    assert (answer.status_code, detail in answer.text) == (403, True)
    assert_nothing_was_taken(line, phone)


def test_parameters_that_we_do_not_know_are_signed_too(
    line: TextLine, phone: Phone
) -> None:
    answer = phone.text("hi", NewParameter="\u00e9 & = +", Empty="", Body2="hello")
    assert answer.status_code == 204
    phone.wait_for("echo: hi")


def test_text_without_a_name(line: TextLine, phone: Phone) -> None:
    assert phone.text("hi", MessageSid="").status_code == 422
    assert_nothing_was_taken(line, phone)


def test_the_same_text_again_changes_nothing(line: TextLine, phone: Phone) -> None:
    for _ in range(3):
        assert phone.text("hello", "SM-again").status_code == 204
    phone.wait_for("echo: hello")
    for _ in range(2):
        assert phone.text("STOP", "SM-stop").status_code == 204
    phone.text("START", "SM-start")
    assert phone.text("STOP", "SM-stop").status_code == 204
    phone.text("still here", "SM-last")
    line.settle(phone)
    assert line.brain.times_played("hello") == 1
    assert phone.received()[-1] == "echo: still here"
    assert len(phone.received()) == 4


def test_the_same_text_many_times_at_once(line: TextLine, phone: Phone) -> None:
    answers: list[int] = []

    def bring() -> None:
        answers.append(phone.text("at once", "SM-at-once").status_code)

    threads = [threading.Thread(target=bring) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    phone.wait_for("echo: at once")
    line.settle(phone)
    assert answers == [204] * 8
    assert line.brain.times_played("at once") == 1
    assert len(phone.received()) == 1


def test_a_text_brought_again_after_a_restart_and_a_deletion(
    own_line: TextLine,
) -> None:
    phone = own_line.phone()
    phone.text("remember me", "SM-before")
    phone.wait_for("echo: remember me")
    own_line.settle(phone)
    own_line.desk.kill()
    own_line.desk.start()
    assert own_line.desk.client.delete(f"/internal/people/{phone.sender}").is_success
    assert phone.text("remember me", "SM-before").status_code == 204
    own_line.settle(phone)
    assert own_line.brain.times_played("remember me") == 1
    assert len(phone.received()) == 1


def test_texts_are_played_in_order(line: TextLine, phone: Phone) -> None:
    bodies = [f"text number {number}" for number in range(15)]
    for body in bodies:
        assert phone.text(body).status_code == 204
    phone.wait_for(*(f"echo: {body}" for body in bodies))


def test_twilio_is_answered_before_the_brain_answers(
    line: TextLine, phone: Phone
) -> None:
    gate = line.brain.hold("take your time")
    assert phone.text("take your time").status_code == 204
    assert phone.received() == []
    gate.set()
    phone.wait_for("echo: take your time")


def test_broken_utf_8_is_read_as_far_as_it_can_be(line: TextLine, phone: Phone) -> None:
    parameters = incoming(line, phone, "caf\ufffd")
    content = "&".join(
        f"{name}={quote_plus(value).replace('%EF%BF%BD', '%ED')}"
        for name, value in parameters.items()
    )
    answer = httpx.post(
        line.desk.url + INCOMING,
        content=content,
        headers={
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Twilio-Signature": line.twilio.webhooks.signature(INCOMING, parameters),
        },
    )
    assert answer.status_code == 204
    phone.wait_for("echo: caf\ufffd")


def test_what_cannot_be_stored_is_not_claimed(own_line: TextLine) -> None:
    phone = own_line.phone()
    with own_line.database() as opened, opened.writing() as session:
        session.execute(text("SELECT 1"))  # nobody else can write now
        parameters = own_line.twilio.webhooks.incoming(phone.number, "lost?")
        assert own_line.twilio.webhooks.send(INCOMING, parameters).status_code == 503
        answer = phone.text("lost?", "SM-lost")
    assert answer.status_code == 200
    for named in ("it may be lost", "555-0142", "988", "911"):
        assert named in answer.text
    assert phone.text("lost?", "SM-lost").status_code == 204
    own_line.settle(phone)
    # Twilio itself delivers the first, without us.
    assert phone.received()[1:] == ["echo: lost?"]


def test_no_number_and_no_word_in_the_log_or_in_the_database(
    line: TextLine, phone: Phone
) -> None:
    phone.text("a secret word")
    phone.wait_for("echo: a secret word")
    line.settle(phone)
    digits = phone.number.removeprefix("+1")
    assert digits not in line.desk.log()
    assert "secret word" not in line.desk.log()
    database = Path(line.desk.database_url.removeprefix("sqlite:///"))
    files = [database, database.with_name(f"{database.name}-wal")]
    assert not any(digits.encode() in file.read_bytes() for file in files)
