"""Signing in: who gets in, and how slowly one can guess."""

import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from argon2 import PasswordHasher
from conftest import NewDatabase
from sqlalchemy import func, select, update
from staff_site import PASSWORD, StaffSite, Visit

from frontdesk.staff.member import Member
from frontdesk.staff.signed_in import FailedSignIn, SignedIn

WRONG = "this is not the password"
FREE_ATTEMPTS = 5


@pytest.fixture(scope="module")
def site(new_sqlite: NewDatabase) -> Iterator[StaffSite]:
    running = StaffSite(new_sqlite()).start()
    yield running
    running.stop()


def failures(site: StaffSite, email: str) -> int:
    with site.database.reading() as session:
        query = select(func.count(FailedSignIn.id)).where(FailedSignIn.email == email)
        return session.scalar(query) or 0


def test_the_right_password_opens_the_page_that_was_asked_for(site: StaffSite) -> None:
    email, visit = site.new_member(), site.visit()
    asked = visit.client.get("/account?tab=1")
    assert asked.status_code == 303
    assert asked.headers["location"] == "/sign-in?next=%2Faccount%3Ftab%3D1"
    form = visit.client.get(asked.headers["location"])
    assert 'name="next" value="/account?tab=1"' in form.text

    answer = visit.sign_in(email, next="/account?tab=1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/account?tab=1")
    assert email in visit.client.get("/account").text


def test_the_cookie_is_closed_to_scripts_and_other_sites(site: StaffSite) -> None:
    cookie = site.visit().sign_in(site.new_member()).headers["set-cookie"]
    name, *attributes = cookie.lower().split("; ")
    assert name.startswith("desk=")
    assert set(attributes) == {"httponly", "samesite=strict", "path=/"}


def test_behind_https_the_cookie_is_bound_to_it(new_sqlite: NewDatabase) -> None:
    site = StaffSite(new_sqlite(), DESK__SECURE_COOKIES="true").start()
    try:
        answer = site.visit().sign_in(site.new_member())
    finally:
        site.stop()
    name, *attributes = answer.headers["set-cookie"].split("; ")
    assert name.startswith("__Host-desk=")
    assert {one.lower() for one in attributes} == {
        "httponly",
        "samesite=strict",
        "path=/",
        "secure",
    }


def test_the_database_does_not_hold_what_opens_a_session(site: StaffSite) -> None:
    _, visit = site.signed_in()
    token = visit.client.cookies["desk"]
    with site.database.reading() as session:
        keys = set(session.scalars(select(SignedIn.token_hash)))
    assert token not in keys
    assert hashlib.sha256(token.encode()).hexdigest() in keys
    thief = site.visit()
    thief.client.cookies.set("desk", hashlib.sha256(token.encode()).hexdigest())
    assert not thief.is_signed_in()


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "javascript:alert(1)",
        "evil.example",
        "",
        "/" + "x" * 600,
    ],
)
def test_signing_in_never_leads_to_another_site(
    site: StaffSite, elsewhere: str
) -> None:
    _, visit = site.signed_in()
    answer = visit.client.get("/sign-in", params={"next": elsewhere})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    shown = site.visit().client.get("/sign-in", params={"next": elsewhere})
    assert 'name="next" value="/"' in shown.text


@pytest.mark.parametrize(
    "headers",
    [
        {"HX-Request": "true"},
        {"Accept": "text/event-stream"},
        {"Sec-Fetch-Mode": "cors"},
    ],
)
def test_scripts_without_a_session_are_told_so(
    site: StaffSite, headers: dict[str, str]
) -> None:
    answer = site.visit().client.get("/account", headers=headers)
    assert answer.status_code == 401


def test_a_link_in_an_email_is_asked_for_again_by_a_page_of_ours(
    site: StaffSite,
) -> None:
    # Browsers keep the cookie back when another site's link leads here.
    answer = site.visit().client.get(
        "/account?case=KF-1",
        headers={"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"},
    )
    assert answer.status_code == 200
    assert 'http-equiv="refresh" content="0; url=/account?case=KF-1"' in answer.text


def test_the_email_address_may_be_typed_in_any_case(site: StaffSite) -> None:
    email = site.new_member()
    assert site.visit().sign_in(f"  {email.upper()} ").status_code == 303


def test_every_refusal_reads_the_same(site: StaffSite) -> None:
    member, closed = site.new_member(), site.new_member()
    site.accounts.deactivate(site.id_of(closed), "the tests")
    unknown = "nobody@clinic.example"
    answers = {
        answer.text.replace(email, "(address)")
        for email, password in (
            (member, WRONG),
            (member, ""),
            (member, "x" * 5000),
            (member, PASSWORD + " "),
            (closed, PASSWORD),
            (unknown, PASSWORD),
        )
        for answer in [site.visit().sign_in(email, password)]
        if answer.status_code == 401
    }
    [text] = answers
    assert "The e-mail address or the password is wrong." in text
    assert 'role="alert"' in text


