"""Confusion, histogram, misses and cross-validation, from hand-made results."""

from __future__ import annotations

from evaluation.confusion import confusion_by_outcome, confusion_by_topic
from evaluation.cross_validation import SHOWN_PAIRS, ConfusedPair, summarize
from evaluation.histogram import BINS, confidence_histogram
from evaluation.misses import misses_by_file
from evaluation.result import Guess, TurnResult
from evaluation.share import Share
from evaluation.verdict import Verdict
from tests.evaluation.hand_made import (
    SILENCE,
    answered,
    came_to,
    expecting,
    offered,
    question,
)


def test_what_is_accepted_stands_on_the_diagonal() -> None:
    either = expecting("advice_handoff", "out_of_scope", file="advice")
    matrix = confusion_by_outcome([either], [came_to("out_of_scope")])
    assert matrix.counts == {("advice_handoff", "advice_handoff"): 1}


def test_outcomes_in_their_order_and_only_those_that_occur() -> None:
    matrix = confusion_by_outcome(
        [question("a"), question("a"), expecting("crisis", file="crisis")],
        [answered("b"), SILENCE, came_to("out_of_scope")],
    )
    assert matrix.rows == ("answer", "crisis")
    assert matrix.columns == ("out_of_scope", "(nothing)", "answer (not accepted)")
    assert matrix.count("answer", "(nothing)") == 1
    assert matrix.count("crisis", "(nothing)") == 0
    assert matrix.total("answer") == 2


def test_topics_and_what_came_instead() -> None:
    messages = [question("b", "a"), question("b"), question("b"), question("a")]
    results = [answered("a"), answered("c"), came_to("screening"), SILENCE]
    matrix = confusion_by_topic([*messages, question()], [*results, answered("a")])
    assert matrix.rows == ("a", "b")
    assert matrix.columns == ("b", "(nothing)", "(screening)", "c")
    assert matrix.count("b", "b") == 1


def guessed(intent: str, confidence: float, outcome: str = "clarify") -> TurnResult:
    return TurnResult(came_to(outcome).outcome, guess=Guess(intent, confidence))


def test_guesses_fall_into_bins_by_confidence() -> None:
    messages = [question("a", "b")] * 5
    confidences = [("faq_b", 0.15), ("faq_c", 0.15), ("greet", 0.0), ("faq_a", 1.0)]
    results = [guessed(*guess) for guess in confidences]
    bins = confidence_histogram(messages, [*results, guessed("faq_a", 0.9, "crisis")])
    assert len(bins) == BINS
    filled = {bin.low: (bin.right, bin.wrong) for bin in bins if bin.right or bin.wrong}
    assert filled == {0.0: (0, 1), 0.15: (1, 1), 0.95: (1, 0)}
    assert [(bins[i].right_above, bins[i].wrong_above) for i in (0, 3, 4)] == [
        (2, 2),
        (2, 1),
        (1, 0),
    ]


def test_only_messages_that_a_fact_answers_are_in_the_histogram() -> None:
    message = expecting("smalltalk", file="oos")
    bins = confidence_histogram(
        [message, question("a")], [guessed("greet", 1), SILENCE]
    )
    assert bins[0].right_above == bins[0].wrong_above == 0


def test_misses_are_listed_file_by_file() -> None:
    messages = [question("a"), question("a"), expecting("crisis", file="crisis")]
    results = [offered("a"), answered("a"), came_to("crisis")]
    first, second = misses_by_file(messages, results)
    assert (first.file, first.accepted) == ("questions", Share(1, 2))
    assert [miss.verdict for miss in first.misses] == [Verdict.OFFERED]
    assert (second.file, second.accepted, second.misses) == ("crisis", Share(1, 1), ())


def test_cross_validation_counts_facts_and_out_of_scope_apart() -> None:
    expected = ["faq_a", "faq_a", "greet", "out_of_scope", "out_of_scope_ketamine"]
    predicted = ["faq_a", "greet", "out_of_scope", "out_of_scope_ketamine", "faq_a"]
    found = summarize(expected, predicted, ("rare",))
    assert found.overall == Share(1, 5)
    assert found.facts == Share(1, 2)
    assert found.out_of_scope_found == Share(1, 2)
    assert found.out_of_scope_claimed == Share(1, 3)
    assert found.left_out == ("rare",)


def test_the_most_confused_pairs_come_first() -> None:
    pairs = [("b", "a"), ("a", "b"), ("b", "a"), *((str(i), "x") for i in range(30))]
    found = summarize([pair[0] for pair in pairs], [pair[1] for pair in pairs])
    assert found.confused[0] == ConfusedPair("b", "a", 2)
    assert found.confused[1] == ConfusedPair("0", "x", 1)
    assert len(found.confused) == SHOWN_PAIRS
