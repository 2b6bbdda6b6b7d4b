"""From settings to a running service."""

import logging

import uvicorn

from frontdesk.app import build_app
from frontdesk.database.database import open_database
from frontdesk.database.migrate import migrate
from frontdesk.listener import listen
from frontdesk.production import refuse_invented_clinic
from frontdesk.web.request_log import RequestLog
from settings import ROOT, Settings

SHARE_OF_CALLERS_PATIENCE = 0.4
"""Waiting for a connection and then for a lock leaves time to tell the caller."""

SHUTDOWN_SECONDS = 10
"""How long requests under way may take to finish when the service is stopped."""

logger = logging.getLogger(__name__)


def serve(settings: Settings) -> None:
    """Starts the front desk and returns when it is stopped.

    Raises:
        FrontDeskError: if it cannot start.
        SettingsError: if its token is not set.
    """
    if settings.in_production:
        refuse_invented_clinic(ROOT / "data" / "clinic.yml")
    desk = settings.frontdesk
    token = settings.secret("FRONTDESK_TOKEN")
    with listen(desk) as listener:
        revision = migrate(desk.database_url)
        database = open_database(
            desk.database_url, desk.timeout_seconds * SHARE_OF_CALLERS_PATIENCE
        )
        logger.info("listening on %s, database at revision %s", desk.url, revision)
        config = uvicorn.Config(
            RequestLog(build_app(database, token)),
            log_config=None,
            access_log=False,  # it prints query strings; RequestLog does not
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=SHUTDOWN_SECONDS,
        )
        try:
            uvicorn.Server(config).run(sockets=[listener])
        finally:
            database.close()
