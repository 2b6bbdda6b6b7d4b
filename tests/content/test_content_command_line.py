"""`python -m content`: what it prints and returns."""

from pathlib import Path

import pytest
from content_folder import ContentFolder

from content.__main__ import main

PROJECT = Path(__file__).parents[2]


def test_shipped_content_has_no_problem(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(PROJECT)]) == 0, capsys.readouterr().out


def test_says_that_nothing_is_wrong(
    folder: ContentFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--root", str(folder.root)]) == 0
    assert capsys.readouterr().out == "content: no problems, no warnings\n"


def test_prints_each_problem_on_a_line_and_a_summary(
    folder: ContentFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    folder.replace("facts/how_fast.yml", "related: [driving_after", "related: [parking")
    assert main(["--root", str(folder.root)]) == 1
    assert capsys.readouterr().out == (
        f"{folder.path('facts/how_fast.yml')}:22: the related topic 'parking' does not "
        "exist -> name another topic of data/facts\n"
        "content: 1 problem, no warnings\n"
    )


def test_broken_clinic_is_reported_alone(
    folder: ContentFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    folder.replace("clinic.yml", "retention_days: 90", "retention_days: ninety")
    assert main(["--root", str(folder.root)]) == 1
    printed = capsys.readouterr().out.splitlines()
    assert "retention_days: 'ninety' is not of type 'integer'" in printed[0]
    assert printed[1:] == ["content: 1 problem, no warnings"]


def test_lists_the_numbers_of_facts(
    folder: ContentFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--root", str(folder.root), "--numbers"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == (
        "how_fast\tdetail.sms\tIt often wore off in a week or two."
    )


def test_numbers_of_a_broken_clinic_are_not_listed(
    folder: ContentFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    folder.path("clinic.yml").unlink()
    assert main(["--root", str(folder.root), "--numbers"]) == 1
    assert "clinic.yml:1: cannot be read" in capsys.readouterr().err
