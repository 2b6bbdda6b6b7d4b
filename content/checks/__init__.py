"""The content check: what is wrong with the files of `data/`, and how to mend it.

One module for each check. `run_checks` puts them together for `python -m content`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from content.checks.banned_phrases import banned_phrase_problems
from content.checks.bibliography import bibliography_problems
from content.checks.duplicates import duplicate_problems
from content.checks.gsm7_only import gsm7_problems
from content.checks.lengths import length_problems
from content.checks.library import Library, load_library
from content.checks.notice_fields import notice_field_problems
from content.checks.phone_numbers import phone_number_problems
from content.checks.placeholders import placeholder_problems
from content.checks.reading_grade import reading_grade_problems
from content.checks.references import reference_problems
from content.checks.review import overdue_reviews, review_problems
from content.checks.shape import shape_problems
from content.problem import ContentError, Problem

_CHECKS: tuple[Callable[[Library], list[Problem]], ...] = (
    reference_problems,
    placeholder_problems,
    notice_field_problems,
    length_problems,
    gsm7_problems,
    duplicate_problems,
    reading_grade_problems,
    banned_phrase_problems,
    phone_number_problems,
    bibliography_problems,
)


@dataclass(frozen=True)
class Report:
    """Everything found, in the order of files and lines."""

    problems: list[Problem]
    warnings: list[Problem]


def run_checks(root: Path, today: date) -> Report:
    """Checks the content below `root`.

    A file with a broken shape is named, and left out of the other checks. When a file
    that the others need (clinic, sources, lexicon) is broken, only shapes are reported.
    """
    problems = shape_problems(root)
    warnings = []
    try:
        library = load_library(root)
    except ContentError as error:
        problems += error.problems
    else:
        for check in _CHECKS:
            problems += check(library)
        problems += review_problems(library, today)
        warnings = overdue_reviews(library, today)
    return Report(sorted(set(problems)), sorted(warnings))
