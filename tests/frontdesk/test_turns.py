"""Messages are played in order and answered exactly once, whatever ends or fails."""

import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from conftest import NewVisitor, StartDesk
from live_frontdesk import LiveFrontDesk
from own_services import new_member, services_on
from private_postgresql import PrivatePostgresql
from standin_brain import DANGER_TEXT, StandinBrain, response
from visitor import Visitor, eventually

WAIT_TEXT = "wait"


def answers(texts: list[str]) -> list[str]:
    """Returns what the stand-in brain says to these texts."""
    return [f"echo: {text}" for text in texts]


def test_a_message_is_answered(
    visited_desk: LiveFrontDesk, new_visitor: NewVisitor, brain: StandinBrain
) -> None:
    visitor = new_visitor(visited_desk)
    assert visitor.send("hello").status_code == 202
    visitor.wait_for("echo: hello")
    [message] = visitor.messages
    assert (message["speaker"], message["name"]) == ("bot", "utter_smalltalk_echo")
    [request] = brain.received_of(visitor.sender)
    assert (request["owner"], request["channel"]) == ("bot", "web")


def test_many_messages_are_answered_in_their_order(
    visited_desk: LiveFrontDesk, new_visitor: NewVisitor
) -> None:
    visitor = new_visitor(visited_desk)
    texts = [f"message {number}" for number in range(15)]
    for text in texts:
        assert visitor.send(text).status_code == 202
    visitor.wait_for(f"echo: {texts[-1]}")
    assert visitor.replies() == answers(texts)


def test_a_message_sent_again_is_answered_once(
    visited_desk: LiveFrontDesk, new_visitor: NewVisitor, brain: StandinBrain
) -> None:
    visitor = new_visitor(visited_desk)
    for _ in range(3):
        assert visitor.send("hello", key="the same").status_code == 202
    visitor.send("last")
    visitor.wait_for("echo: last")
    assert visitor.send("hello", key="the same").status_code == 202
    visitor.send("really last")
    visitor.wait_for("echo: really last")
    assert visitor.replies() == answers(["hello", "last", "really last"])
    assert len(brain.received_of(visitor.sender)) == 3


@pytest.mark.one_database
def test_a_slow_conversation_holds_up_nobody(
    own_visited_desk: LiveFrontDesk, new_visitor: NewVisitor, own_brain: StandinBrain
) -> None:
    gate = own_brain.hold(WAIT_TEXT)
    slow, quick = new_visitor(own_visited_desk), new_visitor(own_visited_desk)
    slow.send(WAIT_TEXT)
    own_brain.wait_until_reached(WAIT_TEXT)
    slow.send("after it")
    quick.send("hello")
    quick.wait_for("echo: hello")
    assert slow.messages == []
    gate.set()
    slow.wait_for("echo: after it")
    assert slow.replies() == answers([WAIT_TEXT, "after it"])


@pytest.mark.one_database
def test_a_brain_that_is_down_answers_later_and_the_person_is_told(
    start_desk: StartDesk,
    new_database: Callable[[], str],
    new_visitor: NewVisitor,
    own_brain: StandinBrain,
) -> None:
    overrides = {
        "BRAIN__PORT": str(own_brain.port),
        "FRONTDESK__BRAIN_TIMEOUT_SECONDS": "1",
    }
    desk = start_desk(new_database(), overrides=overrides)
    visitor = new_visitor(desk)
    own_brain.stop()
    visitor.send("one")
    visitor.send("two")
    [notice] = visitor.wait_for_notice("delayed")
    for word in ("988", "911", "555-0142"):
        assert word in notice["text"]
    own_brain.start()
    visitor.wait_for("echo: two")
    said = f"notice: {notice['text']}"
    assert visitor.texts() == [said, "bot: echo: one", "bot: echo: two"]
    assert own_brain.times_played("one") == 1
    # The record has the notice, too.
    eventually(lambda: said in own_brain.texts_of(visitor.sender))


