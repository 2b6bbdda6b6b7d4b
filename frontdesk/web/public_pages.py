"""Pages that everybody may read: no script or style is written into them."""

from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from frontdesk.visitors.config import WidgetConfig
from frontdesk.web.templates import page_templates

PAGE_FILES = Path(__file__).parents[1] / "facts_pages" / "static"

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' "
        "https:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    # Who follows a link to a source does not tell where they read of it.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-cache",
}


class PublicPages:
    """Renders pages with what all of them show: the clinic and who helps."""

    def __init__(self, config: WidgetConfig) -> None:
        self._config = config
        self._templates = page_templates("facts_pages", "demo")

    def show(
        self, request: Request, template: str, status: int = 200, **values: Any
    ) -> Response:
        """Renders one."""
        values |= {"clinic": self._config.clinic, "help": self._config.help}
        return self._templates.TemplateResponse(
            request, template, values, status_code=status, headers=_HEADERS
        )
