"""The command that deletes old conversations now: `python -m frontdesk purge`."""

import asyncio

from frontdesk.database.database import open_database
from frontdesk.database.migrate import migrate
from frontdesk.errors import NotAllPurged
from frontdesk.people.forgetting import Forgetting
from frontdesk.privacy.retention import Purged, Retention
from frontdesk.services import Services, build_services
from settings import Settings


def retention(services: Services) -> Retention:
    """Builds what deletes conversations after the clinic's `retention_days`."""
    database, now = services.database, services.now
    return Retention(
        database,
        Forgetting(database, services.brain, services.feed, now),
        now,
        services.clinic.values["retention_days"],
    )


def purge(settings: Settings) -> int:
    """Deletes what is too old, and returns how many conversations that were.

    Raises:
        NotAllPurged: if some have to stay for now.
        FrontDeskError: if the database or the clinic's data cannot be used.
        SettingsError: if a setting is wrong or a secret is missing.
    """
    door = settings.frontdesk
    migrate(door.database_url)
    database = open_database(door.database_url, door.timeout_seconds)
    try:
        done = asyncio.run(_purge(build_services(settings, database)))
    finally:
        database.close()
    if done.kept:
        raise NotAllPurged(
            f"{done.deleted} old conversations deleted, {done.kept} kept, because the "
            f"brain at {settings.brain.url} does not answer or has one in use -> start "
            "it ('make run') and try again"
        )
    return done.deleted


async def _purge(services: Services) -> Purged:
    try:
        return await retention(services).purge()
    finally:
        await services.brain.close()
