"""News by e-mail."""

import logging
import ssl
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime

import aiosmtplib

from frontdesk.clock import Clock
from frontdesk.notifications.news import News, Wording
from frontdesk.notifications.notification import EMAIL
from settings import NotifySettings

logger = logging.getLogger(__name__)

_STEP_SECONDS = 10
_FOOTER = (
    "This message holds nothing of what people wrote. Sign in at the desk to read it."
)


@dataclass(frozen=True)
class Mail:
    """A mail server, and the addresses of staff."""

    settings: NotifySettings
    password: str | None
    wording: Wording
    now: Clock
    name: str = EMAIL

    async def send(self, news: News) -> None:
        """Sends one message to all addresses; see `Destination`."""
        settings = self.settings
        refused, _ = await aiosmtplib.send(
            self._message(news, self.now()),
            hostname=settings.smtp_host,
            port=settings.smtp_port,
            use_tls=settings.smtp_security == "tls",
            start_tls=settings.smtp_security == "starttls",
            tls_context=ssl.create_default_context(),
            username=settings.smtp_user or None,
            password=self.password,
            timeout=_STEP_SECONDS,
        )
        if refused:
            # The others have it. If all are refused, that is an error.
            logger.warning(
                "email: %d of the addresses were refused -> check 'notify.email_to'",
                len(refused),
            )

    def _message(self, news: News, now: datetime) -> EmailMessage:
        message = EmailMessage()
        message["Subject"] = self.wording.headline(news)
        message["From"] = self.settings.email_from
        message["To"] = self.settings.email_to
        message["Date"] = format_datetime(now)
        domain = self.settings.email_from.rpartition("@")[2].rstrip("> ")
        message["Message-ID"] = f"<{news.id}@{domain}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content("\n\n".join([*self.wording.lines(news), _FOOTER]) + "\n")
        return message
