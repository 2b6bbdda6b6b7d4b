"""A clinic's website with the chat, for the tests of the chat."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from running_site import running_site

from widget.clinic_site import PATIENCE_MS, ClinicSite

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="module")
def site(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ClinicSite]:
    """A website that a file's tests share: each has readers of its own."""
    with running_site(ClinicSite, browser, tmp_path_factory) as site:
        yield site


@pytest.fixture(autouse=True)
def _close_browsers(browser: Browser) -> Iterator[None]:
    """Each test leaves no page behind that would follow the chat."""
    yield
    for context in browser.contexts:
        context.close()
