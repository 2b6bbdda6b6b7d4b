"""After danger: plain answers, nothing pushed, and the line to call at the end."""

from __future__ import annotations

from typing import Dict, Optional

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain

from assistant.nlu.answer_gate import FACT_PREFIX as FACT_INTENT
from assistant.nlu.answer_gate import QUESTIONS
from assistant.outcome import Outcome, outcome_of_response
from assistant.policies.care import (
    NOT_SAFE,
    asked_whether_safe,
    danger_told,
    is_alert_missing,
    is_in_care,
    reply_to_no,
)
from assistant.policies.handoff_policy import DELETE_DATA, HANDOFFS, OPEN_CASE
from assistant.policies.turn import Turn, responses_before
from assistant.policies.turn_policy import Step, TurnPolicy

CARE_LINE = "utter_care_line"
SAFE_INTENT = "safe_now"
_HANDOFF_ENDS = ("_sent", "_not_sent")


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True
)
class CarePolicy(TurnPolicy):
    """Replaces what would be out of tone while care lasts (see `care`)."""

    def next_step(self, turn: Turn, domain: Domain) -> Optional[Step]:
        """Returns the reply of care mode, then the line to call, then listens."""
        if turn.tracker.active_loop_name or not is_in_care(turn):
            return None
        if not turn.actions:
            replies = self._replies(turn, domain)
            return Step(replies[0]) if replies else None
        return self._go_on(turn, domain)

    def _go_on(self, turn: Turn, domain: Domain) -> Step | None:
        said = turn.responses
        if not said:
            return None
        if NOT_SAFE & set(said) and OPEN_CASE not in turn.actions:
            return Step(OPEN_CASE)
        replies = self._replies(turn, domain)
        pending = [name for name in replies if name not in said]
        if pending:
            return Step(pending[0])
        if not replies and CARE_LINE not in said:
            return Step(CARE_LINE) if _is_complete(turn) else None
        if is_alert_missing(turn) and OPEN_CASE not in turn.actions:
            return Step(OPEN_CASE)
        return Step(ACTION_LISTEN_NAME)

    @staticmethod
    def _replies(turn: Turn, domain: Domain) -> list[str]:
        """Returns what care mode says itself; nothing if the usual reply will do."""
        told = danger_told(turn)
        answers_us = asked_whether_safe(responses_before(turn))
        intent = turn.intent or ""
        if intent == SAFE_INTENT or (answers_us and intent == "affirm"):
            return [_safe_after(told[-1])]
        if answers_us and intent == "deny":
            return [reply_to_no(told)]
        if intent.startswith(FACT_INTENT):
            intents = turn.understood(QUESTIONS, []) or [intent]
            return [*(f"utter_{asked}_care" for asked in intents), CARE_LINE]
        reply = care_replies(domain).get(intent)
        return [reply] if reply else []


def _safe_after(reply: str) -> str:
    is_emergency = outcome_of_response(reply) is Outcome.EMERGENCY
    return "utter_emergency_safe" if is_emergency else "utter_crisis_safe"


def care_replies(domain: Domain) -> Dict[str, str]:
    """Returns the response that care mode gives to an intent, by the intent's name.

    The intents stand in the metadata of the response (`care_for`).
    """
    return {
        intent: name
        for name, variations in domain.responses.items()
        for variation in variations
        for intent in (variation.get("metadata") or {}).get("care_for", [])
    }


def _is_complete(turn: Turn) -> bool:
    """Whether nothing but the line to call remains to be said."""
    if DELETE_DATA in turn.actions:
        return False
    if set(turn.responses) & set(HANDOFFS):
        return turn.responses[-1].endswith(_HANDOFF_ENDS)
    return True
