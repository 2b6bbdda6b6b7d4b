"""Staff are told when a person who may need them can no longer be texted."""

from datetime import datetime

from sqlalchemy.orm import Session

from frontdesk.cases.case import DANGER
from frontdesk.conversations.open_cases import open_cases
from frontdesk.desk.note import Note
from frontdesk.notifications.notification import AGAIN
from frontdesk.notifications.queue import NewsQueue
from frontdesk.sms.opt_out import BY_CARRIER, opt_out

AUTHOR = "Text line (automatic)"

CANNOT_BE_TEXTED = (
    "{} They cannot be texted from now on. If they may be in danger, call them."
)
BY_STOP = CANNOT_BE_TEXTED.format("The person texted STOP or a word like it.")
BY_NETWORK = CANNOT_BE_TEXTED.format("The phone network says that they sent STOP.")
TEXTED_START = "The person texted START. They can be texted again."
TEXTED_HELP = "The person texted HELP, and nothing else."
SENT_PICTURE = "The person sent a picture or a file. It cannot be shown here."
NOT_DELIVERED = (
    "A text to the person was not delivered. Call them if they may be in danger."
)


def tell_staff(
    session: Session,
    sender: str,
    what: str,
    key: str,
    news: NewsQueue,
    now: datetime,
) -> None:
    """Leaves a note if staff have an open case, and alerts them if it is a danger."""
    cases = open_cases(session, sender)
    if not cases:
        return
    session.add(Note(sender=sender, staff_name=AUTHOR, text=what, written_at=now))
    for case in cases:
        if case.kind == DANGER:
            news.notify(session, case, AGAIN, f"{key}:{case.case_id}", now)


def network_says_stop(
    session: Session, sender: str, news: NewsQueue, now: datetime
) -> None:
    """Obeys a STOP that only Twilio or the network has seen."""
    if opt_out(session, sender, BY_CARRIER, now):
        key = f"sms:network:{sender}:{now.isoformat()}"
        tell_staff(session, sender, BY_NETWORK, key[:200], news, now)


def is_in_danger(session: Session, sender: str) -> bool:
    """Whether a case of danger is open."""
    return any(case.kind == DANGER for case in open_cases(session, sender))
