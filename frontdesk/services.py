"""What the rooms of the front desk share, put together once at the start."""

import socket
from collections.abc import Sequence
from dataclasses import dataclass

from content.clinic import Clinic, load_clinic
from frontdesk.cases.case_id import new_case_id
from frontdesk.cases.store import CaseStore
from frontdesk.clock import Clock, utc_now
from frontdesk.conversations.brain import Brain
from frontdesk.conversations.feed import Feed
from frontdesk.conversations.inbox import Inbox
from frontdesk.conversations.notices import Notices
from frontdesk.conversations.ownership import Ownership
from frontdesk.conversations.staff_acts import StaffActs
from frontdesk.database.database import Database
from frontdesk.hours.opening_hours import OpeningHours
from frontdesk.notifications.destinations import destinations
from frontdesk.notifications.news import Destination
from frontdesk.notifications.queue import NewsQueue
from frontdesk.sms.line import Line, line_of
from frontdesk.visitors.limits import Limits
from frontdesk.visitors.tokens import VisitorTokens
from settings import ROOT, Settings

DATA = ROOT / "data"


@dataclass(frozen=True)
class Services:
    """Each is made once and used by requests and background workers alike."""

    settings: Settings
    clinic: Clinic
    database: Database
    now: Clock
    feed: Feed
    brain: Brain
    notices: Notices
    hours: OpeningHours
    destinations: Sequence[Destination]
    news: NewsQueue
    cases: CaseStore
    ownership: Ownership
    acts: StaffActs
    inbox: Inbox
    tokens: VisitorTokens
    line: Line | None
    """The text line, unless it is switched off."""
    limits: Limits

    @property
    def instance(self) -> str:
        """Names this front desk among those on the same database."""
        # The same after a restart, so that it need not wait for its own leases.
        return f"{self.settings.frontdesk.port}@{socket.gethostname()}"[:64]


def build_services(
    settings: Settings, database: Database, now: Clock = utc_now
) -> Services:
    """Puts everything together; nothing is connected yet.

    Raises:
        FrontDeskError: if the clinic's data cannot be used.
        ContentError: if a file of `data/` cannot be read.
        SettingsError: if a setting is wrong or a secret is missing.
    """
    clinic = load_clinic(DATA / "clinic.yml")
    notices = Notices.load(DATA / "notices.yml", clinic)
    hours = OpeningHours.from_clinic(clinic.values)
    where = destinations(settings, hours, now)
    news = NewsQueue(
        tuple(destination.name for destination in where), settings.notify.fold_seconds
    )
    feed = Feed(database)
    visitor_key = settings.secret("VISITOR_KEY")
    ownership = Ownership(notices)
    return Services(
        settings=settings,
        clinic=clinic,
        database=database,
        now=now,
        feed=feed,
        brain=Brain(
            settings.brain.url,
            settings.secret("BRAIN_TOKEN"),
            settings.frontdesk.brain_timeout_seconds,
        ),
        notices=notices,
        hours=hours,
        destinations=where,
        news=news,
        cases=CaseStore(database, new_case_id, now, news),
        ownership=ownership,
        acts=StaffActs(database, ownership, news, feed, now),
        inbox=Inbox(
            database, ownership, news, feed, now, settings.handoff.idle_minutes
        ),
        tokens=VisitorTokens(visitor_key, settings.visitors.session_days, now),
        limits=Limits(database, visitor_key, now, settings.visitors),
        line=line_of(settings),
    )
