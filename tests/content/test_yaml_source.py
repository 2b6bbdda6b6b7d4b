"""Line numbers of values, and files that cannot be read."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.problem import ContentError
from content.yaml_source import KeyPath, YamlSource, read_yaml

TEXT = """\
# A comment.
topic: driving
answer:
  web: >-
    Some text
    on two lines.
  sms: Short.
sources: [one, two]
examples:
- first
- second
"""


@pytest.fixture
def source(tmp_path: Path) -> YamlSource:
    path = tmp_path / "file.yml"
    path.write_text(TEXT, encoding="utf-8")
    return read_yaml(path)


@pytest.mark.parametrize(
    ("key_path", "line"),
    [
        ([], 2),
        (["topic"], 2),
        (["answer"], 4),
        (["answer", "web"], 4),
        (["answer", "sms"], 7),
        (["sources", 1], 8),
        (["examples", 0], 10),
        (["examples", 1], 11),
        (["examples", 9], 10),
        (["answer", "letter"], 4),
        (["missing"], 2),
    ],
)
def test_line(source: YamlSource, key_path: KeyPath, line: int) -> None:
    assert source.line(key_path) == line


def test_problem_names_file_line_and_remedy(source: YamlSource) -> None:
    problem = source.problem(["answer", "sms"], "it is too short", "add to it")
    assert str(problem) == f"{source.path}:7: it is too short -> add to it"


def test_empty_file_begins_at_line_one(tmp_path: Path) -> None:
    path = tmp_path / "empty.yml"
    path.write_text("", encoding="utf-8")
    assert read_yaml(path).value is None
    assert read_yaml(path).line(["topic"]) == 1


@pytest.mark.parametrize(
    ("data", "line", "message", "remedy"),
    [
        (b"a: 1\nb: 2\na: 3\n", 3, "the key 'a' stands twice", "correct the YAML"),
        (b"a: 1\nb: [1, 2\nc: 3\n", 3, "expected", "correct the YAML"),
        (b"a: \xff\n", 1, "cannot be read", "restore it, in UTF-8"),
    ],
)
def test_broken_file(
    tmp_path: Path, data: bytes, line: int, message: str, remedy: str
) -> None:
    path = tmp_path / "broken.yml"
    path.write_bytes(data)
    with pytest.raises(ContentError) as raised:
        read_yaml(path)
    (problem,) = raised.value.problems
    assert (problem.path, problem.line) == (path, line)
    assert message in problem.message
    assert remedy in problem.remedy


@given(st.lists(st.integers(0, 3), min_size=1, max_size=30))
def test_each_item_is_on_its_own_line(
    tmp_path_factory: pytest.TempPathFactory, gaps: list[int]
) -> None:
    lines = ["items:"]
    expected = []
    for number, gap in enumerate(gaps):
        lines += ["# a comment"] * gap + [f"- item {number}"]
        expected.append(len(lines))
    path = tmp_path_factory.mktemp("lines") / "items.yml"
    path.write_text("\n".join(lines), encoding="utf-8")
    source = read_yaml(path)
    found = [source.line(["items", number]) for number in range(len(gaps))]
    assert found == expected
