"""Parts of a long message to look at one by one: danger may stand in one sentence."""

from __future__ import annotations

from itertools import pairwise

from assistant.nlu.question_splitter import SENTENCE_END

SHORTEST = 3
LONG_RUN = 40
"""Text without punctuation beyond this many words is cut into overlapping runs."""
RUN, STRIDE = 25, 12
MOST = 120


def windows_of(text: str) -> list[str]:
    """Returns sentences, pairs of neighbours and runs of words; none if it is short."""
    sentences = [
        sentence
        for sentence in SENTENCE_END.split(text)
        if len(sentence.split()) >= SHORTEST
    ]
    windows: list[str] = []
    if len(sentences) > 1:
        windows += sentences
        windows += [f"{one} {two}" for one, two in pairwise(sentences)]
    words = text.split()
    if len(words) > LONG_RUN:
        windows += [
            " ".join(words[start : start + RUN])
            for start in range(0, len(words) - STRIDE, STRIDE)
        ]
    unique = list(dict.fromkeys(windows))
    if len(unique) <= MOST:
        return unique
    return unique[: MOST // 2] + unique[-MOST // 2 :]
