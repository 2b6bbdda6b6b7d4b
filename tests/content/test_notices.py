"""What the front desk tells people, and the ready-made replies of staff."""

import pytest
from content_folder import ContentFolder
from test_reading_grade import HARD

from content.canned_replies import CannedReply, load_canned_replies
from content.checks.lengths import SLOT_LENGTHS, SMS_LIMIT
from content.clinic import load_clinic
from content.problem import ContentError
from settings import ROOT

NOTICES = "notices.yml"
REPLIES = "canned_replies.yml"
JOINED = "sms: You are now talking with {staff_name}."


@pytest.mark.parametrize(
    ("new", "message", "remedy"),
    [
        ("Ask ${fax}.", "has the unknown placeholder ${fax}", "use one of"),
        ("It costs $5.", "has a single '$'", "write $$"),
        ("Call 911.", "has the phone number '911' typed in", "${crisis_emergency}"),
        ("Call 555-0142.", "has the phone number '555-0142' typed in", "${phone}"),
        ("Then you will feel better.", "says 'you will feel", "each"),
        ("It\u2019s late.", "has '\u2019'", "write ''' instead"),
        (HARD, "has reading grade", "use shorter words"),
        ("You talk with {staff_name}.", "has {staff_name}", "write it without"),
    ],
)
def test_fault_in_a_notice(
    folder: ContentFolder, new: str, message: str, remedy: str
) -> None:
    folder.replace(NOTICES, "sms: Your question still waits.", f"sms: {new}")
    folder.expect(NOTICES, "sms:", f"notice_untaken.sms {message}", remedy)


@pytest.mark.parametrize(
    ("new", "message", "remedy"),
    [
        ("Ask ${fax}.", "has the unknown placeholder ${fax}", "use one of"),
        ("Call 988.", "has the phone number '988' typed in", "${crisis_lifeline}"),
        ("It is safe for you.", "says 'safe for you'", "the care team decides"),
        ("It\u2019s late.", "has '\u2019'", "write ''' instead"),
        (HARD, "has reading grade", "use shorter words"),
        ("Ask {staff_name}.", "has {staff_name}", "write it without"),
    ],
)
def test_fault_in_a_canned_reply(
    folder: ContentFolder, new: str, message: str, remedy: str
) -> None:
    folder.replace(REPLIES, "Please call us at ${phone}.", new)
    folder.expect(REPLIES, "text:", f"reply 'By phone' {message}", remedy)


def test_notices_say_nothing_of_staff_having_been_told(folder: ContentFolder) -> None:
    folder.replace(NOTICES, "Your question still waits.\n", "Staff have been told.\n")
    problems = folder.report().problems
    assert problems
    for problem in problems:
        folder.assert_problem(problem, NOTICES, "sms:", "have been told", "_sent only")


def test_notice_about_danger_names_no_means(folder: ContentFolder) -> None:
    folder.replace(NOTICES, "Please do not wait.", "Put the pills away.")
    folder.expect(NOTICES, "web:", "notice_untaken_danger says 'pills'", "")


def test_field_counts_as_its_longest_value(folder: ContentFolder) -> None:
    before = len("You are now talking with . ") + SLOT_LENGTHS["staff_name"]
    longest = ("It can take a day. " * 20)[: SMS_LIMIT - before - 1] + "."
    folder.replace(NOTICES, JOINED, f"{JOINED} {longest}")
    assert folder.report().problems == []
    folder.replace(NOTICES, longest, f"{longest}.")
    folder.expect(NOTICES, "sms:", "takes 307 characters", "shorten it by 1")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("  sms: We open {opens}.\n", "", "'sms' is a required property"),
        ("idle_return:", "idle:", "'idle_return' is a required property"),
    ],
)
def test_missing_notice(
    folder: ContentFolder, old: str, new: str, message: str
) -> None:
    folder.replace(NOTICES, old, new)
    problems = folder.report().problems
    assert {problem.path for problem in problems} == {folder.path(NOTICES)}
    assert any(message in problem.message for problem in problems)


def test_replies_are_loaded_with_the_clinics_values(folder: ContentFolder) -> None:
    clinic = load_clinic(folder.path("clinic.yml"))
    assert load_canned_replies(folder.path(REPLIES), clinic) == [
        CannedReply("By phone", "Please call us at 555-0142.")
    ]


@pytest.mark.parametrize(("old", "new"), [("${phone}", "${fax}"), ("title:", "name:")])
def test_broken_replies_are_refused(folder: ContentFolder, old: str, new: str) -> None:
    folder.replace(REPLIES, old, new)
    clinic = load_clinic(folder.path("clinic.yml"))
    with pytest.raises(ContentError, match=REPLIES):
        load_canned_replies(folder.path(REPLIES), clinic)


def test_our_own_replies_can_be_used() -> None:
    data = ROOT / "data"
    replies = load_canned_replies(data / REPLIES, load_clinic(data / "clinic.yml"))
    assert len({reply.title for reply in replies}) == len(replies) >= 8
    assert not any("$" in reply.text for reply in replies)
