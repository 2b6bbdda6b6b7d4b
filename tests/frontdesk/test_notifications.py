"""News of cases: none is lost, few messages are sent, and none tells a word."""

import hashlib
import hmac
import json
import re
import shlex
import ssl
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from case_bodies import case_body
from free_ports import free_port
from live_frontdesk import LiveFrontDesk, run_frontdesk
from receivers import PASSWORD, USER, MailServer, WebhookReceiver
from sqlalchemy import update
from waiting import until

from frontdesk.database.database import open_database
from frontdesk.notifications.notification import Notification

WEBHOOK_KEY = "webhook-key-of-the-tests"
_NEW_CERTIFICATE = (
    "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 "
    "-addext subjectAltName=IP:127.0.0.1"
)
DESK_URL = "https://desk.cedarhollow.example"
StartDesk = Callable[..., LiveFrontDesk]


@pytest.fixture
def mail() -> MailServer:
    """A mail server that does not listen yet."""
    return MailServer(free_port())


@pytest.fixture
def webhook() -> Iterator[WebhookReceiver]:
    """A receiver that listens."""
    with WebhookReceiver(free_port()).running() as receiver:
        yield receiver


def overrides(
    mail: MailServer | None = None,
    webhook: WebhookReceiver | None = None,
    **changes: str,
) -> dict[str, str]:
    """Switches destinations on."""
    settings = {
        "WEBHOOK_KEY": WEBHOOK_KEY,
        "NOTIFY__DESK_URL": DESK_URL,
        "NOTIFY__FOLD_SECONDS": "1",
    }
    if mail:
        settings |= {
            "NOTIFY__EMAIL_TO": "maria@clinic.example, tom@clinic.example",
            "NOTIFY__EMAIL_FROM": "desk@clinic.example",
            "NOTIFY__SMTP_PORT": str(mail.port),
        }
    if webhook:
        settings["NOTIFY__WEBHOOK_URL"] = webhook.url
    return settings | changes


def events(webhook: WebhookReceiver) -> list[dict[str, Any]]:
    """Returns what the webhook was told."""
    return [json.loads(body) for _, body in list(webhook.requests)]


def told(webhook: WebhookReceiver) -> Counter[tuple[str, str]]:
    """Counts how often each case was told of, for each reason."""
    return Counter(
        (case["case_id"], case["reason"])
        for event in events(webhook)
        for case in event["cases"]
    )


def opened(desk: LiveFrontDesk, **changes: Any) -> str:
    """Opens a case, or adds to it, and returns its id."""
    case_id: str = desk.post(case_body(**changes)).json()["case_id"]
    return case_id


def test_a_new_case_is_told_without_a_word_of_what_was_written(
    start_desk: StartDesk, sqlite_file: Path, mail: MailServer, webhook: WebhookReceiver
) -> None:
    with mail.running():
        desk = start_desk(
            f"sqlite:///{sqlite_file}", overrides=overrides(mail, webhook)
        )
        body = case_body(
            sender="+1 212 555 0198",
            kind="screening",
            message="words-of-a-person",
            details={"name": "Alice Example", "contact": "alice@home.example"},
        )
        case_id = desk.post(body).json()["case_id"]
        [message] = until(lambda: list(mail.mails), "the mail")
        [(headers, posted)] = until(lambda: list(webhook.requests), "the webhook")

    assert message["Subject"] == f"1 case waits: {case_id}"
    assert message["To"] == "maria@clinic.example, tom@clinic.example"
    assert message["From"] == "desk@clinic.example"
    assert message["Message-ID"].endswith("@clinic.example>")
    text = message.get_content()
    assert f"{case_id}: screening, normal, new, waiting since " in text
    assert f"{DESK_URL}/cases/{case_id}" in text
    event = json.loads(posted)
    [case] = event["cases"]
    assert event["type"] == "cases.waiting"
    assert headers["Idempotency-Key"] == event["id"]
    assert event["text"].startswith(f"1 case waits: {case_id}")
    assert case | {"waiting_since": ""} == {
        "case_id": case_id,
        "kind": "screening",
        "urgency": "normal",
        "reason": "new",
        "waiting_since": "",
        "url": f"{DESK_URL}/cases/{case_id}",
    }
    for sent in (message.as_string(), posted.decode(), desk.log()):
        # Short numbers would be found in ids, by chance.
        for secret in (
            "words-of",
            "555 0198",
            "Alice",
            "alice@",
            "alprazolam",
            "Xanax",
        ):
            assert secret not in sent


def test_the_webhook_is_signed(
    start_desk: StartDesk, sqlite_file: Path, webhook: WebhookReceiver
) -> None:
    desk = start_desk(f"sqlite:///{sqlite_file}", overrides=overrides(webhook=webhook))
    opened(desk)
    [(headers, body)] = until(lambda: list(webhook.requests), "the webhook")
    signed = re.fullmatch(
        r"t=(\d+),v1=([0-9a-f]{64})", headers["X-Ketamine-Facts-Signature"]
    )
    assert signed is not None
    payload = signed[1].encode() + b"." + body
    key = WEBHOOK_KEY.encode()
    assert signed[2] == hmac.new(key, payload, hashlib.sha256).hexdigest()


