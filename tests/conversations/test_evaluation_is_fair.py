"""The messages that measure understanding are not among those that taught it."""

from __future__ import annotations

import json
import re
from pathlib import Path

from assistant.importer import ClinicImporter


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
