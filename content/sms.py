"""What the brain and the front desk must agree on about text messages."""

from __future__ import annotations

LINK_LENGTH = 90
"""Room for what the front desk adds to a text with sources: a link to the fact."""

LONGEST_TOPIC = 32
"""Characters of a topic, so that the link fits into that room."""