@pytest.mark.one_database
def test_a_brain_that_refuses_is_asked_again(
    own_visited_desk: LiveFrontDesk, new_visitor: NewVisitor, own_brain: StandinBrain
) -> None:
    own_brain.is_refusing = True
    visitor = new_visitor(own_visited_desk)
    visitor.send("hello")
    own_brain.is_refusing = False
    visitor.wait_for("echo: hello")
    assert visitor.replies() == answers(["hello"])


def test_a_turn_that_fails_is_told_and_its_text_is_kept(
    start_desk: StartDesk,
    sqlite_file: Path,
    new_visitor: NewVisitor,
    own_brain: StandinBrain,
) -> None:
    overrides = {"BRAIN__PORT": str(own_brain.port)}
    desk = start_desk(f"sqlite:///{sqlite_file}", overrides=overrides)
    own_brain.failing["break"] = [response("utter_smalltalk_greet", "Half an answer.")]
    visitor = new_visitor(desk)
    visitor.send("break")
    [notice] = visitor.wait_for_notice("turn_failed")
    assert visitor.texts() == ["bot: Half an answer.", f"notice: {notice['text']}"]
    assert "988" in notice["text"]
    visitor.send("go on")
    visitor.wait_for("echo: go on")
    # The brain may not have the first one; the second one it has.
    with closing(sqlite3.connect(sqlite_file)) as other:
        kept = other.execute("SELECT text, state FROM messages_in ORDER BY id")
        assert kept.fetchall() == [("break", "failed"), (None, "played")]


def test_danger_opens_a_case_without_an_action_server(
    visited_desk: LiveFrontDesk, new_visitor: NewVisitor, brain: StandinBrain
) -> None:
    visitor = new_visitor(visited_desk)
    visitor.send(DANGER_TEXT)
    visitor.wait_for("Please call 988.")
    [case] = visited_desk.cases(visitor.sender)
    assert (case["kind"], case["urgency"], case["status"]) == (
        "danger",
        "urgent",
        "waiting",
    )
    [message] = case["messages"]
    assert message["message"] == DANGER_TEXT
    assert message["details"] == {"kind": "ideation", "evidence": "hurt myself"}
    eventually(lambda: visitor.state["waiting_case"], "the state")


def test_the_case_is_the_one_that_the_action_server_opens(
    visited_desk: LiveFrontDesk, new_visitor: NewVisitor, brain: StandinBrain
) -> None:
    visitor = new_visitor(visited_desk)
    visitor.send(DANGER_TEXT, key="message-1")
    visitor.wait_for("Please call 988.")
    key = hashlib.sha256(f"{visitor.sender}|message-1|danger".encode()).hexdigest()
    [case] = visited_desk.cases(visitor.sender)
    assert [message["key"] for message in case["messages"]] == [key]


@pytest.mark.parametrize("end", ["kill", "stop"])
def test_a_front_desk_that_ends_amid_turns_answers_them_once(
    own_visited_desk: LiveFrontDesk,
    new_visitor: NewVisitor,
    own_brain: StandinBrain,
    end: str,
) -> None:
    desk = own_visited_desk
    gate = own_brain.hold(WAIT_TEXT)
    visitors = [new_visitor(desk) for _ in range(4)]
    for visitor in visitors:
        for text in ("before", WAIT_TEXT, "after"):
            visitor.send(text)
    own_brain.wait_until_reached(WAIT_TEXT)
    for visitor in visitors:
        visitor.wait_for("echo: before")
    getattr(desk, end)()
    gate.set()
    desk.start()
    for visitor in visitors:
        visitor.wait_for("echo: after")
        assert visitor.replies() == answers(["before", WAIT_TEXT, "after"])
    assert own_brain.times_played(WAIT_TEXT) == len(visitors)


