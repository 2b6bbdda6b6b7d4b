"""The call-back form: interruptible, cancellable, and honest when it cannot be sent."""

from __future__ import annotations

from typing import Optional

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import (
    ACTION_DEACTIVATE_LOOP_NAME,
    ACTION_LISTEN_NAME,
    REQUESTED_SLOT,
)
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    Event,
    LoopInterrupted,
    SlotSet,
)

from assistant.nlu.answer_gate import FACT_PREFIX
from assistant.policies.handoff_policy import HANDOFFS, open_case_then
from assistant.policies.turn import Turn
from assistant.policies.turn_policy import Step, TurnPolicy

FORM = "callback_form"
FORM_SLOTS = (
    "callback_name",
    "callback_contact",
    "callback_time",
    "callback_confirmed",
    "callback_correction",
)
CANCELLED = "utter_screening_cancelled"
SENT, NOT_SENT = "utter_screening_sent", "utter_screening_not_sent"

INTERRUPTIONS = {
    "bot_challenge": "utter_smalltalk_bot_challenge",
    "privacy": "utter_smalltalk_privacy",
    "capabilities": "utter_smalltalk_capabilities",
}
"""What is answered inside the form, besides facts; then the form goes on."""

SURE = 0.6
"""How sure a request must be to end the form; below it the words are the answer."""

LEAVES_FORM = {
    "human": "utter_human",
    "advice": "utter_advice",
    "delete_my_data": "utter_smalltalk_delete_confirm",
}
"""What is worth more than the form: the form ends, and this is dealt with."""


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True
)
class CallbackPolicy(TurnPolicy):
    """Guards the form; collecting and validating is Rasa's own form's part."""

    def next_step(self, turn: Turn, domain: Domain) -> Optional[Step]:
        """Returns a step when the form is interrupted, left, failed or finished."""
        if turn.tracker.active_loop_name == FORM:
            return self._inside(turn)
        if CANCELLED in turn.actions or NOT_SENT in turn.actions:
            return Step(ACTION_LISTEN_NAME)
        if ACTION_DEACTIVATE_LOOP_NAME in turn.actions and turn.intent == "stop":
            return Step(CANCELLED)
        if ACTION_DEACTIVATE_LOOP_NAME in turn.actions and turn.intent in LEAVES_FORM:
            return self._leave(turn, LEAVES_FORM[turn.intent])
        if self._form_broke(turn):
            return Step(NOT_SENT, _cleared())
        if self._form_finished(turn):
            return self._send(turn)
        return None

    def _inside(self, turn: Turn) -> Step | None:
        if self._wants_to_leave(turn) or self._form_broke(turn):
            return Step(ACTION_DEACTIVATE_LOOP_NAME, _cleared())
        answer = _interruption(turn.intent)
        if answer is None or FORM in turn.actions:
            return None
        if answer in turn.actions:
            return Step(FORM, [LoopInterrupted(True)])
        return Step(answer)

    @staticmethod
    def _wants_to_leave(turn: Turn) -> bool:
        """An e-mail address, a number or a bare word is not taken for a request."""
        text = turn.message.text or ""
        if "@" in text or not any(map(str.isalpha, text)):
            return False
        return turn.intent == "stop" or (
            turn.intent in LEAVES_FORM and turn.confidence >= SURE
        )

    @staticmethod
    def _leave(turn: Turn, reply: str) -> Step | None:
        if reply not in turn.actions:
            return Step(reply)
        return None if reply in HANDOFFS else Step(ACTION_LISTEN_NAME)

    @staticmethod
    def _form_broke(turn: Turn) -> bool:
        """Whether the form ran in this turn and left nothing: its validation failed."""
        after_form: list[Event] | None = None
        for event in turn.events:
            if isinstance(event, ActionExecuted) and event.action_name == FORM:
                after_form = []
            elif after_form is not None:
                after_form.append(event)
        if after_form is None:
            return False
        return not any(
            isinstance(event, (BotUttered, SlotSet, ActiveLoop))
            for event in after_form
            if event not in _CLEARED
        )

    @staticmethod
    def _form_finished(turn: Turn) -> bool:
        confirmed = turn.tracker.get_slot("callback_confirmed") == "yes"
        return FORM in turn.actions and (confirmed or SENT in turn.actions)

    @staticmethod
    def _send(turn: Turn) -> Step:
        if SENT in turn.actions:
            return Step(ACTION_LISTEN_NAME)
        step = open_case_then(turn, SENT, NOT_SENT)
        return (
            Step(step.action, _cleared()) if step.action in (SENT, NOT_SENT) else step
        )


def _interruption(intent: str | None) -> str | None:
    if intent is None:
        return None
    if intent.startswith(FACT_PREFIX):
        return f"utter_{intent}"
    return INTERRUPTIONS.get(intent)


def _cleared() -> list[Event]:
    """Forgets what the form collected, so that the next one starts afresh."""
    return [SlotSet(slot, None) for slot in FORM_SLOTS]


_CLEARED = [*_cleared(), ActiveLoop(None), SlotSet(REQUESTED_SLOT, None)]
"""What ending a broken form leaves in the tracker, which is no sign of success."""
