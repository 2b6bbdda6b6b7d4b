"""What may be answered, by rankings alone."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.shared.nlu.training_data.message import Message

from assistant.nlu.answer_gate import CHOICES, QUESTIONS, AnswerGate


def _ranking(**scores: float) -> list[dict[str, Any]]:
    ordered = sorted(scores.items(), key=lambda pair: -pair[1])
    return [{"name": name, "confidence": score} for name, score in ordered]


def _decide(
    whole: list[dict[str, Any]],
    parts: tuple[list[dict[str, Any]], ...] = (),
    kinds: tuple[str, ...] = (),
    text: str = "",
    clauses: tuple[list[dict[str, Any]], ...] = (),
) -> Message:
    message = Message(
        data={
            "intent_ranking": whole,
            "question_part_rankings": list(parts),
            "clause_rankings": list(clauses),
            "entities": [{"entity": kind} for kind in kinds],
            "normalized_text": text,
        }
    )
    AnswerGate(AnswerGate.get_default_config()).process([message])
    return message


def _intent(message: Message) -> str:
    return str(message.get("intent")["name"])


def test_a_sure_fact_is_answered():
    assert _intent(_decide(_ranking(faq_opioid=0.9, advice=0.1))) == "faq_opioid"


def test_an_unsure_fact_is_offered():
    message = _decide(_ranking(faq_opioid=0.3, faq_addictive=0.2, advice=0.1))
    assert _intent(message) == "nlu_fallback"
    assert message.get(CHOICES)[:2] == ["faq_opioid", "faq_addictive"]


def test_an_unsure_fact_gives_way_to_a_person_when_the_question_may_be_personal():
    assert _intent(_decide(_ranking(faq_pregnancy=0.5, advice=0.35))) == "advice"
    assert _intent(_decide(_ranking(faq_pregnancy=0.35, advice=0.3))) == "advice"
    assert _intent(_decide(_ranking(faq_pregnancy=0.5, advice=0.25))) == "faq_pregnancy"
    assert _intent(_decide(_ranking(faq_pregnancy=0.65, advice=0.35))) == (
        "faq_pregnancy"
    )


def test_a_fact_that_leads_is_answered_and_one_with_a_close_rival_is_offered():
    assert _intent(_decide(_ranking(faq_opioid=0.45, faq_addictive=0.3))) == (
        "faq_opioid"
    )
    message = _decide(_ranking(faq_opioid=0.45, faq_addictive=0.43))
    assert _intent(message) == "nlu_fallback"
    assert message.get(CHOICES)[:2] == ["faq_opioid", "faq_addictive"]


def test_of_two_likely_facts_neither_is_answered_however_sure_the_first():
    message = _decide(_ranking(faq_is_it_safe=0.7, faq_brain_damage=0.45))
    assert _intent(message) == "nlu_fallback"
    assert message.get(CHOICES)[:2] == ["faq_is_it_safe", "faq_brain_damage"]
    message = _decide(_ranking(faq_is_it_safe=0.7, faq_brain_damage=0.3))
    assert _intent(message) == "faq_is_it_safe"


def test_two_sure_parts_are_two_questions():
    message = _decide(
        _ranking(faq_opioid=0.5, faq_addictive=0.4),
        (_ranking(faq_opioid=0.9), _ranking(faq_addictive=0.9)),
    )
    assert message.get(QUESTIONS) == ["faq_opioid", "faq_addictive"]


def test_of_three_sure_parts_the_two_surest_are_answered_in_the_order_asked():
    message = _decide(
        _ranking(faq_opioid=0.5, faq_addictive=0.4),
        (
            _ranking(faq_opioid=0.9),
            _ranking(faq_cost_insurance=0.7),
            _ranking(faq_addictive=0.95),
        ),
    )
    assert message.get(QUESTIONS) == ["faq_opioid", "faq_addictive"]


def test_two_parts_of_one_question_are_one():
    message = _decide(
        _ranking(faq_opioid=0.9), (_ranking(faq_opioid=0.9), _ranking(faq_opioid=0.8))
    )
    assert message.get(QUESTIONS) == []


def test_a_statement_of_one_fact_beside_a_question_about_another_is_two():
    message = _decide(_ranking(faq_stigma=0.9), (_ranking(faq_legal_status=0.9),))
    assert message.get(QUESTIONS) == ["faq_stigma", "faq_legal_status"]


def test_a_question_that_its_message_reads_differently_is_one_unless_both_are_sure():
    message = _decide(_ranking(faq_stigma=0.7), (_ranking(faq_legal_status=0.9),))
    assert message.get(QUESTIONS) == []


def test_a_personal_question_is_not_split_into_facts():
    message = _decide(
        _ranking(advice=0.9),
        (_ranking(faq_opioid=0.9), _ranking(faq_addictive=0.9)),
    )
    assert _intent(message) == "advice" or not message.get(QUESTIONS)


def test_another_treatment_alone_gets_no_fact():
    message = _decide(_ranking(faq_addictive=0.7), kinds=("other_treatment",))
    assert _intent(message).startswith("out_of_scope")


def test_another_treatment_beside_ketamine_may():
    message = _decide(
        _ranking(faq_addictive=0.7), kinds=("other_treatment", "treatment")
    )
    assert _intent(message) == "faq_addictive"


def test_a_message_that_names_ketamine_is_not_an_everyday_request():
    message = _decide(_ranking(out_of_scope=0.6, faq_opioid=0.4), kinds=("treatment",))
    assert _intent(message) == "faq_opioid"


def test_the_out_of_scope_classes_count_together():
    ranking = _ranking(
        faq_opioid=0.1, out_of_scope=0.4, out_of_scope_other_treatment=0.4
    )
    assert _intent(_decide(ranking)) == "out_of_scope"


def test_a_closing_is_that_true_does_not_hide_the_question():
    message = _decide(_ranking(faq_opioid=0.8), (_ranking(proof=0.9),))
    assert _intent(message) == "faq_opioid"


@pytest.mark.parametrize("courtesy", ["thank", "greet"])
def test_courtesy_does_not_hide_the_question(courtesy):
    message = _decide(_ranking(**{courtesy: 0.9}), (_ranking(faq_opioid=0.8),))
    assert _intent(message) == "faq_opioid"


def test_nothing_to_rank_is_unsure():
    assert _intent(_decide([])) == "nlu_fallback"


def test_two_clauses_that_are_surely_about_two_facts_are_two_questions():
    whole = _ranking(faq_party_drug=0.9, faq_age_limits=0.1)
    message = _decide(
        whole,
        clauses=(_ranking(faq_party_drug=0.95), _ranking(faq_age_limits=0.9)),
    )
    assert message.get(QUESTIONS) == ["faq_party_drug", "faq_age_limits"]
    message = _decide(
        whole,
        clauses=(_ranking(faq_party_drug=0.95), _ranking(faq_age_limits=0.6)),
    )
    assert message.get(QUESTIONS) == []
    assert _intent(message) == "faq_party_drug"


def test_clauses_of_a_message_for_staff_are_no_questions():
    message = _decide(
        _ranking(human=0.9),
        clauses=(_ranking(faq_party_drug=0.95), _ranking(faq_age_limits=0.95)),
    )
    assert message.get(QUESTIONS) == []
    assert _intent(message) == "human"


def test_clauses_are_not_asked_when_another_treatment_is_named():
    message = _decide(
        _ranking(out_of_scope_other_treatment=0.9),
        kinds=("other_treatment",),
        clauses=(_ranking(faq_what_it_feels_like=0.95), _ranking(faq_is_it_safe=0.95)),
    )
    assert message.get(QUESTIONS) == []
    assert _intent(message) == "out_of_scope_other_treatment"


def test_a_personal_question_stays_one_whatever_its_last_sentence_asks():
    message = _decide(
        _ranking(advice=0.8, faq_substance_use_history=0.1),
        (_ranking(faq_is_it_safe=0.55, out_of_scope=0.3),),
    )
    assert _intent(message) == "advice"
