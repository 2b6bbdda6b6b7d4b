"""Nothing is changed by a form that is not from a page of this very session."""

import json
import re
from collections.abc import Iterator

import pytest
from staff_site import PASSWORD, StaffSite
from starlette.routing import Route

from frontdesk.web.cross_site import SAFE_METHODS

PUBLIC = {"/sign-in"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StaffSite]:
    folder = tmp_path_factory.mktemp("site")
    running = StaffSite(f"sqlite:///{folder}/desk.db").start()
    yield running
    running.stop()


def changing_routes(site: StaffSite) -> list[tuple[str, str]]:
    """Lists every route that changes something."""
    paths = site.app.openapi()["paths"]
    return [
        (method.upper(), re.sub(r"\{.*?\}", "1", path))
        for path, methods in paths.items()
        for method in methods
        if method.upper() not in SAFE_METHODS and path not in PUBLIC
    ]


def test_the_list_of_routes_is_complete(site: StaffSite) -> None:
    listed = changing_routes(site)
    for path in ("/sign-out", "/account", "/staff", "/staff/1/role", "/test/echo"):
        assert ("POST", path) in listed
    assert not [one for one in site.app.routes if type(one) is Route]


@pytest.mark.parametrize("kind", ["none", "empty", "wrong", "of another session"])
def test_every_form_needs_the_token_of_its_session(site: StaffSite, kind: str) -> None:
    visit = site.admin()
    form = {
        "none": {},
        "empty": {"csrf": ""},
        "wrong": {"csrf": "wrong \u00e9"},
        "of another session": {"csrf": site.admin().csrf()},
    }[kind]
    for method, path in changing_routes(site):
        answer = visit.client.request(method, path, data=form)
        assert answer.status_code == 403, path
        assert "Reload the page and try again." in answer.text
    assert visit.is_signed_in()


def test_without_a_session_no_form_is_read(site: StaffSite) -> None:
    stranger = site.visit()
    for method, path in changing_routes(site):
        answer = stranger.client.request(method, path, data={"csrf": ""})
        assert (answer.status_code, answer.headers["location"]) == (
            303,
            "/sign-in?next=%2F",
        ), path


def test_a_new_route_is_guarded_without_being_told_to(site: StaffSite) -> None:
    _, visit = site.signed_in()
    refused = visit.client.post("/test/echo", data={"text": "hello"})
    assert refused.status_code == 403
    assert visit.send("/test/echo", text="hello").text == "hello"
    assert site.visit().client.post("/test/echo").status_code == 303


def test_the_token_may_come_as_a_header(site: StaffSite) -> None:
    _, visit = site.signed_in()
    for kind in ("application/x-www-form-urlencoded", "application/json"):
        answer = visit.client.post(
            "/test/echo",
            headers={"X-CSRF-Token": visit.csrf(), "Content-Type": kind},
        )
        assert answer.status_code == 200


def test_the_token_counts_only_as_a_header_or_in_a_form(site: StaffSite) -> None:
    _, visit = site.signed_in()
    csrf = visit.csrf()
    in_address = visit.client.post("/test/echo", params={"csrf": csrf})
    in_json = visit.client.post(
        "/test/echo",
        content=json.dumps({"csrf": csrf}),
        headers={"Content-Type": "text/plain"},
    )
    as_file = visit.client.post("/test/echo", files={"csrf": csrf.encode()})
    assert [one.status_code for one in (in_address, in_json, as_file)] == [403] * 3


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
    ],
)
def test_another_site_is_refused_even_with_the_token(
    site: StaffSite, headers: dict[str, str]
) -> None:
    _, visit = site.signed_in()
    answer = visit.client.post(
        "/test/echo", data={"csrf": visit.csrf(), "text": "x"}, headers=headers
    )
    assert answer.status_code == 403
    assert "another website" in answer.text


def test_our_own_pages_may_send(site: StaffSite) -> None:
    _, visit = site.signed_in()
    for headers in (
        {"Sec-Fetch-Site": "same-origin", "Origin": site.url},
        {"Sec-Fetch-Site": "none"},
        {"Origin": site.url},
    ):
        answer = visit.client.post(
            "/test/echo", data={"csrf": visit.csrf(), "text": "x"}, headers=headers
        )
        assert answer.status_code == 200


def test_browsers_are_told_to_run_and_keep_nothing_of_others(site: StaffSite) -> None:
    email, visit = site.signed_in()
    answers = [
        visit.client.get("/account"),
        visit.client.get("/sign-in"),
        visit.client.get("/no-such-page"),
        visit.client.post("/test/echo"),
        visit.client.post("/test/echo", headers={"Sec-Fetch-Site": "cross-site"}),
        visit.sign_in(email, PASSWORD),
    ]
    assert [one.status_code for one in answers] == [200, 303, 404, 403, 403, 303]
    for answer in answers:
        policy = answer.headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["cache-control"] == "no-store"


def test_problems_are_pages_for_people_and_lines_for_scripts(site: StaffSite) -> None:
    _, visit = site.signed_in()
    page = visit.client.get("/no-such-page")
    assert "<h1>This did not work</h1>" in page.text
    assert "There is no such page." in page.text
    line = visit.client.get("/no-such-page", headers={"HX-Request": "true"})
    assert line.status_code == 404
    assert "<" not in line.text
