"""The stand-in as tests, the simulator and the load script use it."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from xml.etree.ElementTree import fromstring

import httpx

from operations.twilio_standin.account import Account
from operations.twilio_standin.api import ApiServer
from operations.twilio_standin.faults import Fault
from operations.twilio_standin.opt_outs import OptOuts
from operations.twilio_standin.sent_message import SentMessage
from operations.twilio_standin.webhooks import INCOMING, Webhooks

DELIVERED = ("sent", "delivered")
UNDELIVERED = ("sent", "undelivered")

ChooseFault = Callable[[str, str], Fault | None]
"""Takes a number and a text."""

ChooseStates = Callable[[SentMessage], Sequence[str]]


class TwilioStandin:
    """Accepts texts over HTTP, tells of their state, and brings texts from phones.

    Attributes:
        messages: What was accepted, oldest first.
        connections: The clients that came, one for each connection.
        attempts: Every request to send, as (number, text), accepted or not.
        faults: What happens to the next texts to a number, first come first served.
        choose_fault: What happens when none is arranged for the number.
        choose_states: The states that are told of a text, in the order of telling.
        undeliverable: Numbers whose texts fail, with Twilio's number of the error.
        opt_outs: Who has sent STOP, as Twilio itself knows it.
    """

    def __init__(
        self,
        front_desk: str,
        public_url: str | None = None,
        account: Account | None = None,
        port: int = 0,
        handles_opt_outs: bool = False,
    ) -> None:
        """Prepares a stand-in; `port` 0 takes a free one."""
        self.account = account or Account()
        self.webhooks = Webhooks(self.account, front_desk, public_url or front_desk)
        self.messages: list[SentMessage] = []
        self.connections: set[tuple[str, int]] = set()
        self.attempts: list[tuple[str, str]] = []
        self.faults: dict[str, list[Fault]] = defaultdict(list)
        self.choose_fault: ChooseFault = lambda number, text: None
        self.choose_states: ChooseStates = self._usual_states
        self.undeliverable: dict[str, int] = {}
        self.opt_outs = OptOuts(handles_opt_outs)
        self._lock = threading.Lock()
        self._callbacks = ThreadPoolExecutor(4, "twilio-callbacks")
        self._server = ApiServer(self, port)

    @property
    def url(self) -> str:
        """What the setting `sms.api_url` must be."""
        return self._server.url

    def settings(self, keywords_answered_by: str) -> dict[str, str]:
        """Returns the front desk's settings, by their names in the environment."""
        return {
            "SMS__ENABLED": "true",
            "SMS__ACCOUNT_SID": self.account.sid,
            "SMS__FROM_NUMBER": self.account.number,
            "SMS__MESSAGING_SERVICE_SID": "",
            "SMS__PUBLIC_URL": self.webhooks.public_url,
            "SMS__API_URL": self.url,
            "SMS__KEYWORDS_ANSWERED_BY": keywords_answered_by,
            "TWILIO_AUTH_TOKEN": self.account.token,
        }

    def start(self) -> TwilioStandin:
        """Begins to listen."""
        self._server.start()
        return self

    def stop(self) -> None:
        """Ends; requests under way are not answered."""
        self._server.stop()
        self._callbacks.shutdown(wait=False, cancel_futures=True)
        self.webhooks.close()

    def text(
        self, number: str, body: str, sid: str | None = None, **more: str
    ) -> httpx.Response | None:
        """Brings a text from a phone, as Twilio does; returns the last answer."""
        more = self.opt_outs.note(number, body) | more
        reply = self.opt_outs.own_reply(body)
        parameters = self.webhooks.incoming(number, body, sid, **more)
        return self.bring(parameters, reply)

    def bring(
        self, parameters: Mapping[str, str], own_reply: str | None = None
    ) -> httpx.Response | None:
        """Brings a text by its parameters; sends what the answer asks for."""
        answer = self.webhooks.send_as_twilio_does(INCOMING, parameters)
        replies = [own_reply] if own_reply else []
        if answer is not None and answer.is_success and answer.content:
            replies += [one.text or "" for one in fromstring(answer.text)]
        own = self.account
        for reply in replies:
            self._keep(
                SentMessage(
                    own.sid,
                    parameters["From"],
                    own.number,
                    reply,
                    direction="outbound-reply",
                )
            )
        return answer

    def texts_to(self, number: str) -> list[str]:
        """Returns the texts that a phone has received, in order of acceptance."""
        return [one.body for one in self.to(number)]

    def to(self, number: str) -> list[SentMessage]:
        """Returns what was accepted for a phone, oldest first."""
        with self._lock:
            return [one for one in self.messages if one.to == number]

    def found(self, **filters: str | None) -> list[SentMessage]:
        """Returns accepted messages by attribute, newest first."""
        wanted = {name: value for name, value in filters.items() if value is not None}
        with self._lock:
            return [
                one
                for one in reversed(self.messages)
                if all(getattr(one, name) == value for name, value in wanted.items())
            ]

    def fault_for(self, number: str, text: str) -> Fault:
        """Notes a request to send, and returns what is to happen to it."""
        with self._lock:
            self.attempts.append((number, text))
            if self.opt_outs.blocks(number):
                return Fault.refused(21610)
            if self.faults[number]:
                return self.faults[number].pop(0)
        return self.choose_fault(number, text) or Fault()

    def accept(
        self,
        number: str,
        text: str,
        status_callback: str | None,
        messaging_service: str | None,
    ) -> SentMessage:
        """Takes a text, and tells of its states afterwards."""
        own = self.account
        message = SentMessage(
            own.sid, number, own.number, text, status_callback, messaging_service
        )
        self._keep(message)
        self._callbacks.submit(self._tell, message)
        return message

    def tell(self, message: SentMessage, status: str) -> httpx.Response | None:
        """Tells the front desk of a text's state, if it asked to be told."""
        message.status = status
        failed = status in ("failed", "undelivered")
        message.error_code = self.undeliverable.get(message.to) if failed else None
        if not message.status_callback:
            return None
        path = self.webhooks.path_of(message.status_callback)
        return self.webhooks.send_as_twilio_does(path, self.webhooks.state(message))

    def _tell(self, message: SentMessage) -> None:
        for status in self.choose_states(message):
            self.tell(message, status)

    def _usual_states(self, message: SentMessage) -> Sequence[str]:
        return UNDELIVERED if message.to in self.undeliverable else DELIVERED

    def _keep(self, message: SentMessage) -> None:
        with self._lock:
            self.messages.append(message)
