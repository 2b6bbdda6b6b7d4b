"""Patterns that a clinician can read do what they say."""

from __future__ import annotations

import pytest
import spacy

from assistant.nlu.danger_patterns import (
    DangerPatterns,
    TemplateError,
    compile_template,
)
from content.danger import DangerPattern


def _expand(word: str) -> list[str]:
    return {"didnt": ["did", "not"]}.get(word, [word])


def _found(match: list[str], text: str, unless: tuple[str, ...] = ()) -> list[str]:
    pattern = DangerPattern("it", "ideation", match, list(unless))
    patterns = DangerPatterns([pattern], spacy.blank("en").vocab, _expand)
    return [hit.text for hit in patterns.find(text.split())]


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("want to die", "i want to die now"),
        ("(want|wish) to die", "i wish to die"),
        ("want to? die", "i want die"),
        ("kill * myself", "kill maybe even just myself"),
        ("~kill myself", "killing myself"),
        ("(didnt|never) wake", "i did not wake"),
    ],
)
def test_a_template_matches(template, text):
    assert _found([template], text)


def test_a_star_skips_three_words_at_most():
    assert not _found(["kill * myself"], "kill one two three four myself")


def test_an_exception_cancels_in_its_own_sentence_only():
    assert not _found(["want to die"], "i do not want to die", ("not want to die",))
    text = "i do not want to die . i want to die"
    assert _found(["want to die"], text, ("not want to die",))


@pytest.mark.parametrize("template", ["", "(want to", "want)"])
def test_a_broken_template_is_refused(template):
    with pytest.raises(TemplateError, match="->"):
        compile_template(template, _expand)
