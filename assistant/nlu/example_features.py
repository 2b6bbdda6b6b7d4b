"""Features of training examples, kept together for the components that learn from them.

To cut a sparse row out for each of 30,000 examples, and to put the rows together again
for each component, takes seconds. An example refers to its row instead.
"""

from __future__ import annotations

import hashlib

from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message

from assistant.nlu.featurized import Featurized


class ExampleFeatures(Features):
    """Rasa's features of one example: its vectors, and where its row of all stands."""

    def __init__(self, all_examples: Featurized, row: int, origin: str) -> None:
        """Refers to a row of the examples that were featurized together."""
        vector = all_examples.encoded[row : row + 1]
        super().__init__(vector, FEATURE_TYPE_SENTENCE, TEXT, origin)
        self.all_examples = all_examples
        self.row = row

    def fingerprint(self) -> str:
        """Returns a hash of the row's bytes: Rasa would print each number."""
        terms, encoded = self.all_examples.terms, self.all_examples.encoded
        row = slice(*terms.indptr[self.row : self.row + 2])
        numbers = terms.indices[row].tobytes() + terms.data[row].tobytes()
        return hashlib.sha256(numbers + encoded[self.row].tobytes()).hexdigest()


def is_featurized(example: Message) -> bool:
    """Whether a training example has features; those without text have none."""
    return any(isinstance(features, ExampleFeatures) for features in example.features)


def featurized_examples(examples: list[Message]) -> Featurized:
    """Gathers training examples that were featurized together, and their features."""
    ours = [
        features
        for example in examples
        for features in example.features
        if isinstance(features, ExampleFeatures)
    ]
    return ours[0].all_examples.rows([features.row for features in ours])
