"""Texts that are too long or too short for their channel."""

import pytest
from content_folder import ContentFolder

from content.checks.lengths import SLOT_LENGTH, SLOT_LENGTHS, SMS_LIMIT

FACT = "facts/driving_after.yml"
REPLIES = "responses/replies.yml"
SENTENCE = "It can take a day. "
ANSWER = (
    "Myth. Ketamine can slow how fast you react, even when you feel fine. Do not drive "
    "until the next day. Plan a ride."
)
NOT_SENT = "I could not pass your question on just now. Please call us at 555-0142."
CLARIFY = "Reply 1 if you mean: A question about my care. Or say it in other words."


def filler(length: int) -> str:
    """Returns a space and easy sentences, of this length together."""
    return f" {SENTENCE * length}"[: length - 1] + "."


def test_verdict_counts_in_the_sms_answer(folder: ContentFolder) -> None:
    longest = filler(SMS_LIMIT - len(ANSWER))
    folder.replace(FACT, "Plan a ride.", f"Plan a ride.{longest}")
    assert folder.report().problems == []
    folder.replace(FACT, longest, f"{longest}.")
    folder.expect(
        FACT,
        "sms:",
        "driving_after.answer.sms takes 307 characters as an SMS, 306 at most",
        "shorten it by 1",
    )


@pytest.mark.parametrize(
    ("start", "at"),
    [("sms: >-\n    In small tests", "sms:"), ("proof: Fairly sure", "proof:")],
)
def test_sms_detail_and_proof(folder: ContentFolder, start: str, at: str) -> None:
    key, text = start.rsplit(maxsplit=2)[0], " ".join(start.split()[-2:])
    folder.replace(FACT, start, f"{key} {SENTENCE * 15}{text}")
    folder.expect(FACT, at, "306 at most", "shorten it by")


@pytest.mark.parametrize(
    ("start", "sentences", "message"),
    [
        (
            "Ketamine can slow how fast you react, even when you feel fine. Most",
            12,
            "40",
        ),
        ("The label asks", 20, "60"),
    ],
)
def test_web_text_has_too_many_words(
    folder: ContentFolder, start: str, sentences: int, message: str
) -> None:
    folder.replace(FACT, start, f"{SENTENCE * sentences}{start}")
    folder.expect(FACT, "web:", f"words, not {message} to 1", "shorten the text")


def test_web_text_has_too_few_words(folder: ContentFolder) -> None:
    folder.replace(FACT, "Most people feel its effects for a few hours.", "")
    folder.replace(FACT, "reason the label says not to drive", "reason wait")
    folder.replace(FACT, ", after a night of sleep", "")
    folder.expect(
        FACT, "web:", "answer.web has 36 words, not 40 to 110", "add to the text"
    )


def test_response_without_an_sms_variation_is_sent_by_sms(
    folder: ContentFolder,
) -> None:
    longer = filler(SMS_LIMIT - len(NOT_SENT) + 1)
    folder.replace(REPLIES, "at ${phone}.", f"at ${{phone}}.{longer}")
    folder.expect(
        REPLIES,
        "- text: I could not",
        "utter_advice_not_sent takes 307 characters as an SMS",
        "shorten it by 1, or add a shorter variation with 'channel: sms'",
    )


def test_web_variation_of_a_response_may_be_long(folder: ContentFolder) -> None:
    folder.replace(REPLIES, "I am not for", f"{SENTENCE * 20}I am not for")
    assert folder.report().problems == []


@pytest.mark.parametrize(
    ("slot", "counted"),
    [
        ("choice_2_title", len("A question about my care")),
        ("callback_name", SLOT_LENGTHS["callback_name"]),
        ("case_id", SLOT_LENGTH),
    ],
)
def test_slot_counts_as_its_longest_value(
    folder: ContentFolder, slot: str, counted: int
) -> None:
    longest = filler(SMS_LIMIT - len(CLARIFY) - len(" ") - counted)
    folder.replace(REPLIES, "other words.", f"other words. {{{slot}}}{longest}")
    assert folder.report().problems == []
    folder.replace(REPLIES, longest, f"{longest}.")
    folder.expect(REPLIES, "text:", "takes 307 characters", "shorten it by 1")


def test_clinic_values_count(folder: ContentFolder) -> None:
    longest = filler(SMS_LIMIT - len(NOT_SENT))
    folder.replace(REPLIES, "at ${phone}.", f"at ${{phone}}.{longest}")
    assert folder.report().problems == []
    folder.replace("clinic.yml", "phone: 555-0142", "phone: 555-01420")
    folder.expect(REPLIES, "- text:", "takes 307 characters", "shorten it by 1")
