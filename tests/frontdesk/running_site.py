"""Sites of the tests: a front desk with what stands around it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol, TypeVar

import pytest
from playwright.sync_api import Browser


class Site(Protocol):
    """Runs from the moment that it is made."""

    def __init__(self, folder: Path, browser: Browser) -> None: ...

    def stop(self) -> None:
        """Stops everything."""


AnySite = TypeVar("AnySite", bound=Site)


@contextmanager
def running_site(
    kind: type[AnySite], browser: Browser, folders: pytest.TempPathFactory
) -> Iterator[AnySite]:
    """Lets a site run in a folder of its own."""
    site = kind(folders.mktemp("site"), browser)
    yield site
    site.stop()
