"""The worker that sends news to staff until they have arrived."""

import asyncio
import hashlib
import logging
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from frontdesk.cases.case import CLOSED, TAKEN, URGENT, Case
from frontdesk.clock import Clock
from frontdesk.database.database import Database
from frontdesk.notifications.news import CaseNews, Destination, News
from frontdesk.notifications.notification import (
    AGAIN,
    GIVEN_UP,
    NEW,
    SENDING,
    SENT,
    UNSENT,
    UNTAKEN,
    WAITING,
    Notification,
)

GIVE_UP_AFTER = timedelta(days=3)
_FIRST_PAUSE_SECONDS = 10.0
_LONGEST_PAUSE_SECONDS = 15 * 60.0
_SEND_SECONDS = 20
_CLAIM = timedelta(seconds=30)
"""Longer than sending may take: after it, whoever claimed the rows has failed."""
_LOOK_SECONDS = 1.0
_CALM_SECONDS = 5.0
"""The least time between two messages to a destination, however urgent."""
_MOST_AT_ONCE = 500
_SWEEP_SECONDS = 60.0
_WEIGHT = (AGAIN, NEW, UNTAKEN)
"""Which reason is told when there are several for a case: the last of these."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Batch:
    row_ids: list[int]
    attempts: int
    news: News


class Notifier:
    """Sends what is due, each destination by itself.

    Whatever waits for a destination goes out as one message. Sending is at least once:
    news whose arrival is unknown are sent again, under the same id.
    """

    name = "notifications"

    def __init__(
        self, database: Database, destinations: Sequence[Destination], now: Clock
    ) -> None:
        self._database = database
        self._destinations = destinations
        self._now = now

    async def run(self) -> None:
        """Sends until it is cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._give_up_old_news())
            for destination in self._destinations:
                group.create_task(self._serve(destination))

    async def _serve(self, destination: Destination) -> None:
        while True:
            batch = await asyncio.to_thread(self._claim, destination.name)
            if batch:
                await self._deliver(destination, batch)
            await asyncio.sleep(_CALM_SECONDS if batch else _LOOK_SECONDS)

    async def _deliver(self, destination: Destination, batch: _Batch) -> None:
        cases = len(batch.news.cases)
        try:
            async with asyncio.timeout(_SEND_SECONDS):
                await destination.send(batch.news)
        except Exception as error:
            # Whatever it was: the news are kept. Its message may hold addresses.
            pause = _pause(batch.attempts)
            await asyncio.to_thread(self._postpone, batch, pause)
            logger.warning(
                "%s: not sent (%s), next attempt in %.0f s, cases: %d",
                destination.name,
                _describe(error),
                pause,
                cases,
            )
        else:
            await asyncio.to_thread(self._mark_sent, batch)
            logger.info("%s: sent, cases: %d", destination.name, cases)

    def _claim(self, destination: str) -> _Batch | None:
        now = self._now()
        unsent = (
            Notification.destination == destination,
            Notification.state.in_(UNSENT),
        )
        due = Notification.next_attempt_at <= now
        with self._database.reading() as session:
            if (
                session.scalar(select(Notification.id).where(*unsent, due).limit(1))
                is None
            ):
                return None
        with self._database.writing() as session:
            rows = session.scalars(
                select(Notification)
                .where(*unsent, due | (Notification.state == WAITING))
                .order_by(Notification.id)
                .limit(_MOST_AT_ONCE)
                # Another front desk may be sending the others.
                .with_for_update(skip_locked=True)
            ).all()
            for row in rows:
                row.state = SENDING
                row.attempts += 1
                row.next_attempt_at = now + _CLAIM
            return _batch(session, rows)

    def _mark_sent(self, batch: _Batch) -> None:
        self._update(batch, state=SENT, sent_at=self._now())

    def _postpone(self, batch: _Batch, pause: float) -> None:
        next_attempt_at = self._now() + timedelta(seconds=pause)
        self._update(batch, state=WAITING, next_attempt_at=next_attempt_at)

    def _update(self, batch: _Batch, **values: object) -> None:
        with self._database.writing() as session:
            session.execute(
                update(Notification)
                .where(Notification.id.in_(batch.row_ids))
                .values(**values)
            )

    async def _give_up_old_news(self) -> None:
        while True:
            given_up = await asyncio.to_thread(self._give_up)
            if given_up:
                logger.error(
                    "news of cases %s could not be sent for %d days -> check 'notify' "
                    "in settings.yml; the cases are at the desk",
                    ", ".join(sorted(given_up)),
                    GIVE_UP_AFTER.days,
                )
            await asyncio.sleep(_SWEEP_SECONDS)

    def _give_up(self) -> set[str]:
        with self._database.writing() as session:
            return set(
                session.scalars(
                    update(Notification)
                    .where(
                        Notification.state.in_(UNSENT),
                        Notification.created_at < self._now() - GIVE_UP_AFTER,
                    )
                    .values(state=GIVEN_UP)
                    .returning(Notification.case_id)
                )
            )


def _batch(session: Session, rows: Sequence[Notification]) -> _Batch | None:
    """Makes one message of the rows, and drops those that are no news any more."""
    found = session.scalars(
        select(Case).where(Case.case_id.in_({row.case_id for row in rows}))
    )
    cases = {case.case_id: case for case in found}
    told = []
    for row in rows:
        if _still_holds(row, cases[row.case_id]):
            told.append(row)
        else:
            session.delete(row)
    if not told:
        return None
    reasons: dict[str, str] = {}
    for row in told:
        known = reasons.get(row.case_id, row.reason)
        reasons[row.case_id] = max(known, row.reason, key=_WEIGHT.index)
    listed = sorted((cases[case_id] for case_id in reasons), key=_urgent_then_oldest)
    keys = "\n".join(sorted(row.key for row in told))
    return _Batch(
        [row.id for row in told],
        max(row.attempts for row in told),
        News(
            hashlib.sha256(keys.encode()).hexdigest()[:32],
            tuple(_case_news(case, reasons[case.case_id]) for case in listed),
        ),
    )


def _still_holds(row: Notification, case: Case) -> bool:
    if case.status == TAKEN:
        # Whoever took it may have left: a danger message alerts again.
        return row.reason == AGAIN and case.urgency == URGENT
    return case.status != CLOSED


def _urgent_then_oldest(case: Case) -> tuple[bool, object]:
    return case.urgency != URGENT, case.waiting_since


def _case_news(case: Case, reason: str) -> CaseNews:
    return CaseNews(case.case_id, case.kind, case.urgency, reason, case.waiting_since)


def _pause(attempts: int) -> float:
    """Doubles from attempt to attempt, up to a half at random."""
    longest = min(_FIRST_PAUSE_SECONDS * 2 ** (attempts - 1), _LONGEST_PAUSE_SECONDS)
    return max(_FIRST_PAUSE_SECONDS, random.uniform(longest / 2, longest))


def _describe(error: Exception) -> str:
    code = getattr(error, "code", None)  # of the other side's answer
    return f"{type(error).__name__}{f' {code}' if code else ''}"
