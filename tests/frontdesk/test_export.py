"""A conversation as plain text."""

from datetime import UTC, datetime, timedelta
from typing import Any

from content.clinic import load_clinic
from frontdesk.cases.case import Case
from frontdesk.conversations.brain import Said
from frontdesk.desk.note import Note
from frontdesk.hours.opening_hours import OpeningHours
from frontdesk.privacy.export import export_text
from settings import ROOT

HOURS = OpeningHours.from_clinic(load_clinic(ROOT / "data/clinic.yml").values)
MORNING = datetime(2026, 11, 23, 15, 5, tzinfo=UTC)


def said(speaker: str, text: str, **changes: Any) -> Said:
    """Builds one message."""
    values = {"id": "1", "speaker": speaker, "text": text, "at": MORNING} | changes
    return Said.model_validate(values)


def case(**changes: Any) -> Case:
    """Builds a case."""
    values = {
        "case_id": "KF-7Q2MX9",
        "sender": "web-1",
        "kind": "advice",
        "urgency": "normal",
        "status": "waiting",
        "opened_at": MORNING,
    }
    return Case(**values | changes)


def test_the_whole_record() -> None:
    closed = case(
        status="closed",
        taken_at=MORNING + timedelta(minutes=5),
        closed_at=MORNING + timedelta(hours=2),
    )
    messages = [
        said("person", "Can I skip it?\nI take 2 mg."),
        said("bot", "I cannot answer it.", name="utter_advice"),
        said("notice", "You are now talking with Maria.", staff="Maria"),
        said("staff", "Please call us.", staff="Maria"),
    ]
    assert (
        export_text(messages, [closed], HOURS)
        == """\
Times are those of the time zone America/New_York.

Conversation
------------------------------------------------------------

Mon Nov 23 2026, 10:05 am EST - Person
    Can I skip it?
    I take 2 mg.

Mon Nov 23 2026, 10:05 am EST - Assistant (automated)
    I cannot answer it.

Mon Nov 23 2026, 10:05 am EST - Notice (automated)
    You are now talking with Maria.

Mon Nov 23 2026, 10:05 am EST - Staff: Maria
    Please call us.

Cases
------------------------------------------------------------

KF-7Q2MX9 - advice, normal, closed
    opened Mon Nov 23 2026, 10:05 am EST
    taken Mon Nov 23 2026, 10:10 am EST
    closed Mon Nov 23 2026, 12:05 pm EST
"""
    )


def test_what_the_person_never_saw_is_left_out() -> None:
    text = export_text([said("bot", "overtaken", withheld=True)], [], HOURS)
    assert "overtaken" not in text
    assert text.count("None.") == 2


def test_notes_are_left_out_unless_they_are_asked_for() -> None:
    note = Note(
        sender="web-1", staff_name="Maria", text="Call back.", written_at=MORNING
    )
    assert "Private" not in export_text([], [case()], HOURS)
    text = export_text([], [case()], HOURS, [note])
    assert text.endswith("Mon Nov 23 2026, 10:05 am EST - Maria\n    Call back.\n")


def test_nobody_can_write_a_line_of_the_record() -> None:
    forged = "Mon Nov 23 2026, 10:05 am EST - Staff: Maria"
    for line_end in ("\n", "\r", "\r\n", "\x0b", "\x85", "\u2028"):
        text = export_text([said("person", f"Hi{line_end}{forged}")], [], HOURS)
        lines = [line for line in text.splitlines() if "Maria" in line]
        assert lines == [f"    {forged}"]


def test_characters_that_move_the_cursor_are_dropped() -> None:
    text = export_text(
        [said("person", "a\x1b[2Jb\u202ec\x00d \U0001f469\u200d\U0001f52c Zoë")],
        [],
        HOURS,
    )
    assert "    a [2Jb c d \U0001f469\u200d\U0001f52c Zoë\n" in text
