"""Looks for danger in every message, before and apart from what it asks.

Two detectors, either of which is enough: patterns that a clinician can read, and a
score learned from examples. Long messages are also looked at sentence by sentence. What
is found is set as `danger`: outcome, kind, score and evidence (for staff). The signals
are set as `danger_signals` for every message, so that a miss can be understood too.
"""

from __future__ import annotations

import json
import unicodedata
from dataclasses import asdict
from pathlib import Path
from typing import Any

import spacy
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.nlu.danger_model import DangerModel
from assistant.nlu.danger_patterns import DangerPatterns, PatternHit
from assistant.nlu.example_features import featurized_examples, is_featurized
from assistant.nlu.featurized import Featurized
from assistant.nlu.made_from import hash_of
from assistant.nlu.passage_featurizer import FEATURIZED_PASSAGES, PASSAGES
from assistant.nlu.spacy_reader import NORMALIZED_TEXT, NORMALIZED_WORDS
from assistant.nlu.trainable import Trainable
from content.danger import OUTCOME_OF_KIND, DangerPattern, load_danger_patterns
from content.lexicon import load_sms_spelling

DANGER = "danger"
SIGNALS = "danger_signals"
CALM_QUESTIONS = "calm_questions"
"""Set beside danger: numbers of the parts that ask something harmless."""
DANGER_KIND = "danger_kind"
"""Property of training examples: a kind of danger, or an empty text for look-alikes."""

ASKS_FOR_HELP_LINES = "crisis_lines"
"""Asking for the lines is neither danger nor calm: the score learns nothing from it."""

_STORED_FILE = "patterns.json"


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True
)
class DangerDetector(Trainable):
    """Sets `danger` on messages in which somebody is in danger."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Returns the component's default configuration."""
        return {
            # where patterns and spellings are read from, at training time only
            "patterns": "data/danger",
            "lexicon": "data/lexicon",
            # scores at or above this are danger: lower finds more and alarms more
            "threshold": -0.18,
            # how much the most dangerous sentence of a longer message weighs against
            # the whole of it: each by itself takes long and sad for dangerous
            "window_weight": 0.4,
            # a sentence that scores this much higher is danger in any company
            "window_margin": 0.8,
            # the same data and seed give the same model
            "random_seed": 42,
        }

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """Returns a hash of what it is trained from beside the examples.

        Rasa leaves the defaults out when it takes the component from its cache.
        """
        files = {**cls.get_default_config(), **config}
        return hash_of(files["lexicon"], files["patterns"])

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: DangerModel | None = None,
    ) -> None:
        """Creates a detector, trained when a model is given."""
        super().__init__(config, model_storage, resource)
        self._model = model or DangerModel(config["random_seed"])

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> DangerDetector:
        """Loads the patterns and the model that were stored at training time."""
        with model_storage.read_from(resource) as folder:
            stored = json.loads((folder / _STORED_FILE).read_text(encoding="utf-8"))
            model = DangerModel.load(folder)
        detector = cls(config, model_storage, resource, model)
        detector._prepare(
            [DangerPattern(**pattern) for pattern in stored["patterns"]],
            stored["spelling"],
        )
        return detector

    def train(self, training_data: TrainingData) -> Resource:
        """Trains the score on danger against everything else people write."""
        patterns = load_danger_patterns(Path(self._config["patterns"]))
        spelling = load_sms_spelling(Path(self._config["lexicon"])).replace
        self._prepare(patterns, spelling)
        examples = sorted(
            (
                example
                for example in training_data.training_examples
                if is_featurized(example) and example.get(INTENT) != ASKS_FOR_HELP_LINES
            ),
            key=lambda example: (_kind(example), example.get(NORMALIZED_TEXT)),
        )
        self._model.fit(
            featurized_examples(examples), [_kind(example) for example in examples]
        )
        with self._model_storage.write_to(self._resource) as folder:
            self._model.save(folder)
            stored = {"patterns": list(map(asdict, patterns)), "spelling": spelling}
            (folder / _STORED_FILE).write_text(json.dumps(stored), encoding="utf-8")
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets `danger` where there is any, and the signals everywhere."""
        for message in messages:
            if not _has_something_to_read(message.get(NORMALIZED_WORDS)):
                continue
            hits = self._patterns.find(message.get(NORMALIZED_WORDS))
            score, passage = self._score(message)
            signals = {
                "score": round(score, 3),
                "threshold": self._config["threshold"],
                "patterns": [asdict(hit) for hit in hits],
            }
            message.set(SIGNALS, signals, add_to_output=True)
            if hits or score >= self._config["threshold"]:
                kind = hits[0].kind if hits else self._model.kind(passage)
                danger = {
                    "outcome": OUTCOME_OF_KIND[kind],
                    "kind": kind,
                    "score": round(score, 3),
                    "evidence": _evidence(hits, score),
                }
                message.set(DANGER, danger, add_to_output=True)
                message.set(CALM_QUESTIONS, self._calm_questions(message, hits))
        return messages

    def _prepare(self, patterns: list[DangerPattern], spelling: dict[str, str]) -> None:
        def expand(word: str) -> list[str]:
            return spelling.get(word, word).split()

        self._patterns = DangerPatterns(patterns, spacy.blank("en").vocab, expand)

    def _calm_questions(self, message: Message, hits: list[PatternHit]) -> list[int]:
        """Returns which of the parts that ask something hold no danger themselves."""
        passages: Featurized = message.get(FEATURIZED_PASSAGES)
        questions = message.get(PASSAGES).questions
        if not questions:
            return []
        parts = passages.rows(questions)
        scores = self._model.score(parts)
        return [
            number
            for number, text in enumerate(parts.texts)
            if scores[number] < self._config["threshold"]
            and not any(hit.text in text for hit in hits)
        ]

    def _score(self, message: Message) -> tuple[float, Featurized]:
        """Returns the score of a message, and the passage that shows the kind."""
        passages: Featurized = message.get(FEATURIZED_PASSAGES)
        looked_at = passages.rows([0, *message.get(PASSAGES).windows])
        whole, *parts = self._model.score(looked_at).tolist()
        if not parts:
            return whole, looked_at
        weight = self._config["window_weight"]
        worst = max(parts)
        together = (whole + weight * worst) / (1 + weight)
        alone = worst - self._config["window_margin"]
        place = 1 + parts.index(worst) if worst > whole else 0
        return max(together, alone), looked_at.rows([place])


def _has_something_to_read(words: list[str]) -> bool:
    """Whether there is a letter, a digit or a symbol such as an emoji."""
    return any(
        character.isalnum() or unicodedata.category(character) == "So"
        for word in words
        for character in word
    )


def _kind(example: Message) -> str:
    return example.get(DANGER_KIND) or ""


def _evidence(hits: list[PatternHit], score: float) -> str:
    found = [f"pattern {hit.name}: {hit.text!r}" for hit in hits]
    return "; ".join([*found, f"score {score:.2f}"])
