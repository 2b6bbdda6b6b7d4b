"""Rasa's SQL tracker store, which can forget a conversation on request."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

ERASE_SLOT = "erase_conversation"
SQLITE_PATIENCE_SECONDS = 2
"""How long to wait for a locked SQLite file. A turn tries several times, and a reply to
danger must not wait for all of them."""


@dataclass(frozen=True)
class StoredEvent:
    """An event as it is stored.

    Attributes:
        number: Its place among all events of all conversations.
        data: The event as Rasa serialises it.
    """

    number: int
    data: dict[str, Any]


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
            kwargs.setdefault("query", {"timeout": str(SQLITE_PATIENCE_SECONDS)})
        super().__init__(
            domain=domain,
            dialect=dialect,
            host=host,
            port=port,
            db=db,
            event_broker=event_broker,
            **kwargs,
        )
        # Rasa logs what the database reports, which would repeat what people wrote.
        self.engine.hide_parameters = True

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Saves the turn, or deletes the whole conversation when that was asked."""
        if tracker.get_slot(ERASE_SLOT):
            self.erase(tracker.sender_id)
            return
        await super().save(tracker)

    def stored_events(self, sender_id: str) -> list[StoredEvent]:
        """Returns the events of all sessions of a conversation, oldest first."""
        with self.session_scope() as session:
            rows = (
                session.query(self.SQLEvent.id, self.SQLEvent.data)
                .filter(self.SQLEvent.sender_id == sender_id)
                .order_by(self.SQLEvent.id)
                .all()
            )
        return [StoredEvent(number, json.loads(data)) for number, data in rows]

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


def clinic_store(store: TrackerStore) -> ClinicTrackerStore:
    """Returns our store from within the wrappers that Rasa puts around it.

    Those hide failures: what could not be stored would seem to be.

    Raises:
        TypeError: if another store is configured.
    """
    while not isinstance(store, ClinicTrackerStore):
        inner = getattr(store, "_tracker_store", None)
        if inner is None:
            raise TypeError(
                f"endpoints.yml: {type(store).__name__} cannot keep the clinic's "
                "conversations -> set tracker_store.type to "
                "assistant.tracker_store.ClinicTrackerStore"
            )
        store = inner
    return store
