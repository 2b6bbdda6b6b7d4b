"""The pages of the facts and the demo, as people without JavaScript get them."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import yaml
from conftest import NewDatabase, StartDesk
from live_frontdesk import ROOT, LiveFrontDesk
from test_start import confirm_the_clinic, copy_of_the_project

FACTS = sorted((ROOT / "data" / "facts").glob("*.yml"))
CSP = "default-src 'none'; script-src 'self'; style-src 'self'"
WORDS = {
    "myth": "Myth",
    "mostly_myth": "Mostly myth",
    "it_depends": "It depends",
    "mostly_fact": "Mostly fact",
    "fact": "Fact",
    "info": "Information",
}


@pytest.fixture(scope="module")
def site(
    new_sqlite: NewDatabase, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[httpx.Client]:
    """A browser without scripts at the public address."""
    desk = LiveFrontDesk(new_sqlite(), tmp_path_factory.mktemp("site") / "log").start()
    with httpx.Client(base_url=desk.url, headers={"Accept": "text/html"}) as client:
        yield client
    desk.stop()


def links(page: str) -> set[str]:
    """Returns where a page's links lead."""
    return {html.unescape(found) for found in re.findall(r'href="([^"]+)"', page)}


def text_of(page: str) -> str:
    """Returns what a page says, on one line."""
    body = html.unescape(re.sub(r"<[^>]+>", " ", page.split("<body>")[1]))
    return " ".join(body.split())


@pytest.mark.parametrize("path", FACTS, ids=lambda path: path.stem)
def test_each_fact_has_a_page_with_all_that_its_file_says(
    site: httpx.Client, path: Path
) -> None:
    fact = yaml.safe_load(path.read_text("utf-8"))
    answer = site.get(f"/facts/{path.stem}")
    assert answer.status_code == 200
    text, where = text_of(answer.text), links(answer.text)
    bibliography = yaml.safe_load((ROOT / "data" / "sources.yml").read_text("utf-8"))
    for part in (fact["title"], fact["claim"], fact["proof"].strip()):
        assert part in text
    assert WORDS[fact["verdict"]] in text
    for part in (fact["answer"]["web"], fact["detail"]["web"]):
        assert part.split("${")[0].strip()[:200] in text
    assert "${" not in text
    assert {bibliography[source]["url"] for source in fact["sources"]} <= where
    assert {f"/facts/{topic}" for topic in fact["related"]} <= where
    assert "Draft: not yet reviewed by a clinician." in text
    assert {"tel:988", "sms:988", "tel:911", "tel:5550142"} <= where


def test_all_facts_are_listed_and_found_by_search_engines(site: httpx.Client) -> None:
    listed = links(site.get("/facts").text)
    sitemap = site.get("/sitemap.xml")
    assert sitemap.headers["content-type"].startswith("application/xml")
    for path in FACTS:
        assert f"/facts/{path.stem}" in listed
        assert f"<loc>{site.base_url}/facts/{path.stem}</loc>" in sitemap.text
    assert f"{site.base_url}/sitemap.xml" in site.get("/robots.txt").text


@pytest.mark.parametrize("path", ["/", "/facts", "/facts/opioid", "/facts/no-such"])
def test_nothing_is_written_into_a_page_that_a_strict_policy_forbids(
    site: httpx.Client, path: str
) -> None:
    answer = site.get(path)
    assert answer.headers["content-security-policy"].startswith(CSP)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "<style" not in answer.text
    assert not re.search(r'<script(?! src="/)', answer.text)
    assert not re.search(r"<[^>]+ (style|on\w+)=", answer.text)
    assert '<html lang="en">' in answer.text


def test_files_of_the_pages_are_there(site: httpx.Client) -> None:
    page = site.get("/").text
    files = {link for link in links(page) if link.startswith("/pages/")}
    assert len(files) == 3
    assert all(site.get(file).status_code == 200 for file in files | {"/widget.js"})


@pytest.mark.parametrize("path", ["/facts/no-such-topic", "/no-such-page", "/facts/"])
def test_who_follows_a_wrong_link_is_helped(site: httpx.Client, path: str) -> None:
    answer = site.get(path, follow_redirects=True)
    if path == "/facts/":
        assert answer.url.path == "/facts"
        return
    assert answer.status_code == 404
    assert {"/facts", "tel:5550142", "tel:988"} <= links(answer.text)
    if path == "/no-such-page":
        as_program = site.get(path, headers={"Accept": "application/json"})
        assert as_program.json() == {"detail": "Not Found"}


def test_the_invented_clinic_says_that_it_is(site: httpx.Client) -> None:
    for path in ("/", "/facts", "/facts/opioid"):
        page = site.get(path).text
        assert "does not exist" in text_of(page)
        assert 'name="robots" content="noindex"' in page


def test_the_demo_shows_the_line_to_copy(site: httpx.Client) -> None:
    page = site.get("/").text
    assert '<script src="/widget.js" defer></script>' in page
    assert f'<script src="{site.base_url}/widget.js" defer>' in text_of(page)


def test_in_production_the_front_page_is_the_facts(
    start_desk: StartDesk, new_sqlite: NewDatabase, tmp_path: Path
) -> None:
    root = copy_of_the_project(tmp_path / "project")
    confirm_the_clinic(root / "data/clinic.yml")
    production = {"MODE": "production", "DESK__SECURE_COOKIES": "true"}
    desk = start_desk(new_sqlite(), root=root, overrides=production)
    assert desk.stranger.get("/").headers["location"] == "/facts"
    page = desk.stranger.get("/facts").text
    assert "does not exist" not in page
    assert "noindex" not in page
