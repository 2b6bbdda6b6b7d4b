"""What Twilio tells of a text is believed, but never from later to earlier."""

import pytest
from case_bodies import case_body
from standin_brain import DANGER_TEXT
from visitor import eventually

from frontdesk.desk.words import SAME_NUMBER
from sms.text_line import Phone, TextLine


def send_one(line: TextLine, phone: Phone) -> None:
    """Lets one text go out, of which nothing is told by itself."""
    line.twilio.choose_states = lambda message: ()
    phone.text("hello")
    phone.wait_for("echo: hello")
    line.settle(phone)


@pytest.mark.parametrize(
    ("told", "state"),
    [
        (["sent", "delivered"], ("delivered", None)),
        (["delivered", "sent", "queued"], ("delivered", None)),
        (["sent", "sent"], ("sent", None)),
        (["nonsense"], ("sent", None)),
        (["delivered", "undelivered"], ("delivered", None)),
        (["sent", "undelivered"], ("failed", 30003)),
        (["undelivered", "sent"], ("failed", 30003)),
    ],
)
def test_state(
    line: TextLine, phone: Phone, told: list[str], state: tuple[str, int | None]
) -> None:
    line.twilio.undeliverable[phone.number] = 30003
    send_one(line, phone)
    (message,) = line.twilio.to(phone.number)
    for status in told:
        assert line.twilio.tell(message, status).status_code == 204
    assert line.states(phone) == [state]


def test_opt_out_that_only_the_network_saw(line: TextLine, phone: Phone) -> None:
    line.twilio.undeliverable[phone.number] = 21610
    send_one(line, phone)
    line.twilio.tell(line.twilio.to(phone.number)[0], "undelivered")
    phone.text("are you there")
    line.settle(phone)
    assert line.states(phone) == [("refused", 21610)] * 2
    assert len(phone.received()) == 1


def test_a_state_of_another_text_is_not_believed(line: TextLine, phone: Phone) -> None:
    send_one(line, phone)
    (message,) = line.twilio.to(phone.number)
    message.sid = "SM" + "0" * 32
    assert line.twilio.tell(message, "delivered").status_code == 204
    assert line.states(phone) == [("sent", None)]


def test_staff_are_alerted_when_a_text_to_somebody_in_danger_fails(
    line: TextLine, phone: Phone
) -> None:
    line.twilio.undeliverable[phone.number] = 30003
    line.twilio.choose_states = line.twilio._usual_states
    phone.text(DANGER_TEXT)
    eventually(lambda: line.states(phone) == [("failed", 30003)], "the failure")
    page = line.staff().client.get(f"/conversations/{phone.sender}").text
    assert "not delivered: the phone is off or out of reach" in page
    assert "was not delivered. Call them if they may be in danger." in page


def test_staff_see_what_became_of_each_text(line: TextLine, phone: Phone) -> None:
    line.twilio.choose_states = line.twilio._usual_states
    phone.text("hello")
    eventually(lambda: line.states(phone) == [("delivered", None)], "the delivery")
    staff = line.staff()
    page = f"/conversations/{phone.sender}"
    assert staff.send(f"{page}/reply", text="Hello, this is Ana.").status_code == 303
    arrived = [("delivered", None)] * 3
    eventually(lambda: line.states(phone) == arrived, "notice and reply")
    shown = staff.client.get(page).text
    assert shown.count(">delivered</span>") == 3
    assert phone.received()[1].startswith("You are now talking with Ana Ruiz")
    assert phone.received()[2] == "Hello, this is Ana."


def test_staff_cannot_text_who_has_opted_out(line: TextLine, phone: Phone) -> None:
    phone.text("STOP")
    line.settle(phone)
    staff = line.staff()
    answer = staff.send(f"/conversations/{phone.sender}/reply", text="Please come back")
    assert answer.status_code == 409
    assert "Your message was not sent: the person has ended texts" in answer.text
    assert "Please come back" in answer.text
    assert "This person cannot be texted." in answer.text
    assert len(phone.received()) == 1


def test_staff_see_which_number_to_call_back(line: TextLine, phone: Phone) -> None:
    phone.text("hello")
    details = {"name": "Sam", "contact": SAME_NUMBER, "time": "mornings"}
    line.desk.post(
        case_body(sender=phone.sender, channel="sms", kind="screening", details=details)
    )
    page = line.staff().client.get(f"/conversations/{phone.sender}").text
    assert f'{SAME_NUMBER}, <a href="tel:{phone.number}">' in page
