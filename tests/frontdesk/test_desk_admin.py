"""`python -m frontdesk desk-admin`: the first administrator, and further ones."""

import os
import pty
import subprocess
import sys

import pytest
from conftest import NewDatabase, StartDesk
from live_frontdesk import ROOT, LiveFrontDesk, environment
from staff_site import PASSWORD, StaffSite, Visit

from frontdesk.staff.member import ADMIN

pytestmark = pytest.mark.one_database

PATIENCE_SECONDS = 60


def desk_admin(
    database_url: str, *arguments: str, typed: str = ""
) -> subprocess.CompletedProcess[str]:
    """Runs the command as a script would."""
    return subprocess.run(
        [sys.executable, "-m", "frontdesk", "desk-admin", *arguments],
        cwd=ROOT,
        env=environment(FRONTDESK__DATABASE_URL=database_url),
        input=typed,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )


def assert_can_sign_in(desk: LiveFrontDesk, email: str) -> None:
    visit = Visit(desk.desk_url)
    assert visit.sign_in(email, "wrong").status_code == 401
    assert visit.sign_in(email).status_code == 303
    assert visit.client.get("/staff").status_code == 200


def test_it_makes_administrators_in_an_empty_database(
    new_database: NewDatabase, start_desk: StartDesk
) -> None:
    address = new_database()
    first = desk_admin(
        address,
        *("--email", "First@Clinic.example", "--name", "Ana Ruiz"),
        typed=f"{PASSWORD}\n",
    )
    assert (first.returncode, first.stderr) == (0, "")
    assert first.stdout.startswith("first@clinic.example can sign in at http://")
    # Everything by standard input.
    second = desk_admin(address, typed=f"second@clinic.example\nBo Li\n{PASSWORD}\n")
    assert second.returncode == 0
    assert PASSWORD not in first.stdout + second.stdout
    desk = start_desk(address)
    for email in ("first@clinic.example", "second@clinic.example"):
        assert_can_sign_in(desk, email)
    log = desk.log()
    assert "POST /sign-in 303" in log
    for secret in ("clinic.example", PASSWORD, "wrong", "Ana Ruiz"):
        assert secret not in log


@pytest.mark.parametrize(
    ("arguments", "typed", "problem"),
    [
        (("--email", "a@b.c", "--name", "Ana"), "short\n", "too short"),
        (("--email", "a@b.c", "--name", "Ana"), "password12345\n", "easy to guess"),
        (("--email", "a@b.c", "--name", "Ana"), "", "nothing more to read"),
        (("--email", "nobody", "--name", "Ana"), f"{PASSWORD}\n", "not an e-mail"),
        ((), "", "nothing more to read"),
    ],
)
def test_what_cannot_be_used_is_refused(
    new_database: NewDatabase, arguments: tuple[str, ...], typed: str, problem: str
) -> None:
    address = new_database()
    ended = desk_admin(address, *arguments, typed=typed)
    assert (ended.returncode, ended.stdout) == (1, "")
    [line] = ended.stderr.splitlines()
    assert problem in line
    site = StaffSite(address)
    assert site.accounts.everyone() == []
    site.database.close()


def test_an_address_that_has_an_account_is_refused(
    new_database: NewDatabase, start_desk: StartDesk
) -> None:
    address = new_database()
    arguments = ("--email", "ana@clinic.example", "--name", "Ana Ruiz")
    assert desk_admin(address, *arguments, typed=f"{PASSWORD}\n").returncode == 0
    other = "lantern biscuit orchard kayak"
    again = desk_admin(address, *arguments, typed=f"{other}\n")
    assert again.returncode == 1
    assert "an account with this e-mail address already" in again.stderr
    assert_can_sign_in(start_desk(address), "ana@clinic.example")


def test_at_a_terminal_the_password_is_asked_twice_and_not_shown(
    new_database: NewDatabase,
) -> None:
    address = new_database()
    for second, code in (("something else", 1), (PASSWORD, 0)):
        shown, ended = type_at_terminal(
            address,
            [
                ("E-mail address: ", "ana@clinic.example"),
                ("Name, as visitors see it: ", "Ana Ruiz"),
                ("Password: ", PASSWORD),
                ("The same again: ", second),
            ],
        )
        assert ended == code, shown
        assert PASSWORD not in shown
    assert "ana@clinic.example can sign in" in shown
    site = StaffSite(address)
    [member] = site.accounts.everyone()
    site.database.close()
    assert (member.name, member.role, member.active) == ("Ana Ruiz", ADMIN, True)


def type_at_terminal(
    database_url: str, answers: list[tuple[str, str]]
) -> tuple[str, int]:
    """Answers each question when it is asked; returns what was shown and the code."""
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(ROOT)
        os.execve(
            sys.executable,
            [sys.executable, "-m", "frontdesk", "desk-admin"],
            environment(FRONTDESK__DATABASE_URL=database_url),
        )
    shown = b""
    waiting = list(answers)
    try:
        while piece := os.read(terminal, 4096):
            shown += piece
            if waiting and shown.endswith(waiting[0][0].encode()):
                os.write(terminal, f"{waiting.pop(0)[1]}\n".encode())
    except OSError:
        pass  # how Linux says that the other end is closed
    finally:
        os.close(terminal)
    _, status = os.waitpid(process, 0)
    return shown.decode(), os.waitstatus_to_exitcode(status)
