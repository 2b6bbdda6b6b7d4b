"""Where news go, as `notify` in the settings says; checked before anything starts."""

from email.utils import getaddresses
from ipaddress import ip_address
from urllib.parse import urlsplit

from frontdesk.clock import Clock
from frontdesk.hours.opening_hours import OpeningHours
from frontdesk.notifications.mail import Mail
from frontdesk.notifications.news import Destination, Wording
from frontdesk.notifications.webhook import Webhook
from settings import (
    OVERRIDE_PREFIX,
    SETTINGS_FILE,
    Settings,
    SettingsError,
)

SECURITIES = ("none", "starttls", "tls")
_ADDRESS_REMEDY = "write addresses such as desk@clinic.example, separated by commas"


def destinations(
    settings: Settings, hours: OpeningHours, now: Clock
) -> list[Destination]:
    """Builds every destination that is switched on.

    Raises:
        SettingsError: naming the setting and the remedy.
    """
    notify = settings.notify
    _check_address("desk_url", notify.desk_url)
    if notify.fold_seconds < 0:
        raise _refusal("fold_seconds", "is negative", "give seconds, such as 60")
    wording = Wording(notify.desk_url, hours)
    found: list[Destination] = []
    if notify.email_to:
        found.append(Mail(notify, _mail_password(settings), wording, now))
    if notify.webhook_url:
        _check_address("webhook_url", notify.webhook_url)
        key = settings.secret("WEBHOOK_KEY")
        found.append(Webhook(notify.webhook_url, key, wording, now))
    return found


def _mail_password(settings: Settings) -> str | None:
    """Checks the settings of e-mail; returns the password if there is a user."""
    notify = settings.notify
    _check_mailboxes("email_to", notify.email_to)
    if not notify.email_from:
        raise _refusal(
            "email_from",
            "is empty, but 'notify.email_to' is set",
            "give the address that the clinic sends from",
        )
    _check_mailboxes("email_from", notify.email_from)
    if notify.smtp_security not in SECURITIES:
        raise _refusal(
            "smtp_security",
            f"is {notify.smtp_security!r}",
            f"use one of {', '.join(SECURITIES)}",
        )
    if not 0 < notify.smtp_port < 65536:
        raise _refusal("smtp_port", f"is {notify.smtp_port}", "choose 1 to 65535")
    if not notify.smtp_user:
        return None
    if notify.smtp_security == "none" and not _is_local(notify.smtp_host):
        raise _refusal(
            "smtp_security",
            "is none, so the password would travel unencrypted",
            "use starttls or tls, or leave 'notify.smtp_user' empty",
        )
    try:
        return settings.secret("SMTP_PASSWORD")
    except SettingsError as error:
        raise SettingsError(
            f"{settings.secrets_path}: SMTP_PASSWORD is missing, but "
            "'notify.smtp_user' is set -> add the line SMTP_PASSWORD=..., or set the "
            f"environment variable {OVERRIDE_PREFIX}SMTP_PASSWORD"
        ) from error


def _check_address(key: str, address: str) -> None:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise _refusal(
            key, f"is {address!r}", "give a full address that begins with https://"
        )


def _check_mailboxes(key: str, written: str) -> None:
    boxes = [address for _, address in getaddresses([written])]
    if not boxes or not all(_is_mailbox(box) for box in boxes):
        # Not quoted: addresses of people do not belong in a log.
        raise _refusal(
            key, "holds something that is no e-mail address", _ADDRESS_REMEDY
        )


def _is_mailbox(box: str) -> bool:
    name, at, domain = box.rpartition("@")
    return bool(name and at and domain) and box.isprintable() and " " not in box


def _is_local(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _refusal(key: str, reason: str, remedy: str) -> SettingsError:
    variable = f"{OVERRIDE_PREFIX}NOTIFY__{key.upper()}"
    return SettingsError(
        f"{SETTINGS_FILE}: 'notify.{key}' {reason} -> {remedy} "
        f"(there, or in {variable})"
    )
