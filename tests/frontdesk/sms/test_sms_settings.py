"""The text line does not start with settings that could not work."""

from pathlib import Path

import pytest
from live_frontdesk import environment, run_frontdesk

from frontdesk.sms.line import line_of
from settings import SettingsError, load_settings

RIGHT = {
    "SMS__ENABLED": "true",
    "SMS__ACCOUNT_SID": "AC0123456789abcdef0123456789abcdef",
    "SMS__FROM_NUMBER": "+12125550199",
    "SMS__PUBLIC_URL": "https://texts.clinic.example",
    "TWILIO_AUTH_TOKEN": "token-of-the-tests",
    "PHONE_KEY": "phone-key-of-the-tests",
}


@pytest.mark.parametrize(
    ("key", "value", "remedy"),
    [
        ("ACCOUNT_SID", "", "copy the Account SID"),
        ("ACCOUNT_SID", "AC123", "copy the Account SID"),
        ("FROM_NUMBER", "", "give it, or 'sms.messaging_service_sid'"),
        ("FROM_NUMBER", "12125550199", "with + and no spaces"),
        ("FROM_NUMBER", "+1 212 555 0199", "with + and no spaces"),
        ("MESSAGING_SERVICE_SID", "MG1", "it begins with MG"),
        ("PUBLIC_URL", "", "begins with https://"),
        ("PUBLIC_URL", "texts.clinic.example", "begins with https://"),
        ("PUBLIC_URL", f"https://{'long-' * 12}.example", "at most"),
        ("API_URL", "twilio", "begins with https://"),
        ("KEYWORDS_ANSWERED_BY", "nobody", "write twilio or us"),
        ("RETRY_SECONDS", "0", "give seconds"),
    ],
)
def test_wrong_setting(key: str, value: str, remedy: str) -> None:
    settings = load_settings(environment=environment(**RIGHT | {f"SMS__{key}": value}))
    with pytest.raises(SettingsError) as refusal:
        line_of(settings)
    for told in (
        "settings.yml",
        f"sms.{key.lower()}",
        remedy,
        f"KETAMINE_FACTS_SMS__{key}",
    ):
        assert told in str(refusal.value)


def test_production_wants_https() -> None:
    changes = {"MODE": "production", "SMS__PUBLIC_URL": "http://texts.clinic.example"}
    settings = load_settings(environment=environment(**RIGHT | changes))
    with pytest.raises(SettingsError, match=r"sms.public_url.*https://"):
        line_of(settings)


def test_missing_token_stops_the_start(tmp_path: Path) -> None:
    changes = {
        "TWILIO_AUTH_TOKEN": "",
        "SECRETS_FILE": str(tmp_path / "secrets.env"),
        "FRONTDESK__DATABASE_URL": f"sqlite:///{tmp_path}/desk.db",
    }
    ended = run_frontdesk(**RIGHT | changes)
    assert ended.returncode == 1
    assert "TWILIO_AUTH_TOKEN is missing -> copy the Auth Token" in ended.stderr
