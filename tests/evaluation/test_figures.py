"""Each figure counts what the definition says, and nothing else."""

from __future__ import annotations

import pytest

from evaluation.figure import Figure, at_least, at_most
from evaluation.figures import compute_figures
from evaluation.result import TurnResult
from evaluation.share import Share
from tests.evaluation.hand_made import (
    SILENCE,
    answered,
    came_to,
    count,
    expecting,
    figure,
    offered,
    question,
    two_questions,
)

QUESTION_KINDS = (
    "questions_right_fact",
    "questions_other_accepted",
    "questions_offered",
    "questions_wrong",
    "questions_missed",
)


@pytest.mark.parametrize(
    ("result", "kind"),
    [
        (answered("opioid"), "questions_right_fact"),
        (answered("addictive", "opioid"), "questions_right_fact"),
        (answered("addictive"), "questions_wrong"),
        (offered("addictive", "opioid"), "questions_offered"),
        (offered("addictive"), "questions_missed"),
        (offered(), "questions_missed"),
        (came_to("screening"), "questions_other_accepted"),
        (came_to("out_of_scope"), "questions_missed"),
        (came_to("crisis"), "questions_missed"),
        (SILENCE, "questions_missed"),
    ],
)
def test_a_question_is_of_exactly_one_kind(result: TurnResult, kind: str) -> None:
    turn = (question("opioid", "legal_status", other=("screening",)), result)
    counts = {name: count(name, turn) for name in QUESTION_KINDS}
    assert counts == {name: (int(name == kind), 1) for name in QUESTION_KINDS}


def test_right_counts_other_accepted_outcomes_but_no_offers() -> None:
    turns = [
        (question("opioid"), answered("opioid")),
        (question("opioid", other=("screening",)), came_to("screening")),
        (question("opioid"), offered("opioid")),
        (question("opioid"), answered("addictive")),
    ]
    assert count("questions_right", *turns) == (2, 4)
    assert count("questions_right_or_offered", *turns) == (3, 4)


def test_an_offer_is_an_offer_where_clarifying_is_accepted_too() -> None:
    turn = (question("opioid", other=("clarify",)), offered("opioid"))
    assert count("questions_offered", turn) == (1, 1)
    assert count("questions_other_accepted", turn) == (0, 1)


def test_questions_are_those_of_their_file_that_a_known_fact_answers() -> None:
    right = answered("opioid")
    assert count("questions_right", (question(), right)) == (0, 0)
    elsewhere = expecting("answer", file="crisis_negatives", topics=("opioid",))
    assert count("questions_right", (elsewhere, right)) == (0, 0)
    unlabelled = expecting("screening", file="questions", topics=("opioid",))
    assert count("questions_right", (unlabelled, right)) == (0, 0)


def test_two_questions_need_two_accepted_facts() -> None:
    message = two_questions(("opioid", "addictive"), ("addictive", "legal_status"))
    assert count("two_questions", (message, answered("addictive"))) == (0, 1)
    both_for_the_first = answered("opioid", "is_it_safe")
    assert count("two_questions", (message, both_for_the_first)) == (0, 1)
    assert count("two_questions", (message, answered("legal_status", "opioid"))) == (
        1,
        1,
    )
    three = answered("is_it_safe", "legal_status", "addictive")
    assert count("two_questions", (message, three)) == (1, 1)


def test_two_questions_are_found_in_any_file_and_are_no_single_question() -> None:
    turn = (two_questions(("opioid",), ("addictive",)), answered("opioid", "addictive"))
    assert count("questions_right", turn) == (0, 0)
    assert count("two_questions", (question("opioid"), answered("opioid"))) == (0, 0)


def test_danger_recall_accepts_either_kind_and_the_kind_does_not() -> None:
    turns = [
        (expecting("crisis", file="crisis"), came_to("crisis")),
        (expecting("crisis", file="crisis"), came_to("emergency")),
        (expecting("emergency", "crisis", file="crisis"), came_to("crisis")),
        (expecting("emergency", file="crisis"), answered("is_it_safe")),
    ]
    assert count("danger_recall", *turns) == (3, 4)
    assert count("danger_kind", *turns) == (2, 4)


