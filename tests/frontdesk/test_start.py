"""Starting, and refusing to."""

import shutil
import signal
import socket
import sqlite3
from contextlib import closing
from pathlib import Path

import yaml
from conftest import StartDesk
from free_ports import free_port
from live_frontdesk import ROOT, run_frontdesk

PROJECT = ("frontdesk", "content", "data", "widget", "settings.py", "settings.yml")


def assert_refused(**overrides: str) -> str:
    """Checks that it ends with one line, and returns that line."""
    ended = run_frontdesk(root=ROOT, **overrides)
    assert ended.returncode == 1
    assert ended.stdout == ""
    [line] = ended.stderr.splitlines()
    assert " -> " in line
    return line


def test_a_taken_port(sqlite_file: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        line = assert_refused(
            FRONTDESK__PORT=port, FRONTDESK__DATABASE_URL=f"sqlite:///{sqlite_file}"
        )
    assert f"'frontdesk.port' is {port}, which is taken" in line
    assert "KETAMINE_FACTS_FRONTDESK__PORT" in line
    assert not sqlite_file.exists()


def test_a_postgresql_that_cannot_be_reached() -> None:
    address = f"postgresql+psycopg://desk:hunter2@127.0.0.1:{free_port()}/desk"
    line = assert_refused(FRONTDESK__DATABASE_URL=address)
    assert "'frontdesk.database_url'" in line
    assert "KETAMINE_FACTS_FRONTDESK__DATABASE_URL" in line
    assert "hunter2" not in line


def test_a_missing_token(tmp_path: Path) -> None:
    secrets_file = str(tmp_path / "no-secrets.env")
    line = assert_refused(FRONTDESK_TOKEN="", SECRETS_FILE=secrets_file)
    assert "FRONTDESK_TOKEN" in line


def test_production_names_every_value_that_is_not_the_clinics(
    sqlite_file: Path,
) -> None:
    clinic = yaml.safe_load((ROOT / "data/clinic.yml").read_text(encoding="utf-8"))
    ended = run_frontdesk(
        MODE="production", FRONTDESK__DATABASE_URL=f"sqlite:///{sqlite_file}"
    )
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    for key in clinic["unconfirmed"]:
        assert f"'{key}'" in ended.stderr
    assert not sqlite_file.exists()


def test_production_starts_with_the_clinics_own_values(
    start_desk: StartDesk, tmp_path: Path
) -> None:
    root = copy_of_the_project(tmp_path / "project")
    confirm_the_clinic(root / "data/clinic.yml")
    desk = start_desk(
        "sqlite:///var/deep/desk.db",
        root=root,
        overrides={"MODE": "production", "DESK__SECURE_COOKIES": "true"},
    )
    assert desk.client.get("/health").status_code == 200
    # Relative paths are taken from the project's folder, which is made.
    file = root / "var/deep/desk.db"
    assert file.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(file)) as other:
        assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)

    desk.stop()
    assert desk.process.returncode == -signal.SIGTERM
    assert "Traceback" not in desk.log()


def test_production_needs_https_for_staff(tmp_path: Path) -> None:
    root = copy_of_the_project(tmp_path / "project")
    confirm_the_clinic(root / "data/clinic.yml")
    ended = run_frontdesk(
        root=root, MODE="production", FRONTDESK__DATABASE_URL="sqlite:///var/desk.db"
    )
    assert ended.returncode == 1
    [line] = ended.stderr.splitlines()
    assert "'desk.secure_cookies' is false" in line
    assert "KETAMINE_FACTS_DESK__SECURE_COOKIES" in line
    assert not (root / "var").exists()


def copy_of_the_project(target: Path) -> Path:
    """Copies what the front desk needs, so that a test may change it."""
    for name in PROJECT:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, target / name)
    return target


def confirm_the_clinic(path: Path) -> None:
    """Puts a real-looking clinic in place of the invented one."""
    text = path.read_text(encoding="utf-8")
    for invented, real in (
        ("555-01", "212-867-53"),
        (".example", ".com"),
        ("Cedar Hollow", "Elm Park"),
        ("Example Street", "Main Street"),
    ):
        text = text.replace(invented, real)
    clinic = yaml.safe_load(text) | {"unconfirmed": []}
    path.write_text(yaml.safe_dump(clinic), encoding="utf-8")
