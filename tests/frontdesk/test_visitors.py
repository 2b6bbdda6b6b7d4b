"""What visitors may send, and what they are told when they may not."""

import uuid
from typing import Any

import httpx
import pytest
from conftest import NewVisitor
from itsdangerous import TimestampSigner, URLSafeTimedSerializer
from live_frontdesk import TOKEN, VISITOR_KEY, LiveFrontDesk
from standin_brain import StandinBrain, response
from test_health import locked
from visitor import Visitor, eventually

from frontdesk.conversations.inbox import MOST_WAITING

pytestmark = pytest.mark.one_database

LIFETIME_DAYS = 30

ROUTES = [
    ("POST", "/chat/messages"),
    ("GET", "/chat/events"),
    ("POST", "/chat/leave"),
    ("DELETE", "/chat"),
]


class OldSigner(TimestampSigner):
    """Signs as a front desk did a day too long ago."""

    def get_timestamp(self) -> int:
        return super().get_timestamp() - (LIFETIME_DAYS + 1) * 24 * 60 * 60


def signed(key: str = VISITOR_KEY, salt: str = "visitor", **options: object) -> str:
    """Returns a token of somebody's conversation."""
    return str(URLSafeTimedSerializer(key, salt=salt, **options).dumps("web-x"))


FOREIGN_TOKENS = {
    "none": None,
    "nonsense": "x",
    "unsigned": "web-x",
    "internal token": TOKEN,
    "other key": signed("another key"),
    "other use": signed(salt="other"),
    "expired": signed(signer=OldSigner),
    "cut": signed()[:-1],
    "longer": signed() + "x",
}
"""What is not a token of ours, for one reason or another."""


@pytest.mark.parametrize("token", FOREIGN_TOKENS.values(), ids=FOREIGN_TOKENS)
@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_without_a_token_of_ours_nothing_is_answered(
    visited_desk: LiveFrontDesk, method: str, path: str, token: str | None
) -> None:
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    answer = visited_desk.stranger.request(method, path, headers=headers)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert "/chat/sessions" in answer.json()["detail"]


def test_each_session_has_a_conversation_of_its_own(
    visited_desk: LiveFrontDesk,
) -> None:
    visitors = [Visitor(visited_desk.url) for _ in range(3)]
    assert len({visitor.sender for visitor in visitors}) == 3
    assert all(visitor.sender.startswith("web-") for visitor in visitors)


def test_a_session_can_be_renewed(visited_desk: LiveFrontDesk) -> None:
    visitor = Visitor(visited_desk.url)
    answer = visitor.client.post("/chat/sessions")
    assert answer.status_code == 201
    assert Visitor(visited_desk.url, answer.json()["token"]).sender == visitor.sender


def test_a_token_that_is_not_ours_is_not_renewed(visited_desk: LiveFrontDesk) -> None:
    headers = {"Authorization": "Bearer web-victim"}
    answer = visited_desk.stranger.post("/chat/sessions", headers=headers)
    token = answer.json()["token"]
    assert Visitor(visited_desk.url, token).sender != "web-victim"


def test_a_token_of_ours_is_known_by_its_signature(
    visited_desk: LiveFrontDesk,
) -> None:
    # What the tests above sign themselves is refused for the reason they give.
    answer = Visitor(visited_desk.url, signed()).client.post("/chat/sessions")
    assert Visitor(visited_desk.url, answer.json()["token"]).sender == "web-x"


WRONG_BODIES: list[Any] = [
    {"id": "1"},
    {"id": "1", "text": "both", "choice": "/both"},
    {"id": "1", "text": ""},
    {"id": "1", "text": "words-of-a-person" * 1_000},
    {"id": "1", "text": ["words-of-a-person"]},
    {"id": "1", "text": "words-of-a-person", "owner": "bot"},
    {"id": "", "text": "words-of-a-person"},
    {"id": "i" * 201, "text": "words-of-a-person"},
    {"id": "a\nb", "text": "words-of-a-person"},
    {"text": "words-of-a-person"},
    ["words-of-a-person"],
]


@pytest.mark.parametrize("body", WRONG_BODIES)
def test_a_wrong_message_is_refused_without_repeating_it(
    visited_desk: LiveFrontDesk, body: Any
) -> None:
    answer = Visitor(visited_desk.url).post(body)
    assert answer.status_code == 422
    assert "words-of-a-person" not in answer.text


def test_a_huge_body_is_refused(visited_desk: LiveFrontDesk) -> None:
    answer = Visitor(visited_desk.url).send("x" * 70_000)
    assert answer.status_code == 413


