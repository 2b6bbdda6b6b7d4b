"""From settings to a running service."""

import asyncio
import logging
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from socket import socket
from typing import Any

import uvicorn
from fastapi import FastAPI

from frontdesk.app import build_app
from frontdesk.background import build_workers
from frontdesk.database.database import open_database
from frontdesk.database.migrate import migrate
from frontdesk.desk.app import build_desk
from frontdesk.listener import listen
from frontdesk.production import refuse_invented_clinic, refuse_plain_cookies
from frontdesk.services import Services, build_services
from frontdesk.web.request_log import RequestLog
from frontdesk.worker import keep_running
from settings import ROOT, Settings

SHARE_OF_CALLERS_PATIENCE = 0.4
"""Waiting for a connection and then for a lock leaves time to tell the caller."""

SHUTDOWN_SECONDS = 4
"""How long requests under way may take to finish when the service is stopped.

Turns in progress have their time after it; whoever stops us waits for ten seconds.
"""

KEEP_ALIVE_SECONDS = 75
"""Longer than proxies keep a connection, so that it is they who close it.

A request that meets a closing connection is lost, and the proxy answers 502.
"""

logger = logging.getLogger(__name__)


def serve(settings: Settings) -> None:
    """Starts the front desk and returns when it is stopped.

    Raises:
        FrontDeskError: if it cannot start.
        ContentError: if a file of `data/` cannot be used.
        SettingsError: if a setting is wrong or a secret is missing.
    """
    if settings.in_production:
        refuse_invented_clinic(ROOT / "data" / "clinic.yml")
        refuse_plain_cookies(settings)
    door = settings.frontdesk
    token = settings.secret("FRONTDESK_TOKEN")
    with listen(door, "frontdesk") as public, listen(settings.desk, "desk") as staff:
        database = open_database(
            door.database_url, door.timeout_seconds * SHARE_OF_CALLERS_PATIENCE
        )
        try:
            services = build_services(settings, database)
            apps = build_app(services, token), build_desk(services)
            revision = migrate(door.database_url)
            logger.info(
                "listening on %s, staff on %s, database at revision %s",
                *(door.url, settings.desk.url, revision),
            )
            ended_by = asyncio.run(_run(services, zip(apps, (public, staff))))
        finally:
            database.close()
    # As if it had not been caught: whoever started us sees why we ended.
    signal.raise_signal(ended_by)


async def _run(
    services: Services, doors: Iterator[tuple[FastAPI, socket]]
) -> signal.Signals:
    """Serves and works until a signal comes; returns that signal."""
    servers = [(_Server(_config(app)), listener) for app, listener in doors]
    stopped = _signalled()
    serving = [
        asyncio.create_task(server.serve(sockets=[listener]))
        for server, listener in servers
    ]
    working = [
        asyncio.create_task(keep_running(worker)) for worker in build_workers(services)
    ]
    # A server that ends by itself is not to leave the rest alone.
    ends: list[asyncio.Future[Any]] = [stopped, *serving]
    await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
    logger.info("stopping")
    for server, _ in servers:
        server.should_exit = True
    services.feed.close()
    await asyncio.gather(*serving)
    for task in working:
        task.cancel()
    await asyncio.gather(*working, return_exceptions=True)
    await services.brain.close()
    return stopped.result() if stopped.done() else signal.SIGTERM


def _signalled() -> "asyncio.Future[signal.Signals]":
    """Returns what will be done when we are asked to stop."""
    loop = asyncio.get_running_loop()
    asked: asyncio.Future[signal.Signals] = loop.create_future()

    def ask(how: signal.Signals) -> None:
        if not asked.done():
            asked.set_result(how)

    for how in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(how, ask, how)
    return asked


class _Server(uvicorn.Server):
    """Leaves the signals to us: there are two servers, and work beside them."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Captures none; see parent class."""
        yield


def _config(app: FastAPI) -> uvicorn.Config:
    return uvicorn.Config(
        RequestLog(app),
        log_config=None,
        access_log=False,  # it prints query strings; RequestLog does not
        server_header=False,
        # Only a proxy on this machine is believed. Without the visitor's own address
        # from it, one person's wrong passwords would slow everybody's sign-in.
        proxy_headers=True,
        forwarded_allow_ips="127.0.0.1",
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
    )
