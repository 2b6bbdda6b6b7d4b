"""Content for the tests."""

import shutil
from pathlib import Path

import pytest
from content_folder import ContentFolder

MINIMAL = Path(__file__).parent / "minimal"


@pytest.fixture
def folder(tmp_path: Path) -> ContentFolder:
    """Three facts and one file of every other kind, without a fault."""
    shutil.copytree(MINIMAL, tmp_path, dirs_exist_ok=True)
    return ContentFolder(tmp_path)
