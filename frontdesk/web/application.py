"""What both web applications, visitors' and staff's, are made with."""

from typing import Any

from fastapi import FastAPI

BODY_LIMIT_BYTES = 64 * 1024
"""Larger requests are answered 413; a message has at most 10,000 characters."""


def new_application(**options: Any) -> FastAPI:
    """Makes an application that describes itself to nobody and reports to nobody."""
    return FastAPI(
        # The API is for our own processes and pages: no public description of it.
        openapi_url=None,
        max_body_size=BODY_LIMIT_BYTES,
        # FastAPI's telemetry takes along query strings and exception messages.
        telemetry={
            "tracing": False,
            "metrics": False,
            "logs": False,
            "auto_configure": False,
        },
        **options,
    )
