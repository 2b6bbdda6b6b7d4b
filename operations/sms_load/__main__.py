"""Plays the load and prints the counts (make sms-load).

Needs the front desk's environment; starts the whole project beside whatever runs.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait

from operations.service import ServiceError
from operations.sms_load.faulty_twilio import FaultyTwilio
from operations.sms_load.findings import PROBLEMS, Findings
from operations.sms_load.phone import START, STOP, Phone
from operations.sms_stack import SmsStack, running_line
from operations.trained_model import ModelUnusable

QUESTIONS = (
    "is ketamine addictive?",
    "is ketamine an opioid?",
    "does it work?",
    "what are the side effects?",
    "can i drive home after?",
)
AT_ONCE = 24
KILLED_AT = (0.3, 0.7)
"""When the front desk is killed: shares of the texts that are taken."""

QUIET_SECONDS = 20.0
"""So long nothing may come any more before the counting begins."""

LOST_SECONDS = 150.0
"""After so long a silence an answer does not come any more: pauses are shorter."""

OVERRIDES = {
    # Nobody is told of a delay: this is about what is lost, not how long it takes.
    "FRONTDESK__BRAIN_TIMEOUT_SECONDS": "900",
    "SMS__RETRY_SECONDS": "1",
}


def main() -> int:
    """Runs everything; returns 1 if a text is missing, doubled or out of order."""
    parser = argparse.ArgumentParser(prog="python -m operations.sms_load")
    parser.add_argument("--numbers", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--seconds", type=float, default=1200, help="the most it may take"
    )
    options = parser.parse_args()
    try:
        with running_line("us", OVERRIDES) as stack:
            return play(stack, options.numbers, options.seed, options.seconds)
    except (ModelUnusable, ServiceError) as error:
        print(f"sms-load: {error}", file=sys.stderr)
        return 1


def play(stack: SmsStack, numbers: int, seed: int, seconds: float) -> int:
    """Lets all phones text, compares, and prints what was found."""
    deadline = time.monotonic() + seconds
    findings = calm_answers(stack, deadline)
    faults = FaultyTwilio(seed)
    stack.twilio.choose_fault = faults.choose
    stack.twilio.choose_states = faults.states
    phones = _phones(stack, numbers, seed)
    began = time.monotonic()
    with ThreadPoolExecutor(AT_ONCE, "phones") as pool:
        sending = [pool.submit(phone.send_all) for phone in phones]
        kills = _kill_front_desk(stack, phones, sending)
        wait(sending)
    for future in sending:
        future.result()
    _wait_until_quiet(stack, findings, phones, deadline)
    for phone in phones:
        findings.add(phone)
    _print(findings, faults, phones, kills, time.monotonic() - began)
    return 1 if sum(findings.problems.values()) else 0


def calm_answers(stack: SmsStack, deadline: float) -> Findings:
    """Learns what is answered from a phone for which nothing fails."""
    phone = Phone(stack.twilio, "+12025550100", [], seed=0)
    answers: dict[str, str] = {}
    for count, text in enumerate((*QUESTIONS, STOP, START), start=2):
        stack.twilio.text(phone.number, text)
        answers[text] = _answer(phone, count, deadline)
    confirmations = {word: answers.pop(word) for word in (STOP, START)}
    return Findings(phone.received()[0], answers, confirmations)


def _answer(phone: Phone, count: int, deadline: float) -> str:
    """Returns the text with this number, counted from 1, once it has come."""
    _until(lambda: len(phone.received()) >= count, deadline)
    return phone.received()[count - 1]


def _phones(stack: SmsStack, numbers: int, seed: int) -> list[Phone]:
    """Every tenth phone opts out in the middle, and half of these opt in again."""
    chance = random.Random(seed)
    phones = []
    for number in range(numbers):
        texts = chance.sample(QUESTIONS, len(QUESTIONS))
        if number % 10 == 0:
            texts[2] = STOP
        if number % 20 == 0:
            texts[3] = START
        # Numbers for fiction; none of them is the clinic's.
        name = f"+1{646 + number // 100}55501{number % 100:02}"
        phones.append(Phone(stack.twilio, name, texts, seed + number))
    return phones


def _kill_front_desk(
    stack: SmsStack, phones: Sequence[Phone], sending: Sequence[Future[None]]
) -> int:
    """Kills it in the middle of the work, and starts it again; returns how often."""
    total = sum(len(phone.texts) for phone in phones)
    for count, share in enumerate(KILLED_AT):
        while sum(phone.accepted for phone in phones) < share * total:
            if all(future.done() for future in sending):
                return count
            time.sleep(0.05)
        stack.front_desk.kill()
        stack.front_desk.make_sure_it_runs()
    return len(KILLED_AT)


def _wait_until_quiet(
    stack: SmsStack, findings: Findings, phones: Sequence[Phone], deadline: float
) -> None:
    """Waits until nothing was handed over for a while, longer if answers are due."""
    last, since = -1, time.monotonic()

    def is_quiet() -> bool:
        nonlocal last, since
        count = len(stack.twilio.attempts)
        if count != last:
            last, since = count, time.monotonic()
        silence = time.monotonic() - since
        if silence < QUIET_SECONDS:
            return False
        return silence > LOST_SECONDS or not any(map(findings.lacks, phones))

    _until(is_quiet, deadline)


def _until(condition: Callable[[], bool], deadline: float) -> None:
    while not condition():
        if time.monotonic() > deadline:
            raise ServiceError("it took too long -> give more --seconds")
        time.sleep(0.1)


def _print(
    findings: Findings,
    faults: FaultyTwilio,
    phones: Sequence[Phone],
    kills: int,
    took: float,
) -> None:
    lines = [
        ("phones", len(phones)),
        ("texts sent by phones", sum(len(phone.texts) for phone in phones)),
        ("accepted", sum(phone.accepted for phone in phones)),
        ("told to send it again", sum(phone.refused for phone in phones)),
        ("brought once more by Twilio", sum(phone.repeats for phone in phones)),
        ("texts received as they should be", findings.answered),
        ("phones that opted out", findings.opted_out),
        ("answers withheld from them", findings.withheld),
        ("front desk killed", kills),
        *((f"texts {name}", count) for name, count in faults.counts.items()),
        *((name, findings.problems[name]) for name in PROBLEMS),
    ]
    for name, count in lines:
        print(f"  {name:<36}{count:6}")
    print(
        f"  took {took:.0f} s, {QUIET_SECONDS:.0f} s of them to see that all is quiet"
    )


if __name__ == "__main__":
    sys.exit(main())
