"""How much people and networks may send, counted in the database."""

import threading
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from conftest import NewDatabase
from httpx_sse import connect_sse
from live_frontdesk import LiveFrontDesk
from own_services import services_on
from sqlalchemy import select
from visitor import Visitor, eventually

from frontdesk.database.migrate import migrate
from frontdesk.errors import TooFast
from frontdesk.services import Services
from frontdesk.visitors.address_use import AddressUse
from frontdesk.visitors.places import MOST_STREAMS

EACH_MINUTE, EACH_HOUR, SESSIONS = 5, 12, 6
LIMITS = {
    "VISITORS__MESSAGES_PER_MINUTE": str(EACH_MINUTE),
    "VISITORS__MESSAGES_PER_ADDRESS_HOUR": str(EACH_HOUR),
    "VISITORS__SESSIONS_PER_ADDRESS_HOUR": str(SESSIONS),
}
NOON = datetime(2026, 11, 23, 12, 10, tzinfo=UTC)


class Hands:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.moment = NOON

    def __call__(self) -> datetime:
        return self.moment


class Doors:
    """Two front desks on one database, with one clock."""

    def __init__(self, address: str) -> None:
        migrate(address)
        self.clock = Hands()
        self.doors = [services_on(address, self.clock, **LIMITS) for _ in range(2)]

    def send(self, sender: str, address: str, key: str | None = None) -> None:
        """Sends a message by each door in turn."""
        self.doors.reverse()
        services = self.doors[0]
        admit = services.limits.of_message(sender, address)
        services.inbox.accept(sender, "web", key or uuid.uuid4().hex, "hi", None, admit)

    @property
    def one(self) -> Services:
        """One of the two."""
        return self.doors[0]


@pytest.fixture
def doors(new_database: NewDatabase) -> Iterator[Doors]:
    """Two front desks of the test's own."""
    made = Doors(new_database())
    yield made
    for services in made.doors:
        services.database.close()


def test_a_person_sends_so_much_in_a_minute(doors: Doors) -> None:
    for _ in range(EACH_MINUTE):
        doors.clock.moment += timedelta(seconds=1)
        doors.send("web-fast", "192.0.2.1", key=doors.clock.moment.isoformat())
    with pytest.raises(TooFast) as refused:
        doors.send("web-fast", "192.0.2.1")
    assert refused.value.seconds == 56
    # What was taken already may be sent again, and others are not concerned.
    doors.send("web-fast", "192.0.2.1", key=doors.clock.moment.isoformat())
    doors.send("web-other", "192.0.2.1")
    # What was refused does not count.
    doors.clock.moment += timedelta(seconds=56)
    doors.send("web-fast", "192.0.2.1")


def test_a_network_sends_so_much_in_an_hour(doors: Doors) -> None:
    for number in range(EACH_HOUR):
        doors.send(f"web-{number}", f"2001:db8::{number}")
    with pytest.raises(TooFast) as refused:
        doors.send("web-new", "2001:db8::ffff")
    assert refused.value.seconds == 50 * 60
    doors.send("web-new", "2001:db8:0:1::1")
    doors.clock.moment += timedelta(minutes=50)
    doors.send("web-new", "2001:db8::ffff")


def test_requests_at_the_same_time_are_all_counted(doors: Doors) -> None:
    refused = []

    def begin(services: Services) -> None:
        try:
            services.limits.begin_session("192.0.2.1")
        except TooFast as error:
            refused.append(error)

    threads = [
        threading.Thread(target=begin, args=(doors.doors[number % 2],))
        for number in range(SESSIONS + 4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 4


def test_no_address_is_kept_and_no_count_for_long(doors: Doors) -> None:
    def hashes() -> set[str]:
        with doors.one.database.reading() as session:
            return set(session.scalars(select(AddressUse.network_hash)))

    doors.one.limits.begin_session("192.0.2.1")
    first = hashes()
    assert "192" not in str(first)
    doors.clock.moment += timedelta(hours=1)
    doors.one.limits.begin_session("192.0.2.1")
    assert len(hashes()) == 2
    doors.one.limits.forget()
    assert len(hashes()) == 1
    assert not first & hashes()


@pytest.fixture(scope="module")
def limited_desk(
    new_sqlite: NewDatabase, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LiveFrontDesk]:
    """A front desk with limits that are soon reached."""
    log_file = tmp_path_factory.mktemp("limited") / "desk.log"
    desk = LiveFrontDesk(new_sqlite(), log_file, overrides=LIMITS).start()
    yield desk
    desk.stop()


def test_who_is_refused_is_told_who_helps_at_once(limited_desk: LiveFrontDesk) -> None:
    visitor = Visitor(limited_desk.url)
    answers = [visitor.send(str(number)) for number in range(EACH_MINUTE + 1)]
    assert [one.status_code for one in answers] == [202] * EACH_MINUTE + [429]
    refused = answers[-1]
    assert 0 < int(refused.headers["retry-after"]) <= 60
    for help_line in ("988", "911", "555-0142"):
        assert help_line in refused.json()["detail"]


def test_a_conversation_goes_on_when_no_new_one_may_begin(
    limited_desk: LiveFrontDesk,
) -> None:
    headers = {"X-Forwarded-For": "198.51.100.7"}
    answers = [
        limited_desk.stranger.post("/chat/sessions", headers=headers)
        for _ in range(SESSIONS + 1)
    ]
    assert [one.status_code for one in answers] == [201] * SESSIONS + [429]
    headers["Authorization"] = f"Bearer {answers[0].json()['token']}"
    renewed = limited_desk.stranger.post("/chat/sessions", headers=headers)
    assert renewed.status_code == 201
    assert "198.51.100.7" not in limited_desk.log()


def test_a_new_stream_takes_the_place_of_the_oldest(desk: LiveFrontDesk) -> None:
    visitor = Visitor(desk.url)
    ended = threading.Event()

    def read() -> None:
        with (
            httpx.Client(base_url=desk.url, headers=visitor.client.headers) as client,
            connect_sse(client, "GET", "/chat/events", timeout=60) as source,
        ):
            for _ in source.iter_sse():
                begun.set()
        ended.set()

    begun = threading.Event()
    threading.Thread(target=read, daemon=True).start()
    eventually(begun.is_set, "the first stream")
    others = [
        Visitor(desk.url, visitor.token).follow() for _ in range(MOST_STREAMS - 1)
    ]
    assert not ended.is_set()
    others.append(Visitor(desk.url, visitor.token).follow())
    eventually(ended.is_set, "the end of the oldest stream")
    for other in others:
        other.leave_page()
