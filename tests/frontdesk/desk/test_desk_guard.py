"""No page of the desk is shown, and no act done, without a session and its token."""

from collections.abc import Iterator

import httpx
import pytest
from own_services import services_on

from desk.desk_site import PASSWORD, DeskSite
from frontdesk.desk.app import build_desk

OPEN_TO_ALL = "/sign-in"


def routes() -> Iterator[tuple[str, str]]:
    """Lists every route of the desk."""
    app = build_desk(services_on("sqlite:///never-opened.db"))
    for path, methods in app.openapi()["paths"].items():
        if path != OPEN_TO_ALL:
            filled = path.replace("{sender}", "someone").replace("{case_id}", "KF-1")
            yield from ((method.upper(), filled) for method in methods)


ROUTES = [route for route in routes() if "{" not in route[1]]


def test_the_list_of_routes_is_complete() -> None:
    for route in (
        ("GET", "/"),
        ("GET", "/live"),
        ("GET", "/news"),
        ("GET", "/conversations/someone"),
        ("GET", "/exports/someone"),
        ("POST", "/conversations/someone/reply"),
        ("POST", "/cases/KF-1/close"),
    ):
        assert route in ROUTES


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_a_stranger_is_sent_to_sign_in_or_refused(
    site: DeskSite, method: str, path: str
) -> None:
    page = httpx.request(method, site.url + path)
    assert (page.status_code, page.headers["location"][:8]) == (303, OPEN_TO_ALL)
    part = httpx.request(method, site.url + path, headers={"HX-Request": "true"})
    assert part.status_code == 401


@pytest.fixture(scope="module")
def member(site: DeskSite) -> httpx.Client:
    """A member of staff who is signed in."""
    client = httpx.Client(base_url=site.url, timeout=30.0)
    form = {"email": site.new_member("Maria"), "password": PASSWORD}
    assert client.post("/sign-in", data=form).status_code == 303
    return client


@pytest.mark.parametrize("path", [path for method, path in ROUTES if method == "POST"])
@pytest.mark.parametrize("token", [{}, {"csrf": "wrong"}])
def test_a_form_without_its_token_does_nothing(
    member: httpx.Client, path: str, token: dict[str, str]
) -> None:
    form = {"text": "Hello", "key": "k"} | token
    assert member.post(path, data=form).status_code == 403


def test_pages_forbid_scripts_and_styles_of_others(member: httpx.Client) -> None:
    answer = member.get("/")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["cache-control"] == "no-store"
    for forbidden in (" style=", "<style", " onclick=", "javascript:"):
        assert forbidden not in answer.text
