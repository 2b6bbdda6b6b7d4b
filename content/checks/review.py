"""Check: a fact's review block is complete; a review that is due is a warning."""

from __future__ import annotations

from datetime import date

from content.checks.library import FactFile, Library
from content.problem import Problem

_DATE_REMEDY = "write a date such as 2027-05-22"


def review_problems(library: Library, today: date) -> list[Problem]:
    """Looks at who reviewed each fact and when."""
    problems = []
    for file in library.facts:
        if _as_date(file.fact.review["review_by"]) is None:
            problems.append(_problem(file, "review_by", "is not a date", _DATE_REMEDY))
        if file.fact.review["status"] == "reviewed":
            problems += _reviewed_problems(file, today)
    return problems


def overdue_reviews(library: Library, today: date) -> list[Problem]:
    """Names the facts that a clinician should have looked at by now."""
    warnings = []
    for file in library.facts:
        review_by = _as_date(file.fact.review["review_by"])
        if review_by and review_by < today:
            warnings.append(
                _problem(
                    file,
                    "review_by",
                    f"has passed ({review_by})",
                    "have a clinician review it, and set the next date",
                )
            )
    return warnings


def _reviewed_problems(file: FactFile, today: date) -> list[Problem]:
    problems = []
    if not file.fact.review["reviewed_by"]:
        problems.append(
            _problem(
                file,
                "reviewed_by",
                "is empty, but the status is reviewed",
                "name the clinician, or set the status to draft",
            )
        )
    reviewed_on = _as_date(file.fact.review["reviewed_on"])
    if reviewed_on is None:
        problems.append(
            _problem(
                file,
                "reviewed_on",
                "is not a date, but the status is reviewed",
                _DATE_REMEDY,
            )
        )
    elif reviewed_on > today:
        problems.append(
            _problem(
                file,
                "reviewed_on",
                f"is in the future ({reviewed_on})",
                "write the day on which the review was done",
            )
        )
    return problems


def _problem(file: FactFile, key: str, message: str, remedy: str) -> Problem:
    return file.source.problem(
        ["review", key], f"{file.fact.topic}: {key} {message}", remedy
    )


def _as_date(value: object) -> date | None:
    """YAML reads an unquoted ISO date as a date; a quoted one is accepted, too."""
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None
    # A point in time is a date to Python, but not to a reader of the file.
    return value if type(value) is date else None
