"""The front page: the demo, or in production the facts."""

from fastapi import APIRouter, Request, Response, status
from fastapi.responses import RedirectResponse

from content.clinic import Clinic
from frontdesk.visitors.config import FACTS_PATH
from frontdesk.web.public_pages import PublicPages


def demo_routes(clinic: Clinic, pages: PublicPages, in_production: bool) -> APIRouter:
    """Builds the page at the root of the public address."""
    router = APIRouter()

    @router.get("/")
    def front_page(request: Request) -> Response:
        if in_production:
            return RedirectResponse(FACTS_PATH, status.HTTP_307_TEMPORARY_REDIRECT)
        base = str(request.base_url).rstrip("/")
        return pages.show(request, "demo/demo.html", values=clinic.values, base=base)

    return router
