"""A number is kept only as long as it is needed, and an opt-out only as a hash."""

from datetime import timedelta

from visitor import eventually

from frontdesk.clock import utc_now
from frontdesk.sms.housekeeping import Housekeeping
from sms.text_line import Phone, TextLine

_NUMBER = "SELECT sealed FROM sms_numbers WHERE sender = :sender"


def tidy_later(line: TextLine, minutes: int) -> None:
    """Does what the front desk will do after some minutes."""
    with line.database() as database:
        Housekeeping(database, lambda: utc_now() + timedelta(minutes=minutes)).tidy()


def test_a_deletion_is_confirmed_and_then_the_number_goes(
    line: TextLine, phone: Phone
) -> None:
    gate = line.brain.hold("delete now")
    phone.text("delete now")
    line.brain.wait_until_reached("delete now")
    # As the action server does in the middle of the turn.
    assert line.desk.client.delete(f"/internal/people/{phone.sender}").is_success
    tidy_later(line, 9)
    gate.set()
    phone.wait_for("echo: delete now")
    line.settle(phone)
    assert line.query(_NUMBER, phone.sender)
    tidy_later(line, 11)
    assert line.query(_NUMBER, phone.sender) == []


def test_who_texts_again_after_a_deletion_is_known_again(
    line: TextLine, phone: Phone
) -> None:
    phone.text("hello")
    phone.wait_for("echo: hello")
    line.settle(phone)
    assert line.desk.client.delete(f"/internal/people/{phone.sender}").is_success
    phone.text("me again")
    phone.wait_for("echo: hello", "echo: me again")
    tidy_later(line, 11)
    assert line.query(_NUMBER, phone.sender)


def test_all_that_is_left_of_somebody_who_opted_out(
    line: TextLine, phone: Phone
) -> None:
    phone.text("stop")
    eventually(phone.received, "the confirmation")
    line.settle(phone)
    assert line.desk.client.delete(f"/internal/people/{phone.sender}").is_success
    tidy_later(line, 11)
    left = {
        table: len(
            line.query(f"SELECT 1 FROM {table} WHERE sender = :sender", phone.sender)
        )
        for table in ("conversations", "sms_numbers", "sms_deliveries", "sms_opt_outs")
    }
    assert left == {
        "conversations": 0,
        "sms_numbers": 0,
        "sms_deliveries": 0,
        "sms_opt_outs": 1,
    }
    phone.text("hello")
    line.settle(phone)
    assert len(phone.received()) == 1
