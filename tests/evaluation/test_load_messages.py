"""Folders of labelled messages: what is read, and how a fault is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.outcome import Outcome
from content.problem import ContentError, Problem
from evaluation.load_messages import load_messages, unknown_topics
from evaluation.message import LabelledMessage

GOOD = {"text": "is it safe", "expect": "answer", "topic": "is_it_safe", "style": "sms"}


def load_text(
    folder: Path, text: str, name: str = "sms.jsonl"
) -> list[LabelledMessage]:
    (folder / name).write_text(text, encoding="utf-8")
    return load_messages(folder)


def load_line(folder: Path, **labels: object) -> LabelledMessage:
    return load_text(folder, json.dumps(labels))[0]


def problems(folder: Path) -> list[Problem]:
    with pytest.raises(ContentError) as caught:
        load_messages(folder)
    return caught.value.problems


def problem_of(folder: Path, text: str, name: str = "sms.jsonl") -> Problem:
    (folder / name).write_text(text, encoding="utf-8")
    [problem] = problems(folder)
    assert problem.path == folder / name
    assert problem.remedy
    return problem


def test_one_label_and_a_list_of_labels(tmp_path: Path) -> None:
    assert load_line(tmp_path, **GOOD) == LabelledMessage(
        "is it safe", (Outcome.ANSWER,), ("is_it_safe",), (), "sms", "sms", 1
    )
    several = load_line(
        tmp_path, text="x", expect=["answer", "screening"], topic=["a", "b"]
    )
    assert several.expect == (Outcome.ANSWER, Outcome.SCREENING)
    assert several.topics == ("a", "b")
    assert several.style == "chat"


@pytest.mark.parametrize("topic", ["none", "none_of_these", ["none"]])
def test_no_topic_is_no_topic(tmp_path: Path, topic: object) -> None:
    message = load_line(tmp_path, text="x", expect=["answer", "clarify"], topic=topic)
    assert message.topics == ()
    assert not message.seeks_fact


def test_topics_of_two_questions(tmp_path: Path) -> None:
    message = load_line(tmp_path, text="x", expect="answer", topics=["a", ["b", "c"]])
    assert message.questions == (("a",), ("b", "c"))
    assert message.topics == ()


def test_blank_lines_count_as_lines(tmp_path: Path) -> None:
    good = json.dumps(GOOD)
    messages = load_text(tmp_path, f"{good}\n\n{good}\r\n")
    assert [message.line for message in messages] == [1, 3]


def test_a_line_separator_within_a_message_ends_no_line(tmp_path: Path) -> None:
    text = json.dumps(GOOD | {"text": "is it\u2028safe"}, ensure_ascii=False)
    [message] = load_text(tmp_path, text)
    assert message.text == "is it\u2028safe"


def test_csv_with_lists_quotes_and_line_ends(tmp_path: Path) -> None:
    rows = (
        "\ufefftext,expect,topic,style\r\n"
        '"is it ""safe"",\nreally?",answer|screening,is_it_safe|opioid,SMS\r\n'
        "\r\n"
        "hello,smalltalk,,\r\n"
    )
    first, second = load_text(tmp_path, rows, "questions.csv")
    assert first.text == 'is it "safe",\nreally?'
    assert first.expect == (Outcome.ANSWER, Outcome.SCREENING)
    assert first.topics == ("is_it_safe", "opioid")
    assert (first.style, first.file, first.line) == ("sms", "questions", 2)
    assert (second.expect, second.line) == ((Outcome.SMALLTALK,), 5)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ('"text"', "is not a JSON object"),
        ('{"expect": "answer"}', "'text' is missing"),
        ('{"text": "  ", "expect": "answer"}', "'text' is missing"),
        ('{"text": 7, "expect": "answer"}', "'text' is missing"),
        ('{"text": "x"}', "'expect' is missing"),
        ('{"text": "x", "expect": []}', "'expect' is missing"),
        ('{"text": "x", "expect": "anwser"}', "unknown outcome 'anwser'"),
        ('{"text": "x", "expect": [1]}', "'expect' is neither"),
        ('{"text": "x", "expect": "answer"}', "'topic' is missing"),
        ('{"text": "x", "expect": "answer", "topic": {}}', "'topic' is neither"),
        ('{"text": "x", "expect": "answer", "topics": ["a"]}', "two questions"),
        ('{"text": "x", "expect": "answer", "topics": "a"}', "two questions"),
        ('{"text": "x", "expect": "answer", "topics": ["a", []]}', "without a topic"),
        ('{"text": "x", "expect": "clarify", "style": 1}', "'style' is not a text"),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, line: str, message: str) -> None:
    problem = problem_of(tmp_path, f"{json.dumps(GOOD)}\n{line}\n")
    assert problem.line == 2
    assert message in problem.message


@pytest.mark.parametrize(
    ("rows", "line", "message"),
    [
        ("", 1, "no column 'text'"),
        ("text;expect\nhello;smalltalk\n", 1, "no column 'text'"),
        ("text,topic\nhello,none\n", 1, "no column 'expect'"),
        ("text,expect\nhello, you,smalltalk\n", 2, "3 columns instead of 2"),
        ("text,expect\nhello\n", 2, "'expect' is missing"),
        ('text,expect\n"a\nb",smalltalk\nhello,hi\n', 4, "unknown outcome 'hi'"),
        ('text,expect\nhello,smalltalk\n"open,smalltalk\n', 3, "is not CSV"),
    ],
)
def test_a_broken_row_is_named(
    tmp_path: Path, rows: str, line: int, message: str
) -> None:
    problem = problem_of(tmp_path, rows, "questions.csv")
    assert problem.line == line
    assert message in problem.message


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "advice.jsonl").write_text("{\n{\n")
    (tmp_path / "oos.csv").write_text("nothing\n")
    (tmp_path / "qestions.jsonl").write_text("")
    found = [(problem.path.name, problem.line) for problem in problems(tmp_path)]
    assert found == [
        ("advice.jsonl", 1),
        ("advice.jsonl", 2),
        ("oos.csv", 1),
        ("qestions.jsonl", 1),
    ]


def test_a_file_in_another_encoding_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "sms.jsonl").write_bytes(b'\n{"text": "na\xefve"}\n')
    [problem] = problems(tmp_path)
    assert (problem.line, problem.remedy) == (2, "save the file as UTF-8")


def test_what_cannot_be_opened_is_named(tmp_path: Path) -> None:
    (tmp_path / "sms.jsonl").mkdir()
    [problem] = problems(tmp_path)
    assert "cannot be read" in problem.message


def test_a_folder_without_messages_is_named(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# hello")
    assert "no .jsonl or .csv" in problems(tmp_path)[0].message
    assert "no .jsonl or .csv" in problems(tmp_path / "missing")[0].message


def test_topics_that_no_fact_has() -> None:
    messages = [
        LabelledMessage("x", (Outcome.ANSWER,), ("opioid", "opoid")),
        LabelledMessage("x", (Outcome.ANSWER,), questions=(("legal",), ("opioid",))),
    ]
    assert unknown_topics(messages, ["opioid"]) == ["legal", "opoid"]


def test_the_projects_own_messages_load() -> None:
    folder = Path(__file__).parents[1] / "messages"
    messages = load_messages(folder)
    facts = (folder.parents[1] / "data" / "facts").glob("*.yml")
    assert len(messages) > 900
    assert unknown_topics(messages, (path.stem for path in facts)) == []
