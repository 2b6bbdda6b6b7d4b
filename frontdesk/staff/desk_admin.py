"""`python -m frontdesk desk-admin`: an administrator's account, from the terminal."""

import getpass
import sys

from frontdesk.clock import utc_now
from frontdesk.database.database import open_database
from frontdesk.database.migrate import migrate
from frontdesk.staff.accounts import Accounts
from frontdesk.staff.audit import COMMAND_LINE
from frontdesk.staff.member import ADMIN
from frontdesk.staff.password_policy import ADVICE
from frontdesk.staff.passwords import Passwords
from frontdesk.staff.refusals import AccountRefused, PasswordRefused
from settings import Settings

PATIENCE_SECONDS = 10.0
"""How long to wait for a front desk that is writing just now."""


def make_admin(settings: Settings, email: str | None, name: str | None) -> str:
    """Asks for what it was not told, makes the account and returns its address.

    Without a terminal each answer is a line of standard input, and the password is
    given once.

    Raises:
        DatabaseUnusable: if the database cannot be reached, opened or migrated.
        Refused: if the account or the password cannot be used.
    """
    migrate(settings.frontdesk.database_url)
    database = open_database(settings.frontdesk.database_url, PATIENCE_SECONDS)
    try:
        member = Accounts(database, Passwords(), utc_now).create(
            email=email or _ask("E-mail address: "),
            name=name or _ask("Name, as visitors see it: "),
            role=ADMIN,
            password=_ask_for_password(),
            by=COMMAND_LINE,
        )
    finally:
        database.close()
    return member.email


def _ask(question: str) -> str:
    if sys.stdin.isatty():
        return input(question)
    line = sys.stdin.readline()
    if not line:
        raise AccountRefused(
            "there is nothing more to read -> give --email, --name, and the password "
            "as a line of standard input"
        )
    return line.rstrip("\r\n")


def _ask_for_password() -> str:
    if not sys.stdin.isatty():
        return _ask("")
    print(ADVICE)
    password = getpass.getpass("Password: ")
    if getpass.getpass("The same again: ") != password:
        raise PasswordRefused("The two passwords are not the same. Nothing was made.")
    return password
