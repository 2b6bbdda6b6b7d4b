"""Where someone goes after signing in: a page of ours, never another site."""

import re

from starlette.requests import Request

FRONT_PAGE = "/"

# Browsers take "//" and "/\" for the beginning of another site's address, and leave
# out tabs and line ends before they look.
_PATH_OF_OURS = re.compile(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]{0,500}")


def page_of_ours(path: str) -> str:
    """Returns the path if it is one of ours, or else the front page."""
    return path if _PATH_OF_OURS.fullmatch(path) else FRONT_PAGE


def page_of(request: Request) -> str:
    """Returns the page that was asked for; of a form that was sent, the front page."""
    if request.method != "GET":
        return FRONT_PAGE
    query = request.url.query
    return page_of_ours(request.url.path + (f"?{query}" if query else ""))
