"""Plays the load and prints the counts (make handoff-load).

Needs the front desk's environment; starts the whole project beside whatever runs.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx

from operations.handoff_load.findings import Findings, Said
from operations.handoff_load.person import Person
from operations.handoff_load.staff import Staff
from operations.private_stack import BRAIN_TOKEN, PrivateStack
from operations.service import ServiceError
from operations.trained_model import ModelUnusable

STAFF_NAMES = ("Maria", "Tom", "Ana")
REQUEST_SECONDS = 120.0


def main() -> int:
    """Runs everything; returns 1 if a message is missing, doubled or out of order."""
    parser = argparse.ArgumentParser(prog="python -m operations.handoff_load")
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--handed-off", type=int, default=50)
    parser.add_argument(
        "--seconds", type=float, default=1200, help="the most it may take"
    )
    options = parser.parse_args()
    try:
        with running_stack() as stack:
            emails = [stack.add_staff(name) for name in STAFF_NAMES]
            return asyncio.run(
                play(stack, emails, options.people, options.handed_off, options.seconds)
            )
    except (ModelUnusable, ServiceError) as error:
        print(f"handoff-load: {error}", file=sys.stderr)
        return 1


@contextmanager
def running_stack() -> Iterator[PrivateStack]:
    """Starts the whole project, and stops it at the end."""
    with tempfile.TemporaryDirectory(prefix="handoff-load-") as folder:
        stack = PrivateStack(Path(folder))
        try:
            stack.start()
            yield stack
        finally:
            stack.stop()


async def play(
    stack: PrivateStack,
    emails: Sequence[str],
    people: int,
    handed_off: int,
    seconds: float,
) -> int:
    """Lets everybody talk, compares, and prints what was found."""
    unlimited = httpx.Limits(max_connections=None)
    timeout = httpx.Timeout(REQUEST_SECONDS)
    async with httpx.AsyncClient(
        base_url=stack.front_desk_url(""), limits=unlimited, timeout=timeout
    ) as web:
        visitors = [Person(web, number < handed_off) for number in range(people)]
        helped: set[str] = set()
        staff = [Staff(stack.desk_url, name, helped) for name in STAFF_NAMES]
        for member, email in zip(staff, emails):
            await member.sign_in(email)
        print(
            f"{people} people, {handed_off} of them ask for staff; {len(staff)} staff"
        )
        began = time.monotonic()
        unfinished = await _let_talk(visitors, staff, seconds)
        took = time.monotonic() - began
        findings = Findings()
        for visitor in visitors:
            said = [said for member in staff for said in member.said_to(visitor.sender)]
            record = await _record(stack, visitor.sender)
            findings.add(visitor.sent, visitor.received, record, said)
        for member in staff:
            await member.close()
    _print(findings, unfinished, sum(visitor.retries for visitor in visitors), took)
    return 0 if findings.are_good and not unfinished else 1


async def _let_talk(
    visitors: Sequence[Person], staff: Sequence[Staff], seconds: float
) -> int:
    """Returns how many conversations did not come to their end in time."""
    await asyncio.gather(*(visitor.begin() for visitor in visitors))
    working = [asyncio.create_task(member.work()) for member in staff]
    talking = [asyncio.create_task(visitor.talk()) for visitor in visitors]
    # Staff never finish by themselves: if they do, it is with an error.
    ends: list[asyncio.Future[Any]] = [asyncio.gather(*talking), *working]
    await asyncio.wait(ends, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    unfinished = sum(not task.done() for task in talking)
    for end in ends:
        if end.done():
            end.result()
        end.cancel()
    await asyncio.gather(*ends, return_exceptions=True)
    return unfinished


async def _record(stack: PrivateStack, sender: str) -> list[Said]:
    path = f"/webhooks/frontdesk/conversations/{quote(sender, safe='')}"
    headers = {"Authorization": f"Bearer {BRAIN_TOKEN}"}
    async with httpx.AsyncClient(timeout=REQUEST_SECONDS) as client:
        answer = await client.get(stack.brain_url(path), headers=headers)
    answer.raise_for_status()
    messages: list[Said] = answer.json()["messages"]
    return messages


def _print(findings: Findings, unfinished: int, retries: int, took: float) -> None:
    counts, problems = findings.counts, findings.problems
    print(f"  messages of people            {counts['person']:6}")
    print(f"  replies of the assistant      {counts['bot']:6}")
    print(f"  replies of staff              {counts['staff']:6}")
    print(f"  notices                       {counts['notice']:6}")
    print(f"  requests sent again           {retries:6}")
    for problem in ("lost", "doubled", "out of order", "not answered"):
        print(f"  {problem:<30}{problems[problem]:6}")
    print(f"  conversations without an end  {unfinished:6}")
    print(f"  took {took:.0f} s")


if __name__ == "__main__":
    sys.exit(main())
