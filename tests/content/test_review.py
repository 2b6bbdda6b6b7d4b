"""Review blocks that are incomplete, and reviews that are due."""

import pytest
from content_folder import ContentFolder

FACT = "facts/how_fast.yml"
REVIEWED = "status: reviewed\n  reviewed_by: {}\n  reviewed_on: {}"
DRAFT = "status: draft\n  reviewed_by: null\n  reviewed_on: null"


@pytest.mark.parametrize(
    ("name", "day", "at", "message", "remedy"),
    [
        ("null", "2026-11-01", "reviewed_by:", "is empty", "name the clinician"),
        ("Dr. A", "null", "reviewed_on:", "is not a date", "write a date such as"),
        ("Dr. A", "2026-11-23", "reviewed_on:", "is in the future", "write the day"),
    ],
)
def test_incomplete_review(
    folder: ContentFolder, name: str, day: str, at: str, message: str, remedy: str
) -> None:
    folder.replace(FACT, DRAFT, REVIEWED.format(name, day))
    folder.expect(FACT, at, message, remedy)


@pytest.mark.parametrize("day", ["2026-11-22", '"2026-11-01"'])
def test_complete_review(folder: ContentFolder, day: str) -> None:
    folder.replace(FACT, DRAFT, REVIEWED.format("Dr. A", day))
    assert folder.report().problems == []


@pytest.mark.parametrize("day", ["soon", "null", "2027-05-22 10:00:00", "22/05/2027"])
def test_next_review_is_not_a_date(folder: ContentFolder, day: str) -> None:
    folder.replace(FACT, "review_by: 2027-05-22", f"review_by: {day}")
    folder.expect(FACT, "review_by:", "review_by is not a date", "such as 2027-05-22")


def test_passed_review_is_a_warning(folder: ContentFolder) -> None:
    folder.replace(FACT, "review_by: 2027-05-22", "review_by: 2026-11-21")
    report = folder.report()
    assert report.problems == []
    (warning,) = report.warnings
    folder.assert_problem(
        warning,
        FACT,
        "review_by:",
        "how_fast: review_by has passed (2026-11-21)",
        "have a clinician review it",
    )
