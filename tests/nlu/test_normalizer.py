"""Messages are spelled as usual before anything reads them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.nlu.normalizer import Normalizer, clean
from content.lexicon import load_names, load_sms_spelling

LEXICON = Path("data/lexicon")


@pytest.fixture(scope="module")
def normalizer() -> Normalizer:
    words = {word for name in load_names(LEXICON) for word in name.text.split()}
    return Normalizer(load_sms_spelling(LEXICON), words, kept_words={"kms"})


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("do i need sum1 2 drive me", "do i need someone to drive me"),
        ("i take 2 mg", "i take 2 mg"),
        ("can't sleep", "can not sleep"),
        ("does ketmaine help", "does ketamine help"),
        ("Zolofft and lexapr", "zoloft and lexapro"),
        ("k", "ok"),
        ("does k help", "does ketamine help"),
        ("gna kms", "going to kms"),
    ],
)
def test_spelling(normalizer, written, read):
    assert normalizer.normalize(written).text == read


def test_words_point_back_to_what_was_written(normalizer):
    text = "i dont take Zolofft"
    normalized = normalizer.normalize(text)
    start, end = normalized.spans[normalized.words.index("zoloft")]
    assert text[start:end] == "Zolofft"


@given(st.text(max_size=300))
def test_cleaning_moves_no_character(text):
    assert len(clean(text)) == len(text)


@given(st.text(max_size=120))
def test_any_text_can_be_normalised(normalizer, text):
    normalized = normalizer.normalize(text)
    assert len(normalized.words) == len(normalized.spans)
    assert all(0 <= start < end <= len(text) for start, end in normalized.spans)
