"""Settings that are wrong are refused with file, key and remedy."""

from __future__ import annotations

import stat

import pytest

from settings import SettingsError, create_secrets, load_settings

GOOD = """
mode: development
brain: {host: 127.0.0.1, port: 5005}
frontdesk:
  {host: 127.0.0.1, port: 8090, database_url: "sqlite:///x.db", timeout_seconds: 4}
secrets_file: var/secrets.env
"""


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (("port: 5005", "port: abc"), "brain.port"),
        (("port: 5005", "prot: 5005"), "brain.prot"),
        (("mode: development", "mode: dev"), "mode"),
        (('database_url: "sqlite:///x.db", ', ""), "frontdesk.database_url"),
        (("brain: {host: 127.0.0.1, port: 5005}", "brain: 5005"), "brain"),
    ],
)
def test_a_fault_is_named_with_its_remedy(tmp_path, change, named):
    path = tmp_path / "settings.yml"
    path.write_text(GOOD.replace(*change))
    with pytest.raises(SettingsError) as fault:
        load_settings(path, {})
    assert str(path) in str(fault.value)
    assert named in str(fault.value)


def test_the_environment_overrides_the_file(tmp_path):
    path = tmp_path / "settings.yml"
    path.write_text(GOOD)
    environment = {"KETAMINE_FACTS_FRONTDESK__PORT": "9999"}
    assert load_settings(path, environment).frontdesk.port == 9999


def test_secrets_are_made_once_and_only_the_owner_reads_them(tmp_path):
    path = tmp_path / "secrets.env"
    assert create_secrets(path)
    text = path.read_text()
    assert create_secrets(path) == []
    assert path.read_text() == text
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
