"""The audit trail: what staff did, for administrators to read."""

import re
from collections.abc import Iterator

import pytest
from conftest import NewDatabase
from staff_site import PASSWORD, StaffSite

from frontdesk.staff.audit import PAGE_LENGTH, read_trail, write_down
from frontdesk.staff.member import ADMIN, STAFF

ROW = re.compile(r"<td>(.*?)</td>", re.DOTALL)


@pytest.fixture
def site(new_sqlite: NewDatabase) -> Iterator[StaffSite]:
    running = StaffSite(new_sqlite()).start()
    yield running
    running.stop()


def trail(site: StaffSite) -> list[tuple[str, str, str | None]]:
    """Returns who did what to what, oldest first."""
    return [
        (entry.staff_email, entry.action, entry.sender)
        for entry in reversed(read_trail(site.database))
    ]


def test_what_staff_do_with_accounts_is_written_down(site: StaffSite) -> None:
    email, admin = site.signed_in(ADMIN)
    before = len(trail(site))
    other = "other@clinic.example"
    admin.send("/staff", email=other, name="Other", role=STAFF)
    number = site.id_of(other)
    admin.send(f"/staff/{number}/role", role=ADMIN)
    admin.send(f"/staff/{number}/password")
    admin.send(f"/staff/{number}/deactivate")
    admin.send(f"/staff/{number}/reactivate")
    new = "lantern biscuit orchard kayak"
    admin.send("/account", current=PASSWORD, password=new, again=new)
    admin.send("/sign-out")
    assert trail(site)[:before] == [
        ("the tests", "account_created", email),
        (email, "sign_in", None),
    ]
    assert trail(site)[before:] == [
        (email, "account_created", other),
        (email, "role_changed", other),
        (email, "password_reset", other),
        (email, "account_deactivated", other),
        (email, "account_reactivated", other),
        (email, "password_changed", email),
        (email, "sign_out", None),
    ]


def test_what_was_refused_is_not_written_down(site: StaffSite) -> None:
    email, admin = site.signed_in(ADMIN)
    before = trail(site)
    admin.send(f"/staff/{site.id_of(email)}/deactivate")
    admin.send("/staff", email=email, name="Twice", role=STAFF)
    admin.send("/account", current="wrong", password="x", again="x")
    site.visit().sign_in(email, "wrong")
    assert trail(site) == before


def test_the_trail_is_read_newest_first_and_by_pages(site: StaffSite) -> None:
    admin = site.admin()
    with site.database.writing() as session:
        for number in range(2 * PAGE_LENGTH):
            write_down(
                session,
                site.clock(),
                "ana@x.y",
                "read",
                f"web-{number}",
                f"KF-{number}",
            )
            session.flush()
    page, seen = "/audit", []
    while page:
        text = admin.client.get(page).text
        cells = ROW.findall(text)
        seen += cells[3::5]
        older = re.search(r'href="(/audit\?before=\d+)"', text)
        page = older[1] if older else ""
    expected = [f"web-{number}" for number in reversed(range(2 * PAGE_LENGTH))]
    assert seen[: len(expected)] == expected
    assert len(seen) == len(expected) + 2  # the administrator's account and sign-in


def test_the_trail_shows_names_as_text(site: StaffSite) -> None:
    admin = site.admin()
    with site.database.writing() as session:
        write_down(session, site.clock(), "<b>@x.y", "read", "<script>", None)
    text = admin.client.get("/audit").text
    assert "&lt;script&gt;" in text
    assert "<script>" not in text


@pytest.mark.parametrize("before", ["0", "-1", "x", str(2**31), ""])
def test_a_page_that_cannot_be(site: StaffSite, before: str) -> None:
    answer = site.admin().client.get("/audit", params={"before": before})
    assert answer.status_code == 422
