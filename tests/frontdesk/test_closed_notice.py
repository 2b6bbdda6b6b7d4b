"""Who asks for a person while nobody is there hears when somebody will be."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from own_services import services_on
from sqlalchemy import select
from standin_brain import StandinBrain, response
from waiting import until

from frontdesk.background import build_workers
from frontdesk.conversations.message_in import MessageIn
from frontdesk.conversations.message_out import PERSON, MessageOut
from frontdesk.database.migrate import migrate
from frontdesk.services import Services

SENDER = "web-1"
SATURDAY_NIGHT = "2026-11-21T23:00"
SUNDAY_NOON = "2026-11-22T12:00"
MONDAY_10 = "2026-11-23T10:00"
MONDAY_NIGHT = "2026-11-23T20:00"
ASKS = "a person please"
_ZONE = ZoneInfo("America/New_York")


class Clock:
    """A clock that shows what it is told to."""

    at = SUNDAY_NOON

    def __call__(self) -> datetime:
        return datetime.fromisoformat(self.at).replace(tzinfo=_ZONE)


@contextmanager
def working(services: Services) -> Iterator[None]:
    """Lets the turns be played, in a thread of their own."""
    [turns] = [one for one in build_workers(services) if one.name == "turns"]
    loop = asyncio.new_event_loop()
    task = loop.create_task(turns.run())

    def run() -> None:
        with suppress(asyncio.CancelledError):
            loop.run_until_complete(task)

    thread = threading.Thread(target=run)
    thread.start()
    yield
    loop.call_soon_threadsafe(task.cancel)
    thread.join()
    loop.close()


def write(services: Services, text: str | None = None, **choice: str) -> None:
    """Sends a message and waits until it is played."""
    key = f"message-{len(told(services))}-{text}"
    services.inbox.accept(SENDER, "web", key, text, **choice)
    query = select(MessageIn.state).where(MessageIn.key == key)

    def is_played() -> bool:
        with services.database.reading() as session:
            return session.scalar(query) == "played"

    until(is_played, "the turn")


def told(services: Services) -> list[MessageOut]:
    """Returns what the person was told."""
    query = select(MessageOut).where(MessageOut.speaker != PERSON)
    with services.database.reading() as session:
        return list(session.scalars(query.order_by(MessageOut.id)))


def notices(services: Services) -> list[str]:
    """Returns the texts of the notices that the clinic is closed."""
    said = [one for one in told(services) if one.name == "closed_now"]
    return [one.body["text"] for one in said]


@pytest.fixture
def clock() -> Clock:
    """It is Sunday, and the clinic is closed."""
    return Clock()


@pytest.fixture
def services(
    new_database: Callable[[], str], brain: StandinBrain, clock: Clock
) -> Services:
    """A front desk whose brain passes requests on."""
    address = new_database()
    migrate(address)
    brain.replies[ASKS] = [response("utter_human_sent", "Your message is stored.")]
    return services_on(address, clock, BRAIN__PORT=str(brain.port))


def test_e9_who_asks_while_closed_hears_when_and_can_leave_a_number(
    services: Services,
) -> None:
    """E9 and H4: nobody is there, that is said at once, and the message is kept."""
    with working(services):
        write(services, ASKS)
        reply, notice = told(services)
        assert (reply.name, notice.name) == ("utter_human_sent", "closed_now")
        assert "opens tomorrow at 9 am" in notice.body["text"]
        for number in ("911", "988"):
            assert number in notice.body["text"]
        [button] = notice.body["buttons"]
        write(services, choice=button["payload"])
    assert told(services)[-1].body["text"] == "echo: Please call me back"


def test_e13_it_is_said_once_in_each_closed_period(
    services: Services, clock: Clock
) -> None:
    """E13."""
    with working(services):
        clock.at = SATURDAY_NIGHT
        write(services, ASKS)
        clock.at = SUNDAY_NOON
        write(services, ASKS)
        assert len(notices(services)) == 1
        clock.at = MONDAY_10
        write(services, ASKS)
        assert len(notices(services)) == 1
        clock.at = MONDAY_NIGHT
        write(services, ASKS)
        assert len(notices(services)) == 2


def test_an_answer_is_given_at_any_hour_without_it(services: Services) -> None:
    with working(services):
        write(services, "is it safe?")
    assert [one.body["text"] for one in told(services)] == ["echo: is it safe?"]
