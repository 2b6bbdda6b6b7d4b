"""Rasa decides by fingerprint whether a component has to be trained again."""

import pytest
from rasa.engine.graph import GraphComponent

from assistant.nlu.danger_detector import DangerDetector
from assistant.nlu.intent_classifier import IntentClassifier
from assistant.nlu.passage_featurizer import PassageFeaturizer
from assistant.nlu.spacy_reader import SpacyReader

COMPONENTS = [SpacyReader, PassageFeaturizer, DangerDetector, IntentClassifier]


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda it: it.__name__)
def test_a_component_taken_from_the_cache_has_the_same_fingerprint(
    component: type[GraphComponent],
) -> None:
    """Rasa passes the defaults when it trains one, and none when it does not."""
    defaults = component.get_default_config()
    assert component.fingerprint_addon({}) == component.fingerprint_addon(defaults)
