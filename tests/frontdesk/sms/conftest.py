"""Running text lines for the tests."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sms.text_line import Phone, TextLine


@pytest.fixture(scope="module")
def line(
    new_sqlite: Callable[[], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[TextLine]:
    """A text line that a file's tests share: each has phones of its own."""
    running = TextLine(new_sqlite(), tmp_path_factory.mktemp("line"))
    yield running
    running.stop()


@pytest.fixture
def own_line(new_sqlite: Callable[[], str], tmp_path: Path) -> Iterator[TextLine]:
    """A text line that the test may break."""
    running = TextLine(new_sqlite(), tmp_path)
    yield running
    running.stop()


@pytest.fixture
def phone(line: TextLine) -> Phone:
    """Somebody who has never texted before."""
    return line.phone()