def test_e5_a_press_on_talk_to_a_person_is_told_like_any_other(
    start_desk: StartDesk, sqlite_file: Path, webhook: WebhookReceiver
) -> None:
    desk = start_desk(f"sqlite:///{sqlite_file}", overrides=overrides(webhook=webhook))
    case_id = opened(desk, kind="human", message="", entities=[], details={})
    until(lambda: told(webhook)[case_id, "new"] == 1, "news of the case")


def test_e6_later_messages_are_told_too_but_not_each_by_itself(
    start_desk: StartDesk, sqlite_file: Path, webhook: WebhookReceiver
) -> None:
    desk = start_desk(f"sqlite:///{sqlite_file}", overrides=overrides(webhook=webhook))
    sender = case_body()["sender"]
    case_id = opened(desk, sender=sender)
    until(lambda: told(webhook)[case_id, "new"], "news of the case")

    def write_and_look() -> int:
        opened(desk, sender=sender)
        return told(webhook)[case_id, "again"]

    assert until(write_and_look, "news of a further message") == 1
    assert len(desk.cases(sender)[0]["messages"]) > 2


def test_e11_what_becomes_urgent_does_not_wait_to_be_gathered(
    start_desk: StartDesk, sqlite_file: Path, webhook: WebhookReceiver
) -> None:
    an_hour = overrides(webhook=webhook, NOTIFY__FOLD_SECONDS="3600")
    desk = start_desk(f"sqlite:///{sqlite_file}", overrides=an_hour)
    sender = case_body()["sender"]
    first = opened(desk, sender=sender)
    assert opened(desk, sender=sender, urgency="urgent") == first
    danger = opened(desk, kind="danger")
    until(lambda: told(webhook).keys() >= {(first, "new"), (danger, "new")}, "both")
    assert events(webhook)[0]["text"].startswith("Urgent: ")


@pytest.mark.parametrize("kind", ["advice", "danger"])
def test_a_storm_is_folded_and_complete(
    start_desk: StartDesk,
    sqlite_file: Path,
    mail: MailServer,
    webhook: WebhookReceiver,
    kind: str,
) -> None:
    with mail.running(), ThreadPoolExecutor(20) as people:
        patient = overrides(mail, webhook, FRONTDESK__TIMEOUT_SECONDS="60")
        desk = start_desk(f"sqlite:///{sqlite_file}", overrides=patient)
        ids = set(people.map(lambda _: opened(desk, kind=kind), range(200)))
        expected = Counter((case_id, "new") for case_id in ids)
        until(lambda: told(webhook) >= expected, "news of all cases")
        until(lambda: sum(map(_counted, mail.mails)) >= 200, "mails about all cases")
    assert len(ids) == 200
    assert told(webhook) == expected
    assert sum(map(_counted, mail.mails)) == 200
    assert len(mail.mails) <= 20
    assert len(webhook.requests) <= 20


def _counted(mail: Any) -> int:
    return int(re.sub(r"^Urgent: ", "", mail["Subject"]).split()[0])


def test_news_survive_a_dead_mail_server_and_a_killed_front_desk(
    start_desk: StartDesk, sqlite_file: Path, mail: MailServer
) -> None:
    desk = start_desk(f"sqlite:///{sqlite_file}", overrides=overrides(mail))
    ids = [opened(desk), opened(desk, kind="danger")]
    until(lambda: "not sent" in desk.log(), "the first attempt")
    desk.kill()
    with mail.running():
        desk.start()
        until(lambda: mail.mails, "the mail")
        subjects = " ".join(message["Subject"] for message in mail.mails)
        desk.stop()
    assert all(case_id in subjects for case_id in ids)
    assert "maria@" not in desk.log()


def test_news_that_are_refused_are_sent_again_under_the_same_id(
    start_desk: StartDesk, sqlite_file: Path, webhook: WebhookReceiver
) -> None:
    webhook.status = 503
    desk = start_desk(f"sqlite:///{sqlite_file}", overrides=overrides(webhook=webhook))
    case_id = opened(desk, kind="danger")
    until(lambda: webhook.requests, "the first attempt")
    webhook.status = 204
    until(lambda: len(webhook.requests) > 1, "the second attempt")
    until(lambda: "webhook: sent, cases: 1" in desk.log(), "its success")
    assert len({event["id"] for event in events(webhook)}) == 1
    assert set(told(webhook)) == {(case_id, "new")}
    assert "WebhookRefused 503" in desk.log()
    assert webhook.url not in desk.log()


def test_one_destination_does_not_wait_for_another(
    start_desk: StartDesk, sqlite_file: Path, mail: MailServer, webhook: WebhookReceiver
) -> None:
    desk = start_desk(f"sqlite:///{sqlite_file}", overrides=overrides(mail, webhook))
    case_id = opened(desk)
    until(lambda: told(webhook)[case_id, "new"], "the webhook")
    with mail.running():
        until(lambda: mail.mails, "the mail")
    assert told(webhook)[case_id, "new"] == 1


