"""What the website chat costs a page: bytes, requests, time (make widget-size)."""

from __future__ import annotations

import gzip
import sys
import time

from playwright.sync_api import Response

from operations.widget_tour import Tour, run

QUESTION = "is ketamine an opioid?"


def measure(tour: Tour) -> None:
    """Prints what a page loads for the chat, and how long a first answer takes."""
    loaded: list[Response] = []
    tour.on_response = loaded.append
    began = time.monotonic()
    chat = tour.visit()
    shown = time.monotonic()
    ours = [answer for answer in loaded if "/widget" in answer.url]
    total = 0
    for answer in ours:
        packed = len(gzip.compress(answer.body(), 9))
        total += packed
        print(f"  {answer.url.split('/', 3)[3]:<32}{packed:7} bytes, gzipped")
    print(f"  {f'in all ({len(ours)} files)':<32}{total:7} bytes, gzipped")
    with_config = len(ours) + sum("/chat/config" in one.url for one in loaded)
    print(f"  requests until it is shown      {with_config:7}")
    print(f"  page opened to button shown     {shown - began:9.1f} s")
    chat.open()
    sent = time.monotonic()
    chat.ask(QUESTION)
    print(f"  first question to its answer    {time.monotonic() - sent:9.1f} s")
    sent = time.monotonic()
    chat.ask(QUESTION)
    print(f"  second question to its answer   {time.monotonic() - sent:9.1f} s")
    chat.close()


def main() -> int:
    """Measures and returns the exit code."""
    return run("widget-size", measure)


if __name__ == "__main__":
    sys.exit(main())
