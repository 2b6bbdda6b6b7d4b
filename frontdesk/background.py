"""The workers beside the requests."""

from frontdesk.cases.check_ins import CheckIns
from frontdesk.cases.timers import Timers
from frontdesk.conversations.after_turn import AfterTurn
from frontdesk.conversations.closed_notice import ClosedNotice
from frontdesk.conversations.delays import Delays
from frontdesk.conversations.leases import Leases
from frontdesk.conversations.turns import Turns
from frontdesk.notifications.sender import Notifier
from frontdesk.privacy.purge import retention
from frontdesk.services import Services
from frontdesk.sms.room import build_sms_workers
from frontdesk.worker import Worker


def build_workers(services: Services) -> list[Worker]:
    """Builds all workers of a front desk."""
    database, feed, now = services.database, services.feed, services.now
    notices, settings = services.notices, services.settings
    after_turn = AfterTurn(
        database,
        services.cases,
        notices,
        ClosedNotice(notices, services.hours),
        services.news,
        feed,
        now,
        settings.handoff.idle_minutes,
    )
    patience = settings.frontdesk.brain_timeout_seconds
    line = services.line
    return [
        Turns(
            database,
            services.brain,
            after_turn,
            Leases(database, services.instance, now),
            feed,
            now,
        ),
        Delays(database, notices, feed, now, patience),
        feed,
        Timers(
            database,
            services.ownership,
            notices,
            services.news,
            services.hours,
            feed,
            now,
            settings.handoff,
        ),
        CheckIns(database, notices, feed, now, settings.handoff.check_in_minutes),
        Notifier(database, services.destinations, now),
        retention(services),
        services.limits,
        *(build_sms_workers(services, line) if line is not None else ()),
    ]
