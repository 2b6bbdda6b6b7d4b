"""`make sms-check` against a running front desk: what is wrong, and what to do."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from free_ports import free_port
from live_frontdesk import ROOT, LiveFrontDesk, environment

from operations.twilio_standin import TwilioStandin

NewDatabase = Callable[[], str]
StartDesk = Callable[..., LiveFrontDesk]


class Clinic:
    """A front desk with a text line, and what its settings are."""

    def __init__(self, database_url: str, folder: Path) -> None:
        port = free_port()
        self.twilio = TwilioStandin(f"http://127.0.0.1:{port}").start()
        self.settings = {
            "FRONTDESK__PORT": str(port),
            "FRONTDESK__DATABASE_URL": database_url,
            "PHONE_KEY": "phone-key-of-the-tests",
            **self.twilio.settings("twilio"),
        }
        self.desk = LiveFrontDesk(
            database_url, folder / "desk.log", overrides=self.settings
        )
        # The port that the stand-in knows; the desk's own choice is overridden.
        self.desk.url = f"http://127.0.0.1:{port}"
        self.desk.start()

    def check(self, **changes: str) -> tuple[int, str]:
        """Runs the check; returns its exit code and what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "operations.sms_check"],
            cwd=ROOT,
            env=environment(**self.settings | changes),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert "Traceback" not in done.stderr
        return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def clinic(
    new_sqlite: NewDatabase, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Clinic]:
    """A clinic that has set up everything."""
    running = Clinic(new_sqlite(), tmp_path_factory.mktemp("clinic"))
    yield running
    running.desk.stop()
    running.twilio.stop()


def test_all_is_well_and_no_conversation_begins(clinic: Clinic) -> None:
    code, printed = clinic.check()
    assert (code, "FAILED" in printed) == (0, False), printed
    assert printed.count("ok ") == 6
    assert clinic.twilio.attempts == []


@pytest.mark.parametrize(
    ("changes", "fault", "remedy"),
    [
        ({"SMS__ENABLED": "false"}, "'sms.enabled' is false", "set it to true"),
        ({"SMS__ACCOUNT_SID": "AC1"}, "sms.account_sid", "copy the Account SID"),
        ({"SMS__FROM_NUMBER": "555"}, "sms.from_number", "write it in quotes"),
        ({"TWILIO_AUTH_TOKEN": ""}, "TWILIO_AUTH_TOKEN is missing", "copy the Auth"),
        (
            {"TWILIO_AUTH_TOKEN": "another"},
            "a right signature is accepted: it was refused",
            "restart the front desk",
        ),
        (
            {"TWILIO_AUTH_TOKEN": "another"},
            "Twilio knows the account and its token: it does not",
            "copy both from Twilio's console",
        ),
        (
            {"SMS__FROM_NUMBER": "+12125550111"},
            "Twilio sends the number's texts here: the account has no such number",
            "correct sms.from_number",
        ),
        (
            {"SMS__PUBLIC_URL": f"http://127.0.0.1:{free_port()}"},
            "no answer (ConnectError)",
            "start it",
        ),
        (
            {"SMS__API_URL": f"http://127.0.0.1:{free_port()}"},
            "Twilio's API can be reached: no answer",
            "let this machine reach sms.api_url",
        ),
    ],
)
def test_a_fault_is_named_with_its_remedy(
    clinic: Clinic, changes: dict[str, str], fault: str, remedy: str
) -> None:
    code, printed = clinic.check(**changes)
    [line] = [line for line in printed.splitlines() if fault in line]
    assert code == 1
    assert line.startswith("FAILED")
    assert remedy in line.partition(" -> ")[2]


def test_a_number_that_sends_its_texts_elsewhere(clinic: Clinic) -> None:
    clinic.twilio.webhooks.public_url = "https://elsewhere.example"
    try:
        _, printed = clinic.check()
    finally:
        clinic.twilio.webhooks.public_url = clinic.desk.url
    assert f"to {clinic.desk.url}/sms/incoming" in printed


def test_a_server_that_runs_without_the_line(
    clinic: Clinic, new_sqlite: NewDatabase, start_desk: StartDesk
) -> None:
    without = start_desk(new_sqlite())
    assert httpx.post(f"{without.url}/sms/incoming").status_code == 404
    _, printed = clinic.check(SMS__PUBLIC_URL=without.url)
    assert "restart the front desk with sms.enabled" in printed
