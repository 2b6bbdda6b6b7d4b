"""The worker that sends what was said: in order to each phone, and never twice."""

import asyncio
import logging

from frontdesk.conversations.feed import Feed
from frontdesk.conversations.leased_work import LeasedWork
from frontdesk.conversations.leases import Leases
from frontdesk.sms.line import Line
from frontdesk.sms.messages_api import MessagesApi, NotTaken, OutcomeUnknown, Refused
from frontdesk.sms.outgoing import Outgoing, OutgoingTexts

AT_ONCE = 16
"""How many texts are handed to Twilio at the same time."""

logger = logging.getLogger(__name__)


class Texting:
    """Works through all phones, several at once."""

    name = "texting"

    def __init__(
        self, texts: OutgoingTexts, line: Line, leases: Leases, feed: Feed
    ) -> None:
        self._texts = texts
        self._line = line
        self._feed = feed
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._work = LeasedWork(
            leases, feed, self.name, lambda: texts.due(leases), self._take_step
        )

    async def run(self) -> None:
        """Sends until it is cancelled; then what is under way is finished."""
        self._api = MessagesApi(self._line)
        try:
            await self._work.run()
        finally:
            await self._api.close()

    async def _take_step(self, sender: str) -> bool:
        async with self._slots:
            text = await asyncio.to_thread(self._texts.next_to, sender)
            if text is None:
                return False
            try:
                await (self._look_up(text) if text.is_unknown else self._send(text))
            except OutcomeUnknown as error:
                logger.warning("what became of a text is not known: %s", error)
        self._feed.tell(sender)
        return True

    async def _send(self, text: Outgoing) -> None:
        try:
            sid = await self._api.send(text.number, text.text, text.delivery_id)
        except NotTaken as error:
            pause = text.pause if error.seconds is None else error.seconds
            logger.warning("a text was not taken: %s, again in %.1f s", error, pause)
            await asyncio.to_thread(self._texts.not_taken, text, pause)
        except Refused as error:
            logger.warning("a text was refused: %s", error)
            await asyncio.to_thread(self._texts.refused, text, error.code)
        else:
            await asyncio.to_thread(self._texts.taken, text, sid)

    async def _look_up(self, text: Outgoing) -> None:
        sid = await self._api.find(
            text.number, text.text, text.first_tried_at, text.known
        )
        if sid is None:
            await asyncio.to_thread(self._texts.not_taken, text, 0)
        else:
            await asyncio.to_thread(self._texts.taken, text, sid)
