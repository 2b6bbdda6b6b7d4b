"""Which database `frontdesk.database_url` means."""

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from frontdesk.errors import DatabaseUnusable
from settings import ROOT, SETTINGS_FILE

_DRIVERS = {
    "sqlite": "sqlite",
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
}


def database_url(address: str) -> URL:
    """Reads the address; relative SQLite paths are taken from the project's folder.

    Raises:
        DatabaseUnusable: if it is not of a database we support.
    """
    try:
        url = make_url(address)
        driver = _DRIVERS[url.drivername.split("+")[0]]
    except (ArgumentError, KeyError) as error:
        raise unusable("is not an address we know") from error
    url = url.set(drivername=driver)
    if driver != "sqlite":
        return url
    if url.database in (None, "", ":memory:"):
        # Cases must outlive the process that was told of them.
        raise unusable("names no file")
    return url.set(database=str(ROOT / str(url.database)))


def unusable(reason: str, remedy: str | None = None) -> DatabaseUnusable:
    """Builds the error; the address is left out, because it may hold a password."""
    remedy = remedy or (
        "use sqlite:///path/to/file.db or postgresql+psycopg://user:password@host/name"
    )
    return DatabaseUnusable(
        f"{SETTINGS_FILE}: 'frontdesk.database_url' {reason} -> {remedy} "
        "(there, or in KETAMINE_FACTS_FRONTDESK__DATABASE_URL)"
    )
