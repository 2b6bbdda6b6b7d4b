"""A question is answered verdict first, with sources, on the visitor's channel."""

from __future__ import annotations

from content import gsm7


def test_a_question_is_answered_by_its_fact(visitor):
    assert visitor.topics("is ketamine an opioid?") == ["opioid"]


def test_the_verdict_comes_first(visitor):
    visitor.say("is ketamine an opioid?")
    assert visitor.replies[-1]["text"].startswith("Myth. ")


def test_an_answer_carries_verdict_sources_and_its_draft_state(visitor):
    visitor.say("is ketamine an opioid?")
    metadata = visitor.replies[-1]["metadata"]
    assert metadata["verdict"] == "myth"
    assert metadata["review"]["status"] == "draft"
    assert all(source["url"].startswith("http") for source in metadata["sources"])


def test_two_questions_get_two_answers(visitor):
    topics = visitor.topics("Is it addictive, and is it an opioid?")
    assert sorted(topics) == ["addictive", "opioid"]


def test_an_ampersand_joins_two_questions(visitor):
    topics = visitor.topics("is it an opioid & can i drive home after")
    assert sorted(topics) == ["driving_after", "opioid"]


def test_a_request_to_explain_is_a_question_too(visitor):
    topics = visitor.topics("Explain how it works in the brain. Also, is it legal?")
    assert sorted(topics) == ["how_it_works", "legal_status"]


def test_one_question_never_gets_two(visitor):
    assert visitor.topics("does it cause nausea and vomiting?") == ["side_effects"]


def test_thanks_beside_a_question_does_not_hide_it(visitor):
    assert visitor.topics("Thanks! And is it legal?") == ["legal_status"]


def test_sms_gets_the_short_answer_in_two_segments(texter):
    texter.say("is it addictive")
    for reply in texter.replies:
        assert gsm7.foreign_characters(reply["text"]) == set()
        assert gsm7.segments(reply["text"]) <= 2


def test_text_message_spelling_is_understood(texter):
    assert texter.topics("do i need sum1 2 drive me home") == ["driving_after"]


def test_every_related_button_leads_to_its_fact(visitor):
    visitor.say("is ketamine an opioid?")
    payloads = [b["payload"] for b in visitor.buttons if "/faq_" in b["payload"]]
    assert payloads
    for payload in payloads:
        assert visitor.press(payload)[-1] == "utter_" + payload.removeprefix("/")
