"""One conversation as plain text, for the record."""

from collections.abc import Iterator, Sequence

from frontdesk.cases.case import Case
from frontdesk.conversations.brain import Said
from frontdesk.desk.note import Note
from frontdesk.hours.opening_hours import OpeningHours

_SPEAKERS = {
    "person": "Person",
    "bot": "Assistant (automated)",
    "staff": "Staff",
    "notice": "Notice (automated)",
}
_INDENT = "    "
_RULE = "-" * 60
_JOINER = "\N{ZERO WIDTH JOINER}"
"""Holds the parts of an emoji together."""


def export_text(
    said: Sequence[Said],
    cases: Sequence[Case],
    hours: OpeningHours,
    notes: Sequence[Note] = (),
) -> str:
    """Returns who said what and when, on the clinic's wall clock, and the cases.

    What a person never saw, because staff had taken over, is left out. Everything that
    somebody wrote is indented, so that no text can pass for a line of the record.
    """
    parts = [
        f"Times are those of the time zone {hours.zone.key}.",
        _section(
            "Conversation", [_spoken(one, hours) for one in said if _is_seen(one)]
        ),
        _section("Cases", [_case(case, hours) for case in cases]),
    ]
    if notes:
        parts.append(_section("Private notes", [_note(note, hours) for note in notes]))
    return "\n\n".join(parts) + "\n"


def _is_seen(said: Said) -> bool:
    return bool(said.text) and not said.withheld


def _spoken(said: Said, hours: OpeningHours) -> str:
    speaker = _SPEAKERS.get(said.speaker, said.speaker)
    if said.staff and said.speaker == "staff":
        speaker = f"{speaker}: {_on_one_line(said.staff)}"
    return f"{hours.stamp(said.at)} - {speaker}\n{_indented(said.text)}"


def _case(case: Case, hours: OpeningHours) -> str:
    moments = [
        ("opened", case.opened_at),
        ("taken", case.taken_at),
        ("closed", case.closed_at),
    ]
    lines = [f"{case.case_id} - {case.kind}, {case.urgency}, {case.status}"]
    lines += [
        f"{_INDENT}{what} {hours.stamp(moment)}" for what, moment in moments if moment
    ]
    return "\n".join(lines)


def _note(note: Note, hours: OpeningHours) -> str:
    author = _on_one_line(note.staff_name)
    return f"{hours.stamp(note.written_at)} - {author}\n{_indented(note.text)}"


def _section(title: str, entries: Sequence[str]) -> str:
    return "\n\n".join([f"{title}\n{_RULE}", *(entries or ["None."])])


def _indented(text: str) -> str:
    return "\n".join(f"{_INDENT}{line}" for line in _lines(text))


def _on_one_line(text: str) -> str:
    return " ".join(_lines(text))


def _lines(text: str) -> Iterator[str]:
    """Splits at every kind of line end, and drops characters that move the cursor."""
    for line in text.splitlines() or [""]:
        yield "".join(c if c.isprintable() or c == _JOINER else " " for c in line)
