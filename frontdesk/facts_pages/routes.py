"""The pages of all facts and of each one, and what search engines ask for."""

from collections.abc import Mapping

from fastapi import APIRouter, Request, Response, status
from fastapi.exception_handlers import http_exception_handler
from fastapi.responses import PlainTextResponse
from starlette.exceptions import HTTPException

from frontdesk.facts_pages.fact_page import FactPage, by_verdict, shape_of, word_of
from frontdesk.visitors.config import FACTS_PATH
from frontdesk.web.public_pages import PublicPages

MISSING = "facts/missing.html"


def facts_routes(facts: Mapping[str, FactPage], pages: PublicPages) -> APIRouter:
    """Builds the pages."""
    router = APIRouter()
    groups = [
        (word_of(verdict), shape_of(verdict), group)
        for verdict, group in by_verdict(facts)
    ]

    @router.get(FACTS_PATH)
    def all_facts(request: Request) -> Response:
        return pages.show(request, "facts/all.html", groups=groups, count=len(facts))

    @router.get(FACTS_PATH + "/{topic}")
    def one_fact(request: Request, topic: str) -> Response:
        page = facts.get(topic)
        if page is None:
            return pages.show(request, MISSING, status.HTTP_404_NOT_FOUND)
        return pages.show(request, "facts/fact.html", page=page)

    @router.get("/sitemap.xml")
    def sitemap(request: Request) -> Response:
        answer = pages.show(request, "facts/sitemap.xml", topics=list(facts))
        answer.headers["Content-Type"] = "application/xml"
        return answer

    @router.get("/robots.txt")
    def robots(request: Request) -> PlainTextResponse:
        address = request.url_for(sitemap.__name__)
        return PlainTextResponse(
            f"User-agent: *\nDisallow: /chat\nSitemap: {address}\n"
        )

    return router


class MissingPage:
    """Answers people in a browser with a page, and programs as before."""

    def __init__(self, pages: PublicPages) -> None:
        self._pages = pages

    async def __call__(self, request: Request, error: Exception) -> Response:
        """Says that there is no such page, and what there is."""
        assert isinstance(error, HTTPException)
        is_missing = error.status_code == status.HTTP_404_NOT_FOUND
        if is_missing and "text/html" in request.headers.get("accept", ""):
            return self._pages.show(request, MISSING, error.status_code)
        return await http_exception_handler(request, error)
