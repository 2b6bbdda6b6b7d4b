"""Rows of a message file, JSON lines or CSV, each with the line it begins on."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from content.problem import ContentError, Problem

CSV_COLUMNS = ("text", "expect", "topic", "style")
LIST_SEPARATOR = "|"


@dataclass(frozen=True)
class Row:
    """The labels of one message, not yet checked."""

    line: int
    values: dict[str, Any]


RowOrProblem = Row | Problem


def read_rows(path: Path) -> Iterator[RowOrProblem]:
    """Yields the rows of a file, and a problem in place of each unreadable one."""
    try:
        text = _read_text(path)
    except ContentError as error:
        yield from error.problems
        return
    yield from READERS[path.suffix](path, text)


def _read_text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        problem = Problem(path, 1, f"cannot be read ({error.strerror})", "restore it")
        raise ContentError([problem]) from error
    try:
        return content.decode("utf-8-sig")  # spreadsheets write a byte order mark
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        problem = Problem(path, line, "is not UTF-8", "save the file as UTF-8")
        raise ContentError([problem]) from error


def _json_rows(path: Path, text: str) -> Iterator[RowOrProblem]:
    # not splitlines(): a message may hold U+2028 or another of its line ends
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            values = json.loads(line)
        except (ValueError, RecursionError) as error:
            reason = getattr(error, "msg", "nested too deeply")
            yield Problem(
                path, number, f"is not JSON: {reason}", "write one JSON object a line"
            )
            continue
        if isinstance(values, dict):
            yield Row(number, values)
        else:
            yield Problem(
                path,
                number,
                "is not a JSON object",
                'write {"text": ..., "expect": ...}',
            )


def _csv_rows(path: Path, text: str) -> Iterator[RowOrProblem]:
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    header = [name.strip().lower() for name in next(reader, [])]
    missing = [name for name in ("text", "expect") if name not in header]
    if missing:
        yield Problem(
            path,
            1,
            f"has no column '{missing[0]}'",
            f"begin the file with {','.join(CSV_COLUMNS)} (commas between columns)",
        )
        return
    line = reader.line_num + 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield _csv_row(path, line, header, cells)
            line = reader.line_num + 1
    except csv.Error as error:
        yield Problem(
            path, line, f"is not CSV: {error}", 'write a quote within a text as ""'
        )


def _csv_row(
    path: Path, line: int, header: list[str], cells: list[str]
) -> RowOrProblem:
    if len(cells) > len(header):
        return Problem(
            path,
            line,
            f"has {len(cells)} columns instead of {len(header)}",
            "put a text that holds a comma between double quotes",
        )
    values: dict[str, Any] = dict(zip(header, cells))
    for name in ("expect", "topic"):
        parts = [part.strip() for part in values.get(name, "").split(LIST_SEPARATOR)]
        values[name] = [part for part in parts if part]
    return Row(line, values)


READERS: dict[str, Callable[[Path, str], Iterator[RowOrProblem]]] = {
    ".jsonl": _json_rows,
    ".csv": _csv_rows,
}
"""How to read each kind of file, by its suffix."""
