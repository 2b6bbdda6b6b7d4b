"""The event stream shows every message once, also after a break."""

import threading

import httpx
import pytest
from conftest import NewVisitor, StartDesk
from httpx_sse import connect_sse
from live_frontdesk import LiveFrontDesk
from own_services import new_member, services_on
from private_postgresql import PrivatePostgresql
from standin_brain import StandinBrain
from visitor import Visitor, eventually

pytestmark = pytest.mark.one_database


def ids_after(visitor: Visitor, last: int, count: int) -> list[int]:
    """Connects anew and returns the ids of the next messages."""
    ids: list[int] = []
    headers = {"Last-Event-ID": str(last)}
    with connect_sse(visitor.client, "GET", "/chat/events", headers=headers) as source:
        for event in source.iter_sse():
            if event.event == "message":
                assert event.id == str(event.json()["id"])
                ids.append(event.json()["id"])
            if len(ids) == count:
                break
    return ids


def test_it_begins_after_the_last_one_that_was_seen(
    visited_desk: LiveFrontDesk, new_visitor: NewVisitor
) -> None:
    visitor = new_visitor(visited_desk)
    for text in ("one", "two", "three"):
        visitor.send(text)
    visitor.wait_for("echo: three")
    ids = [message["id"] for message in visitor.feed]
    assert ids == sorted(ids)
    assert ids_after(visitor, 0, len(ids)) == ids
    assert ids_after(visitor, ids[0], len(ids) - 1) == ids[1:]


def test_a_message_says_who_speaks_and_when(
    visited_desk: LiveFrontDesk, new_visitor: NewVisitor
) -> None:
    visitor = new_visitor(visited_desk)
    visitor.send("hello")
    visitor.wait_for("echo: hello")
    [message] = visitor.messages
    assert set(message) == {
        *("id", "speaker", "staff_name", "name", "text", "buttons", "metadata"),
        *("danger", "message_id", "at"),
    }
    assert message["at"].endswith("+00:00")


def test_the_state_comes_first_and_at_each_change(
    visited_desk: LiveFrontDesk, new_visitor: NewVisitor
) -> None:
    visitor = new_visitor(visited_desk)
    nobody = {
        "owner": "bot",
        "staff_name": None,
        "waiting_case": False,
        "working": False,
    }
    assert visitor.states == [nobody]
    services = services_on(visited_desk.database_url)
    services.acts.take(new_member(services, "Maria"), visitor.sender)
    eventually(lambda: len(visitor.states) == 2)
    assert visitor.states[1] == {
        "owner": "human",
        "staff_name": "Maria",
        "waiting_case": False,
        "working": False,
    }


def test_people_see_nothing_of_each_other(
    visited_desk: LiveFrontDesk, new_visitor: NewVisitor
) -> None:
    one, other = new_visitor(visited_desk), new_visitor(visited_desk)
    one.send("mine")
    other.send("theirs")
    one.wait_for("echo: mine")
    other.wait_for("echo: theirs")
    assert one.texts() == ["bot: echo: mine"]
    assert other.texts() == ["bot: echo: theirs"]


def test_it_outlives_a_restart_and_nothing_comes_twice(
    own_visited_desk: LiveFrontDesk, new_visitor: NewVisitor
) -> None:
    visitor = new_visitor(own_visited_desk)
    visitor.send("before")
    visitor.wait_for("echo: before")
    own_visited_desk.kill()
    own_visited_desk.start()
    visitor.send("after")
    visitor.wait_for("echo: after")
    assert visitor.texts() == ["bot: echo: before", "bot: echo: after"]


def test_open_streams_do_not_hold_up_a_stop(
    own_visited_desk: LiveFrontDesk, new_visitor: NewVisitor
) -> None:
    for _ in range(5):
        new_visitor(own_visited_desk)
    own_visited_desk.stop()
    assert "Traceback" not in own_visited_desk.log()
    assert "Cancel" not in own_visited_desk.log()


def test_a_message_from_another_front_desk_arrives(
    start_desk: StartDesk,
    postgresql: PrivatePostgresql,
    own_brain: StandinBrain,
    new_visitor: NewVisitor,
) -> None:
    address = postgresql.new_database()
    overrides = {"BRAIN__PORT": str(own_brain.port)}
    here, there = (start_desk(address, overrides=overrides) for _ in range(2))
    visitor = new_visitor(here)
    there.stop()
    there.start()
    sender_elsewhere = Visitor(there.url, visitor.token)
    sender_elsewhere.send("hello")
    visitor.wait_for("echo: hello")


def test_a_reader_that_goes_away_is_noticed(visited_desk: LiveFrontDesk) -> None:
    visitor = Visitor(visited_desk.url)
    with connect_sse(visitor.client, "GET", "/chat/events") as source:
        next(source.iter_sse())
        request_id = source.response.headers["x-request-id"]
    # The request ends in the log when the server has let go of it.
    eventually(lambda: f"ms {request_id}" in visited_desk.log())


def test_it_gives_signs_of_life(visited_desk: LiveFrontDesk) -> None:
    visitor = Visitor(visited_desk.url)
    with visitor.client.stream("GET", "/chat/events") as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert "no-cache" in answer.headers["cache-control"]
        assert any(line.startswith(":") for line in answer.iter_lines())


def test_many_streams_are_served_at_once(
    visited_desk: LiveFrontDesk, new_visitor: NewVisitor
) -> None:
    visitors = [new_visitor(visited_desk) for _ in range(40)]
    senders = [
        threading.Thread(target=visitor.send_until_accepted, args=("hello",))
        for visitor in visitors
    ]
    for thread in senders:
        thread.start()
    for visitor in visitors:
        visitor.wait_for("echo: hello")
    assert all(visitor.texts() == ["bot: echo: hello"] for visitor in visitors)


def test_a_position_that_is_no_number_is_refused(visited_desk: LiveFrontDesk) -> None:
    visitor = Visitor(visited_desk.url)
    headers = {"Last-Event-ID": "words-of-a-person"}
    answer: httpx.Response = visitor.client.get("/chat/events", headers=headers)
    assert answer.status_code == 422
    assert "words-of-a-person" not in answer.text
