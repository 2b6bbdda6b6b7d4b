"""The terminal client, `make chat`, written to and read by its pipes."""

import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from live_frontdesk import ROOT, environment
from visitor import eventually

PROGRAM = [sys.executable, "-m", "frontdesk.chat"]

_BEGINS = re.compile(r"^(Assistant|Notice|.+ \(clinic staff\)): ", re.MULTILINE)
_NOT_SAID = re.compile(r"^(  \[\d+\] |Go on later with ).*\n", re.MULTILINE)


class Terminal:
    """A running client and what it has printed."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        self.lines: list[str] = []
        threading.Thread(target=self._read, daemon=True).start()

    def type(self, line: str) -> None:
        """Types a line."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()

    def token(self) -> str:
        """Asks for what takes the chat up again elsewhere."""
        self.type("/token")
        return self.wait_for("Go on later").split()[-1]

    def wait_for(self, line: str) -> str:
        """Waits for a line that begins so, and returns it."""
        found: str = eventually(
            lambda: next((one for one in self.lines if one.startswith(line)), None),
            f"{line!r} among {self.lines}",
        )
        return found

    def wait_for_message(self, text: str) -> None:
        """Waits until a message holds the text."""
        eventually(
            lambda: any(text in said for _, said in self.messages()),
            f"{text!r} among {self.lines}",
        )

    def messages(self) -> list[tuple[str, str]]:
        """Returns who said what, as it was printed."""
        printed = "".join(f"{line}\n" for line in self.lines)
        _, *parts = _BEGINS.split(_NOT_SAID.sub("", printed))
        said = [text.strip() for text in parts[1::2]]
        return list(zip(parts[::2], said, strict=True))

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))


@contextmanager
def chatting(url: str, *arguments: str) -> Iterator[Terminal]:
    """Runs the client against a front desk."""
    with subprocess.Popen(
        [*PROGRAM, "--url", url, *arguments],
        cwd=ROOT,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            terminal = Terminal(process)
            terminal.wait_for("Write a message")
            yield terminal
        finally:
            process.kill()
