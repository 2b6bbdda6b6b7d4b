"""What a page of the desk has to know to call staff: the same for every page."""

from typing import Any

from sqlalchemy.orm import Session

from frontdesk.desk.queue_entry import QueueEntry, count_waiting, read_queue
from frontdesk.desk.version import version_of

News = dict[str, Any]


def read_news(session: Session, member_id: int) -> News:
    """Returns the news of the whole queue."""
    return news_of(read_queue(session), member_id)


def news_of(entries: list[QueueEntry], member_id: int) -> News:
    """Returns how many wait, and a mark for each entry that changes with its news.

    It holds no word of what people wrote and nothing that names them.
    """
    return {
        "waiting": count_waiting(entries),
        "entries": [_entry_news(entry, member_id) for entry in entries],
    }


def _entry_news(entry: QueueEntry, member_id: int) -> News:
    return {
        "id": version_of(entry.sender),
        "urgent": entry.urgent,
        "unread": entry.unread,
        "mine": entry.owner_id == member_id,
        "waits": entry.waits,
        "mark": entry.wrote_at.isoformat(),
    }
