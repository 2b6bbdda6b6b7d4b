"""What time does to a handoff: chats left idle, and cases that nobody takes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from case_bodies import case_body
from sqlalchemy import select, update

from content.clinic import load_clinic
from frontdesk.cases.case import Case
from frontdesk.cases.case_id import new_case_id
from frontdesk.cases.case_request import CaseRequest
from frontdesk.cases.store import CaseStore
from frontdesk.cases.timers import Timers
from frontdesk.conversations.conversation import Conversation
from frontdesk.conversations.feed import Feed
from frontdesk.conversations.inbox import Inbox
from frontdesk.conversations.message_out import MessageOut
from frontdesk.conversations.notices import Notices
from frontdesk.conversations.ownership import Ownership
from frontdesk.conversations.staff_acts import StaffActs
from frontdesk.database.database import Database, open_database
from frontdesk.database.migrate import migrate
from frontdesk.hours.opening_hours import OpeningHours
from frontdesk.notifications.notification import SENT, Notification
from frontdesk.notifications.queue import NewsQueue
from frontdesk.staff.member import Member
from settings import ROOT, HandoffSettings

MONDAY_10 = "2026-11-23T10:00"
SUNDAY_NOON = "2026-11-22T12:00"
MOST_MINUTES = HandoffSettings(
    idle_minutes=30, untaken_minutes=15, untaken_danger_minutes=5, check_in_minutes=15
)


def at_the_clinic(text: str) -> datetime:
    """Reads a moment on the clinic's wall."""
    zone = ZoneInfo("America/New_York")
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


class StoppedClock:
    """A clock that moves when it is told to."""

    def __init__(self) -> None:
        self.at = at_the_clinic(MONDAY_10)

    def __call__(self) -> datetime:
        return self.at

    def set(self, text: str) -> None:
        """Sets it to a moment on the clinic's wall."""
        self.at = at_the_clinic(text)


@dataclass(frozen=True)
class Handoff:
    """One person's conversation, staff, and the timers."""

    clock: StoppedClock
    database: Database
    store: CaseStore
    inbox: Inbox
    acts: StaffActs
    timers: Timers
    maria: Member
    sender: str = "web-1"

    def ask(self, **changes: object) -> str:
        """Opens a case, and returns its id."""
        body = case_body(sender=self.sender, **changes)
        return self.store.record(CaseRequest.model_validate(body)).case_id

    def person_writes(self, key: str = "m1") -> None:
        """Takes in a message."""
        self.inbox.accept(self.sender, "web", key, text="words")

    def staff_reply(self, key: str = "r1") -> None:
        """Sends a reply of staff."""
        self.acts.reply(self.maria, self.sender, "words of staff", key)

    def pass_minutes(self, minutes: float) -> None:
        """Lets time pass, and the timers look, more often than needed."""
        self.clock.at += timedelta(minutes=minutes)
        self.look()

    def look(self) -> None:
        """Lets the timers look at the time that it is."""
        for _ in range(3):
            self.timers.look()

    def notices(self) -> list[str | None]:
        """Returns the names of what the person was told."""
        with self.database.reading() as session:
            query = select(MessageOut.name).where(MessageOut.speaker == "notice")
            return list(session.scalars(query.order_by(MessageOut.id)))

    def news(self, reason: str) -> list[str]:
        """Returns the cases that staff are told of for this reason."""
        with self.database.reading() as session:
            query = select(Notification.case_id).where(Notification.reason == reason)
            return sorted(session.scalars(query))

    def deliver_news(self) -> None:
        """Lets everything that staff are told arrive."""
        with self.database.writing() as session:
            session.execute(
                update(Notification).values(state=SENT, sent_at=self.clock())
            )

    def status(self, case_id: str) -> str:
        """Returns a case's state."""
        [case] = [c for c in self.store.of_person(self.sender) if c.case_id == case_id]
        return case.status

    def owner(self) -> str:
        """Returns who has the conversation."""
        with self.database.reading() as session:
            found = session.get(Conversation, self.sender)
            assert found is not None
            return found.owner


@pytest.fixture
def handoff(new_database: Callable[[], str]) -> Handoff:
    """An empty front desk on Monday at ten."""
    address = new_database()
    migrate(address)
    database = open_database(address, 5.0)
    clock = StoppedClock()
    clinic = load_clinic(ROOT / "data/clinic.yml")
    notices = Notices.load(ROOT / "data/notices.yml", clinic)
    feed, ownership, news = Feed(database), Ownership(notices), NewsQueue(("email",))
    hours = OpeningHours.from_clinic(clinic.values)
    maria = Member(
        email="maria@clinic.example",
        name="Maria",
        password_hash="",
        role="staff",
        active=True,
        created_at=clock(),
    )
    with database.writing() as session:
        session.add(maria)
        session.flush()
        session.expunge(maria)
    return Handoff(
        clock,
        database,
        CaseStore(database, new_case_id, clock, news),
        Inbox(database, ownership, news, feed, clock, MOST_MINUTES.idle_minutes),
        StaffActs(database, ownership, news, feed, clock),
        Timers(database, ownership, notices, news, hours, feed, clock, MOST_MINUTES),
        maria,
    )


def test_an_idle_chat_goes_back_and_says_so_once(handoff: Handoff) -> None:
    case_id = handoff.ask()
    handoff.person_writes()
    handoff.staff_reply()
    handoff.pass_minutes(29)
    assert handoff.owner() == "human"
    handoff.pass_minutes(1)
    assert handoff.owner() == "bot"
    assert handoff.notices() == ["staff_joined", "idle_return"]
    # Staff had the last word: it is answered, and nobody has to take it again.
    assert handoff.status(case_id) == "closed"
    handoff.pass_minutes(60)
    assert handoff.notices() == ["staff_joined", "idle_return"]


