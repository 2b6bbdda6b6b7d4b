"""The templates of rooms that have pages."""

from pathlib import Path

from fastapi.templating import Jinja2Templates
from jinja2 import Environment, FileSystemLoader, StrictUndefined

_ROOMS = Path(__file__).parents[1]


def page_templates(*rooms: str) -> Jinja2Templates:
    """Opens rooms' templates: text is escaped, and a missing value is an error."""
    return Jinja2Templates(
        env=Environment(
            loader=FileSystemLoader([_ROOMS / room / "templates" for room in rooms]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
    )
