"""What was said is sent in order and once, whatever happens on the way."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from standin_brain import response
from visitor import eventually

from operations.twilio_standin import Fault
from sms.text_line import Phone, TextLine

PARTS = ("one", "two", "three")


def answer_in_parts(line: TextLine, question: str) -> tuple[str, ...]:
    """Makes the answer to a question three texts."""
    texts = tuple(f"{question} {part}" for part in PARTS)
    line.brain.replies[question] = [
        response(f"utter_smalltalk_{part}", text) for part, text in zip(PARTS, texts)
    ]
    return texts


@pytest.mark.parametrize(
    "fault",
    [
        Fault.too_many(retry_after=1),
        Fault.too_many(retry_after=None),
        Fault.broken(500),
        Fault.broken(503),
        Fault.broken_but_sent(),
        Fault.answer_lost(),
        Fault.request_lost(),
        Fault.slow(0.5),
    ],
    ids=str,
)
def test_each_text_arrives_once_and_in_order(
    line: TextLine, phone: Phone, fault: Fault
) -> None:
    texts = answer_in_parts(line, f"question of {phone.number}")
    line.twilio.faults[phone.number] += [Fault(), fault, fault]
    phone.text(f"question of {phone.number}")
    phone.wait_for(*texts)
    line.settle(phone)
    assert phone.received() == list(texts)


def test_the_same_words_twice_are_two_texts(line: TextLine, phone: Phone) -> None:
    line.brain.replies["twice"] = [response("utter_smalltalk_a", "same")] * 2
    line.twilio.faults[phone.number] += [Fault(), Fault.request_lost()]
    phone.text("twice")
    phone.wait_for("same", "same")


@pytest.mark.parametrize("code", [21211, 21614, 30007])
def test_a_refused_text_is_not_tried_again(
    line: TextLine, phone: Phone, code: int
) -> None:
    line.twilio.faults[phone.number].append(Fault.refused(code))
    phone.text("hello")
    line.settle(phone)
    assert line.states(phone) == [("failed", code)]
    attempts = [number for number, _ in line.twilio.attempts]
    assert attempts.count(phone.number) == 1
    assert phone.number not in line.desk.log()


def test_twilios_word_that_somebody_opted_out_is_obeyed(
    line: TextLine, phone: Phone
) -> None:
    answer_in_parts(line, "opted out elsewhere")
    line.twilio.faults[phone.number].append(Fault.refused(21610))
    phone.text("opted out elsewhere")
    line.settle(phone)
    assert line.states(phone) == [("refused", 21610)] * 3
    attempts = [number for number, _ in line.twilio.attempts]
    assert attempts.count(phone.number) == 1
    phone.text("start")
    phone.text("again")
    line.settle(phone)
    assert phone.received()[-1] == "echo: again"


def test_killed_while_twilio_takes_a_text(own_line: TextLine) -> None:
    phone = own_line.phone()
    texts = answer_in_parts(own_line, "long answer")
    own_line.twilio.faults[phone.number] += [Fault(), Fault.slow(3)]
    phone.text("long answer")
    eventually(lambda: len(phone.received()) == 2, "the second text")
    own_line.desk.kill()
    own_line.desk.start()
    phone.wait_for(*texts)
    own_line.settle(phone)
    assert phone.received() == list(texts)


def test_twilio_out_of_reach_for_a_while(own_line: TextLine) -> None:
    phone = own_line.phone()
    own_line.twilio.choose_fault = lambda number, text: Fault.broken(503)
    phone.text("hello")
    eventually(lambda: own_line.twilio.attempts, "an attempt")
    own_line.desk.stop()
    own_line.twilio.choose_fault = lambda number, text: None
    own_line.desk.start()
    phone.wait_for("echo: hello")


def test_two_front_desks_send_nothing_twice(
    new_database: Callable[[], str], tmp_path: Path
) -> None:
    line = TextLine(new_database(), tmp_path)
    other = line.second_desk(tmp_path)
    phones = [line.phone() for _ in range(6)]

    def text_three_times(phone: Phone) -> None:
        for number, door in enumerate((None, other.url, None)):
            phone.text_at(door, f"text {number}")

    threads = [threading.Thread(target=text_three_times, args=(p,)) for p in phones]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for phone in phones:
        phone.wait_for("echo: text 0", "echo: text 1", "echo: text 2")
    for phone in phones:
        line.settle(phone)
        assert len(phone.received()) == 3
    other.stop()
    line.stop()
