"""The project with a text line of its own, and a stand-in for Twilio beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from operations.private_stack import PrivateStack, free_port
from operations.twilio_standin import TwilioStandin

PRIVATE = {
    "FRONTDESK__HOST": "127.0.0.1",
    "DESK__HOST": "127.0.0.1",
    "DESK__SECURE_COOKIES": "false",
    "NOTIFY__EMAIL_TO": "",
    "NOTIFY__WEBHOOK_URL": "",
}
"""Whatever the clinic's own settings are: a trial is heard of on this machine only."""

PUBLIC_URL = "https://texts.clinic.example"
"""What the stand-in signs for; a front desk behind a proxy does not see it either."""


class SmsStack(PrivateStack):
    """All processes; `twilio` is the stand-in.

    Args:
        folder: Where databases and logs go.
        keywords_answered_by: Who answers STOP, START and HELP: `twilio` or `us`.
        overrides: Other settings, as for every private stack.
    """

    def __init__(
        self,
        folder: Path,
        keywords_answered_by: str = "twilio",
        overrides: Mapping[str, str] | None = None,
    ) -> None:
        port = free_port()
        self.twilio = TwilioStandin(
            f"http://127.0.0.1:{port}",
            PUBLIC_URL,
            handles_opt_outs=keywords_answered_by == "twilio",
        )
        changes = {
            "FRONTDESK__PORT": str(port),
            **self.twilio.settings(keywords_answered_by),
        }
        super().__init__(folder, changes | dict(overrides or {}))

    def start(self) -> None:
        """Starts all processes and returns when they answer; see parent class."""
        self.twilio.start()
        super().start()

    def stop(self) -> None:
        """Stops all processes in good order; see parent class."""
        super().stop()
        self.twilio.stop()


@contextmanager
def running_line(
    keywords_answered_by: str = "twilio", overrides: Mapping[str, str] | None = None
) -> Iterator[SmsStack]:
    """Starts everything among temporary files, and stops it at the end."""
    with TemporaryDirectory(prefix="text-line-") as folder:
        changes = PRIVATE | dict(overrides or {})
        stack = SmsStack(Path(folder), keywords_answered_by, changes)
        try:
            stack.start()
            yield stack
        finally:
            stack.stop()
