"""The project as `make run` starts it, on free ports and with temporary databases."""

from __future__ import annotations

import os
import signal
import socket
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch
from urllib.parse import urlsplit

import requests
import yaml

from operations import run, trained_model
from operations.service import Service
from settings import ROOT, load_settings

FRONTDESK_TOKEN = "front-desk-token-of-the-tests"
BRAIN_TOKEN = "brain-token-of-the-tests"
TURN_PATIENCE = 60.0


@dataclass
class LiveProcess(Service):
    """One of the processes, with its log among the temporary files."""

    folder: Path = field(default_factory=Path)

    @property
    def log_path(self) -> Path:
        return self.folder / f"{self.name}.log"

    def log(self) -> str:
        return self.log_path.read_text(encoding="utf-8", errors="replace")

    def kill(self) -> None:
        """Ends the process and its children as a power failure would."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def make_sure_it_runs(self) -> None:
        if self.process is None or self.has_ended:
            self.start()
        self.wait_until_ready(lambda: False)


class LiveStack:
    """Front desk, action server and brain, as three processes."""

    def __init__(self, folder: Path) -> None:
        self.conversations = folder / "conversations.db"
        self.cases_database = folder / "desk.db"
        actions_url = f"http://127.0.0.1:{_free_port()}"
        overrides = {
            "KETAMINE_FACTS_MODE": "development",
            "KETAMINE_FACTS_BRAIN__PORT": str(_free_port()),
            "KETAMINE_FACTS_BRAIN_TOKEN": BRAIN_TOKEN,
            "KETAMINE_FACTS_FRONTDESK__PORT": str(_free_port()),
            "KETAMINE_FACTS_FRONTDESK__DATABASE_URL": f"sqlite:///{self.cases_database}",
            "KETAMINE_FACTS_FRONTDESK_TOKEN": FRONTDESK_TOKEN,
        }
        endpoints = yaml.safe_load((ROOT / "endpoints.yml").read_text("utf-8"))
        endpoints["action_endpoint"]["url"] = f"{actions_url}/webhook"
        endpoints["tracker_store"]["db"] = str(self.conversations)
        endpoints_file = folder / "endpoints.yml"
        endpoints_file.write_text(yaml.safe_dump(endpoints), encoding="utf-8")

        model = trained_model.verified(trained_model.newest())
        with patch.object(run, "_actions_address", lambda: urlsplit(actions_url)):
            wanted = run.services(load_settings(environment=overrides), model)
        self.front_desk, self.action_server, self.brain = (
            LiveProcess(
                service.name,
                [
                    str(endpoints_file) if part == "endpoints.yml" else part
                    for part in service.command
                ],
                service.health,
                service.host,
                service.port,
                service.remedy,
                {**run.PRIVATE, **overrides},
                folder=folder,
            )
            for service in wanted
        )
        self.processes = (self.front_desk, self.action_server, self.brain)

    def start(self) -> None:
        for process in self.processes:
            process.start()
        for process in self.processes:
            process.wait_until_ready(lambda: False)

    def stop(self) -> None:
        for process in reversed(self.processes):
            process.stop()

    def logs(self) -> str:
        return "\n".join(process.log() for process in self.processes)

    def brain_url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.brain.port}{path}"

    def front_desk_url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.front_desk.port}{path}"

    def post(self, body: object, token: str | None = BRAIN_TOKEN) -> requests.Response:
        """Posts a message to the frontdesk channel; `body` may be raw bytes."""
        return requests.post(
            self.brain_url("/webhooks/frontdesk/messages"),
            headers={"Authorization": f"Bearer {token}"} if token else {},
            timeout=TURN_PATIENCE,
            **({"data": body} if isinstance(body, bytes) else {"json": body}),
        )

    def cases(self, sender: str) -> list[dict]:
        """Returns what the front desk stores of a person."""
        answer = requests.get(
            self.front_desk_url("/internal/cases"),
            params={"sender": sender},
            headers={"Authorization": f"Bearer {FRONTDESK_TOKEN}"},
            timeout=TURN_PATIENCE,
        )
        assert answer.status_code == 200, answer.text
        return answer.json()["cases"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