def test_the_longest_text_of_any_alphabet_is_played_whole(
    visited_desk: LiveFrontDesk, new_visitor: NewVisitor, brain: StandinBrain
) -> None:
    visitor = new_visitor(visited_desk)
    text = f"{uuid.uuid4()} \x00\x1a Zoë 🙂 ".ljust(10_000, "ä")
    assert visitor.send(text).status_code == 202
    visitor.wait_for(f"echo: {text}")
    assert brain.received_of(visitor.sender)[0]["text"] == text


def test_a_choice_must_have_been_offered_to_this_person(
    visited_desk: LiveFrontDesk, new_visitor: NewVisitor, brain: StandinBrain
) -> None:
    brain.replies["offer me"] = [
        response("utter_clarify", "Which?", ("A", "/choice_a"))
    ]
    visitor, other = new_visitor(visited_desk), new_visitor(visited_desk)
    visitor.send("offer me")
    visitor.wait_for("Which?")
    assert visitor.choose("/restart").status_code == 409
    assert other.choose("/choice_a").status_code == 409
    assert visitor.choose("/choice_a").status_code == 202
    visitor.wait_for("echo: /choice_a")
    assert brain.received_of(visitor.sender)[-1]["choice"] == "/choice_a"
    assert brain.received_of(other.sender) == []


def test_a_choice_that_the_brain_has_forgotten_is_played_as_its_title(
    visited_desk: LiveFrontDesk, new_visitor: NewVisitor, brain: StandinBrain
) -> None:
    offer = response("utter_clarify", "Which?", ("The first", "/choice_b"))
    brain.replies["offer me again"] = [offer]
    visitor = new_visitor(visited_desk)
    visitor.send("offer me again")
    visitor.wait_for("Which?")
    brain.forget(visitor.sender)
    visitor.choose("/choice_b")
    visitor.wait_for("echo: The first")


def test_who_sends_too_fast_is_asked_to_wait(
    visited_desk: LiveFrontDesk, new_visitor: NewVisitor, brain: StandinBrain
) -> None:
    visitor = new_visitor(visited_desk)
    text = f"wait {uuid.uuid4()}"
    gate = brain.hold(text)
    visitor.send(text)
    for number in range(MOST_WAITING - 1):
        assert visitor.send(f"number {number}").status_code == 202
    refused = visitor.send("one too many")
    assert refused.status_code == 429
    assert "wait" in refused.json()["detail"]
    assert int(refused.headers["retry-after"]) > 0
    gate.set()
    visitor.wait_for(f"echo: number {MOST_WAITING - 2}")
    assert visitor.send("one more").status_code == 202


def test_a_message_that_could_not_be_stored_is_not_accepted(
    own_desk: LiveFrontDesk, sqlite_file: Any
) -> None:
    visitor = Visitor(own_desk.url)
    with locked(sqlite_file):
        refused = visitor.send("hello", key="the same")
    assert refused.status_code == 503
    assert visitor.send("hello", key="the same").status_code == 202


def test_a_person_can_have_everything_deleted(
    visited_desk: LiveFrontDesk, new_visitor: NewVisitor, brain: StandinBrain
) -> None:
    visitor = new_visitor(visited_desk)
    visitor.send("trace-of-a-person")
    visitor.wait_for("echo: trace-of-a-person")
    answer = visitor.client.delete("/chat")
    assert answer.status_code == 200
    assert answer.json()["deleted_messages"] == 2
    assert brain.record_of(visitor.sender) == []
    again = visitor.client.delete("/chat")
    assert again.json() == {
        "deleted_cases": 0,
        "deleted_messages": 0,
        "deleted_notes": 0,
    }
    # They can go on, and the stream that was open shows it.
    visitor.send("a new beginning")
    visitor.wait_for("echo: a new beginning")


def test_nothing_is_claimed_to_be_deleted_while_the_brain_is_away(
    own_visited_desk: LiveFrontDesk, new_visitor: NewVisitor, own_brain: StandinBrain
) -> None:
    visitor = new_visitor(own_visited_desk)
    visitor.send("hello")
    visitor.wait_for("echo: hello")
    own_brain.stop()
    assert visitor.client.delete("/chat").status_code == 503
    own_brain.start()
    answer: httpx.Response = eventually(
        lambda: (found := visitor.client.delete("/chat")).is_success and found
    )
    assert answer.json()["deleted_messages"] == 2


def test_a_turn_in_progress_leaves_nothing_behind_after_a_deletion(
    visited_desk: LiveFrontDesk, new_visitor: NewVisitor, brain: StandinBrain
) -> None:
    visitor = new_visitor(visited_desk)
    text = f"wait {uuid.uuid4()}"
    gate = brain.hold(text)
    visitor.send(text)
    brain.wait_until_reached(text)
    gate.set()
    assert visitor.client.delete("/chat").status_code == 200
    visitor.send("after it")
    visitor.wait_for("echo: after it")
    assert brain.texts_of(visitor.sender) == ["person: after it", "bot: echo: after it"]
