"""A running text line, with stand-ins for Twilio and for the brain."""

import itertools
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from free_ports import free_port
from live_frontdesk import LiveFrontDesk
from sqlalchemy import text
from staff_site import PASSWORD, Visit
from standin_brain import StandinBrain
from visitor import eventually

from frontdesk.clock import utc_now
from frontdesk.database.database import Database, open_database
from frontdesk.sms.phone_book import PhoneBook
from frontdesk.staff.accounts import Accounts
from frontdesk.staff.member import ADMIN
from frontdesk.staff.passwords import Passwords
from operations.twilio_standin import Account, TwilioStandin
from operations.twilio_standin.webhooks import INCOMING

PHONE_KEY = "phone-key-of-the-tests"
PUBLIC_URL = "https://texts.clinic.example"
_numbers = itertools.count(2_125_550_200 + secrets.randbelow(900) * 1000)


class Phone:
    """Somebody who texts the clinic."""

    def __init__(self, twilio: TwilioStandin) -> None:
        self.number = f"+1{next(_numbers)}"
        self._twilio = twilio

    @property
    def sender(self) -> str:
        """The name of the conversation."""
        return PhoneBook(PHONE_KEY).sender_of(self.number)

    def text(self, body: str, sid: str | None = None, **more: str) -> Any:
        """Sends a text; returns the front desk's answer."""
        return self._twilio.text(self.number, body, sid, **more)

    def text_at(self, front_desk: str | None, body: str) -> None:
        """Sends a text that Twilio brings to one of several front desks."""
        webhooks = self._twilio.webhooks
        parameters = webhooks.incoming(self.number, body)
        webhooks.send_as_twilio_does(INCOMING, parameters, front_desk)

    def received(self) -> list[str]:
        """Returns the texts that have come, in order."""
        return self._twilio.texts_to(self.number)

    def wait_for(self, *bodies: str) -> None:
        """Waits until exactly these texts have come, one after the other."""
        try:
            eventually(lambda: len(self.received()) >= len(bodies), str(bodies))
        finally:
            received = self.received()
            assert received == list(bodies), received


class TextLine:
    """All three, and the staff's side of it."""

    def __init__(
        self, database_url: str, folder: Path, overrides: Mapping[str, str] = {}
    ) -> None:
        self.account = Account()
        self.brain = StandinBrain().start()
        port = free_port()
        self._overrides = {
            "BRAIN__PORT": str(self.brain.port),
            "SMS__ENABLED": "true",
            "SMS__ACCOUNT_SID": self.account.sid,
            "SMS__FROM_NUMBER": self.account.number,
            "SMS__PUBLIC_URL": PUBLIC_URL,
            "SMS__API_URL": f"http://127.0.0.1:{port}",
            "SMS__KEYWORDS_ANSWERED_BY": "us",
            "SMS__RETRY_SECONDS": "0.3",
            "TWILIO_AUTH_TOKEN": self.account.token,
            "PHONE_KEY": PHONE_KEY,
            **overrides,
        }
        self.desk = LiveFrontDesk(
            database_url, folder / "desk.log", overrides=self._overrides
        )
        self.twilio = TwilioStandin(self.desk.url, PUBLIC_URL, port=port).start()
        self.desk.start()

    def second_desk(self, folder: Path) -> LiveFrontDesk:
        """Starts another front desk on the same database."""
        return LiveFrontDesk(
            self.desk.database_url, folder / "second.log", overrides=self._overrides
        ).start()

    def stop(self) -> None:
        """Stops everything."""
        if self.desk.process.poll() is None:
            self.desk.stop()
        self.twilio.stop()
        self.brain.stop()

    def phone(self) -> Phone:
        """Returns somebody new."""
        return Phone(self.twilio)

    def settle(self, phone: Phone) -> None:
        """Waits until nothing of a phone waits to be played or sent."""
        eventually(lambda: not self.query(_UNDER_WAY, phone.sender), "peace and quiet")

    def states(self, phone: Phone) -> list[tuple[str, int | None]]:
        """Returns what became of each text to a phone, in order."""
        rows = self.query(
            "SELECT state, error_code FROM sms_deliveries WHERE sender = :sender "
            "ORDER BY id",
            phone.sender,
        )
        return [(row[0], row[1]) for row in rows]

    def query(self, statement: str, sender: str) -> list[Any]:
        """Reads the database as whoever gets hold of it would."""
        with self.database() as database, database.reading() as session:
            return list(session.execute(text(statement), {"sender": sender}))

    @contextmanager
    def database(self) -> Iterator[Database]:
        """Opens the front desk's database."""
        opened = open_database(self.desk.database_url, 30.0)
        yield opened
        opened.close()

    def new_member(self, name: str) -> str:
        """Makes an account and returns its e-mail address."""
        email = f"{secrets.token_hex(6)}@clinic.example"
        with self.database() as database:
            Accounts(database, Passwords(), utc_now).create(
                email, name, ADMIN, PASSWORD, "the tests"
            )
        return email

    def staff(self, name: str = "Ana Ruiz") -> Visit:
        """Returns the browser of a new member of staff."""
        visit = Visit(self.desk.desk_url)
        assert visit.sign_in(self.new_member(name)).status_code == 303
        return visit


_UNDER_WAY = (
    "SELECT id FROM messages_in WHERE sender = :sender AND state = 'waiting' UNION ALL "
    "SELECT id FROM sms_deliveries WHERE sender = :sender "
    "AND state IN ('queued', 'sending')"
)