def test_a_person_who_had_the_last_word_waits_again(handoff: Handoff) -> None:
    """E10: their question is not timed out."""
    case_id = handoff.ask()
    handoff.deliver_news()
    handoff.staff_reply()
    handoff.clock.at += timedelta(minutes=1)
    handoff.person_writes()
    handoff.pass_minutes(30)
    assert handoff.owner() == "bot"
    assert handoff.status(case_id) == "waiting"
    assert handoff.news("again") == [case_id]
    assert handoff.notices() == ["staff_joined", "idle_return"]
    handoff.pass_minutes(15)
    assert handoff.notices() == ["staff_joined", "idle_return", "untaken"]
    assert handoff.news("untaken") == [case_id]


def test_a_danger_is_never_closed_by_time(handoff: Handoff) -> None:
    case_id = handoff.ask(kind="danger")
    handoff.staff_reply()
    handoff.pass_minutes(30)
    assert handoff.owner() == "bot"
    assert handoff.status(case_id) == "waiting"


def test_a_chat_that_was_just_taken_is_not_idle(handoff: Handoff) -> None:
    handoff.ask()
    handoff.person_writes()
    handoff.pass_minutes(14)
    handoff.clock.at += timedelta(hours=3)
    handoff.acts.take(handoff.maria, handoff.sender)
    handoff.pass_minutes(29)
    assert handoff.owner() == "human"
    handoff.pass_minutes(1)
    assert handoff.notices() == ["staff_joined", "idle_return"]


def test_each_message_begins_the_time_anew(handoff: Handoff) -> None:
    handoff.ask()
    handoff.staff_reply()
    for turn in range(4):
        handoff.pass_minutes(20)
        assert handoff.owner() == "human"
        if turn % 2:
            handoff.staff_reply(f"another-{turn}")
        else:
            handoff.person_writes(f"another-{turn}")


def test_a_case_that_nobody_takes_is_escalated_once(handoff: Handoff) -> None:
    case_id = handoff.ask()
    handoff.pass_minutes(14)
    assert handoff.notices() == []
    handoff.pass_minutes(1)
    assert handoff.notices() == ["untaken"]
    assert handoff.news("untaken") == [case_id]
    [case] = handoff.store.of_person(handoff.sender)
    assert case.is_escalated
    handoff.pass_minutes(120)
    assert handoff.notices() == ["untaken"]
    assert handoff.news("untaken") == [case_id]


def test_a_further_message_does_not_begin_the_wait_anew(handoff: Handoff) -> None:
    handoff.ask()
    handoff.pass_minutes(10)
    handoff.ask()
    handoff.pass_minutes(5)
    assert handoff.notices() == ["untaken"]


def test_a_case_that_was_taken_is_not_escalated(handoff: Handoff) -> None:
    handoff.ask()
    handoff.pass_minutes(10)
    handoff.staff_reply()
    handoff.pass_minutes(10)
    assert handoff.news("untaken") == []


def test_a_case_that_was_handed_back_can_be_escalated_again(handoff: Handoff) -> None:
    case_id = handoff.ask()
    handoff.pass_minutes(15)
    handoff.acts.take(handoff.maria, handoff.sender)
    handoff.pass_minutes(1)
    handoff.acts.hand_back(handoff.maria, handoff.sender)
    handoff.pass_minutes(14)
    assert handoff.news("untaken") == [case_id]
    handoff.pass_minutes(1)
    assert handoff.news("untaken") == [case_id, case_id]
    assert handoff.notices().count("untaken") == 2


@pytest.mark.parametrize(
    ("opened", "not_yet", "overdue"),
    [
        (SUNDAY_NOON, "2026-11-23T09:14", "2026-11-23T09:15"),
        ("2026-11-20T16:50", "2026-11-23T09:04", "2026-11-23T09:05"),
        ("2026-11-20T16:50", "2026-11-21T10:00", "2026-11-23T09:05"),
        ("2026-11-20T16:44:59", "2026-11-20T20:00", "2026-11-23T09:00"),
    ],
)
def test_only_opening_time_counts(
    handoff: Handoff, opened: str, not_yet: str, overdue: str
) -> None:
    handoff.clock.set(opened)
    handoff.ask(urgency="urgent")
    handoff.clock.set(not_yet)
    handoff.look()
    assert handoff.notices() == []
    handoff.clock.set(overdue)
    handoff.look()
    assert handoff.notices() == ["untaken"]


def test_danger_is_escalated_at_any_hour(handoff: Handoff) -> None:
    handoff.clock.set(SUNDAY_NOON)
    handoff.ask()
    case_id = handoff.ask(kind="danger")
    handoff.pass_minutes(4)
    assert handoff.notices() == []
    handoff.pass_minutes(1)
    assert handoff.notices() == ["untaken_danger"]
    assert handoff.news("untaken") == [case_id]


def test_a_person_with_several_cases_is_told_once(handoff: Handoff) -> None:
    ids = [handoff.ask(kind=kind) for kind in ("advice", "human")]
    handoff.pass_minutes(1)
    later = handoff.ask(kind="screening")
    handoff.pass_minutes(14)
    handoff.pass_minutes(1)
    assert handoff.notices() == ["untaken"]
    assert handoff.news("untaken") == sorted([*ids, later])


def test_each_person_has_a_time_of_their_own(handoff: Handoff) -> None:
    handoff.ask()
    body = case_body(sender="sms-2", channel="sms")
    handoff.pass_minutes(5)
    handoff.store.record(CaseRequest.model_validate(body))
    handoff.pass_minutes(10)
    with handoff.database.reading() as session:
        [escalated] = session.scalars(
            select(Case).where(Case.escalated_at.is_not(None))
        )
    assert escalated.sender == handoff.sender
