"""Templates that several danger patterns share are written out for each."""

from __future__ import annotations

from pathlib import Path

import pytest

from content.danger import load_danger_patterns
from content.problem import ContentError

PATTERNS = """
shared:
  past: ["used to", "as a (teen|kid)"]
  pills: ["(pills|tylenol)"]
overdose:
  - name: took_too_much
    outcome: emergency
    match: ["took all my <pills> and <pills>", "too much"]
    unless: ["<past>", "not"]
  - name: swallowed
    outcome: emergency
    match: ["swallowed"]
"""


def test_a_line_that_names_a_list_stands_for_each_line_of_it(tmp_path: Path) -> None:
    (tmp_path / "patterns.yml").write_text(PATTERNS, encoding="utf-8")
    took, swallowed = load_danger_patterns(tmp_path)
    assert took.match == [
        "took all my (pills|tylenol) and (pills|tylenol)",
        "too much",
    ]
    assert took.unless == ["used to", "as a (teen|kid)", "not"]
    assert swallowed.match == ["swallowed"]
    assert swallowed.unless == []


def test_a_shared_list_cannot_name_another_one(tmp_path: Path) -> None:
    broken = PATTERNS.replace("(pills|tylenol)", "<past>")
    (tmp_path / "patterns.yml").write_text(broken, encoding="utf-8")
    with pytest.raises(ContentError, match=r"cannot name another one"):
        load_danger_patterns(tmp_path)
