"""What is sent: which cases wait and since when, and nothing that anyone wrote."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from frontdesk.cases.case import URGENT
from frontdesk.hours.opening_hours import OpeningHours
from frontdesk.notifications.notification import AGAIN, NEW, UNTAKEN

_MOST_LISTED = 20
_REASONS = {
    NEW: "new",
    AGAIN: "the person wrote again",
    UNTAKEN: "nobody took it in time",
}


@dataclass(frozen=True)
class CaseNews:
    """One case in a message to staff."""

    case_id: str
    kind: str
    urgency: str
    reason: str
    waiting_since: datetime


@dataclass(frozen=True)
class News:
    """One message to one destination; the same cases for the same reasons, one id."""

    id: str
    cases: tuple[CaseNews, ...]


class Destination(Protocol):
    """Where news are sent."""

    @property
    def name(self) -> str:
        """Returns what `Notification.destination` calls it."""

    async def send(self, news: News) -> None:
        """Sends, or raises whatever went wrong."""


@dataclass(frozen=True)
class Wording:
    """Puts news into words."""

    desk_url: str
    hours: OpeningHours

    def link(self, case_id: str) -> str:
        """Returns the address of a case at the desk."""
        return f"{self.desk_url.rstrip('/')}/cases/{case_id}"

    def headline(self, news: News) -> str:
        """Says how many cases wait, and which, in one line."""
        count = len(news.cases)
        urgent = any(case.urgency == URGENT for case in news.cases)
        ids = ", ".join(case.case_id for case in news.cases[:_MOST_LISTED])
        wait = "1 case waits" if count == 1 else f"{count} cases wait"
        return f"{'Urgent: ' if urgent else ''}{wait}: {ids}{_more(count)}"

    def lines(self, news: News) -> list[str]:
        """Describes each case, and says where to find the rest."""
        described = [
            f"{case.case_id}: {case.kind}, {case.urgency}, {_REASONS[case.reason]}, "
            f"waiting since {self.hours.stamp(case.waiting_since)}\n"
            f"{self.link(case.case_id)}"
            for case in news.cases[:_MOST_LISTED]
        ]
        if _more(len(news.cases)):
            described.append(f"All of them are at the desk: {self.desk_url}")
        return described


def _more(count: int) -> str:
    return f" and {count - _MOST_LISTED} more" if count > _MOST_LISTED else ""
