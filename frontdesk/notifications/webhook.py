"""News to a web address, signed so that the receiver can tell them from forgeries."""

import hashlib
import hmac
import json
from dataclasses import dataclass

import httpx

from frontdesk.clock import Clock
from frontdesk.notifications.news import News, Wording
from frontdesk.notifications.notification import WEBHOOK

SIGNATURE_HEADER = "X-Ketamine-Facts-Signature"
EVENT_TYPE = "cases.waiting"
_STEP_SECONDS = 10


@dataclass(frozen=True)
class Webhook:
    """An address, and the key that the receiver knows too."""

    url: str
    key: str
    wording: Wording
    now: Clock
    name: str = WEBHOOK

    async def send(self, news: News) -> None:
        """Posts one message; any answer but 2xx is an error. See `Destination`."""
        body = json.dumps(self._event(news)).encode()
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": news.id,
            SIGNATURE_HEADER: sign(self.key, int(self.now().timestamp()), body),
        }
        async with httpx.AsyncClient(timeout=_STEP_SECONDS) as client:
            answer = await client.post(self.url, content=body, headers=headers)
        # A redirect is no success: nobody has read the news.
        if not answer.is_success:
            raise WebhookRefused(answer.status_code)

    def _event(self, news: News) -> dict[str, object]:
        text = [self.wording.headline(news), *self.wording.lines(news)]
        return {
            "id": news.id,
            "type": EVENT_TYPE,
            "cases": [
                {
                    "case_id": case.case_id,
                    "kind": case.kind,
                    "urgency": case.urgency,
                    "reason": case.reason,
                    "waiting_since": case.waiting_since.isoformat(),
                    "url": self.wording.link(case.case_id),
                }
                for case in news.cases
            ],
            # Slack's incoming webhooks show this and ignore the rest.
            "text": "\n".join(text),
        }


class WebhookRefused(Exception):
    """Raised when the receiver answers with anything but 2xx."""

    def __init__(self, status: int) -> None:
        super().__init__(f"HTTP {status}")
        self.code = status


def sign(key: str, moment: int, body: bytes) -> str:
    """Returns the signature header's value: `t=<unix>,v1=<hex>`."""
    signed = f"{moment}.".encode() + body
    return f"t={moment},v1={hmac.new(key.encode(), signed, hashlib.sha256).hexdigest()}"
