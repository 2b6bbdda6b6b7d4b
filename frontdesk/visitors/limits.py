"""How much one person and one network may send, counted by all front desks together.

What is refused does not count, so nobody locks themselves out by trying again.
"""

import hashlib
import hmac
import math
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import CursorResult, delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from frontdesk.clock import Clock
from frontdesk.conversations.message_in import MessageIn
from frontdesk.database.database import Database
from frontdesk.errors import TooFast
from frontdesk.visitors.address_use import AddressUse
from frontdesk.web.network import network_of
from frontdesk.worker import repeat
from settings import VisitorSettings

MESSAGE = "message"
SESSION = "session"

_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
_FORGET_SECONDS = 10 * 60


class Limits:
    """Refuses by raising, inside the transaction that would store a message."""

    name = "limits"

    def __init__(
        self, database: Database, key: str, now: Clock, settings: VisitorSettings
    ) -> None:
        self._database = database
        self._key = key.encode()
        self._now = now
        self._each_minute = settings.messages_per_minute
        self._each_hour = {
            MESSAGE: settings.messages_per_address_hour,
            SESSION: settings.sessions_per_address_hour,
        }

    def of_message(self, sender: str, address: str) -> Callable[[Session], None]:
        """Returns what counts a message and refuses one too many.

        It raises `TooFast`.
        """

        def admit(session: Session) -> None:
            self._refuse_too_many(session, sender)
            self._count(session, address, MESSAGE)

        return admit

    def begin_session(self, address: str) -> None:
        """Counts a new conversation.

        Raises:
            TooFast: if too many were begun from there.
        """
        with self._database.writing() as session:
            self._count(session, address, SESSION)

    async def run(self) -> None:
        """Forgets again and again, until it is cancelled."""
        await repeat(self.forget, _FORGET_SECONDS)

    def _refuse_too_many(self, session: Session, sender: str) -> None:
        if not self._each_minute:
            return
        # With it, the next one would be one too many.
        newest_that_counts = session.scalar(
            select(MessageIn.received_at)
            .where(MessageIn.sender == sender)
            .order_by(MessageIn.id.desc())
            .offset(self._each_minute - 1)
            .limit(1)
        )
        if newest_that_counts is not None:
            _refuse_until(newest_that_counts + _MINUTE, self._now())

    def _count(self, session: Session, address: str, kind: str) -> None:
        most = self._each_hour[kind]
        if not most:
            return
        now = self._now()
        hour = now.replace(minute=0, second=0, microsecond=0)
        row = AddressUse(
            network_hash=self._hash(address, hour), kind=kind, hour=hour, count=1
        )
        this_row = (
            AddressUse.network_hash == row.network_hash,
            AddressUse.kind == kind,
        )
        increase = (
            update(AddressUse).where(*this_row).values(count=AddressUse.count + 1)
        )
        result = cast("CursorResult[tuple[()]]", session.execute(increase))
        if not result.rowcount:
            try:
                with session.begin_nested():
                    session.add(row)
                return
            except IntegrityError:
                # Another front desk was first.
                session.execute(increase)
        count = session.scalar(select(AddressUse.count).where(*this_row)) or 0
        if count > most:
            _refuse_until(hour + _HOUR, now)

    def _hash(self, address: str, hour: datetime) -> str:
        text = f"{hour.isoformat()}|{network_of(address)}".encode()
        return hmac.new(self._key, text, hashlib.sha256).hexdigest()

    def forget(self) -> None:
        """Removes counts of hours that are over."""
        with self._database.writing() as session:
            session.execute(
                delete(AddressUse).where(AddressUse.hour <= self._now() - _HOUR)
            )


def _refuse_until(moment: datetime, now: datetime) -> None:
    if moment > now:
        raise TooFast(math.ceil((moment - now).total_seconds()))
