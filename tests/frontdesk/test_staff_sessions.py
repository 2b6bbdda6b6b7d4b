"""Sessions at the desk end: by themselves, and at once when they have to."""

from collections.abc import Iterator

import pytest
from conftest import NewDatabase
from sqlalchemy import func, select
from staff_site import StaffSite

from frontdesk.staff.signed_in import SignedIn

HOURS = 8
IDLE_HOURS = HOURS / 4


@pytest.fixture(scope="module")
def site(new_sqlite: NewDatabase) -> Iterator[StaffSite]:
    running = StaffSite(new_sqlite(), DESK__SESSION_HOURS=str(HOURS)).start()
    yield running
    running.stop()


def test_without_a_session_there_is_nothing_to_see(site: StaffSite) -> None:
    visit = site.visit()
    assert not visit.is_signed_in()
    visit.client.cookies.set("desk", "made-up")
    assert not visit.is_signed_in()


def test_signing_out_ends_the_session_and_not_only_the_cookie(site: StaffSite) -> None:
    _, visit = site.signed_in()
    token = visit.client.cookies["desk"]
    answer = visit.send("/sign-out")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    assert "desk" not in visit.client.cookies
    visit.client.cookies.set("desk", token)
    assert not visit.is_signed_in()


def test_signing_in_again_ends_the_session_before(site: StaffSite) -> None:
    email, visit = site.signed_in()
    before = visit.client.cookies["desk"]
    assert visit.sign_in(email).status_code == 303
    assert visit.client.cookies["desk"] != before
    other = site.visit()
    other.client.cookies.set("desk", before)
    assert not other.is_signed_in()
    assert visit.is_signed_in()


def test_a_session_ends_when_nobody_clicks(site: StaffSite) -> None:
    _, visit = site.signed_in()
    site.clock.move(hours=IDLE_HOURS * 0.9)
    assert visit.is_signed_in()
    site.clock.move(hours=IDLE_HOURS * 0.9)
    assert visit.is_signed_in()
    site.clock.move(hours=IDLE_HOURS * 1.1)
    assert not visit.is_signed_in()


@pytest.mark.parametrize(
    "background",
    [
        ("/account", {"X-Background": "1"}),
        ("/account", {"Accept": "text/event-stream"}),
    ],
)
def test_what_no_click_caused_does_not_keep_it_open(
    site: StaffSite, background: tuple[str, dict[str, str]]
) -> None:
    path, headers = background
    _, visit = site.signed_in()
    site.clock.move(hours=IDLE_HOURS * 0.9)
    assert visit.client.get(path, headers=headers).status_code == 200
    site.clock.move(hours=IDLE_HOURS * 0.2)
    assert not visit.is_signed_in()


def test_a_session_ends_in_the_end_however_busy_it_is(site: StaffSite) -> None:
    _, visit = site.signed_in()
    for _ in range(10):
        assert visit.is_signed_in()
        site.clock.move(hours=HOURS / 10)
    assert not visit.is_signed_in()


def test_a_new_password_ends_all_other_sessions(site: StaffSite) -> None:
    email, visit = site.signed_in()
    elsewhere = site.visit()
    elsewhere.sign_in(email)
    _, colleague = site.signed_in()
    new = "lantern biscuit orchard kayak"
    answer = visit.send(
        "/account", current="violin gravel teapot umbrella", password=new, again=new
    )
    assert answer.status_code == 200
    assert "You are signed out everywhere else." in answer.text
    assert visit.is_signed_in()
    assert not elsewhere.is_signed_in()
    assert colleague.is_signed_in()


@pytest.mark.parametrize(
    ("act", "fields"),
    [("deactivate", {}), ("role", {"role": "admin"}), ("password", {})],
)
def test_what_an_administrator_changes_ends_the_members_sessions(
    site: StaffSite, act: str, fields: dict[str, str]
) -> None:
    email, visit = site.signed_in()
    elsewhere = site.visit()
    elsewhere.sign_in(email)
    admin = site.admin()
    answer = admin.send(f"/staff/{site.id_of(email)}/{act}", **fields)
    assert answer.status_code in (200, 303)
    assert not visit.is_signed_in()
    assert not elsewhere.is_signed_in()
    assert admin.is_signed_in()


def test_an_open_event_stream_ends_with_its_session(site: StaffSite) -> None:
    _, visit = site.signed_in()
    csrf = visit.csrf()
    with visit.client.stream("GET", "/test/stream") as events:
        assert events.status_code == 200
        lines = events.iter_lines()
        assert next(lines).startswith(":")
        visit.client.post("/sign-out", data={"csrf": csrf})
        rest = list(lines)
    assert all(not line or line.startswith(":") for line in rest)


def test_sessions_that_are_over_are_not_kept(site: StaffSite) -> None:
    site.signed_in()
    site.clock.move(hours=HOURS)
    site.signed_in()
    with site.database.reading() as session:
        assert session.scalar(select(func.count(SignedIn.token_hash))) == 1
