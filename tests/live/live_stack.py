"""The running project, and requests to its inner doors."""

from __future__ import annotations

from urllib.parse import quote

import requests

from operations.private_stack import BRAIN_TOKEN, FRONTDESK_TOKEN, PrivateStack

__all__ = ["BRAIN_TOKEN", "TURN_PATIENCE", "LiveStack"]

TURN_PATIENCE = 60.0


class LiveStack(PrivateStack):
    """All processes, as our own processes talk to them."""

    def post(self, body: object, token: str | None = BRAIN_TOKEN) -> requests.Response:
        """Posts a message to the frontdesk channel; `body` may be raw bytes."""
        return requests.post(
            self.brain_url("/webhooks/frontdesk/messages"),
            headers={"Authorization": f"Bearer {token}"} if token else {},
            timeout=TURN_PATIENCE,
            **({"data": body} if isinstance(body, bytes) else {"json": body}),
        )

    def conversation(
        self,
        method: str,
        sender: str,
        body: object = None,
        token: str | None = BRAIN_TOKEN,
    ) -> requests.Response:
        """Reads (GET), forgets (DELETE) or adds to (POST) a conversation's record."""
        path = f"/webhooks/frontdesk/conversations/{quote(sender, safe='')}"
        return requests.request(
            method,
            self.brain_url(path + ("/events" if method == "POST" else "")),
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
