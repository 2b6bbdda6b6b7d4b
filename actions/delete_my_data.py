"""Deletes what was stored of a person, when they confirm that they want it."""

from __future__ import annotations

import logging
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.frontdesk_client import FrontDeskClient, FrontDeskUnavailable

logger = logging.getLogger(__name__)


class ActionDeleteMyData(Action):
    """Deletes the person's cases, then lets the tracker store drop the conversation."""

    def name(self) -> str:
        """Returns the action's name in rules and policies."""
        return "action_delete_my_data"

    async def run(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],
    ) -> list[dict[str, Any]]:
        """Sets `erase_conversation` only when the front desk confirmed its part."""
        try:
            await FrontDeskClient().delete_person(tracker.sender_id)
        except FrontDeskUnavailable as error:
            logger.error("A person's data was not deleted: %s.", error)
            return []
        return [SlotSet("erase_conversation", True)]
