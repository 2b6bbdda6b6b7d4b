"""The room of the text line, put together."""

from fastapi import APIRouter

from frontdesk.conversations.leases import Leases
from frontdesk.services import Services
from frontdesk.sms.housekeeping import Housekeeping
from frontdesk.sms.incoming import IncomingTexts
from frontdesk.sms.line import Line
from frontdesk.sms.number import SmsNumber
from frontdesk.sms.outgoing import OutgoingTexts
from frontdesk.sms.routes import sms_routes
from frontdesk.sms.states import States
from frontdesk.sms.texting import Texting
from frontdesk.worker import Worker


def build_sms_routes(services: Services, line: Line) -> APIRouter:
    """Builds what Twilio calls."""
    database, news, feed, now = (
        services.database,
        services.news,
        services.feed,
        services.now,
    )
    return sms_routes(
        line,
        IncomingTexts(
            database, services.inbox, services.notices, news, feed, line, now
        ),
        States(database, news, feed, now),
        services.notices,
    )


def build_sms_workers(services: Services, line: Line) -> list[Worker]:
    """Builds what sends, and what tidies up."""
    database, now = services.database, services.now
    return [
        Texting(
            OutgoingTexts(database, services.news, line, now),
            line,
            Leases(database, services.instance, now, SmsNumber),
            services.feed,
        ),
        Housekeeping(database, now),
    ]
