"""Who may use the internal routes."""

from collections.abc import Iterator

import httpx
import pytest
from case_bodies import case_body
from live_frontdesk import TOKEN, LiveFrontDesk
from own_services import services_on

from frontdesk.app import build_app


def internal_routes() -> Iterator[tuple[str, str]]:
    """Lists every internal route that the application has, and some it has not."""
    app = build_app(services_on("sqlite:///never-opened.db"), TOKEN)
    for path, methods in app.openapi()["paths"].items():
        if path.startswith("/internal"):
            yield from ((name.upper(), path.format(sender="x")) for name in methods)
    yield from [("GET", "/internal"), ("POST", "/internal/no-such-route")]


ROUTES = list(internal_routes())


def test_the_list_of_routes_is_complete() -> None:
    assert ("POST", "/internal/cases") in ROUTES
    assert ("GET", "/internal/cases") in ROUTES
    assert ("DELETE", "/internal/people/x") in ROUTES


@pytest.mark.parametrize(
    "authorization",
    [
        None,
        "",
        "Bearer",
        "Bearer wrong",
        f"Bearer {TOKEN}x",
        f"Bearer {TOKEN[:-1]}",
        f"Bearer {TOKEN.upper()}",
        f"Basic {TOKEN}",
        TOKEN,
        "Bearer t\u00f6ken",
    ],
)
@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_without_the_token_nothing_is_answered(
    desk: LiveFrontDesk, method: str, path: str, authorization: str | None
) -> None:
    headers = httpx.Headers(encoding="latin-1")
    if authorization is not None:
        headers["Authorization"] = authorization
    answer = desk.stranger.request(
        method,
        path,
        headers=headers,
        content=b"{not even json",
    )
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert TOKEN not in answer.text


@pytest.mark.parametrize("path", ["/%69nternal/cases", "/internal%2Fcases"])
def test_an_encoded_path_is_guarded_too(desk: LiveFrontDesk, path: str) -> None:
    answer = desk.stranger.post(httpx.URL(desk.url).copy_with(raw_path=path.encode()))
    assert answer.status_code == 401


def test_a_refused_case_is_not_stored(desk: LiveFrontDesk) -> None:
    body = case_body()
    desk.stranger.post("/internal/cases", json=body)
    assert desk.cases(body["sender"]) == []


def test_the_scheme_is_not_case_sensitive(desk: LiveFrontDesk) -> None:
    headers = {"Authorization": f"bearer {TOKEN}"}
    answer = desk.stranger.post("/internal/cases", json=case_body(), headers=headers)
    assert answer.status_code == 201


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json"])
def test_the_api_is_not_described_to_strangers(desk: LiveFrontDesk, path: str) -> None:
    assert desk.stranger.get(path).status_code == 404
