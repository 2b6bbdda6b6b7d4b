"""Which websites may carry the chat, and what they may load."""

from collections.abc import Iterator

import httpx
import pytest
from conftest import NewDatabase
from live_frontdesk import LiveFrontDesk, environment, run_frontdesk

from frontdesk.visitors.origins import allowed_origins
from settings import SettingsError, load_settings

ALLOWED = "https://www.clinic.example"
FOREIGN = [
    "https://evil.example",
    "http://www.clinic.example",
    "https://www.clinic.example:8443",
    "https://www.clinic.example.evil.example",
    "null",
    "",
]


@pytest.fixture(scope="module")
def open_desk(
    new_sqlite: NewDatabase, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LiveFrontDesk]:
    """A front desk that two websites may use."""
    origins = f"{ALLOWED.upper()}:443, http://localhost:3000"
    desk = LiveFrontDesk(
        new_sqlite(),
        tmp_path_factory.mktemp("open") / "desk.log",
        overrides={"VISITORS__ALLOWED_ORIGINS": origins},
    ).start()
    yield desk
    desk.stop()


def read(origins: str, mode: str = "development") -> frozenset[str]:
    """Reads the setting as it is read at the start."""
    changes = {"VISITORS__ALLOWED_ORIGINS": origins, "MODE": mode}
    return allowed_origins(load_settings(environment=environment(**changes)))


def preflight(open_desk: LiveFrontDesk, origin: str) -> httpx.Response:
    """Asks what a browser asks before it sends a message."""
    headers = {
        "Origin": origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type,last-event-id",
    }
    return open_desk.stranger.options("/chat/messages", headers=headers)


@pytest.mark.parametrize("origin", FOREIGN)
def test_another_website_may_not_carry_the_chat(
    open_desk: LiveFrontDesk, origin: str
) -> None:
    asked = open_desk.stranger.post("/chat/sessions", headers={"Origin": origin})
    assert asked.status_code == 403
    assert "visitors.allowed_origins" in asked.text
    assert "token" not in asked.text
    assert preflight(open_desk, origin).status_code == 403


def test_an_allowed_website_may(open_desk: LiveFrontDesk) -> None:
    before = preflight(open_desk, ALLOWED)
    assert before.status_code == 200
    assert before.headers["access-control-allow-origin"] == ALLOWED
    assert "Last-Event-ID" in before.headers["access-control-allow-headers"]
    asked = open_desk.stranger.post("/chat/sessions", headers={"Origin": ALLOWED})
    assert asked.status_code == 201
    assert asked.headers["access-control-allow-origin"] == ALLOWED
    assert "Origin" in asked.headers["vary"]
    # It may read why it is told to wait; it is sent no cookies.
    assert "Retry-After" in asked.headers["access-control-expose-headers"]
    assert "access-control-allow-credentials" not in asked.headers


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_our_own_pages_and_programs_always_may(
    open_desk: LiveFrontDesk, scheme: str
) -> None:
    host = open_desk.url.removeprefix("http://")
    own = open_desk.stranger.post(
        "/chat/sessions", headers={"Origin": f"{scheme}://{host}"}
    )
    assert own.status_code == 201
    assert open_desk.stranger.post("/chat/sessions").status_code == 201


@pytest.mark.parametrize(
    "origins",
    [
        "www.clinic.example",
        "https://www.clinic.example/",
        "https://www.clinic.example/chat",
        "https://me@www.clinic.example",
        "https://www.clinic.example:port",
        "ftp://www.clinic.example",
        "https://",
        f"{ALLOWED} https://other.example",
    ],
)
def test_what_is_no_origin_is_named_at_the_start(origins: str) -> None:
    with pytest.raises(SettingsError, match="separated by commas") as refused:
        read(origins)
    assert "'visitors.allowed_origins'" in str(refused.value)


def test_every_website_only_while_it_is_being_developed() -> None:
    assert read("*", "development") == {"*"}
    with pytest.raises(SettingsError, match="every website"):
        read("*", "production")


def test_the_front_desk_does_not_start_with_a_wrong_one(
    new_sqlite: NewDatabase,
) -> None:
    ended = run_frontdesk(
        VISITORS__ALLOWED_ORIGINS="x", FRONTDESK__DATABASE_URL=new_sqlite()
    )
    assert ended.returncode == 1
    assert "'visitors.allowed_origins'" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("path", ["/widget.js", "/widget/widget.js"])
def test_the_chat_can_be_loaded_from_any_page(
    open_desk: LiveFrontDesk, path: str
) -> None:
    loaded = open_desk.stranger.get(path, headers={"Origin": FOREIGN[0]})
    assert loaded.headers["content-type"].startswith("text/javascript")
    assert loaded.headers["access-control-allow-origin"] == "*"
    assert loaded.headers["cross-origin-resource-policy"] == "cross-origin"
    assert loaded.headers["x-content-type-options"] == "nosniff"
    assert loaded.headers["content-encoding"] == "gzip"


def test_an_old_script_is_not_kept(open_desk: LiveFrontDesk) -> None:
    first = open_desk.stranger.get("/widget.js")
    assert first.headers["cache-control"] == "no-cache"
    headers = {"If-None-Match": first.headers["etag"]}
    assert open_desk.stranger.get("/widget.js", headers=headers).status_code == 304


@pytest.mark.parametrize(
    "path", ["/widget/../settings.yml", "/widget/%2e%2e/settings.yml", "/widget/"]
)
def test_nothing_else_is_served(open_desk: LiveFrontDesk, path: str) -> None:
    assert open_desk.stranger.get(path).status_code == 404


def test_the_chat_is_told_what_it_has_to_show(open_desk: LiveFrontDesk) -> None:
    config = open_desk.stranger.get("/chat/config").json()
    assert config["clinic"]["phone"]["call"] == "tel:5550142"
    assert config["clinic"]["is_invented"]
    assert config["help"]["lifeline"]["text"] == "sms:988"
    assert "automated assistant" in config["disclosure"]
    assert "$" not in str(config)
    assert len(config["suggestions"]) == 4
