"""The project as `make run` starts it, on free ports and with databases of its own.

For tests and trials, in either environment; it disturbs nothing else that runs.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from operations import run, trained_model
from operations.service import Service
from settings import OVERRIDE_PREFIX, ROOT, load_settings

FRONTDESK_TOKEN = "front-desk-token-of-the-tests"
BRAIN_TOKEN = "brain-token-of-the-tests"
STAFF_PASSWORD = "violin gravel teapot umbrella"


@dataclass
class PrivateProcess(Service):
    """One of the processes, with its log among the temporary files."""

    folder: Path = field(default_factory=Path)

    @property
    def log_path(self) -> Path:
        """Where the process writes; see parent class."""
        return self.folder / f"{self.name}.log"

    def log(self) -> str:
        """Returns everything that the process has printed."""
        return self.log_path.read_text(encoding="utf-8", errors="replace")

    def kill(self) -> None:
        """Ends the process and its children as a power failure would."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def make_sure_it_runs(self) -> None:
        """Starts the process unless it runs, and returns when it answers."""
        if self.process is None or self.has_ended:
            self.start()
        self.wait_until_ready(lambda: False)


class PrivateStack:
    """Front desk, action server and brain, as three processes.

    `overrides` are settings by the names that they have in the environment, without
    the prefix: `{"NOTIFY__SMTP_PORT": "2525"}`.
    """

    def __init__(
        self, folder: Path, overrides: Mapping[str, str] | None = None
    ) -> None:
        self.conversations = folder / "conversations.db"
        self.cases_database = folder / "desk.db"
        changes = {
            "MODE": "development",
            "BRAIN__PORT": str(free_port()),
            "BRAIN_TOKEN": BRAIN_TOKEN,
            "FRONTDESK__PORT": str(free_port()),
            "FRONTDESK__DATABASE_URL": f"sqlite:///{self.cases_database}",
            "FRONTDESK_TOKEN": FRONTDESK_TOKEN,
            "DESK__PORT": str(free_port()),
            "VISITOR_KEY": "visitor-key-of-the-tests",
            # Everybody comes from this machine.
            "VISITORS__MESSAGES_PER_ADDRESS_HOUR": "0",
            "VISITORS__SESSIONS_PER_ADDRESS_HOUR": "0",
            "WEBHOOK_KEY": "webhook-key-of-the-tests",
            "PHONE_KEY": "phone-key-of-the-tests",
        }
        changes |= overrides or {}
        self.environment = {
            OVERRIDE_PREFIX + name: value for name, value in changes.items()
        }
        settings = load_settings(environment=self.environment)
        self.desk_url = settings.desk.url
        self.front_desk, self.action_server, self.brain = (
            PrivateProcess(
                service.name,
                service.command,
                service.health,
                service.host,
                service.port,
                service.remedy,
                {**run.PRIVATE, **self.environment},
                folder=folder,
            )
            for service in run.services(
                settings,
                trained_model.verified(trained_model.newest()),
                self._write_endpoints(folder / "endpoints.yml"),
            )
        )
        self.processes = (self.front_desk, self.action_server, self.brain)

    def start(self) -> None:
        """Starts all processes and returns when they answer."""
        for process in self.processes:
            process.start()
        for process in self.processes:
            process.wait_until_ready(lambda: False)

    def stop(self) -> None:
        """Stops all processes in good order."""
        for process in reversed(self.processes):
            process.stop()

    def logs(self) -> str:
        """Returns everything that the processes have printed."""
        return "\n".join(process.log() for process in self.processes)

    def brain_url(self, path: str) -> str:
        """Returns an address of the brain."""
        return f"http://127.0.0.1:{self.brain.port}{path}"

    def front_desk_url(self, path: str) -> str:
        """Returns an address of the front desk's public port."""
        return f"http://127.0.0.1:{self.front_desk.port}{path}"

    def add_staff(self, name: str) -> str:
        """Makes an account with `STAFF_PASSWORD` and returns its e-mail address."""
        email = f"{name.lower()}@clinic.example"
        subprocess.run(
            [
                *(str(run.FRONTDESK_PYTHON), "-m", "frontdesk", "desk-admin"),
                *("--email", email, "--name", name),
            ],
            cwd=ROOT,
            env={**os.environ, **self.environment},
            input=f"{STAFF_PASSWORD}\n",
            text=True,
            capture_output=True,
            check=True,
        )
        return email

    def _write_endpoints(self, path: Path) -> Path:
        endpoints = yaml.safe_load(run.ENDPOINTS.read_text("utf-8"))
        actions = f"http://127.0.0.1:{free_port()}/webhook"
        endpoints["action_endpoint"]["url"] = actions
        endpoints["tracker_store"]["db"] = str(self.conversations)
        path.write_text(yaml.safe_dump(endpoints), encoding="utf-8")
        return path


def free_port() -> int:
    """Returns a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
