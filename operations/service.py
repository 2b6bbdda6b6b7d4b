"""One process of the project: started, waited for, watched and stopped."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from settings import ROOT

START_PATIENCE = 180.0
STOP_PATIENCE = 10.0
POLL = 0.25


class ServiceError(Exception):
    """Raised when a process cannot be started; says what is wrong and what to do."""


@dataclass
class Service:
    """A child process with an address that answers once it is ready.

    Attributes:
        name: What it is called in messages and in its log file.
        command: The program and its arguments.
        health: The address that answers 200 when it is ready.
        remedy: What to do when its port is taken.
    """

    name: str
    command: list[str]
    health: str
    host: str
    port: int
    remedy: str
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def log_path(self) -> Path:
        """Where the process writes; never what people wrote."""
        return ROOT / "var" / f"{self.name}.log"

    def start(self) -> None:
        """Starts the process.

        Raises:
            ServiceError: if its port is taken.
        """
        if port_is_taken(self.host, self.port):
            raise ServiceError(
                f"port {self.port} on {self.host} is taken, and the {self.name} needs "
                f"it -> stop what runs there, or {self.remedy}"
            )
        self.log_path.parent.mkdir(parents=True, exist_ok=True)
        with self.log_path.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env={**os.environ, **self.environment},
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C reaches us alone; we stop it in order
            )

    def wait_until_ready(self, should_stop: Callable[[], bool]) -> None:
        """Waits until the process answers.

        Raises:
            ServiceError: if it ends or does not answer in time.
        """
        deadline = time.monotonic() + START_PATIENCE
        while time.monotonic() < deadline and not should_stop():
            if self.has_ended:
                raise ServiceError(f"the {self.name} ended:\n{self._last_lines()}")
            if answers(self.health):
                return
            time.sleep(POLL)
        if not should_stop():
            raise ServiceError(
                f"the {self.name} did not answer in {START_PATIENCE:.0f} s -> read "
                f"{self.log_path}"
            )

    @property
    def has_ended(self) -> bool:
        """Whether the process is no longer there."""
        return self.process is not None and self.process.poll() is not None

    def stop(self) -> None:
        """Ends the process and its children: kindly, then firmly."""
        if self.process is None:
            return
        for kind, patience in ((signal.SIGTERM, STOP_PATIENCE), (signal.SIGKILL, 2.0)):
            try:
                os.killpg(self.process.pid, kind)
                self.process.wait(patience)
            except ProcessLookupError:
                return
            except subprocess.TimeoutExpired:
                continue
            return

    def _last_lines(self, count: int = 12) -> str:
        text = self.log_path.read_text(encoding="utf-8", errors="replace")
        return "\n".join(f"    {line}" for line in text.splitlines()[-count:])


def port_is_taken(host: str, port: int) -> bool:
    """Whether something listens on a port already."""
    with socket.socket() as probe:
        probe.settimeout(1.0)
        return probe.connect_ex((host, port)) == 0


def answers(url: str) -> bool:
    """Whether an address answers 200."""
    try:
        with urllib.request.urlopen(url, timeout=2) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False
