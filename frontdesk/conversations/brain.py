"""The brain, as the front desk sees it: it plays turns and keeps the record."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import quote

import httpx
from pydantic import BaseModel, ValidationError

from frontdesk.errors import FrontDeskError

DANGER_REPLIES = ("utter_crisis", "utter_emergency")
"""Names of the responses that are said whoever has the conversation."""

CONNECT_SECONDS = 3.0

Model = TypeVar("Model", bound=BaseModel)


class BrainUnavailable(FrontDeskError):
    """Raised when the brain cannot be reached or does not answer as it should."""


class ChoiceNotOffered(FrontDeskError):
    """Raised when the brain's record does not hold the button."""


class RecordRefused(FrontDeskError):
    """Raised when the brain will never record what it was sent."""


class Response(BaseModel):
    """One named response of a turn."""

    name: str | None = None
    text: str | None = None
    buttons: list[dict[str, Any]] = []
    metadata: dict[str, Any] = {}

    @property
    def is_about_danger(self) -> bool:
        """Whether it is said even while a human has the conversation."""
        return (self.name or "").startswith(DANGER_REPLIES)


class Danger(BaseModel):
    """What danger was recognised in a message."""

    outcome: str
    kind: str
    evidence: str | None = None


class Turn(BaseModel):
    """What the brain made of a message."""

    outcome: str | None = None
    responses: list[Response] = []
    danger: Danger | None = None
    entities: list[dict[str, Any]] = []
    replayed: bool = False

    @property
    def is_danger(self) -> bool:
        """Whether staff have to be alerted."""
        return self.danger is not None or any(
            response.is_about_danger for response in self.responses
        )


class TurnFailed(FrontDeskError):
    """Raised when the brain failed in a turn; `turn` holds what it said before."""

    def __init__(self, turn: Turn) -> None:
        super().__init__("the brain failed in a turn")
        self.turn = turn


class Said(BaseModel):
    """One thing that was said, as the record has it."""

    id: str
    speaker: str
    text: str
    at: datetime
    name: str | None = None
    staff: str | None = None
    buttons: list[dict[str, Any]] = []
    metadata: dict[str, Any] = {}
    message_id: str | None = None
    channel: str | None = None
    danger: Danger | None = None
    entities: list[dict[str, Any]] = []
    withheld: bool = False


class _Record(BaseModel):
    messages: list[Said]


@dataclass(frozen=True)
class Playing:
    """A message to be played: a text, or a choice that was offered."""

    sender: str
    channel: str
    message_id: str
    text: str | None = None
    choice: str | None = None


class Brain:
    """Calls the brain's `frontdesk` channel with the shared token."""

    def __init__(self, address: str, token: str, patience: float) -> None:
        self._client = httpx.AsyncClient(
            base_url=f"{address}/webhooks/frontdesk",
            headers={"Authorization": f"Bearer {token}"},
            timeout=httpx.Timeout(patience, connect=CONNECT_SECONDS),
            # Conversations wait for each other in `Turns`, not here.
            limits=httpx.Limits(max_connections=None),
            trust_env=False,  # it is on this machine: never through a proxy
        )

    async def play(self, message: Playing, owner: str) -> Turn:
        """Plays a message; one that the brain has played already is not played again.

        Raises:
            BrainUnavailable: if it is not certain what became of the message.
            TurnFailed: if the brain failed; it carries what was said before.
            ChoiceNotOffered: if the brain has not offered this choice.
        """
        said = {"text": message.text} if message.text else {"choice": message.choice}
        answer = await self._send(
            "POST",
            "/messages",
            {
                "sender": message.sender,
                "channel": message.channel,
                "owner": owner,
                "message_id": message.message_id,
                **said,
            },
        )
        if answer.status_code == httpx.codes.CONFLICT:
            raise ChoiceNotOffered("the brain has not offered this choice")
        failed = answer.status_code in (
            httpx.codes.INTERNAL_SERVER_ERROR,
            httpx.codes.UNPROCESSABLE_ENTITY,
        )
        if not failed and answer.status_code != httpx.codes.OK:
            raise BrainUnavailable(f"the brain answered {answer.status_code}")
        turn = _read(Turn, answer)
        if failed:
            raise TurnFailed(turn)
        return turn

    async def read(self, sender: str) -> list[Said]:
        """Returns everything that was said in a conversation, oldest first.

        Raises:
            BrainUnavailable: if the brain did not tell.
        """
        answer = _expect_ok(await self._send("GET", _conversation(sender)))
        return _read(_Record, answer).messages

    async def record(self, sender: str, events: list[dict[str, Any]]) -> None:
        """Adds to the record what the brain did not say itself.

        Raises:
            BrainUnavailable: if it is not certain that it is recorded.
            RecordRefused: if it never will be.
        """
        path = f"{_conversation(sender)}/events"
        answer = await self._send("POST", path, {"events": events})
        if answer.status_code == httpx.codes.UNPROCESSABLE_ENTITY:
            raise RecordRefused("the brain refused the events")
        _expect_ok(answer)

    async def forget(self, sender: str) -> int:
        """Deletes the record of a conversation; returns how much there was.

        Raises:
            BrainUnavailable: if it is not certain that it is deleted.
        """
        answer = _expect_ok(await self._send("DELETE", _conversation(sender)))
        return int(answer.json()["deleted"])

    async def close(self) -> None:
        """Closes the connections."""
        await self._client.aclose()

    async def _send(
        self, method: str, path: str, body: dict[str, Any] | None = None
    ) -> httpx.Response:
        try:
            return await self._client.request(method, path, json=body)
        except httpx.HTTPError as error:
            # The type only: messages of exceptions may repeat an address.
            raise BrainUnavailable(type(error).__name__) from error


def _conversation(sender: str) -> str:
    return f"/conversations/{quote(sender, safe='')}"


def _expect_ok(answer: httpx.Response) -> httpx.Response:
    if answer.status_code != httpx.codes.OK:
        raise BrainUnavailable(f"the brain answered {answer.status_code}")
    return answer


def _read(model: type[Model], answer: httpx.Response) -> Model:
    try:
        return model.model_validate_json(answer.content)
    except ValidationError:
        # Without its cause: that one quotes what it could not read.
        raise BrainUnavailable("the brain's answer cannot be read") from None
