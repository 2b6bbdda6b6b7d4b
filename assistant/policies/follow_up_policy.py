"""Follow-ups mean the last fact: more, sources, why, is that proven, yes, repeat."""

from __future__ import annotations

from typing import Optional

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain

from assistant.outcome import FACT_PREFIX, topic_of_response
from assistant.policies.turn import Turn, last_fact, responses_before
from assistant.policies.turn_policy import Step, TurnPolicy

PARTS = {
    "more": "more",
    "why": "more",
    "sources": "sources",
    "proof": "proof",
    "related": "related",
}
"""Which text of a fact each follow-up asks for."""

WHICH_TOPIC = "utter_clarify_which_topic"
NOTHING_TO_REPEAT = "utter_smalltalk_nothing_to_repeat"
OKAY = "utter_smalltalk_okay"
ANYTHING_ELSE = "utter_smalltalk_acknowledge"
PERSON_OFFERS = ("utter_human_offer", "utter_human_contact")
REQUEST_PERSON = "utter_human"


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True
)
class FollowUpPolicy(TurnPolicy):
    """Answers a follow-up from what was said last."""

    def next_step(self, turn: Turn, domain: Domain) -> Optional[Step]:
        """Says what the follow-up asks for, then listens."""
        reply = self._reply(turn)
        if reply is None or reply not in domain.action_names_or_texts:
            return None
        if reply in turn.actions:
            # A person was asked for: opening the case is the handoff's part.
            return None if reply == REQUEST_PERSON else Step(ACTION_LISTEN_NAME)
        return Step(reply)

    def _reply(self, turn: Turn) -> str | None:
        if turn.tracker.active_loop_name:
            return None  # inside the call-back form "yes" and "no" belong to the form
        if turn.intent in PARTS:
            return self._part(turn, PARTS[turn.intent])
        if turn.intent == "repeat":
            return self._repeat(turn)
        if turn.intent == "affirm":
            offered = set(responses_before(turn)) & set(PERSON_OFFERS)
            return REQUEST_PERSON if offered else ANYTHING_ELSE
        if turn.intent in ("deny", "stop"):
            return OKAY
        return None

    @staticmethod
    def _part(turn: Turn, part: str) -> str:
        topic = next(turn.tracker.get_latest_entity_values("topic"), None)
        if topic:
            return f"{FACT_PREFIX}{topic}_{part}"
        fact = _fact_before_this_turn(turn)
        return f"{FACT_PREFIX}{fact}_{part}" if fact else WHICH_TOPIC

    @staticmethod
    def _repeat(turn: Turn) -> str:
        said = [
            name
            for name in responses_before(turn)
            if name.startswith("utter_") and name != "utter_disclosure"
        ]
        return said[-1] if said else NOTHING_TO_REPEAT


def _fact_before_this_turn(turn: Turn) -> str | None:
    name = last_fact(turn)
    return topic_of_response(name) if name else None
