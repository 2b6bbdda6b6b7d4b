"""What the brain's record is told of that the brain did not say itself."""

from typing import Any

from frontdesk.conversations.message_out import WITHHELD, MessageOut

CARE_CLOSED = "care_closed"
"""The name of the hidden message that staff have closed a danger."""


def event_of(message: MessageOut) -> dict[str, Any]:
    """Returns the event that records a message; its id makes it harmless to repeat."""
    if message.state == WITHHELD:
        message_id = message.body["message_id"]
        return {
            "id": f"withheld-{message_id}",
            "type": "withheld",
            "message_id": message_id,
        }
    if message.name == CARE_CLOSED:
        return {"id": f"care-{message.id}", "type": "care_closed"}
    return {
        "id": f"out-{message.id}",
        "type": "said",
        "speaker": message.speaker,
        "text": message.body["text"],
        "staff": message.staff_name,
        "name": message.name,
        "at": message.created_at.isoformat(),
    }