@pytest.mark.one_database
def test_a_stop_finishes_the_turn_in_progress(
    own_visited_desk: LiveFrontDesk, new_visitor: NewVisitor, own_brain: StandinBrain
) -> None:
    gate = own_brain.hold(WAIT_TEXT)
    visitor = new_visitor(own_visited_desk)
    visitor.send(WAIT_TEXT)
    own_brain.wait_until_reached(WAIT_TEXT)
    own_visited_desk.process.terminate()
    eventually(lambda: "stopping" in own_visited_desk.log())
    gate.set()
    own_visited_desk.process.wait(30)
    assert "a conversation failed" not in own_visited_desk.log()
    own_visited_desk.start()
    visitor.wait_for(f"echo: {WAIT_TEXT}")
    assert len(own_brain.received) == 1


def test_two_front_desks_share_conversations_and_one_may_be_killed(
    start_desk: StartDesk,
    postgresql: PrivatePostgresql,
    new_visitor: NewVisitor,
    own_brain: StandinBrain,
) -> None:
    address = postgresql.new_database()
    overrides = {"BRAIN__PORT": str(own_brain.port)}
    desks = [start_desk(address, overrides=overrides) for _ in range(2)]
    gate = own_brain.hold(WAIT_TEXT)
    visitors = [new_visitor(desks[number % 2]) for number in range(10)]
    texts = ["one", "two", WAIT_TEXT, "three", "four"]
    for text in texts:
        for visitor in visitors:
            send_to_either(visitor, desks, text)
    own_brain.wait_until_reached(WAIT_TEXT)
    desks[0].kill()
    gate.set()
    for visitor in visitors:
        visitor.move_to(desks[1].url)
    for visitor in visitors:
        visitor.wait_for("echo: four")
        assert visitor.replies() == answers(texts)
    for text in texts:
        assert own_brain.times_played(text) == len(visitors)


def test_a_database_that_is_away_for_a_while_loses_nothing(
    start_desk: StartDesk,
    postgresql: PrivatePostgresql,
    new_visitor: NewVisitor,
    own_brain: StandinBrain,
) -> None:
    address = postgresql.new_database()
    name = address.rsplit("/", 1)[1]
    desk = start_desk(address, overrides={"BRAIN__PORT": str(own_brain.port)})
    gate = own_brain.hold(WAIT_TEXT)
    visitor = new_visitor(desk)
    visitor.send(WAIT_TEXT)
    own_brain.wait_until_reached(WAIT_TEXT)
    postgresql.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    postgresql.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        f"WHERE datname = '{name}'"
    )
    gate.set()
    assert visitor.send("while it is away").status_code in {500, 503}
    eventually(lambda: "turns failed" in desk.log(), "a failure of the worker")
    postgresql.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    visitor.send_until_accepted("after it")
    visitor.wait_for("echo: after it")
    assert visitor.replies() == answers([WAIT_TEXT, "after it"])
    assert "Traceback" not in desk.log()


@pytest.mark.one_database
def test_what_the_record_refuses_holds_up_nobody(
    own_visited_desk: LiveFrontDesk, new_visitor: NewVisitor, own_brain: StandinBrain
) -> None:
    visitor = new_visitor(own_visited_desk)
    services = services_on(own_visited_desk.database_url)
    own_brain.refused_texts.add("never recorded")
    maria = new_member(services, "Maria")
    services.acts.reply(maria, visitor.sender, "never recorded", "k1")
    services.acts.hand_back(maria, visitor.sender)
    visitor.send("hello")
    visitor.wait_for("echo: hello")
    speakers = [entry["speaker"] for entry in own_brain.record_of(visitor.sender)]
    assert speakers == ["notice", "notice", "person", "bot"]


def send_to_either(visitor: Visitor, desks: list[LiveFrontDesk], text: str) -> None:
    """Sends to one front desk after the other, as a proxy would spread requests."""
    here = visitor.url
    for desk in desks:
        if desk.url != here:
            visitor.move_to(desk.url)
            break
    assert visitor.send(text).status_code == 202
