"""Requests as the action server sends them."""

import uuid
from typing import Any


def case_body(**changes: Any) -> dict[str, Any]:
    """Builds a complete request with a key and a sender of its own."""
    return {
        "key": f"key-{uuid.uuid4()}",
        "sender": f"web:{uuid.uuid4()}",
        "kind": "advice",
        "urgency": "normal",
        "channel": "web",
        "message": "I take 2 mg Xanax, should I skip it before my infusion?",
        "entities": [{"entity": "medicine", "value": "alprazolam", "text": "Xanax"}],
        "details": {"topic": "medication_interactions_general"},
    } | changes
