"""Check: links of sources can be opened, and their short names can be sent by SMS."""

from __future__ import annotations

from urllib.parse import urlsplit

from content import gsm7
from content.checks.gsm7_only import gsm7_wording
from content.checks.library import Library
from content.problem import Problem


def bibliography_problems(library: Library) -> list[Problem]:
    """Looks at `url` and `short` of each source."""
    source = library.bibliography
    problems = []
    for source_id, entry in source.value.items():
        if not _is_web_address(entry["url"]):
            problems.append(
                source.problem(
                    [source_id, "url"],
                    f"{source_id}: '{entry['url']}' is not a web address",
                    "copy the address from the browser",
                )
            )
        for character in sorted(gsm7.foreign_characters(entry["short"])):
            message, remedy = gsm7_wording(character)
            problems.append(
                source.problem(
                    [source_id, "short"], f"{source_id}.short {message}", remedy
                )
            )
    return problems


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        port_is_valid = parts.port != 0
    except ValueError:
        return False
    host = parts.hostname or ""
    return (
        parts.scheme in ("http", "https")
        and port_is_valid
        and "." in host.strip(".")
        and ".." not in host
    )
