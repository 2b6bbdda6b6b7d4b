"""The pages' templates, of all rooms that have pages."""

from pathlib import Path

from fastapi.templating import Jinja2Templates
from jinja2 import Environment, FileSystemLoader, StrictUndefined

_ROOMS = Path(__file__).parents[1]


def page_templates() -> Jinja2Templates:
    """Opens the templates: text is escaped, and a missing value is an error."""
    return Jinja2Templates(
        env=Environment(
            loader=FileSystemLoader(
                [_ROOMS / room / "templates" for room in ("desk", "staff")]
            ),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
    )
