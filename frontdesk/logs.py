"""Logging that cannot repeat what a person wrote."""

import logging
import traceback
from collections.abc import Iterator

from frontdesk.database.faults import fault_code

LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def configure_logging() -> None:
    """Sends the log to standard error, one line a request."""
    logging.basicConfig(level=logging.INFO, format=LOG_FORMAT)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    # It logs addresses: they name people, and a webhook's is a secret.
    logging.getLogger("httpx").setLevel(logging.WARNING)


def safe_traceback(error: BaseException) -> str:
    """Returns where an error came from, without its message.

    Messages of libraries quote values: PostgreSQL names the key that was a duplicate,
    Pydantic the input it refused.
    """
    return "\n".join(_describe(error))


def _describe(error: BaseException | None) -> Iterator[str]:
    while error is not None:
        yield fault_code(error)
        for frame in traceback.extract_tb(error.__traceback__):
            yield f"  {frame.filename}:{frame.lineno} in {frame.name}"
        error = error.__cause__ or error.__context__
