"""How the API lists texts: newest first, by the time of sending, in pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from typing import Any
from urllib.parse import urlencode

from operations.twilio_standin.sent_message import SentMessage

PAGE_SIZE = 50


def page(
    found: Sequence[SentMessage], query: Mapping[str, str], path: str
) -> dict[str, Any]:
    """Returns one page of those that were sent in the time that the query names."""
    after, before = _moment(query.get("DateSent>")), _moment(query.get("DateSent<"))
    found = [
        one
        for one in found
        if (after is None or one.created >= after)
        and (before is None or one.created <= before)
    ]
    size, number = int(query.get("PageSize", PAGE_SIZE)), int(query.get("Page", 0))
    rest = found[size * number :]
    following = {**query, "PageSize": size, "Page": number + 1}
    return {
        "messages": [one.as_json() for one in rest[:size]],
        "page": number,
        "page_size": size,
        "uri": path,
        "next_page_uri": (
            f"{path}?{urlencode(following)}" if len(rest) > size else None
        ),
    }


def _moment(text: str | None) -> datetime | None:
    """Reads a day or a moment in UTC, as the API takes them."""
    if text is None:
        return None
    moment = datetime.fromisoformat(text.strip().replace("Z", "+00:00"))
    return moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
