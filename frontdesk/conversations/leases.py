"""One front desk at a time works on a conversation; a row says which, until when."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import CursorResult, or_, update
from sqlalchemy.sql.elements import ColumnElement

from frontdesk.clock import Clock
from frontdesk.conversations.conversation import Conversation
from frontdesk.database.database import Database
from frontdesk.sms.number import SmsNumber

LEASE_SECONDS = 30.0
"""How long a conversation stays with a front desk that was killed."""

RENEW_SECONDS = LEASE_SECONDS / 3


class Leases:
    """The leases of one holder."""

    def __init__(
        self,
        database: Database,
        holder: str,
        now: Clock,
        table: type[Conversation] | type[SmsNumber] = Conversation,
    ) -> None:
        self._database = database
        self._table = table
        self._holder = holder
        self._now = now

    def is_free(self) -> ColumnElement[bool]:
        """The condition that a conversation may be claimed.

        Its own leases are free for a holder: it knows itself what it works on, and
        what it held before it was restarted it need not wait for.
        """
        return or_(
            self._table.leased_until.is_(None),
            self._table.leased_until < self._now(),
            self._table.leased_by == self._holder,
        )

    def claim(self, sender: str) -> bool:
        """Leases a conversation; returns whether that worked."""
        return self._update(
            [sender], self.is_free(), leased_by=self._holder, leased_until=self._end()
        )

    def renew(self, senders: Collection[str]) -> None:
        """Keeps conversations that are ours: all at once, because they may be many."""
        ours = self._table.leased_by == self._holder
        self._update(senders, ours, leased_until=self._end())

    def release(self, sender: str) -> None:
        """Lets others have the conversation, if it is ours."""
        self._update(
            [sender],
            self._table.leased_by == self._holder,
            leased_by=None,
            leased_until=None,
        )

    def _end(self) -> datetime:
        return self._now() + timedelta(seconds=LEASE_SECONDS)

    def _update(
        self,
        senders: Collection[str],
        condition: ColumnElement[bool],
        **values: object,
    ) -> bool:
        with self._database.writing() as session:
            result = session.execute(
                update(self._table)
                .where(self._table.sender.in_(senders), condition)
                .values(**values)
            )
            return cast("CursorResult[tuple[()]]", result).rowcount > 0
