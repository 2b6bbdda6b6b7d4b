"""What production mode refuses."""

from pathlib import Path

import pytest

from frontdesk.errors import InventedClinic
from frontdesk.production import refuse_invented_clinic


@pytest.mark.parametrize("content", ["name: [", "name: Elm Park\n", ""])
def test_a_clinic_file_with_a_fault(tmp_path: Path, content: str) -> None:
    path = tmp_path / "clinic.yml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InventedClinic, match=r"clinic\.yml:[0-9]+: "):
        refuse_invented_clinic(path)


def test_no_clinic_file(tmp_path: Path) -> None:
    with pytest.raises(InventedClinic, match=r"clinic\.yml:[0-9]+: "):
        refuse_invented_clinic(tmp_path / "clinic.yml")
