"""Rasa's SQL tracker store, which can forget a conversation on request."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

ERASE_SLOT = "erase_conversation"


class ClinicTrackerStore(SQLTrackerStore):
    """Stores conversations; one whose `erase_conversation` slot is set is deleted.

    The deletion happens where the turn would be saved, so that nothing of the
    conversation is written again after it.
    """

    def __init__(
        self,
        domain: Domain | None = None,
        dialect: str = "sqlite",
        host: str | None = None,
        port: int | None = None,
        db: str = "var/conversations.db",
        event_broker: EventBroker | None = None,
        **kwargs: Any,
    ) -> None:
        """Opens the store (see parent class); makes SQLite's folder if need be."""
        if dialect == "sqlite" and not host:
            Path(db).parent.mkdir(parents=True, exist_ok=True)
        super().__init__(
            domain=domain,
            dialect=dialect,
            host=host,
            port=port,
            db=db,
            event_broker=event_broker,
            **kwargs,
        )

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Saves the turn, or deletes the whole conversation when that was asked."""
        if tracker.get_slot(ERASE_SLOT):
            self.erase(tracker.sender_id)
            return
        await super().save(tracker)

    def erase(self, sender_id: str) -> int:
        """Deletes all events of a conversation; returns how many there were."""
        with self.session_scope() as session:
            deleted: int = (
                session.query(self.SQLEvent)
                .filter(self.SQLEvent.sender_id == sender_id)
                .delete()
            )
            session.commit()
        return deleted
