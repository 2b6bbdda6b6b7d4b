"""The clinic's number, as `sms` in the settings says; checked at the start."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from content.sms import LINK_LENGTH, LONGEST_TOPIC
from frontdesk.sms.phone_book import PhoneBook, e164
from settings import OVERRIDE_PREFIX, SETTINGS_FILE, Settings, SettingsError

FACTS_PATH = "/facts/"
KEYWORDS_ANSWERED_BY = ("twilio", "us")
_ACCOUNT = re.compile("AC[0-9a-f]{32}")
_SERVICE = re.compile("MG[0-9a-f]{32}")
_TOKEN_REMEDY = (
    "copy the Auth Token from Twilio's console into this file, as "
    "TWILIO_AUTH_TOKEN=..., or switch 'sms.enabled' off"
)
_LONGEST_ADDRESS = LINK_LENGTH - len(f" {FACTS_PATH}") - LONGEST_TOPIC


@dataclass(frozen=True)
class Line:
    """Whose account and number it is, and where Twilio reaches us."""

    account_sid: str
    auth_token: str
    from_number: str
    messaging_service_sid: str
    public_url: str
    api_url: str
    answers_keywords: bool
    """Whether we confirm STOP and START and answer HELP, or Twilio does."""
    retry_seconds: float
    phone_book: PhoneBook

    def is_ours(self, number: str, service: str) -> bool:
        """Whether a text came to a number of the clinic."""
        if self.from_number and number == self.from_number:
            return True
        return bool(service) and service == self.messaging_service_sid


def line_of(settings: Settings) -> Line | None:
    """Reads the settings; None while the text line is switched off.

    Raises:
        SettingsError: naming the setting and the remedy.
    """
    sms = settings.sms
    if not sms.enabled:
        return None
    if not _ACCOUNT.fullmatch(sms.account_sid):
        raise _refusal("account_sid", "copy the Account SID from Twilio's console")
    if not (sms.from_number or sms.messaging_service_sid):
        raise _refusal("from_number", "give it, or 'sms.messaging_service_sid'")
    if sms.from_number and e164(sms.from_number) != sms.from_number:
        raise _refusal(
            "from_number", 'write it in quotes, with + and no spaces: "+12125550142"'
        )
    if sms.messaging_service_sid and not _SERVICE.fullmatch(sms.messaging_service_sid):
        raise _refusal("messaging_service_sid", "it begins with MG; or leave it empty")
    for key, address in (("public_url", sms.public_url), ("api_url", sms.api_url)):
        _check_address(key, address, settings.in_production)
    if len(sms.public_url.rstrip("/")) > _LONGEST_ADDRESS:
        remedy = f"use one of at most {_LONGEST_ADDRESS} characters: texts link to it"
        raise _refusal("public_url", remedy)
    if sms.keywords_answered_by not in KEYWORDS_ANSWERED_BY:
        raise _refusal("keywords_answered_by", "write twilio or us")
    if sms.retry_seconds <= 0:
        raise _refusal("retry_seconds", "give seconds, such as 5")
    return Line(
        account_sid=sms.account_sid,
        auth_token=settings.secret("TWILIO_AUTH_TOKEN", _TOKEN_REMEDY),
        from_number=sms.from_number,
        messaging_service_sid=sms.messaging_service_sid,
        public_url=sms.public_url.rstrip("/"),
        api_url=sms.api_url.rstrip("/"),
        answers_keywords=sms.keywords_answered_by == "us",
        retry_seconds=sms.retry_seconds,
        phone_book=PhoneBook(settings.secret("PHONE_KEY")),
    )


def _check_address(key: str, address: str, in_production: bool) -> None:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query:
        raise _refusal(key, "give a full address that begins with https://")
    if in_production and parts.scheme != "https":
        raise _refusal(key, "production needs one that begins with https://")


def _refusal(key: str, remedy: str) -> SettingsError:
    variable = f"{OVERRIDE_PREFIX}SMS__{key.upper()}"
    return SettingsError(
        f"{SETTINGS_FILE}: 'sms.{key}' cannot be used while 'sms.enabled' is true -> "
        f"{remedy} (there, or in {variable})"
    )
