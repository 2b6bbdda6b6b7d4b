"""Whoever goes silent after telling of danger is asked once more."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from case_bodies import case_body
from own_services import new_member, services_on
from sqlalchemy import select

from frontdesk.cases.case_request import CaseRequest
from frontdesk.cases.check_ins import CheckIns
from frontdesk.conversations.message_out import BOT, MessageOut
from frontdesk.conversations.outbox import say
from frontdesk.conversations.ownership import lock
from frontdesk.database.migrate import migrate
from frontdesk.services import Services

SENDER = "web-1"
AFTER_MINUTES = 15


@dataclass
class Silence:
    """Somebody who has told of danger, and the time since."""

    address: str
    at: datetime = datetime(2026, 11, 23, 3, tzinfo=UTC)
    services: Services = field(init=False)

    def __post_init__(self) -> None:
        self.services = services_on(self.address, lambda: self.at)

    def tells(self, reply: str, key: str = "m1") -> None:
        """Has the person write, a case opened, and the brain reply."""
        body = case_body(sender=SENDER, kind="danger", key=f"case-{key}")
        self.case_id = self.services.cases.record(
            CaseRequest.model_validate(body)
        ).case_id
        self.writes(reply, key)

    def writes(self, reply: str, key: str) -> None:
        """Has the person write and the brain reply."""
        self.services.inbox.accept(SENDER, "web", key, text="words")
        with self.services.database.writing() as session:
            conversation = lock(session, SENDER, "web", self.at)
            say(
                session,
                conversation,
                key=f"turn:{key}",
                speaker=BOT,
                name=reply,
                text="words of the brain",
                now=self.at,
                recorded=True,
            )

    def questions_after(self, minutes: float, ask_after: float = AFTER_MINUTES) -> int:
        """Lets time pass and counts what was asked, looking more often than needed."""
        self.at += timedelta(minutes=minutes)
        services = self.services
        worker = CheckIns(
            services.database,
            services.notices,
            services.feed,
            lambda: self.at,
            ask_after,
        )
        worker.look()
        worker.look()
        with services.database.reading() as session:
            query = select(MessageOut.body).where(MessageOut.name == "check_in")
            bodies = list(session.scalars(query))
        assert all("Are you safe right now?" in body["text"] for body in bodies)
        return len(bodies)


@pytest.fixture
def silence(new_database: Callable[[], str]) -> Silence:
    """An empty front desk at night."""
    address = new_database()
    migrate(address)
    return Silence(address)


def test_silence_is_asked_about_once(silence: Silence) -> None:
    silence.tells("utter_crisis_ideation")
    assert silence.questions_after(14) == 0
    assert silence.questions_after(1) == 1
    assert silence.questions_after(60) == 1


def test_a_further_silence_is_asked_about_again(silence: Silence) -> None:
    silence.tells("utter_crisis_ideation")
    assert silence.questions_after(15) == 1
    silence.tells("utter_crisis_not_safe", "m2")
    assert silence.questions_after(15) == 2


@pytest.mark.parametrize(
    "reply", ["utter_crisis_safe", "utter_emergency_safe", "utter_crisis_thanks"]
)
def test_whoever_has_answered_is_left_in_peace(silence: Silence, reply: str) -> None:
    silence.tells("utter_crisis_ideation")
    silence.writes(reply, "m2")
    assert silence.questions_after(30) == 0


def test_a_person_s_conversation_is_theirs(silence: Silence) -> None:
    silence.tells("utter_emergency_overdose")
    silence.services.acts.take(new_member(silence.services, "Maria"), SENDER)
    assert silence.questions_after(30) == 0


def test_nobody_is_asked_once_staff_have_closed_the_case(silence: Silence) -> None:
    silence.tells("utter_crisis_ideation")
    maria = new_member(silence.services, "Maria")
    silence.services.acts.close(maria, silence.case_id)
    assert silence.questions_after(30) == 0


def test_nobody_is_asked_a_day_later(silence: Silence) -> None:
    silence.tells("utter_crisis_ideation")
    assert silence.questions_after(25 * 60) == 0


def test_it_can_be_switched_off(silence: Silence) -> None:
    silence.tells("utter_crisis_ideation")
    assert silence.questions_after(30, ask_after=0) == 0
