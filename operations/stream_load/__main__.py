"""Opens the pages, writes, and prints the counts (make stream-load).

Needs the front desk's environment; starts the whole project beside whatever runs. The
brain is the real one: it answers as fast as it can, and what it has not answered yet
waits in the front desk's database.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import httpx

from operations.private_stack import PrivateStack
from operations.service import ServiceError
from operations.stream_load.findings import PROBLEMS, Findings
from operations.stream_load.reader import Reader
from operations.trained_model import ModelUnusable

TEXTS = (
    "is ketamine an opioid?",
    "is ketamine addictive?",
    "does it work?",
    "what are the side effects?",
)
AT_ONCE = 25
"""How many pages are opened at the same time."""

TIMES = ("accepted", "shown", "answered")
REQUEST_SECONDS = 120.0
LOOK_SECONDS = 0.5


def main() -> int:
    """Runs everything; returns 1 if a message is missing, doubled or out of order."""
    parser = argparse.ArgumentParser(prog="python -m operations.stream_load")
    parser.add_argument("--streams", type=int, default=500)
    parser.add_argument("--rate", type=float, default=20, help="messages a second")
    parser.add_argument("--seconds", type=float, default=30, help="of writing")
    parser.add_argument(
        "--patience", type=float, default=1200, help="seconds to wait for all answers"
    )
    options = parser.parse_args()
    try:
        with tempfile.TemporaryDirectory(prefix="stream-load-") as folder:
            stack = PrivateStack(Path(folder))
            try:
                stack.start()
                return asyncio.run(_play(stack, options))
            finally:
                stack.stop()
    except (ModelUnusable, ServiceError) as error:
        print(f"stream-load: {error}", file=sys.stderr)
        return 1


async def _play(stack: PrivateStack, options: argparse.Namespace) -> int:
    unlimited = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(
        base_url=stack.front_desk_url(""),
        limits=unlimited,
        timeout=httpx.Timeout(REQUEST_SECONDS),
    ) as web:
        readers = [Reader(web) for _ in range(options.streams)]
        following = await _open(readers)
        print(f"{len(readers)} pages open; {options.rate:g} messages a second")
        began = time.monotonic()
        await _write(readers, options.rate, options.seconds)
        wrote = time.monotonic() - began
        while any(reader.waits for reader in readers):
            if time.monotonic() - began > wrote + options.patience:
                break
            await asyncio.sleep(LOOK_SECONDS)
        took = time.monotonic() - began
        findings = Findings()
        for reader in readers:
            findings.add(reader, await reader.replay())
        for task in following:
            task.cancel()
    _print(findings, wrote, took)
    return 0 if findings.are_good else 1


async def _open(readers: Sequence[Reader]) -> list[asyncio.Task[None]]:
    slots = asyncio.Semaphore(AT_ONCE)

    async def begin(reader: Reader) -> asyncio.Task[None]:
        async with slots:
            await reader.begin()
            following = asyncio.create_task(reader.follow())
            await reader.opened.wait()
            return following

    return list(await asyncio.gather(*map(begin, readers)))


async def _write(readers: Sequence[Reader], rate: float, seconds: float) -> None:
    """Lets people write at a steady pace, however long each message takes."""
    chosen = random.Random(0)
    began = time.monotonic()
    writing = []
    for number in range(int(rate * seconds)):
        await asyncio.sleep(max(0.0, began + number / rate - time.monotonic()))
        reader, text = chosen.choice(readers), chosen.choice(TEXTS)
        writing.append(asyncio.create_task(reader.write(text)))
    await asyncio.gather(*writing)


def _print(findings: Findings, wrote: float, took: float) -> None:
    counts = findings.counts
    pace = counts["sent"] / wrote
    print(f"  messages sent                 {counts['sent']:6}  ({pace:.1f} a second)")
    print(f"  messages received             {counts['received']:6}")
    print(f"    own                         {counts['own']:6}")
    print(f"    replies of the assistant    {counts['replies']:6}")
    print(f"  requests sent again           {counts['sent again']:6}")
    print(f"  streams opened again          {counts['reconnected']:6}")
    for problem in PROBLEMS:
        print(f"  {problem:<30}{findings.problems[problem]:6}")
    for what in TIMES:
        middle, most, all_ = (findings.percentile(what, x) for x in (0.5, 0.95, 1.0))
        print(
            f"  {what + ' after':<24}{middle:8.2f} s in the middle, "
            f"{most:.2f} s for 95 %, {all_:.2f} s at most"
        )
    print(f"  took {took:.0f} s")


if __name__ == "__main__":
    sys.exit(main())
