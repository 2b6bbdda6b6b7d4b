"""Old conversations are deleted: the record first, then the rows, on every database."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote

import pytest
from case_bodies import case_body
from free_ports import free_port
from live_frontdesk import LiveFrontDesk, run_frontdesk
from sqlalchemy import func, select, update
from waiting import until

from frontdesk.cases.case import Case, CaseMessage
from frontdesk.conversations.conversation import Conversation
from frontdesk.conversations.message_in import PLAYED, MessageIn
from frontdesk.conversations.message_out import MessageOut
from frontdesk.database.database import Database, open_database
from frontdesk.desk.note import Note
from frontdesk.notifications.notification import Notification
from frontdesk.staff.audit import AuditEntry

NewDatabase = Callable[[], str]
StartDesk = Callable[..., LiveFrontDesk]
OF_A_PERSON = (Conversation, Case, MessageIn, MessageOut, Note)


class ForgetfulBrain:
    """Stands in for the brain: forgets whom it is told to, or fails."""

    def __init__(self) -> None:
        self.port = free_port()
        self.status = 200
        self.forgotten: list[str] = []

    def start(self) -> ThreadingHTTPServer:
        """Begins to listen."""
        brain = self

        class Handler(BaseHTTPRequestHandler):
            def do_DELETE(self) -> None:
                brain.forgotten.append(unquote(self.path.rpartition("/")[2]))
                self.send_response(brain.status)
                self.end_headers()
                self.wfile.write(b'{"deleted": 1}')

            def log_message(self, *_: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        Thread(target=server.serve_forever, daemon=True).start()
        return server


@pytest.fixture
def brain() -> Iterator[ForgetfulBrain]:
    """A brain that listens."""
    brain = ForgetfulBrain()
    server = brain.start()
    yield brain
    server.shutdown()
    server.server_close()


def overrides(url: str, brain: ForgetfulBrain) -> dict[str, str]:
    """Settings for the command."""
    return {"FRONTDESK__DATABASE_URL": url, "BRAIN__PORT": str(brain.port)}


@pytest.fixture
def stored(
    new_database: NewDatabase, brain: ForgetfulBrain
) -> Iterator[tuple[str, Database]]:
    """A database of this version, and its address."""
    url = new_database()
    assert run_frontdesk("migrate", **overrides(url, brain)).returncode == 0
    database = open_database(url, 5.0)
    yield url, database
    database.close()


def store_conversation(database: Database, sender: str, days: float) -> None:
    """Stores one of everything; the last message is `days` old."""
    at = datetime.now(UTC) - timedelta(days=days)
    case_id = f"KF-{abs(hash(sender)) % 10**6:06}"
    with database.writing() as session:
        session.add(
            Conversation(
                sender=sender,
                channel="web",
                created_at=at - timedelta(days=5),
                person_wrote_at=at,
            )
        )
        session.add(
            Case(
                case_id=case_id,
                sender=sender,
                kind="advice",
                urgency="normal",
                status="closed",
                channel="web",
                opened_at=at,
                changed_at=at,
                waiting_since=at,
                messages=[
                    CaseMessage(
                        key=f"key of {sender}",
                        message=f"words of {sender}",
                        entities=[],
                        details={},
                        received_at=at,
                    )
                ],
            )
        )
        session.add(
            MessageIn(
                sender=sender, key="m", channel="web", state=PLAYED, received_at=at
            )
        )
        session.add(
            MessageOut(
                sender=sender,
                key=f"out of {sender}",
                channel="web",
                speaker="notice",
                body={"text": f"words to {sender}"},
                created_at=at,
                recorded_at=at,
            )
        )
        session.add(
            Note(sender=sender, staff_name="Maria", text="words", written_at=at)
        )
        session.add(
            AuditEntry(
                at=at,
                staff_email="maria@clinic.example",
                action="read",
                sender=sender,
                case_id=case_id,
            )
        )
        session.flush()
        session.add(
            Notification(
                key=f"news of {sender}",
                case_id=case_id,
                reason="new",
                destination="email",
                created_at=at,
                next_attempt_at=at,
            )
        )


def rows_of(database: Database, sender: str) -> list[int]:
    """Counts what is stored of a person, table by table."""
    with database.reading() as session:
        return [
            session.scalar(
                select(func.count()).select_from(table).where(table.sender == sender)
            )
            or 0
            for table in OF_A_PERSON
        ]


def test_old_conversations_are_deleted_and_newer_ones_are_not(
    stored: tuple[str, Database], brain: ForgetfulBrain
) -> None:
    url, database = stored
    store_conversation(database, "+1 555 0142/old", days=90.1)
    store_conversation(database, "new", days=89.9)
    ended = run_frontdesk("purge", **overrides(url, brain))
    assert (ended.returncode, ended.stdout) == (0, "old conversations deleted: 1\n")
    assert brain.forgotten == ["+1 555 0142/old"]
    assert rows_of(database, "+1 555 0142/old") == [0] * len(OF_A_PERSON)
    assert rows_of(database, "new") == [1] * len(OF_A_PERSON)
    with database.reading() as session:
        for table in (CaseMessage, Notification):
            assert session.scalar(select(func.count()).select_from(table)) == 1
    assert "0142" not in ended.stderr


def test_the_audit_trail_stays_without_saying_whose_conversation_it_was(
    stored: tuple[str, Database], brain: ForgetfulBrain
) -> None:
    url, database = stored
    store_conversation(database, "old", days=91)
    run_frontdesk("purge", **overrides(url, brain))
    with database.reading() as session:
        [entry] = session.scalars(select(AuditEntry))
    assert (entry.staff_email, entry.action) == ("maria@clinic.example", "read")
    assert entry.sender is None
    assert entry.case_id is not None


def test_a_case_without_a_conversation_is_old_by_its_messages(
    stored: tuple[str, Database], brain: ForgetfulBrain
) -> None:
    url, database = stored
    for sender, days in (("old", 91.0), ("new", 1.0)):
        store_conversation(database, sender, days)
    with database.writing() as session:
        session.execute(Conversation.__table__.delete())
        session.execute(MessageOut.__table__.delete())
        long_ago = datetime.now(UTC) - timedelta(days=200)
        session.execute(update(Case).values(opened_at=long_ago))
    assert run_frontdesk("purge", **overrides(url, brain)).returncode == 0
    assert brain.forgotten == ["old"]
    assert rows_of(database, "new")[1] == 1


@pytest.mark.one_database
def test_a_word_of_staff_keeps_a_conversation(
    stored: tuple[str, Database], brain: ForgetfulBrain
) -> None:
    url, database = stored
    store_conversation(database, "answered", days=91)
    with database.writing() as session:
        session.execute(update(MessageOut).values(created_at=datetime.now(UTC)))
    run_frontdesk("purge", **overrides(url, brain))
    assert brain.forgotten == []


@pytest.mark.one_database
@pytest.mark.parametrize("status", [500, 401, None])
def test_rows_stay_while_the_brain_does_not_forget(
    stored: tuple[str, Database], brain: ForgetfulBrain, status: int | None
) -> None:
    url, database = stored
    store_conversation(database, "old", days=91)
    settings = overrides(url, brain)
    if status is None:
        settings["BRAIN__PORT"] = str(free_port())
    else:
        brain.status = status
    ended = run_frontdesk("purge", **settings)
    assert ended.returncode == 1
    assert "1 kept" in ended.stderr
    assert " -> start it" in ended.stderr
    assert rows_of(database, "old") == [1] * len(OF_A_PERSON)

    brain.status = 200
    again = run_frontdesk("purge", **overrides(url, brain))
    assert again.stdout == "old conversations deleted: 1\n"
    assert rows_of(database, "old") == [0] * len(OF_A_PERSON)


@pytest.mark.one_database
def test_it_happens_by_itself_and_leaves_no_trace(
    start_desk: StartDesk, sqlite_file: Path, brain: ForgetfulBrain
) -> None:
    url = f"sqlite:///{sqlite_file}"
    assert run_frontdesk("migrate", **overrides(url, brain)).returncode == 0
    database = open_database(url, 5.0)
    store_conversation(database, "trace-of-a-person", days=91)
    desk = start_desk(url, overrides=overrides(url, brain))
    until(lambda: not any(rows_of(database, "trace-of-a-person")), "the deletion")
    until(lambda: "1 of 1 old conversations deleted" in desk.log(), "the log of it")
    files = [sqlite_file, Path(f"{sqlite_file}-wal")]
    assert not any(b"trace-of-a-person" in file.read_bytes() for file in files)
    assert "trace-of-a-person" not in desk.log()
    database.close()
    assert desk.post(case_body()).status_code == 201
