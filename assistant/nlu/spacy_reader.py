"""First step of understanding: spaCy reads the words and the names among them.

Sets on each message: Rasa tokens, the normalised text (`normalized_text`), the
normalised words as a spaCy document's words (`normalized_words`), and entities
(medicine, condition, route, treatment) recognised by an EntityRuler over the lexicon.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import asdict
from functools import cached_property
from pathlib import Path
from typing import Any

import spacy
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import (
    ENTITIES,
    ENTITY_ATTRIBUTE_END,
    ENTITY_ATTRIBUTE_START,
    ENTITY_ATTRIBUTE_TYPE,
    ENTITY_ATTRIBUTE_VALUE,
    EXTRACTOR,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from spacy.language import Language
from spacy.tokens import Doc

from assistant.nlu.made_from import hash_of
from assistant.nlu.normalizer import Normalized, Normalizer, clean
from content.danger import load_danger_patterns
from content.lexicon import Name, SmsSpelling, load_names, load_sms_spelling

NORMALIZED_TEXT = "normalized_text"
NORMALIZED_WORDS = "normalized_words"

STORED_FILE = "reader.json"
_WORD = re.compile(r"[^\W\d_]+")

OFTEN = 5
"""A word seen this often in the examples is spelled as it should be."""


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=True
)
class SpacyReader(Tokenizer):
    """Tokenises, normalises and recognises the lexicon's names."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Returns the component's default configuration."""
        return {
            # Rasa's tokenizers split intent names on request; ours never do
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            # where the names and spellings are read from, at training time only
            "lexicon": "data/lexicon",
            # the words of danger patterns are never corrected
            "danger": "data/danger",
        }

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """Returns a hash of what it is trained from beside the examples.

        Rasa leaves the defaults out when it takes the component from its cache.
        """
        files = {**cls.get_default_config(), **config}
        return hash_of(files["lexicon"], files["danger"])

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource
    ) -> None:
        """Creates an untrained reader."""
        super().__init__(config)
        self._model_storage = model_storage
        self._resource = resource
        self._tokenizer = spacy.blank("en")

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SpacyReader:
        """Creates an untrained component (see parent class)."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SpacyReader:
        """Loads the lexicon that was stored at training time."""
        reader = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            stored = json.loads((folder / STORED_FILE).read_text(encoding="utf-8"))
        spelling = stored["spelling"]
        reader._prepare(
            [Name(**name) for name in stored["names"]],
            SmsSpelling(
                replace=spelling["replace"],
                digits_before=frozenset(spelling["digits_before"]),
                k_means=spelling["k_means"],
            ),
            stored["known_words"],
            stored["kept_words"],
        )
        _ = reader._recognizer  # now, lest the first message wait for it
        return reader

    def train(self, training_data: TrainingData) -> Resource:
        """Learns which words the examples use, and stores them with the lexicon."""
        folder = Path(self._config["lexicon"])
        names = load_names(folder)
        spelling = load_sms_spelling(folder)
        counts = Counter(
            word
            for example in training_data.intent_examples
            for word in str(example.get(TEXT)).lower().split()
        )
        known_words = sorted(word for word, count in counts.items() if count >= OFTEN)
        kept_words = _pattern_words(Path(self._config["danger"]))
        self._prepare(names, spelling, known_words, kept_words)
        stored = {
            "names": [asdict(name) for name in names],
            "spelling": {
                **asdict(spelling),
                "digits_before": sorted(spelling.digits_before),
            },
            "known_words": known_words,
            "kept_words": kept_words,
        }
        with self._model_storage.write_to(self._resource) as target:
            (target / STORED_FILE).write_text(json.dumps(stored), encoding="utf-8")
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Reads messages (see module docstring)."""
        for message in messages:
            self._read(message)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Normalises the examples: nothing learns from more, and Rasa hashes it all."""
        for example in training_data.training_examples:
            if _text(example):
                normalized = self._normalizer.normalize(_text(example))
                example.set(NORMALIZED_TEXT, normalized.text)
        return training_data

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """Returns spaCy's tokens of an attribute."""
        text = str(message.get(attribute))
        doc = self._tokenizer.make_doc(clean(text))
        return [
            Token(text[token.idx : token.idx + len(token)], token.idx)
            for token in doc
            if not token.is_space
        ]

    def _prepare(
        self,
        names: list[Name],
        spelling: SmsSpelling,
        known_words: list[str],
        kept_words: list[str],
    ) -> None:
        name_words = {word for name in names for word in name.text.split()}
        self._names = names
        self._normalizer = Normalizer(
            spelling, name_words | set(known_words), kept_words
        )

    @cached_property
    def _recognizer(self) -> Language:
        """What finds names; it takes a second, and training needs none of it."""
        return _recognizer(self._names, self._normalizer)

    def _read(self, message: Message) -> None:
        message.set("text_tokens", self.tokenize(message, TEXT) or [Token(" ", 0)])
        normalized = self._normalizer.normalize(_text(message))
        message.set(NORMALIZED_TEXT, normalized.text)
        message.set(NORMALIZED_WORDS, normalized.words)
        known = message.get(ENTITIES, [])
        entities = self._entities(_text(message), normalized)
        message.set(ENTITIES, [*known, *entities], add_to_output=True)

    def _entities(self, text: str, normalized: Normalized) -> list[dict[str, Any]]:
        doc = self._recognizer(Doc(self._recognizer.vocab, words=normalized.words))
        found = []
        for entity in doc.ents:
            start = normalized.spans[entity.start][0]
            end = normalized.spans[entity.end - 1][1]
            found.append(
                {
                    ENTITY_ATTRIBUTE_TYPE: entity.label_,
                    ENTITY_ATTRIBUTE_START: start,
                    ENTITY_ATTRIBUTE_END: end,
                    ENTITY_ATTRIBUTE_VALUE: entity.ent_id_,
                    "text": text[start:end],
                    EXTRACTOR: type(self).__name__,
                }
            )
        return found


def _text(message: Message) -> str:
    return str(message.get(TEXT) or "")


def _pattern_words(folder: Path) -> list[str]:
    templates = [
        template
        for pattern in load_danger_patterns(folder)
        for template in (*pattern.match, *pattern.unless)
    ]
    return sorted({word for template in templates for word in _WORD.findall(template)})


def _recognizer(names: list[Name], normalizer: Normalizer) -> Language:
    """Builds a pipeline whose EntityRuler knows each name as people's words become."""
    nlp = spacy.blank("en")
    # Its texts are normalised words already: the spaces between them are the bounds.
    nlp.tokenizer = lambda text: Doc(nlp.vocab, words=text.split(" "))
    ruler = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    # Phrases, for patterns of tokens are tried one by one at each word.
    patterns: list[dict[str, Any]] = [
        {
            "label": name.label,
            "id": name.value,
            "pattern": " ".join(normalizer.normalize(name.text).words),
        }
        for name in names
    ]
    ruler.add_patterns(patterns)  # type: ignore[attr-defined]
    return nlp
