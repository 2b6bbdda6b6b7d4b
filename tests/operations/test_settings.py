"""Settings that are wrong are refused with file, key and remedy."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

import pytest
import yaml

from settings import SETTINGS_FILE, SettingsError, create_secrets, load_settings


def changed(folder: Path, *changes: tuple[str, Any]) -> Path:
    """Writes the shipped settings, changed at `section.key`; None takes it away."""
    values = yaml.safe_load(SETTINGS_FILE.read_text(encoding="utf-8"))
    for place, value in changes:
        *sections, key = place.split(".")
        section = values[sections[0]] if sections else values
        section.pop(key, None)
        if value is not None:
            section[key] = value
    path = folder / "settings.yml"
    path.write_text(yaml.safe_dump(values), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("brain.port", "abc"),
        ("brain.prot", 5005),
        ("mode", "dev"),
        ("frontdesk.database_url", None),
        ("brain", 5005),
        ("desk.secure_cookies", "perhaps"),
        ("handoff.idle_minutes", "long"),
    ],
)
def test_a_fault_is_named_with_its_remedy(tmp_path, place, value):
    path = changed(tmp_path, (place, value))
    with pytest.raises(SettingsError) as fault:
        load_settings(path, {})
    assert str(path) in str(fault.value)
    assert place in str(fault.value)
    assert "->" in str(fault.value) or "must" in str(fault.value)


def test_the_environment_overrides_the_file(tmp_path):
    path = changed(tmp_path)
    environment = {
        "KETAMINE_FACTS_FRONTDESK__PORT": "9999",
        "KETAMINE_FACTS_DESK__SECURE_COOKIES": "true",
    }
    settings = load_settings(path, environment)
    assert settings.frontdesk.port == 9999
    assert settings.desk.secure_cookies is True


def test_secrets_are_made_once_and_only_the_owner_reads_them(tmp_path):
    path = tmp_path / "secrets.env"
    assert create_secrets(path)
    text = path.read_text()
    assert create_secrets(path) == []
    assert path.read_text() == text
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
