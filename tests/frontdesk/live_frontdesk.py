"""A front desk as it really runs: its own process, port and database."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import httpx
from free_ports import free_port

ROOT = Path(__file__).parents[2]
TOKEN = "token-of-the-tests"
BRAIN_TOKEN = "brain-token-of-the-tests"
VISITOR_KEY = "visitor-key-of-the-tests"
_PATIENCE_SECONDS = 30.0
_START_SECONDS = 90.0
_POLL_SECONDS = 0.05


def environment(**overrides: str) -> dict[str, str]:
    """Builds a process environment in which only these settings are overridden."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("KETAMINE_FACTS_")
    }
    changes = {
        "FRONTDESK_TOKEN": TOKEN,
        "BRAIN_TOKEN": BRAIN_TOKEN,
        "VISITOR_KEY": VISITOR_KEY,
        "FRONTDESK__PORT": str(free_port()),
        "DESK__PORT": str(free_port()),
        # Nothing listens there, unless a test starts a brain.
        "BRAIN__PORT": str(free_port()),
        # All visitors of the tests have one address.
        "VISITORS__MESSAGES_PER_ADDRESS_HOUR": "0",
        "VISITORS__SESSIONS_PER_ADDRESS_HOUR": "0",
        # Never the database of the person who runs the tests.
        "FRONTDESK__DATABASE_URL": "sqlite:////proc/no-such-folder/desk.db",
    }
    changes |= overrides
    return kept | {f"KETAMINE_FACTS_{name}": text for name, text in changes.items()}


def run_frontdesk(
    *arguments: str, root: Path = ROOT, **overrides: str
) -> subprocess.CompletedProcess[str]:
    """Runs the front desk's command line until it ends."""
    return subprocess.run(
        [sys.executable, "-m", "frontdesk", *arguments],
        cwd=root,
        env=environment(**overrides),
        capture_output=True,
        text=True,
        timeout=_PATIENCE_SECONDS,
        check=False,
    )


class LiveFrontDesk:
    """A running front desk, a client that has its token and one that has not."""

    def __init__(
        self,
        database_url: str,
        log_file: Path,
        root: Path = ROOT,
        prefix: Sequence[str] = (),
        overrides: Mapping[str, str] | None = None,
    ) -> None:
        self.database_url = database_url
        self._log_file = log_file
        self._root = root
        self._prefix = prefix
        # The same again after a restart.
        port, desk_port = free_port(), free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.desk_url = f"http://127.0.0.1:{desk_port}"
        self._changes = {
            "FRONTDESK__PORT": str(port),
            "DESK__PORT": str(desk_port),
            "FRONTDESK__DATABASE_URL": database_url,
        } | dict(overrides or {})

    def start(self) -> "LiveFrontDesk":
        """Starts the process and returns when it answers."""
        with self._log_file.open("ab") as log:
            self.process = subprocess.Popen(
                [*self._prefix, sys.executable, "-m", "frontdesk"],
                cwd=self._root,
                env=environment(**self._changes),
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self.client = httpx.Client(
            base_url=self.url,
            headers={"Authorization": f"Bearer {TOKEN}"},
            timeout=_PATIENCE_SECONDS,
        )
        self.stranger = httpx.Client(base_url=self.url, timeout=_PATIENCE_SECONDS)
        self._wait_until_it_answers()
        return self

    def _wait_until_it_answers(self) -> None:
        fault: httpx.TransportError | None = None
        deadline = time.monotonic() + _START_SECONDS
        while self.process.poll() is None and time.monotonic() < deadline:
            try:
                # Touches no database, so that tests can break it first.
                self.client.get("/internal/is-it-up")
                return
            except httpx.TransportError as error:
                fault = error
                time.sleep(_POLL_SECONDS)
        ended = self.process.returncode
        self.kill()
        raise AssertionError(
            f"the front desk did not start ({ended=}, {fault=}):\n{self.log()}"
        )

    def kill(self) -> None:
        """Kills the process as a power failure would."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Stops the process in good order."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        self.client.close()
        self.stranger.close()
        self.process.send_signal(how)
        self.process.wait(_PATIENCE_SECONDS)

    def log(self) -> str:
        """Returns everything that the process has printed."""
        return self._log_file.read_text(encoding="utf-8")

    def post(self, body: Mapping[str, object]) -> httpx.Response:
        """Sends a case."""
        return self.client.post("/internal/cases", json=body)

    def cases(self, sender: str) -> list[dict[str, Any]]:
        """Returns what is stored of a conversation."""
        answer = self.client.get("/internal/cases", params={"sender": sender})
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()["cases"]
        return found
