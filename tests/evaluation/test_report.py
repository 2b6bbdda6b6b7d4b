"""The report and the text: complete, self-contained, and safe with any message."""

from __future__ import annotations

import json
import re
from datetime import datetime, timezone
from html.parser import HTMLParser

import pytest

from assistant.outcome import Outcome
from evaluation.cross_validation import summarize
from evaluation.figures import compute_figures
from evaluation.message import LabelledMessage
from evaluation.report import render_report
from evaluation.result import Guess, TurnResult
from evaluation.run import Run, run_as_json
from evaluation.text_table import cross_validation_text, figures_table
from tests.evaluation.hand_made import (
    SILENCE,
    answered,
    came_to,
    expecting,
    offered,
    question,
)

HOSTILE = "</td></svg><script>alert(1)</script><img src=//x onerror='a()'>\"{{ 7*7 }}"
VOID = {"meta", "br"}


def make_run(*turns: tuple[LabelledMessage, TurnResult], validated: bool = True) -> Run:
    messages = [message for message, _ in turns]
    results = [result for _, result in turns]
    return Run(
        model="20260101-000000.tar.gz",
        folder="tests/messages",
        started=datetime(2026, 1, 1, tzinfo=timezone.utc),
        seconds=1.25,
        messages=messages,
        results=results,
        figures=compute_figures(messages, results),
        thresholds={"fact_threshold": 0.42, "choice_floor": 0.04},
        cross_validation=summarize(["faq_a", "greet"], ["faq_a", "faq_a"], ("few",))
        if validated
        else None,
    )


@pytest.fixture
def run() -> Run:
    unsure = TurnResult(Outcome.CLARIFY, guess=Guess("faq_opioid", 0.3))
    return make_run(
        (question("opioid"), answered("opioid")),
        (question("opioid"), answered("addictive")),
        (question("opioid"), offered("opioid")),
        (question("opioid"), unsure),
        (expecting("crisis", file="crisis"), SILENCE),
        (expecting("smalltalk", file="crisis_negatives"), came_to("crisis")),
    )


class WellFormed(HTMLParser):
    """Checks that tags nest, and keeps their names."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.addresses += [v or "" for k, v in attrs if k in ("href", "src")]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def parse(html: str) -> WellFormed:
    parser = WellFormed()
    parser.feed(html)
    parser.close()
    assert parser.open == []
    return parser


def test_the_report_is_whole_and_asks_for_nothing(run: Run) -> None:
    html = render_report(run)
    page = parse(html)
    assert {"table", "svg", "style", "title"} <= page.seen
    assert not page.seen & {"script", "img", "link", "iframe", "object"}
    assert all(address.startswith("#") for address in page.addresses)
    assert not re.search(r"url\(|@import|https?:", html)
    ids = set(re.findall(r' id="([^"]+)"', html))
    assert {address[1:] for address in page.addresses} <= ids


def test_the_report_shows_every_miss_and_the_thresholds(run: Run) -> None:
    html = render_report(run)
    for expected in ("wrong fact", "offered as a choice", "missed", "false alarm"):
        assert f"<strong>{expected}</strong>" in html
    assert "fact_threshold 0.42" in html
    assert "questions: 3 of 4" in html


def test_hostile_text_stays_text() -> None:
    message = LabelledMessage(
        HOSTILE, (Outcome.ANSWER,), (HOSTILE,), ((HOSTILE,), ("b",)), file="questions"
    )
    guess = Guess(HOSTILE, 0.5)
    result = TurnResult(
        Outcome.CLARIFY, (HOSTILE,), ("c", HOSTILE), guess, (guess,), danger=HOSTILE
    )
    html = render_report(make_run((message, result)))
    page = parse(html)
    assert not page.seen & {"script", "img"}
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "{{ 7*7 }}" in html


def test_a_report_of_nothing_renders() -> None:
    html = render_report(make_run(validated=False))
    parse(html)
    assert "no messages" in html
    assert "Not run" in html


def test_json_holds_figures_and_no_message(run: Run) -> None:
    run = make_run(
        (LabelledMessage("a secret", (Outcome.CRISIS,), file="sms"), SILENCE)
    )
    text = json.dumps(run_as_json(run))
    assert "secret" not in text
    figure = json.loads(text)["figures"]["sms"]
    assert (figure["hits"], figure["n"], figure["is_missed"]) == (0, 1, True)
    assert figure["target"] == {"bound": 0.88, "is_floor": True}


def test_the_table_says_by_how_much(run: Run) -> None:
    lines = figures_table(run.figures).splitlines()
    by_label = {re.split(r"  +", line)[0]: line for line in lines}
    wrong = by_label["Questions: answered by a wrong fact"]
    assert re.search(r"25\.0 %.*1/4.*<= 4 %.*missed by 21\.0$", wrong)
    assert by_label["SMS: accepted"].endswith("no messages")
    assert len({line.index("target") for line in lines[:1]}) == 1
    assert run.is_missed


def test_the_text_of_cross_validation(run: Run) -> None:
    assert run.cross_validation
    text = cross_validation_text(run.cross_validation)
    assert "greet taken for faq_a" in text
    assert "too few examples: few" in text