@pytest.mark.parametrize("email", ["", "\x00", "no address", "a@b" * 200, "'; --"])
def test_nonsense_is_refused_like_any_other(site: StaffSite, email: str) -> None:
    site.clock.move(days=2)
    assert site.visit().sign_in(email, "\x00").status_code == 401


def test_wrong_passwords_are_slowed(site: StaffSite) -> None:
    email = site.new_member()
    waits = []
    for _ in range(FREE_ATTEMPTS):
        assert site.visit().sign_in(email, WRONG).status_code == 401
    for _ in range(4):
        refused = site.visit().sign_in(email, PASSWORD)
        assert refused.status_code == 429
        assert "Too many wrong passwords. Wait " in refused.text
        waits.append(int(refused.headers["retry-after"]))
        site.clock.move(seconds=waits[-1])
        assert site.visit().sign_in(email, WRONG).status_code == 401
    assert waits == sorted(set(waits)), waits

    # Being told to wait does not make the wait longer.
    told = {
        site.visit().sign_in(email, PASSWORD).headers["retry-after"] for _ in range(3)
    }
    assert max(int(seconds) for seconds in told) <= 2 * max(waits)
    site.clock.move(seconds=2 * max(waits))
    assert site.visit().sign_in(email).status_code == 303
    assert failures(site, email) == 0
    assert site.visit().sign_in(email, WRONG).status_code == 401


def test_the_wait_has_an_end(site: StaffSite) -> None:
    email = site.new_member()
    with site.database.writing() as session:
        session.add_all(
            FailedSignIn(email=email, address="192.0.2.1", at=site.clock())
            for _ in range(5000)
        )
    refused = site.visit().sign_in(email)
    assert 0 < int(refused.headers["retry-after"]) <= 300


def test_attempts_at_the_same_time_do_not_slip_through(site: StaffSite) -> None:
    email = site.new_member()
    with ThreadPoolExecutor(12) as crowd:
        answers = list(
            crowd.map(lambda _: site.visit().sign_in(email, WRONG), range(24))
        )
    statuses = [answer.status_code for answer in answers]
    assert statuses.count(401) == FREE_ATTEMPTS
    assert statuses.count(429) == 24 - FREE_ATTEMPTS


def guess_many_accounts(visit: Visit, count: int) -> list[int]:
    return [
        visit.sign_in(f"guess-{number}@clinic.example", WRONG).status_code
        for number in range(count)
    ]


def test_an_address_that_tries_many_accounts_is_slowed(site: StaffSite) -> None:
    email, guesser = site.new_member(), site.visit()
    assert guess_many_accounts(guesser, 22) == [401] * 20 + [429] * 2
    assert guesser.sign_in(email).status_code == 429
    assert site.visit().sign_in(email).status_code == 303


def test_a_household_of_ipv6_addresses_counts_as_one(site: StaffSite) -> None:
    statuses = []
    for number in range(22):
        visit = site.visit()
        visit.client.headers["X-Forwarded-For"] = f"2001:db8:1:2::{number:x}"
        email = f"v6-{number}@clinic.example"
        statuses.append(visit.sign_in(email, WRONG).status_code)
    assert statuses == [401] * 20 + [429] * 2


def test_failures_are_forgotten_after_a_day(site: StaffSite) -> None:
    email, other = site.new_member(), site.new_member()
    for _ in range(FREE_ATTEMPTS):
        site.visit().sign_in(email, WRONG)
    assert failures(site, email) == FREE_ATTEMPTS
    site.clock.move(hours=24, seconds=1)
    site.visit().sign_in(other)
    assert failures(site, email) == 0


def test_an_old_hash_is_made_anew(site: StaffSite) -> None:
    email = site.new_member()
    weaker = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1)
    with site.database.writing() as session:
        session.execute(
            update(Member)
            .where(Member.email == email)
            .values(password_hash=weaker.hash(PASSWORD))
        )
    assert site.visit().sign_in(email).status_code == 303
    with site.database.reading() as session:
        stored = session.scalar(
            select(Member.password_hash).where(Member.email == email)
        )
    assert stored is not None
    assert not PasswordHasher().check_needs_rehash(stored)
    assert site.visit().sign_in(email).status_code == 303


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
def test_another_site_cannot_sign_anyone_in(
    site: StaffSite, headers: dict[str, str]
) -> None:
    visit = site.visit()
    visit.client.headers.update(headers)
    answer = visit.sign_in(site.new_member())
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
