"""Passes a message on to staff: opens a case at the front desk."""

from __future__ import annotations

import hashlib
import logging
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.alert_retry import send_until_stored
from actions.callback_form import collected
from actions.conversation import (
    actions_of_turn,
    latest_user_event,
    message_answered_by,
    message_to_pass_on,
)
from actions.frontdesk_client import CaseRequest, FrontDeskClient, FrontDeskUnavailable
from assistant.understood import recognised_names

logger = logging.getLogger(__name__)

DANGER = "danger"
DANGER_REPLIES = ("utter_crisis", "utter_emergency")
KIND_OF_ACTION = {
    **dict.fromkeys(DANGER_REPLIES, DANGER),
    "utter_advice": "advice",
    "utter_human": "human",
    "callback_form": "screening",
}
"""Why a case is opened, told by what was done in the turn before."""


class ActionOpenCase(Action):
    """Opens a case; sets `case_id` only when the front desk confirms it is stored."""

    def name(self) -> str:
        """Returns the action's name in rules and policies."""
        return "action_open_case"

    async def run(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],
    ) -> list[dict[str, Any]]:
        """Stores the case; says nothing, for what is said depends on the result."""
        request = case_request(tracker)
        try:
            case_id = await FrontDeskClient().open_case(request)
        except FrontDeskUnavailable as error:
            logger.error("A case of kind %s was not stored: %s.", request.kind, error)
            if request.kind == DANGER:
                send_until_stored(request)
            return [SlotSet("case_id", None)]
        return [SlotSet("case_id", case_id)]


def case_request(tracker: Tracker) -> CaseRequest:
    """Builds the case from the conversation."""
    latest = latest_user_event(tracker)
    kind = _kind(actions_of_turn(tracker))
    if kind is None:  # nothing of this turn asks for a case: an alert is late
        latest = message_answered_by(tracker, DANGER_REPLIES) or latest
        kind = DANGER
    message = latest if kind == DANGER else message_to_pass_on(tracker)
    return CaseRequest(
        key=_key(tracker.sender_id, latest, kind),
        sender=tracker.sender_id,
        kind=kind,
        urgency="urgent" if kind == DANGER else "normal",
        channel=str(latest.get("input_channel") or "other"),
        message=str(message.get("text") or ""),
        entities=recognised_names(message.get("parse_data") or {}),
        details=_details(kind, tracker, latest),
    )


def _key(sender: str, message: dict[str, Any], kind: str) -> str:
    """One key for each sender, message and kind, of a length that always fits."""
    identity = message.get("message_id") or message.get("timestamp")
    return hashlib.sha256(f"{sender}|{identity}|{kind}".encode()).hexdigest()


def _kind(actions: list[str]) -> str | None:
    for action in reversed(actions):
        for prefix, kind in KIND_OF_ACTION.items():
            if action.startswith(prefix):
                return kind
    return None


def _details(kind: str, tracker: Tracker, latest: dict[str, Any]) -> dict[str, str]:
    if kind == "screening":
        return collected(tracker)
    if kind == DANGER:
        danger = latest.get("parse_data", {}).get("danger") or {}
        return {key: str(danger[key]) for key in ("kind", "evidence") if key in danger}
    return {}
