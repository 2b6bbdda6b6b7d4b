"""Starts everything and keeps it together until Ctrl-C (make run, make shell)."""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

import yaml

from content.clinic import load_clinic
from content.problem import ContentError
from operations.service import Service, ServiceError
from operations.train import train_if_stale
from operations.trained_model import ModelUnusable
from settings import ROOT, Settings, SettingsError, load_settings

BIN = ROOT / ".venv" / "bin"
FRONTDESK_PYTHON = ROOT / ".venv-frontdesk" / "bin" / "python"
ENDPOINTS = ROOT / "endpoints.yml"
WATCH = 1.0

PRIVATE = {
    "RASA_TELEMETRY_ENABLED": "false",
    "SANIC_HOST": "127.0.0.1",  # rasa-sdk would listen on all interfaces
    "TF_CPP_MIN_LOG_LEVEL": "2",
    "PYTHONWARNINGS": "ignore",
}


def services(
    settings: Settings, model: Path, endpoints: Path = ENDPOINTS
) -> list[Service]:
    """Returns the processes of the project, in the order to start them."""
    actions = _actions_address(endpoints)
    frontdesk, brain = settings.frontdesk, settings.brain
    return [
        Service(
            "front desk",
            [str(FRONTDESK_PYTHON), "-m", "frontdesk"],
            f"{frontdesk.url}/health",
            frontdesk.host,
            frontdesk.port,
            "change frontdesk.port in settings.yml",
        ),
        Service(
            "action server",
            [str(BIN / "rasa"), "run", "actions", "--port", str(actions.port)],
            f"http://{actions.hostname}:{actions.port}/health",
            str(actions.hostname),
            int(actions.port or 0),
            "change action_endpoint.url in endpoints.yml",
            PRIVATE,
        ),
        Service(
            "brain",
            [
                *(str(BIN / "rasa"), "run", "--model", str(model)),
                *("--interface", brain.host, "--port", str(brain.port)),
                *("--endpoints", str(endpoints), "--credentials", "credentials.yml"),
            ],
            f"{brain.url}/webhooks/frontdesk/",
            brain.host,
            brain.port,
            "change brain.port in settings.yml",
            PRIVATE,
        ),
    ]


def main() -> int:
    """Runs until stopped; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m operations.run")
    parser.add_argument("--shell", action="store_true", help="open rasa shell as well")
    options = parser.parse_args()
    stopping = False

    def ask_to_stop(*_: object) -> None:
        nonlocal stopping
        stopping = True

    # Also when the terminal is closed: nothing is left behind.
    for reason in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(reason, ask_to_stop)
    started: list[Service] = []
    try:
        settings = load_settings()
        _refuse_invented_clinic(settings)
        model = train_if_stale()
        wanted = services(settings, model)
        if options.shell:
            wanted = wanted[:2]  # the shell is the brain
        for service in wanted:
            print(f"==> starting the {service.name}", flush=True)
            service.start()
            started.append(service)
        for service in wanted:
            service.wait_until_ready(lambda: stopping)
        if options.shell and not stopping:
            return _shell(model)
        if not stopping:
            _announce(settings)
        while not stopping:
            time.sleep(WATCH)
            _restart_what_ended(wanted)
        return 0
    except (SettingsError, ContentError, ModelUnusable, ServiceError) as error:
        print(f"run: {error}", file=sys.stderr)
        return 1
    finally:
        for service in reversed(started):
            with suppress(OSError):  # nobody may be reading any more
                print(f"==> stopping the {service.name}", flush=True)
            service.stop()


def _refuse_invented_clinic(settings: Settings) -> None:
    clinic = load_clinic(ROOT / "data" / "clinic.yml")
    problems = clinic.production_problems()
    if settings.in_production and problems:
        raise ContentError(problems)


def _actions_address(endpoints: Path) -> SplitResult:
    values = yaml.safe_load(endpoints.read_text(encoding="utf-8"))
    return urlsplit(str(values["action_endpoint"]["url"]))


def _announce(settings: Settings) -> None:
    brain = settings.brain.url
    front_page = "all facts" if settings.in_production else "a demo with the chat"
    print(
        "\nKetamine Facts is running.\n"
        f"  brain        {brain}  (this machine only)\n"
        f"  try it       curl -s {brain}/webhooks/rest/webhook -d "
        '\'{"sender": "me", "message": "is it addictive?"}\'\n'
        f"  website      {settings.frontdesk.url}  "
        f"({front_page}; chat in the terminal: make chat)\n"
        f"  staff desk   {settings.desk.url}  (first account: make desk-admin)\n"
        "  shell        make shell (after stopping this)\n"
        "  logs         var/*.log\n"
        "Stop with Ctrl-C.",
        flush=True,
    )


def _restart_what_ended(wanted: list[Service]) -> None:
    for service in wanted:
        if service.has_ended:
            print(f"==> the {service.name} ended; starting it again", flush=True)
            service.start()


def _shell(model: Path) -> int:
    command = [str(BIN / "python"), "-m", "operations.shell", str(model)]
    return subprocess.call(command, cwd=ROOT)


if __name__ == "__main__":
    sys.exit(main())
