"""Danger first, in any state: the reply needs no action server, case or desk."""

from __future__ import annotations

from typing import Optional

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import (
    ACTION_DEACTIVATE_LOOP_NAME,
    ACTION_LISTEN_NAME,
)
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event

from assistant.nlu.answer_gate import WAITING_QUESTIONS
from assistant.nlu.danger_detector import DANGER
from assistant.policies.care import danger_told, reply_to
from assistant.policies.handoff_policy import OPEN_CASE
from assistant.policies.ownership_policy import is_owned_by_human
from assistant.policies.question_policy import choice_titles, offer
from assistant.policies.turn import Turn
from assistant.policies.turn_policy import Step, TurnPolicy

QUESTION_WAITING = "utter_question_waiting"
"""Says that a question asked beside the danger is not forgotten, and offers it."""

DEFAULT_KINDS = {"crisis": "ideation", "emergency": "body_danger"}
"""What to reply to when only the intent is known (a test, a button)."""


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True
)
class DangerPolicy(TurnPolicy):
    """Answers danger before anything else, then alerts staff."""

    def next_step(self, turn: Turn, domain: Domain) -> Optional[Step]:
        """Replies; keeps a question; ends a form; opens an urgent case; listens."""
        reply = danger_reply(turn)
        if reply is None:
            return None
        if reply not in turn.actions:
            return Step(reply)
        if QUESTION_WAITING not in turn.actions:
            waiting = offer_waiting_question(turn, domain)
            if waiting:
                return Step(QUESTION_WAITING, waiting)
        if turn.tracker.active_loop_name and (
            ACTION_DEACTIVATE_LOOP_NAME not in turn.actions
        ):
            return Step(ACTION_DEACTIVATE_LOOP_NAME)
        if OPEN_CASE not in turn.actions and OPEN_CASE in domain.action_names_or_texts:
            return Step(OPEN_CASE)
        return Step(ACTION_LISTEN_NAME)


def danger_reply(turn: Turn) -> str | None:
    """Returns the name of the reply to the danger in a message, if there is any."""
    danger = turn.understood(DANGER, None)
    if danger:
        outcome, kind = danger["outcome"], danger["kind"]
    elif turn.intent in DEFAULT_KINDS:
        outcome, kind = turn.intent, DEFAULT_KINDS[turn.intent]
    else:
        return None
    return reply_to(outcome, kind, danger_told(turn))


def offer_waiting_question(turn: Turn, domain: Domain) -> list[Event]:
    """Returns the slots that offer a question asked beside the danger, if any was."""
    questions = turn.understood(WAITING_QUESTIONS, [])
    if not questions or is_owned_by_human(turn):
        return []  # nothing was asked, or it is a person's to answer
    titles = choice_titles(domain)
    return offer([intent for intent in questions if intent in titles][:1], titles)