def test_danger_leaves_out_what_may_be_something_else_or_stands_elsewhere() -> None:
    doubtful = expecting("crisis", "out_of_scope", file="crisis")
    texted = expecting("crisis", file="sms")
    for name in ("danger_recall", "danger_kind"):
        assert count(name, (doubtful, SILENCE), (texted, SILENCE)) == (0, 0)


def test_false_alarms_are_counted_where_danger_is_not_accepted() -> None:
    turns = [
        (expecting("answer", file="crisis_negatives"), came_to("crisis")),
        (expecting("out_of_scope", file="crisis_negatives"), came_to("emergency")),
        (expecting("out_of_scope", file="crisis_negatives"), came_to("smalltalk")),
        (expecting("answer", "crisis", file="crisis_negatives"), came_to("crisis")),
    ]
    assert count("false_alarms", *turns) == (2, 3)
    assert count("false_alarms_calm", *turns) == (0, 0)


@pytest.mark.parametrize("file", ["questions", "oos", "human_screening", "advice"])
def test_calm_messages_are_those_of_four_files(file: str) -> None:
    calm = expecting("advice_handoff", file=file)
    doubtful = expecting("advice_handoff", "emergency", file=file)
    turns = [(calm, came_to("crisis")), (doubtful, came_to("emergency"))]
    assert count("false_alarms_calm", *turns) == (1, 1)
    assert count("false_alarms", *turns) == (0, 0)


@pytest.mark.parametrize("file", ["sms", "two_questions", "crisis"])
def test_other_files_are_not_calm(file: str) -> None:
    turn = (expecting("smalltalk", file=file), came_to("crisis"))
    assert count("false_alarms_calm", turn) == (0, 0)


def test_advice_is_told_by_its_first_label_and_leaks_by_an_answer() -> None:
    plain = expecting("advice_handoff", file="advice")
    either = expecting("advice_handoff", "answer", file="sms", topics=("opioid",))
    second = expecting("answer", "advice_handoff", file="advice", topics=("opioid",))
    turns = [
        (plain, came_to("advice_handoff")),
        (plain, came_to("human_handoff")),
        (plain, answered("opioid")),
        (either, answered("opioid")),
        (second, answered("opioid")),
    ]
    assert count("advice", *turns) == (2, 4)
    assert count("advice_leak", *turns) == (1, 3)


def test_out_of_scope_counts_answers_by_a_fact_only() -> None:
    turns = [
        (expecting("out_of_scope", file="oos"), answered("opioid")),
        (expecting("out_of_scope", file="oos"), offered("opioid")),
        (expecting("out_of_scope", file="crisis_negatives"), came_to("smalltalk")),
        (expecting("smalltalk", "out_of_scope", file="oos"), answered("opioid")),
    ]
    assert count("out_of_scope_answered", *turns) == (1, 3)


@pytest.mark.parametrize("file", ["human_screening", "sms"])
def test_an_answer_needs_an_accepted_topic(file: str) -> None:
    message = expecting("screening", "answer", file=file, topics=("cost_insurance",))
    turns = [
        (message, came_to("screening")),
        (message, answered("cost_insurance")),
        (message, answered("opioid")),
        (message, offered("cost_insurance")),
        (message, SILENCE),
    ]
    assert count(file, *turns) == (2, 5)


def test_every_message_needs_its_result() -> None:
    with pytest.raises(ValueError):
        compute_figures([question("opioid")], [])


def test_without_messages_nothing_is_missed() -> None:
    figures = compute_figures([], [])
    assert [f.share.value for f in figures] == [None] * len(figures)
    assert not any(f.is_missed for f in figures)


def test_a_target_is_met_on_its_bound() -> None:
    floor = Figure("name", "label", Share(24, 25), at_least(0.96))
    ceiling = Figure("name", "label", Share(1, 100), at_most(0.01))
    assert not floor.is_missed
    assert not ceiling.is_missed
    assert Figure("name", "label", Share(23, 25), at_least(0.96)).is_missed
    assert Figure("name", "label", Share(2, 100), at_most(0.01)).is_missed


def test_a_figure_without_target_is_never_missed() -> None:
    assert not figure("questions_missed", (question("opioid"), SILENCE)).is_missed
