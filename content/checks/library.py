"""Everything that the checks read, loaded once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from content.checks.examples import Example, read_examples
from content.checks.responses import ResponseFile, read_response_files
from content.checks.texts import (
    Text,
    canned_reply_texts,
    fact_texts,
    notice_texts,
    response_texts,
)
from content.clinic import Clinic, load_clinic
from content.fact import Fact, fact_from_source
from content.lexicon import Name, load_names
from content.problem import ContentError
from content.schema import schema_problems
from content.yaml_source import YamlSource, read_yaml

_ReadTexts = Callable[[YamlSource, Clinic], Iterable[Text]]


@dataclass(frozen=True)
class FactFile:
    """A fact and the file it stands in."""

    fact: Fact
    source: YamlSource


@dataclass(frozen=True)
class Library:
    """The well-formed files of `data/`; `topics` also counts facts that are broken."""

    clinic: Clinic
    bibliography: YamlSource
    names: list[Name]
    topics: frozenset[str]
    facts: list[FactFile]
    responses: list[ResponseFile]
    notices: list[Text]
    canned_replies: list[Text]
    examples: list[Example]

    @cached_property
    def texts(self) -> list[Text]:
        """Every text that a patient may read."""
        texts = [
            text
            for file in self.facts
            for text in fact_texts(file.fact, file.source, self.clinic)
        ]
        for responses in self.responses:
            texts += response_texts(responses, self.clinic)
        return texts + self.notices + self.canned_replies

    @property
    def choice_titles(self) -> list[str]:
        """What a clarification may offer: titles of facts and of responses."""
        titles = [file.fact.title for file in self.facts]
        for responses in self.responses:
            titles += responses.choice_titles
        return titles


def load_library(root: Path) -> Library:
    """Loads what is well formed below `root`.

    Raises:
        ContentError: if the clinic, the bibliography or the lexicon is broken.
    """
    data = root / "data"
    bibliography = read_yaml(data / "sources.yml")
    if problems := schema_problems(bibliography, "sources"):
        raise ContentError(problems)
    fact_paths = sorted((data / "facts").glob("*.yml"))
    clinic = load_clinic(data / "clinic.yml")
    return Library(
        clinic=clinic,
        bibliography=bibliography,
        names=load_names(data / "lexicon"),
        topics=frozenset(path.stem for path in fact_paths),
        facts=list(_well_formed_facts(fact_paths)),
        responses=read_response_files(data / "responses"),
        notices=_texts(data / "notices.yml", "notices", notice_texts, clinic),
        canned_replies=_texts(
            data / "canned_replies.yml", "canned_replies", canned_reply_texts, clinic
        ),
        examples=read_examples(data),
    )


def _texts(path: Path, kind: str, read: _ReadTexts, clinic: Clinic) -> list[Text]:
    try:
        source = read_yaml(path)
    except ContentError:
        return []
    return [] if schema_problems(source, kind) else list(read(source, clinic))


def _well_formed_facts(paths: list[Path]) -> Iterator[FactFile]:
    for path in paths:
        try:
            source = read_yaml(path)
        except ContentError:
            continue
        if not schema_problems(source, "fact"):
            yield FactFile(fact_from_source(source), source)
