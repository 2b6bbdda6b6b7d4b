"""Pictures, texts without words, other channels, numbers that cannot be answered."""

import pytest
from case_bodies import case_body
from standin_brain import DANGER_TEXT
from visitor import eventually

from sms.text_line import Phone, TextLine

LINES = ("555-0142", "911", "988")


def test_picture_without_words(line: TextLine, phone: Phone) -> None:
    phone.text("", NumMedia="1", MediaUrl0="https://api.example/1.jpg")
    eventually(phone.received, "an answer")
    (text,) = phone.received()
    assert text.startswith("I cannot see pictures or files")
    assert all(named in text for named in LINES)


def test_picture_with_words(line: TextLine, phone: Phone) -> None:
    phone.text("what is this", NumMedia="2")
    eventually(lambda: len(phone.received()) == 2, "both answers")
    assert phone.received()[0].startswith("I cannot see pictures or files")
    assert phone.received()[1] == "echo: what is this"


def test_staff_are_told_of_a_picture(line: TextLine, phone: Phone) -> None:
    line.desk.post(case_body(sender=phone.sender, channel="sms"))
    phone.text("", NumMedia="1")
    line.settle(phone)
    page = line.staff().client.get(f"/conversations/{phone.sender}").text
    assert "The person sent a picture or a file. It cannot be shown here." in page


@pytest.mark.parametrize("body", ["", "  \n ", "\t"])
def test_no_words(line: TextLine, phone: Phone, body: str) -> None:
    phone.text(body)
    eventually(phone.received, "an answer")
    (text,) = phone.received()
    assert text.startswith("Your text came without words.")
    assert all(named in text for named in LINES)


def test_danger_beside_a_picture(line: TextLine, phone: Phone) -> None:
    phone.text(DANGER_TEXT, NumMedia="1")
    eventually(lambda: "Please call 988." in phone.received(), "the crisis line")
    assert [case["kind"] for case in line.desk.cases(phone.sender)] == ["danger"]


@pytest.mark.parametrize("prefix", ["whatsapp:", "messenger:", "rcs:"])
def test_another_channel_is_told_how_to_reach_us(
    line: TextLine, phone: Phone, prefix: str
) -> None:
    changes = {"From": prefix + phone.number, "To": prefix + line.account.number}
    answer = phone.text("hello", ProfileName="Sam", WaId="1", **changes)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("application/xml")
    assert "this number only takes plain text messages (SMS)" in answer.text
    assert all(named in answer.text for named in LINES)
    assert line.brain.times_played("hello") == 0


@pytest.mark.parametrize("number", ["72727", "CLINIC", "", "+1", "+12125550199"])
def test_what_cannot_be_answered_is_not_answered(line: TextLine, number: str) -> None:
    sent = len(line.twilio.attempts)
    phone = line.phone()
    assert phone.text("automatic", From=number).status_code == 204
    assert line.brain.times_played("automatic") == 0
    assert len(line.twilio.attempts) == sent


@pytest.mark.parametrize(
    "body",
    [
        "word " * 400 + "the end",
        "x" * 12_000,
        "/restart",
        '/greet{"slot": "x"}',
        "\N{THUMBS UP SIGN} \u00bfqu\u00e9? \u00a1hola! \u05e9\u05dc\u05d5\u05dd",
        "NUL \x00 and \x1b[2J",
    ],
)
def test_any_text_is_text(line: TextLine, phone: Phone, body: str) -> None:
    assert phone.text(body).status_code == 204
    eventually(lambda: line.brain.received_of(phone.sender), "the text")
    (played,) = line.brain.received_of(phone.sender)
    assert played["text"] == body[:10_000]
    assert played["channel"] == "sms"
    assert "choice" not in played