def test_news_that_cannot_be_sent_are_given_up_and_that_is_an_error(
    start_desk: StartDesk, sqlite_file: Path, mail: MailServer
) -> None:
    url = f"sqlite:///{sqlite_file}"
    desk = start_desk(url, overrides=overrides(mail))
    case_id = opened(desk)
    until(lambda: "not sent" in desk.log(), "the first attempt")
    desk.stop()
    database = open_database(url, 5.0)
    with database.writing() as session:
        created = datetime.now(UTC) - timedelta(days=3, minutes=1)
        session.execute(update(Notification).values(created_at=created))
    database.close()
    desk.start()
    until(lambda: f"news of cases {case_id} could not be sent" in desk.log(), "it")
    assert " ERROR " in desk.log()
    assert desk.client.get("/health").status_code == 200


def test_two_front_desks_on_one_database_tell_each_case_once(
    start_desk: StartDesk, new_database: Callable[[], str], webhook: WebhookReceiver
) -> None:
    url = new_database()
    desks = [start_desk(url, overrides=overrides(webhook=webhook)) for _ in range(2)]
    ids = [opened(desks[turn % 2], kind="danger") for turn in range(20)]
    expected = Counter((case_id, "new") for case_id in ids)
    until(lambda: told(webhook) >= expected, "news of all cases")
    assert told(webhook) == expected


def test_a_danger_that_nobody_takes_is_told_again(
    start_desk: StartDesk, sqlite_file: Path, webhook: WebhookReceiver
) -> None:
    impatient = overrides(webhook=webhook, HANDOFF__UNTAKEN_DANGER_MINUTES="0.02")
    desk = start_desk(f"sqlite:///{sqlite_file}", overrides=impatient)
    case_id = opened(desk, kind="danger")
    until(lambda: told(webhook)[case_id, "untaken"], "the escalation")
    assert told(webhook)[case_id, "untaken"] == 1


def test_mail_is_encrypted_and_signed_in_to(
    start_desk: StartDesk, sqlite_file: Path, tmp_path: Path
) -> None:
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    subprocess.run(
        [*shlex.split(_NEW_CERTIFICATE), "-keyout", str(key), "-out", str(certificate)],
        check=True,
        capture_output=True,
    )
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(certificate, key)
    server = MailServer(free_port(), tls)
    secured = overrides(
        server,
        NOTIFY__SMTP_SECURITY="starttls",
        NOTIFY__SMTP_USER=USER,
        SMTP_PASSWORD=PASSWORD,
    )
    with server.running():
        strict = start_desk(f"sqlite:///{sqlite_file}", overrides=secured)
        opened(strict)
        until(lambda: "not sent" in strict.log(), "the refusal of the certificate")
        assert server.mails == []
        strict.stop()
        trusting = start_desk(
            f"sqlite:///{sqlite_file}",
            prefix=("env", f"SSL_CERT_FILE={certificate}"),
            overrides=secured,
        )
        until(lambda: server.mails, "the mail")
    assert set(server.users) == {USER}
    assert PASSWORD not in trusting.log()


@pytest.mark.parametrize(
    ("changes", "named", "remedy"),
    [
        ({"NOTIFY__EMAIL_FROM": ""}, "notify.email_from", "sends from"),
        ({"NOTIFY__EMAIL_TO": "maria"}, "notify.email_to", "separated by commas"),
        ({"NOTIFY__SMTP_SECURITY": "ssl"}, "notify.smtp_security", "none, starttls"),
        ({"NOTIFY__SMTP_PORT": "0"}, "notify.smtp_port", "1 to 65535"),
        ({"NOTIFY__SMTP_USER": "clinic"}, "SMTP_PASSWORD", "add the line"),
        (
            {"NOTIFY__SMTP_USER": "clinic", "NOTIFY__SMTP_HOST": "mail.example"},
            "notify.smtp_security",
            "starttls or tls",
        ),
        ({"NOTIFY__WEBHOOK_URL": "clinic.example"}, "notify.webhook_url", "https://"),
        ({"NOTIFY__DESK_URL": "desk"}, "notify.desk_url", "https://"),
        ({"NOTIFY__FOLD_SECONDS": "-1"}, "notify.fold_seconds", "such as 60"),
    ],
)
def test_settings_that_cannot_work_are_refused_at_the_start(
    tmp_path: Path, changes: dict[str, str], named: str, remedy: str
) -> None:
    settings = overrides(MailServer(free_port())) | changes
    settings["FRONTDESK__DATABASE_URL"] = f"sqlite:///{tmp_path}/desk.db"
    ended = run_frontdesk(**settings)
    assert ended.returncode == 1
    [line] = ended.stderr.splitlines()
    assert named in line
    assert remedy in line.partition(" -> ")[2]
    assert "maria@" not in line
