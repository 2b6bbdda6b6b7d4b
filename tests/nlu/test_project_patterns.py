"""The project's own patterns find danger by themselves, whatever stands around it.

The learned score is asked as well when people write; these must not need it.
"""

from __future__ import annotations

import pytest
import spacy

from assistant.nlu.danger_patterns import DangerPatterns
from assistant.nlu.normalizer import Normalizer
from content.danger import load_danger_patterns
from content.lexicon import load_sms_spelling
from settings import ROOT


@pytest.fixture(scope="module")
def normalizer() -> Normalizer:
    return Normalizer(load_sms_spelling(ROOT / "data/lexicon"), known_words=())


@pytest.fixture(scope="module")
def patterns(normalizer: Normalizer) -> DangerPatterns:
    found = load_danger_patterns(ROOT / "data/danger")
    return DangerPatterns(found, spacy.blank("en").vocab, normalizer.spell)


@pytest.mark.parametrize(
    "text",
    [
        "omg he is not breathing",
        "she told me she felt like she can't breathe",
        "I thought I could sleep it off but I can't breathe",
        "can't breathe, it started when I was lying down",
        "before treatment I was fine and now I can't breathe",
        "pollen set off my asthma and I can't breathe",
        "crushing chest pain, it began when I was carrying the shopping",
        "he fainted and is no longer responding",
        "she collapsed doing the laundry",
        "someone is having an allergic reaction in your waiting room",
        "my lips are swollen since the shot, no wheezing yet",
        "am I going to be ok, my lips are swelling after my infusion",
        "he overdosed on vacation",
        "I am ending my life at 22 tonight",
        "I want to kill myself like I did in 2019",
        "my friend at uni is suicidal",
        "I can't take it anymore just tell my kids I love them",
        "I lost my will to live in march",
        "I don't know if he is hurting himself",
        "I tried to end my life in 2016 and I want to again",
        "I tried to end my life on Sunday, doing fine now",
        "he slaps me and I can't breathe",
        "my life hurts and I want it to be over",
        "sitting here with my dad's gun",
        "my brother got shot",
        "did he really try to kill himself",
        "I heard my sister say she wants to kill herself",
        "someone overdosed in your bathroom",
        "hit beans again tonight",
        "I tried to end my life in 2016, was doing well until spring and want to again",
        "I tried to kill myself in 2019 and have been good at hiding it",
        "she swallowed a hair clip and can't breathe",
        "I heard someone fall, he overdosed",
        "a man outside the club is bleeding out",
        "someone at the party is bleeding badly",
        "my friend got shot in the lobby",
        "he got shot ten seconds ago",
        "my daughter, who wrote a suicide letter, is gone",
        "when did he take them, he says he wants to die",
        "did he really shoot himself, there is blood",
        "I feel bad, I did it again and my arm hurts",
        "six rounds of treatment and want it to be over",
        "every treatment failed and I want it all to stop",
        "someone at this party did too much and we can't wake her up",
    ],
)
def test_an_exception_silences_nothing_that_happens_now(normalizer, patterns, text):
    assert patterns.find(normalizer.normalize(text).words)


@pytest.mark.parametrize(
    "text",
    [
        "I tried to end my life in 2016, I am doing well now",
        "tried to take my life back in 2009, feeling great since",
        "who wrote Suicide Is Painless",
        "is it safe to do it again and again",
        "what if people want it to end halfway",
        "the campaign is bleeding out",
        "I can't breathe, this meme",
        "what stops someone from stockpiling the troches",
        "what year did Kurt Cobain kill himself",
        "how did Virginia Woolf take her own life",
        "did van Gogh really shoot himself",
        "I heard somebody overdosed at one of those companies",
        "canning green beans today",
    ],
)
def test_what_is_over_or_not_meant_is_no_hit(normalizer, patterns, text):
    assert not patterns.find(normalizer.normalize(text).words)
