"""What measures understanding reads turns rightly, and was not used to teach."""

from __future__ import annotations

import json
import re
from pathlib import Path

from assistant.importer import ClinicImporter
from assistant.outcome import Outcome
from evaluation.player import read_turn


def _normalised(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", text.lower().replace("'", "")).strip()


def test_no_labelled_message_is_a_training_example():
    importer = ClinicImporter("config.yml", "domain.yml", ["data"])
    taught = {
        _normalised(example.get("text"))
        for example in importer.get_nlu_data().training_examples
    }
    messages = [
        json.loads(line)["text"]
        for path in Path("tests/messages").glob("*.jsonl")
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    assert messages
    assert [text for text in messages if _normalised(text) in taught] == []


def _read(visitor):
    store = visitor.agent.tracker_store
    return read_turn(visitor.loop.run_until_complete(store.retrieve(visitor.sender)))


def test_the_evaluation_sees_which_fact_was_answered(visitor):
    visitor.say("is ketamine an opioid?")
    result = _read(visitor)
    assert result.outcome is Outcome.ANSWER
    assert result.topics == ("opioid",)


def test_the_evaluation_sees_danger(visitor):
    visitor.say("i want to kill myself")
    assert _read(visitor).outcome is Outcome.CRISIS
