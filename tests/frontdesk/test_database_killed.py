"""PostgreSQL is killed at each step of a handoff, and comes back."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from conftest import NewVisitor, StartDesk
from own_services import new_member, services_on
from private_postgresql import PostgresqlMissing, PrivatePostgresql
from sqlalchemy.exc import DBAPIError
from standin_brain import DANGER_TEXT, StandinBrain
from visitor import eventually

WAIT_TEXT = "wait"


@pytest.fixture
def own_postgresql() -> Iterator[PrivatePostgresql]:
    """A server that the test may kill."""
    try:
        server = PrivatePostgresql().start()
    except PostgresqlMissing as missing:
        pytest.skip(str(missing))
    yield server
    server.stop()


def test_nothing_stored_is_lost_and_nothing_is_promised(
    own_postgresql: PrivatePostgresql,
    start_desk: StartDesk,
    own_brain: StandinBrain,
    new_visitor: NewVisitor,
) -> None:
    address = own_postgresql.new_database()
    desk = start_desk(address, overrides={"BRAIN__PORT": str(own_brain.port)})
    visitor = new_visitor(desk)
    services = services_on(address)
    acts, maria = services.acts, new_member(services, "Maria")

    @contextmanager
    def killed() -> Iterator[None]:
        own_postgresql.kill()
        yield
        own_postgresql.serve()
        eventually(lambda: desk.client.get("/health").is_success, "its health")

    # Asked: the turn is under way.
    gate = own_brain.hold(WAIT_TEXT)
    assert visitor.send(WAIT_TEXT).is_success
    own_brain.wait_until_reached(WAIT_TEXT)
    with killed():
        gate.set()
        refused = visitor.send("not taken")
        assert refused.status_code == 503
        assert all(way in refused.json()["detail"] for way in ("555-0142", "988"))
    visitor.wait_for(f"echo: {WAIT_TEXT}")

    # In danger: the case waits for staff.
    visitor.send(DANGER_TEXT)
    visitor.wait_for("Please call 988.")
    with killed():
        pass
    [case] = desk.cases(visitor.sender)
    assert (case["kind"], case["status"]) == ("danger", "waiting")

    # Taken and answered: what staff could not send, they are told of.
    with killed(), pytest.raises(DBAPIError):
        acts.reply(maria, visitor.sender, "Not sent.", "k1")
    acts.reply(maria, visitor.sender, "Maria here.", "k2")
    with killed():
        pass
    visitor.wait_for("Maria here.")

    # Handed back.
    acts.hand_back(maria, visitor.sender)
    with killed():
        pass
    visitor.wait_for_notice("staff_left")
    visitor.send("hello again")
    visitor.wait_for("echo: hello again")
    assert [one["name"] or one["text"] for one in visitor.messages] == [
        *("utter_smalltalk_echo", "utter_crisis_ideation"),
        *("staff_joined", "Maria here.", "staff_left", "utter_smalltalk_echo"),
    ]
    assert own_brain.times_played(WAIT_TEXT) == 1
    assert own_brain.times_played("not taken") == 0
    services.database.close()
