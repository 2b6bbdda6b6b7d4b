"""Training examples that Rasa can copy and compare quickly.

On the way from the files to the first component, Rasa copies all examples several times
and looks for duplicates after each. Its own messages are copied value by value and
compared by the text of a nested dictionary: ten of the eighty seconds of a training.
"""

from __future__ import annotations

import hashlib
from typing import Any

from rasa.shared.nlu.training_data.message import Message


class Example(Message):
    """A message whose values are only ever replaced, never changed in place."""

    _cached_fingerprint: str | None

    @classmethod
    def of(cls, message: Message) -> Example:
        """Returns a message as an example."""
        return cls(
            message.data,
            set(message.output_properties),
            message.time,
            list(message.features),
        )

    def __deepcopy__(self, memo: dict[int, Any]) -> Example:
        """Copies what may be set or added; the values themselves are shared."""
        copied = self.of(self)
        copied._cached_fingerprint = self._cached_fingerprint
        return copied

    def set(self, prop: str, info: Any, add_to_output: bool = False) -> None:
        """Sets a value; the one that is there already changes nothing."""
        if prop not in self.data or self.data[prop] != info:
            super().set(prop, info, add_to_output)
        elif add_to_output:
            self.output_properties.add(prop)

    def fingerprint(self) -> str:
        """Returns a hash of the values and the features."""
        if self._cached_fingerprint is None:
            values = sorted(self.data.items())
            features = [features.fingerprint() for features in self.features]
            text = repr((values, features))
            self._cached_fingerprint = hashlib.sha256(text.encode()).hexdigest()
        return self._cached_fingerprint
