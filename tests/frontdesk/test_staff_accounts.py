"""Accounts: who makes them, who changes them, and which passwords they may have."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from conftest import NewDatabase
from staff_site import PASSWORD, StaffSite

from frontdesk.staff.member import ADMIN, STAFF
from frontdesk.staff.refusals import LastAdmin

SHOWN_PASSWORD = re.compile(r"<code>([a-z0-9-]+)</code>")


@pytest.fixture(scope="module")
def site(new_sqlite: NewDatabase) -> Iterator[StaffSite]:
    running = StaffSite(new_sqlite()).start()
    yield running
    running.stop()


@pytest.fixture
def empty_site(new_sqlite: NewDatabase) -> Iterator[StaffSite]:
    running = StaffSite(new_sqlite()).start()
    yield running
    running.stop()


def test_nobody_can_sign_in_before_an_account_was_made(empty_site: StaffSite) -> None:
    assert empty_site.accounts.everyone() == []
    for email in ("admin", "admin@localhost", "root@localhost", "admin@clinic.example"):
        for password in ("", "admin", "password", "changeme"):
            answer = empty_site.visit().sign_in(email, password)
            assert answer.status_code in (401, 429)


def test_an_administrator_adds_someone(site: StaffSite) -> None:
    admin = site.admin()
    answer = admin.send(
        "/staff", email="New.Person@Clinic.example", name=" Zoë  <b>", role=STAFF
    )
    assert answer.status_code == 200
    password = SHOWN_PASSWORD.findall(answer.text)[0]
    assert "Zoë &lt;b&gt;" in answer.text
    assert password not in admin.client.get("/staff").text

    visit = site.visit()
    assert visit.sign_in("new.person@clinic.example", password).status_code == 303
    account = visit.client.get("/account").text
    assert "Zoë &lt;b&gt;" in account
    assert "new.person@clinic.example" in account
    chosen = "lantern biscuit orchard kayak"
    changed = visit.send("/account", current=password, password=chosen, again=chosen)
    assert changed.status_code == 200
    again = site.visit()
    assert again.sign_in("new.person@clinic.example", chosen).status_code == 303


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("email", "nobody", "This is not an e-mail address."),
        ("email", "a b@clinic.example", "This is not an e-mail address."),
        ("email", "", "This is not an e-mail address."),
        ("email", f"{'x' * 250}@clinic.example", "This is not an e-mail address."),
        ("name", " ", "Write a name of 1 to 100 characters."),
        ("name", "x" * 101, "Write a name of 1 to 100 characters."),
        ("name", "a\x00b", "Write a name of 1 to 100 characters."),
        ("role", "owner", "The role is one of: staff, admin."),
    ],
)
def test_what_cannot_be_an_account_is_refused(
    site: StaffSite, field: str, value: str, problem: str
) -> None:
    before = len(site.accounts.everyone())
    form = {"email": "one@clinic.example", "name": "One", "role": STAFF}
    admin = site.admin()
    answer = admin.send("/staff", **form | {field: value})
    assert answer.status_code == 422
    assert problem in answer.text
    # The problem has the focus, and is tied to the field it is about.
    assert f'<a href="#{field}">' in answer.text
    tied = rf'id="{field}"[^>]* aria-invalid="true" aria-describedby="problem '
    assert re.search(tied, answer.text)
    assert len(site.accounts.everyone()) == before + 1  # the administrator's own


def test_an_address_has_one_account(site: StaffSite) -> None:
    email = site.new_member()
    answer = site.admin().send("/staff", email=email.upper(), name="Two", role=STAFF)
    assert answer.status_code == 422
    assert "There is an account with this e-mail address already." in answer.text


@pytest.mark.parametrize(
    ("password", "problem"),
    [
        ("", "too short"),
        ("elevenchars", "too short"),
        ("x7" * 101, "too long"),
        ("password1234", "easy to guess"),
        ("qwertyuiop12", "easy to guess"),
        ("aaaaaaaaaaaaaaaaaaaa", "easy to guess"),
        ("my name is Ruiz or so", "part of the name or e-mail address"),
    ],
)
def test_passwords_that_are_easy_to_guess_are_refused(
    site: StaffSite, password: str, problem: str
) -> None:
    email, visit = site.signed_in()
    answer = visit.send("/account", current=PASSWORD, password=password, again=password)
    assert answer.status_code == 422
    assert problem in answer.text
    assert site.visit().sign_in(email).status_code == 303


def test_a_long_password_of_any_characters_is_fine(site: StaffSite) -> None:
    email, visit = site.signed_in()
    password = "søt \U0001f9ca Ångström " * 10
    answer = visit.send("/account", current=PASSWORD, password=password, again=password)
    assert answer.status_code == 200
    # The same letters, put together differently by another keyboard.
    other = password.replace("Å", "A\u030a")
    assert other != password
    assert site.visit().sign_in(email, other).status_code == 303
    assert site.visit().sign_in(email, password[:-1]).status_code == 401


def test_changing_a_password_needs_the_present_one(site: StaffSite) -> None:
    email, visit = site.signed_in()
    new = "lantern biscuit orchard kayak"
    wrong = visit.send("/account", current="wrong", password=new, again=new)
    assert wrong.status_code == 401
    assert "Your present password is wrong." in wrong.text
    unlike = visit.send("/account", current=PASSWORD, password=new, again=new + "x")
    assert unlike.status_code == 422
    assert "The new passwords are not the same." in unlike.text
    assert site.visit().sign_in(email).status_code == 303


def test_guessing_the_present_password_is_slowed(site: StaffSite) -> None:
    _, visit = site.signed_in()
    new = "lantern biscuit orchard kayak"
    form = {"password": new, "again": new}
    for _ in range(5):
        assert visit.send("/account", current="wrong", **form).status_code == 401
    refused = visit.send("/account", current=PASSWORD, **form)
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) > 0


def test_staff_cannot_reach_what_is_for_administrators(site: StaffSite) -> None:
    colleague = site.id_of(site.new_member())
    email, visit = site.signed_in()
    own = site.id_of(email)
    before = [(one.id, one.role, one.active) for one in site.accounts.everyone()]
    for path in ("/staff", "/audit"):
        answer = visit.client.get(path)
        assert answer.status_code == 403
        assert "This page is for administrators." in answer.text
    for number in (own, colleague):
        for path, fields in (
            ("role", {"role": ADMIN}),
            ("deactivate", {}),
            ("reactivate", {}),
            ("password", {}),
        ):
            assert visit.send(f"/staff/{number}/{path}", **fields).status_code == 403
    form = {"email": "mine@clinic.example", "name": "Mine", "role": ADMIN}
    assert visit.send("/staff", **form).status_code == 403
    after = [(one.id, one.role, one.active) for one in site.accounts.everyone()]
    assert after == before
    assert 'href="/staff"' not in visit.client.get("/account").text


def test_a_form_changes_nobodys_password_but_ones_own(site: StaffSite) -> None:
    victim = site.new_member()
    _, visit = site.signed_in()
    new = "lantern biscuit orchard kayak"
    answer = visit.send(
        "/account",
        current=PASSWORD,
        password=new,
        again=new,
        email=victim,
        member_id=str(site.id_of(victim)),
    )
    assert answer.status_code == 200
    assert site.visit().sign_in(victim, new).status_code == 401
    assert site.visit().sign_in(victim).status_code == 303


def test_a_closed_account_cannot_sign_in_until_it_is_opened(site: StaffSite) -> None:
    email, admin = site.new_member(), site.admin()
    number = site.id_of(email)
    assert admin.send(f"/staff/{number}/deactivate").status_code == 303
    assert site.visit().sign_in(email).status_code == 401
    assert admin.send(f"/staff/{number}/reactivate").status_code == 303
    assert site.visit().sign_in(email).status_code == 303


def test_a_new_password_is_shown_once(site: StaffSite) -> None:
    email, admin = site.new_member(), site.admin()
    answer = admin.send(f"/staff/{site.id_of(email)}/password")
    [password] = SHOWN_PASSWORD.findall(answer.text)
    assert site.visit().sign_in(email, PASSWORD).status_code == 401
    assert site.visit().sign_in(email, password).status_code == 303


def test_a_role_is_given_and_taken(site: StaffSite) -> None:
    email, admin = site.new_member(), site.admin()
    for role, status in ((ADMIN, 200), (STAFF, 403)):
        changed = admin.send(f"/staff/{site.id_of(email)}/role", role=role)
        assert changed.status_code == 303
        visit = site.visit()
        visit.sign_in(email)
        assert visit.client.get("/staff").status_code == status


def test_an_account_that_is_not_there(site: StaffSite) -> None:
    admin = site.admin()
    for number in (999_999, 2**31 - 1):
        answer = admin.send(f"/staff/{number}/deactivate")
        assert answer.status_code == 422
        assert "There is no such account." in answer.text
    for number in ("0", "-1", str(2**31), "x"):
        assert admin.send(f"/staff/{number}/deactivate").status_code in (404, 422)


def test_the_last_administrator_stays(empty_site: StaffSite) -> None:
    email, admin = empty_site.signed_in(ADMIN)
    empty_site.new_member()
    own = empty_site.id_of(email)
    for act, fields in (("deactivate", {}), ("role", {"role": STAFF})):
        answer = admin.send(f"/staff/{own}/{act}", **fields)
        assert answer.status_code == 422
        assert "This is the last active administrator." in answer.text
    assert admin.client.get("/staff").status_code == 200

    closed = empty_site.id_of(empty_site.new_member(ADMIN))
    assert admin.send(f"/staff/{closed}/deactivate").status_code == 303
    # A closed account is no administrator who could look after the others.
    assert admin.send(f"/staff/{own}/deactivate").status_code == 422


def test_administrators_cannot_remove_each_other_at_once(
    empty_site: StaffSite,
) -> None:
    numbers = [empty_site.id_of(empty_site.new_member(ADMIN)) for _ in range(4)]

    def close(number: int) -> bool:
        try:
            empty_site.accounts.deactivate(number, "the tests")
        except LastAdmin:
            return False
        return True

    with ThreadPoolExecutor(4) as crowd:
        closed = list(crowd.map(close, numbers))
    assert closed.count(False) == 1
    assert [one.active for one in empty_site.accounts.everyone()].count(True) == 1
