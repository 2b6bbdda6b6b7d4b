"""What is not needed any more goes: numbers to be forgotten, names of old texts."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, select

from frontdesk.clock import Clock
from frontdesk.database.database import Database
from frontdesk.sms.delivery import UNSENT, SmsDelivery
from frontdesk.sms.number import SmsNumber
from frontdesk.sms.received import delete_old
from frontdesk.worker import repeat

CONFIRMED_WITHIN = timedelta(minutes=10)
"""By then the person has been told that their data are deleted."""

_LOOK_SECONDS = 60.0


@dataclass(frozen=True)
class Housekeeping:
    """Looks every minute."""

    database: Database
    now: Clock
    name: str = "housekeeping of the text line"

    async def run(self) -> None:
        """Looks until it is cancelled."""
        await repeat(self.tidy, _LOOK_SECONDS)

    def tidy(self) -> None:
        """Deletes what is due."""
        now = self.now()
        still_texted = select(SmsDelivery.sender).where(SmsDelivery.state.in_(UNSENT))
        with self.database.writing() as session:
            session.execute(
                delete(SmsNumber).where(
                    SmsNumber.forgotten_at < now - CONFIRMED_WITHIN,
                    SmsNumber.sender.not_in(still_texted),
                )
            )
            delete_old(session, now)
