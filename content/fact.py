"""A fact: one popular belief, what is true of it, and how people ask about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from content.problem import ContentError
from content.schema import schema_problems
from content.yaml_source import YamlSource, read_yaml


class Verdict(Enum):
    """How far the popular claim is true; the value is what the reader sees."""

    MYTH = "Myth"
    MOSTLY_MYTH = "Mostly myth"
    IT_DEPENDS = "It depends"
    MOSTLY_FACT = "Mostly fact"
    FACT = "Fact"
    INFO = ""

    @classmethod
    def from_id(cls, verdict_id: str) -> Verdict:
        """Returns the verdict written as `verdict_id` in a fact file."""
        return cls[verdict_id.upper()]

    def lead(self, text: str) -> str:
        """Puts the verdict in front of an answer: verdict first."""
        return f"{self.value}. {text}" if self.value else text


@dataclass(frozen=True)
class ChannelText:
    """One text in its two lengths: for the website and for SMS."""

    web: str
    sms: str


@dataclass(frozen=True)
class Fact:
    """One file of `data/facts/`. Texts still hold `${...}` placeholders."""

    topic: str
    title: str
    claim: str
    verdict: Verdict
    answer: ChannelText
    detail: ChannelText
    proof: str
    sources: tuple[str, ...]
    related: tuple[str, ...]
    examples: tuple[str, ...]
    review: dict[str, Any]

    @property
    def intent(self) -> str:
        """Name of the Rasa intent whose examples ask about this fact."""
        return f"faq_{self.topic}"

    @property
    def response(self) -> str:
        """Name of the Rasa response that answers it."""
        return f"utter_faq_{self.topic}"

    @property
    def led_answer(self) -> ChannelText:
        """The answer with the verdict in front, as it is sent."""
        return ChannelText(
            self.verdict.lead(self.answer.web), self.verdict.lead(self.answer.sms)
        )


def fact_from_source(source: YamlSource) -> Fact:
    """Builds a fact from a file that the schema has accepted."""
    value = source.value
    return Fact(
        topic=value["topic"],
        title=value["title"],
        claim=value["claim"].strip(),
        verdict=Verdict.from_id(value["verdict"]),
        answer=_channel_text(value["answer"]),
        detail=_channel_text(value["detail"]),
        proof=value["proof"].strip(),
        sources=tuple(value["sources"]),
        related=tuple(value["related"]),
        examples=tuple(value["examples"]),
        review=dict(value["review"]),
    )


def load_facts(folder: Path) -> dict[str, Fact]:
    """Loads every fact of a folder by topic, in alphabetical order.

    Raises:
        ContentError: naming file, line and remedy of each broken fact.
    """
    problems = []
    facts = {}
    for path in sorted(folder.glob("*.yml")):
        source = read_yaml(path)
        found = schema_problems(source, "fact")
        if found:
            problems += found
            continue
        fact = fact_from_source(source)
        facts[fact.topic] = fact
    if problems:
        raise ContentError(problems)
    return facts


def _channel_text(value: dict[str, str]) -> ChannelText:
    return ChannelText(web=value["web"].strip(), sms=value["sms"].strip())
