"""What the front desk itself tells people: who they are talking to, and what to expect.

The texts are in `data/notices.yml`, for the web and for SMS.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from content.clinic import Clinic
from content.problem import ContentError
from content.schema import schema_problems
from content.yaml_source import read_yaml

SMS = "sms"
WEB = "web"


@dataclass(frozen=True)
class Notices:
    """All notices, by name and then by channel, with the clinic's values in them."""

    texts: Mapping[str, Mapping[str, str]]

    @classmethod
    def load(cls, path: Path, clinic: Clinic) -> "Notices":
        """Reads the notices.

        Raises:
            ContentError: if the file cannot be read, or lacks a notice.
            KeyError: if a text names a value that the clinic does not have.
        """
        source = read_yaml(path)
        if problems := schema_problems(source, "notices"):
            raise ContentError(problems)
        return cls(
            {
                name: {
                    channel: clinic.fill(text.strip())
                    for channel, text in texts.items()
                }
                for name, texts in source.value.items()
            }
        )

    def render(self, name: str, channel: str, **fields: str) -> str:
        """Returns a notice as it is said; `{...}` is replaced by the field."""
        text = self.texts[name][SMS if channel == SMS else WEB]
        for field, value in fields.items():
            text = text.replace(f"{{{field}}}", value)
        return text
