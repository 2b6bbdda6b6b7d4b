"""The project's settings: `settings.yml`, environment overrides, and secrets.

Used by every process, in both environments; needs only PyYAML and the standard library.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any, get_type_hints

import yaml

ROOT = Path(__file__).resolve().parent
SETTINGS_FILE = ROOT / "settings.yml"
KEPT_VECTORS = ".rasa/vectors.npz"
"""Where training keeps the vectors of examples, beside what Rasa keeps there."""
OVERRIDE_PREFIX = "KETAMINE_FACTS_"
MODES = ("development", "production")
SECRET_NAMES = (
    "FRONTDESK_TOKEN",
    "BRAIN_TOKEN",
    "VISITOR_KEY",
    "WEBHOOK_KEY",
    "PHONE_KEY",
)
"""What set-up makes; those of other services, such as Twilio's, are not among them."""


class SettingsError(Exception):
    """Raised when a setting is missing or wrong; names file, key and remedy."""


@dataclass(frozen=True)
class Address:
    """Where a process listens."""

    host: str
    port: int

    @property
    def url(self) -> str:
        """The base address for clients on this machine."""
        return f"http://{self.host}:{self.port}"


@dataclass(frozen=True)
class FrontDeskSettings(Address):
    """The front desk's address, its database and its patience."""

    database_url: str
    timeout_seconds: float
    brain_timeout_seconds: float


@dataclass(frozen=True)
class DeskSettings(Address):
    """The staff pages' address and sessions."""

    secure_cookies: bool
    session_hours: float


@dataclass(frozen=True)
class HandoffSettings:
    """How long conversations and cases may wait for a person."""

    idle_minutes: float
    untaken_minutes: float
    untaken_danger_minutes: float
    check_in_minutes: float


@dataclass(frozen=True)
class VisitorSettings:
    """Visitors' sessions: how long, on which websites, and how much at most.

    A limit of 0 is none.
    """

    session_days: float
    allowed_origins: str
    messages_per_minute: int
    messages_per_address_hour: int
    sessions_per_address_hour: int


@dataclass(frozen=True)
class SmsSettings:
    """The text line: the clinic's number at Twilio, and where Twilio reaches us."""

    enabled: bool
    account_sid: str
    from_number: str
    messaging_service_sid: str
    public_url: str
    api_url: str
    keywords_answered_by: str
    retry_seconds: float


@dataclass(frozen=True)
class NotifySettings:
    """Where news of cases go; an empty address means nowhere."""

    email_to: str
    email_from: str
    smtp_host: str
    smtp_port: int
    smtp_security: str
    smtp_user: str
    webhook_url: str
    desk_url: str
    fold_seconds: float


@dataclass(frozen=True)
class Settings:
    """Everything in `settings.yml`, with overrides applied."""

    mode: str
    brain: Address
    frontdesk: FrontDeskSettings
    desk: DeskSettings
    handoff: HandoffSettings
    visitors: VisitorSettings
    sms: SmsSettings
    notify: NotifySettings
    secrets_file: str

    @property
    def in_production(self) -> bool:
        """Whether invented values must be refused."""
        return self.mode == "production"

    def secret(self, name: str, remedy: str = "run 'make setup'") -> str:
        """Returns a token: from the environment, else from the secrets file.

        Args:
            name: what it is called there.
            remedy: what to do if it is set in neither place.

        Raises:
            SettingsError: if it is set in neither place.
        """
        value = os.environ.get(OVERRIDE_PREFIX + name) or _read_secrets(
            self.secrets_path
        ).get(name)
        if not value:
            raise SettingsError(
                f"{self.secrets_path}: {name} is missing -> {remedy}, or set the "
                f"environment variable {OVERRIDE_PREFIX}{name}"
            )
        return value

    @property
    def secrets_path(self) -> Path:
        """The secrets file, relative paths taken from the project's folder."""
        return ROOT / self.secrets_file


def load_settings(
    path: Path = SETTINGS_FILE, environment: Mapping[str, str] = os.environ
) -> Settings:
    """Reads and validates the settings.

    Raises:
        SettingsError: naming the file, the key and the remedy.
    """
    try:
        values = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise SettingsError(
            f"{path}: cannot be read ({error}) -> restore it"
        ) from error
    settings: Settings = _build(Settings, values, path, (), environment)
    if settings.mode not in MODES:
        raise SettingsError(
            f"{path}: mode is {settings.mode!r} -> use one of {', '.join(MODES)}"
        )
    return settings


def create_secrets(path: Path) -> list[str]:
    """Adds the secrets that the file lacks; returns the names of those it made."""
    known = _read_secrets(path)
    missing = [name for name in SECRET_NAMES if name not in known]
    if missing:
        path.parent.mkdir(parents=True, exist_ok=True)
        known |= {name: secrets.token_urlsafe(32) for name in missing}
        path.touch(mode=0o600)
        path.write_text("".join(f"{name}={known[name]}\n" for name in known))
    return missing


def _read_secrets(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    lines = path.read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line)


def _converted(kind: Any, value: Any) -> Any:
    """Converts a value; `bool("false")` would be true.

    Raises:
        ValueError: if the value is not of that kind.
    """
    if kind is not bool:
        return kind(value)
    if str(value).lower() not in ("true", "false"):
        raise ValueError(value)
    return str(value).lower() == "true"


def _build(
    kind: Any,
    values: Any,
    path: Path,
    parents: tuple[str, ...],
    environment: Mapping[str, str],
) -> Any:
    if not isinstance(values, dict):
        raise SettingsError(f"{path}: {'.'.join(parents)} must hold keys and values")
    hints = get_type_hints(kind)
    names = [field.name for field in fields(kind)]
    for key in values:
        if key not in names:
            raise SettingsError(
                f"{path}: unknown key '{'.'.join((*parents, key))}' -> remove it or "
                f"correct its spelling ({', '.join(names)})"
            )
    built = {}
    for name in names:
        keys = (*parents, name)
        if is_dataclass(hints[name]):
            built[name] = _build(
                hints[name], values.get(name, {}), path, keys, environment
            )
            continue
        variable = OVERRIDE_PREFIX + "__".join(keys).upper()
        value = environment.get(variable, values.get(name))
        if value is None:
            raise SettingsError(
                f"{path}: '{'.'.join(keys)}' is missing -> add it, or set {variable}"
            )
        try:
            built[name] = _converted(hints[name], value)
        except ValueError as error:
            raise SettingsError(
                f"{path}: '{'.'.join(keys)}' is {value!r} -> give a value of type "
                f"{hints[name].__name__}"
            ) from error
    return kind(**built)
