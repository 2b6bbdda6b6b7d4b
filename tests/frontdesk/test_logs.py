"""What the log says, and what it never says."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from case_bodies import case_body
from live_frontdesk import TOKEN, LiveFrontDesk
from test_health import locked

LINE = re.compile(
    r"\S+ \S+ INFO frontdesk\.web\.request_log: "
    r"[A-Z0-9-]+ (\S+|\(no route\)) \d{3} \d+ ms [0-9a-f]{12}"
)

PLAIN_FAILURE = {"detail": "the front desk failed"}


def test_the_log_holds_nothing_of_a_person(
    own_desk: LiveFrontDesk, sqlite_file: Path
) -> None:
    body = case_body(
        sender="sender-4711",
        key="key-4711",
        message="message-4711",
        entities=[{"entity": "medicine", "value": "value-4711", "text": "text-4711"}],
        details={"detail-4711": "4711-detail"},
    )
    own_desk.post(body)
    own_desk.post(body)
    own_desk.post(body | {"sender": "sender-4712"})
    own_desk.post(body | {"urgency": "message-4711"})
    own_desk.client.post("/internal/cases", content=b'{"message": "message-4711')
    own_desk.client.post("/internal/cases", content=b"message-4711" * 10_000)
    own_desk.cases("sender-4711")
    own_desk.client.get("/internal/sender-4711?sender=sender-4711")
    own_desk.client.request("MESSAGE-4711", "/sender-4711")
    own_desk.stranger.get("/internal/cases?sender=sender-4711")
    wrong_token = {"Authorization": "Bearer wrong-token-4711"}
    own_desk.stranger.get("/internal/cases", headers=wrong_token)
    with locked(sqlite_file):
        own_desk.post(body | {"key": "key-4712"})
    break_stored_entities(sqlite_file)
    failed = own_desk.client.get("/internal/cases?sender=sender-4711")
    assert (failed.status_code, failed.json()) == (500, PLAIN_FAILURE)
    own_desk.client.delete("/internal/people/sender-4711")
    own_desk.stop()

    log = own_desk.log()
    assert "4711" not in log.replace("MESSAGE-4711", "")
    assert TOKEN not in log
    lines = [line for line in log.splitlines() if "request_log: " in line]
    requests = [line for line in lines if " failed: " not in line]
    assert [line for line in requests if not LINE.fullmatch(line)] == []
    assert any("DELETE /internal/people/{sender} 200 " in line for line in requests)
    # An unknown error can be found, from the answer to the line of code.
    request_id = failed.headers["x-request-id"]
    assert f"request {request_id} failed: JSONDecodeError" in log
    assert re.search(r"frontdesk/cases/store\.py:\d+ in of_person", log)
    assert "Traceback" not in log


def break_stored_entities(sqlite_file: Path) -> None:
    """Damages stored data, which no code of ours expects."""
    with closing(sqlite3.connect(sqlite_file)) as other, other:
        other.execute("UPDATE case_messages SET entities = '{\"4711'")
