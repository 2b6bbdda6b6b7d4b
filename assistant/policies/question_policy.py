"""Two questions, two answers; unsure is said, and a second miss offers a person."""

from __future__ import annotations

from typing import Dict, Optional

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME as UNSURE
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SlotSet

from assistant.nlu.answer_gate import CHOICES, QUESTIONS
from assistant.outcome import Outcome, outcome_of_turn
from assistant.policies.turn import Turn, responses_before
from assistant.policies.turn_policy import Step, TurnPolicy

MOST_OFFERED = 3
REPHRASE = "utter_clarify_rephrase"
OFFER_PERSON = "utter_human_offer"


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True
)
class QuestionPolicy(TurnPolicy):
    """Answers the second of two questions, and clarifies when none is sure."""

    def next_step(self, turn: Turn, domain: Domain) -> Optional[Step]:
        """Returns the second answer, or what to say when unsure."""
        second = self._unanswered_question(turn)
        if second:
            return Step(second)
        if turn.intent == UNSURE and not turn.tracker.active_loop_name:
            return self._clarify(turn, domain)
        return None

    @staticmethod
    def _unanswered_question(turn: Turn) -> str | None:
        answers = [f"utter_{intent}" for intent in turn.understood(QUESTIONS, [])]
        if not answers or answers[0] not in turn.actions:
            return None  # the first answer is RulePolicy's
        return next((name for name in answers if name not in turn.actions), None)

    @staticmethod
    def _clarify(turn: Turn, domain: Domain) -> Step:
        if any(
            action.startswith(("utter_clarify", OFFER_PERSON))
            for action in turn.actions
        ):
            return Step(ACTION_LISTEN_NAME)
        if missed_before(turn):
            return Step(OFFER_PERSON)
        titles = choice_titles(domain)
        offered = [
            intent for intent in turn.understood(CHOICES, []) if intent in titles
        ][:MOST_OFFERED]
        if not offered:
            return Step(REPHRASE)
        return Step(f"utter_clarify_{len(offered)}", offer(offered, titles))


def missed_before(turn: Turn) -> bool:
    """Whether the message before was not understood either."""
    names = responses_before(turn)
    return outcome_of_turn(names) is Outcome.CLARIFY or OFFER_PERSON in names


def offer(intents: list[str], titles: Dict[str, str]) -> list[Event]:
    """Returns the slots that name choices in a response and its buttons.

    Args:
        intents: The intents to offer, each among `titles`.
        titles: What `choice_titles` returned.
    """
    slots: list[Event] = []
    for number, intent in enumerate(intents, start=1):
        slots += [
            SlotSet(f"choice_{number}", f"/{intent}"),
            SlotSet(f"choice_{number}_title", titles[intent]),
        ]
    return slots


def choice_titles(domain: Domain) -> Dict[str, str]:
    """Returns the button label of each intent that may be offered.

    A label stands in the metadata of the response that answers the intent.
    """
    titles = {}
    for variations in domain.responses.values():
        for variation in variations:
            choice = (variation.get("metadata") or {}).get("choice")
            if choice:
                titles[choice["intent"]] = choice["title"]
    return titles
