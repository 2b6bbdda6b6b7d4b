"""Turns the clinic's files into Rasa training data, at training time.

Each `data/facts/<topic>.yml` becomes an intent, its examples, its responses for each
channel and a rule; every `${...}` in a text takes its value from `data/clinic.yml`.
Danger examples in `data/danger/` become the intents `crisis` and `emergency`.
"""

from __future__ import annotations

import copy
from functools import cached_property
from pathlib import Path
from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.story_reader.yaml_story_reader import (
    YAMLStoryReader,
)
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.common import cached_method

from assistant.example import Example
from assistant.fact_responses import Responses, fact_responses
from assistant.nlu.danger_detector import DANGER_KIND
from assistant.outcome import FOLLOW_UPS
from content.clinic import load_clinic
from content.danger import DangerExample, load_danger_examples
from content.fact import Fact, load_facts
from content.fill import fill_fact, fill_responses
from content.source import load_sources

LOOK_ALIKE_INTENT = "danger_look_alike"
"""Intent of examples that only teach what danger is not; nothing is classified so."""


class ClinicImporter(RasaFileImporter):
    """Rasa's file importer, plus facts, danger examples and the clinic's values."""

    def __init__(
        self,
        config_file: str | None = None,
        domain_path: str | None = None,
        training_data_paths: list[str] | str | None = None,
    ) -> None:
        """Creates the importer (see parent class); `data/` stands beside the config."""
        super().__init__(config_file, domain_path, training_data_paths)
        root = Path(config_file).resolve().parent if config_file else Path.cwd()
        self._data = root / "data"
        # `rasa test` reads a folder of its own; facts belong to the project's data.
        paths = (
            [training_data_paths]
            if isinstance(training_data_paths, str)
            else training_data_paths or []
        )
        self._reads_project_data = not paths or any(
            self._data.is_relative_to(Path(path).resolve())
            or Path(path).resolve().is_relative_to(self._data)
            for path in paths
        )

    @cached_property
    def _clinic(self) -> Any:
        return load_clinic(self._data / "clinic.yml")

    @cached_property
    def _facts(self) -> dict[str, Fact]:
        facts = load_facts(self._data / "facts")
        return {
            topic: fill_fact(fact, self._clinic.fill) for topic, fact in facts.items()
        }

    @cached_method
    def get_domain(self) -> Domain:
        """Adds the facts' intents and responses to the domain file's."""
        sources = load_sources(self._data / "sources.yml")
        responses: Responses = {}
        for fact in self._facts.values():
            responses |= fact_responses(fact, self._facts, sources)
        facts_domain = Domain.from_dict(
            {
                "intents": [fact.intent for fact in self._facts.values()],
                "responses": responses,
            }
        )
        return self._own_domain().merge(facts_domain)

    def _own_domain(self) -> Domain:
        """The domain file; a question about a fact never fills a slot of a form."""
        domain = super().get_domain().as_dict()
        for slot in domain.get("slots", {}).values():
            for mapping in slot.get("mappings", []):
                if mapping.get("not_intent"):
                    facts = [fact.intent for fact in self._facts.values()]
                    mapping["not_intent"] = [*mapping["not_intent"], *facts]
        return Domain.from_dict(domain)

    @cached_method
    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """Adds the facts' and the danger examples, and fills responses."""
        data = super().get_nlu_data(language)
        responses = fill_responses(copy.deepcopy(data.responses), self._clinic.fill)
        examples = list(map(Example.of, data.training_examples))
        if self._reads_project_data:
            examples += [
                Example({TEXT: text, INTENT: fact.intent})
                for fact in self._facts.values()
                for text in fact.examples
            ]
            taught = {str(example.get(TEXT)).lower() for example in examples}
            examples += [
                _danger_message(example)
                for example in load_danger_examples(self._data / "danger")
                if example.is_danger or example.text.lower() not in taught
            ]
        return TrainingData(
            examples,
            data.entity_synonyms,
            data.regex_features,
            data.lookup_tables,
            responses,
        )

    def get_stories(self, exclusion_percentage: int | None = None) -> StoryGraph:
        """Adds a rule for each fact's answer, and a story for its follow-ups."""
        stories = super().get_stories(exclusion_percentage)
        if not self._reads_project_data:
            return stories
        facts = self._facts.values()
        reader = YAMLStoryReader(self.get_domain())
        steps = reader.read_from_parsed_yaml(
            {
                "version": "3.1",
                "rules": list(map(_answer_rule, facts)),
                "stories": list(map(_follow_up_story, facts)),
            }
        )
        return stories.merge(StoryGraph(steps))


def _answer_rule(fact: Fact) -> dict[str, Any]:
    return {
        "rule": f"answer what people ask about {fact.topic}",
        "steps": [{"intent": fact.intent}, {"action": fact.response}],
    }


def _follow_up_story(fact: Fact) -> dict[str, Any]:
    """What FollowUpPolicy does, and after danger CarePolicy.

    Rasa checks it against the rules; nothing learns it.
    """
    steps = [{"intent": fact.intent}, {"action": fact.response}]
    for part in FOLLOW_UPS:
        steps += [{"intent": part}, {"action": f"{fact.response}_{part}"}]
    steps += [{"intent": "repeat"}, {"action": f"{fact.response}_care"}]
    return {"story": f"follow-ups on {fact.topic}", "steps": steps}


def _danger_message(example: DangerExample) -> Example:
    return Example(
        {
            TEXT: example.text,
            INTENT: example.intent or LOOK_ALIKE_INTENT,
            DANGER_KIND: example.kind if example.is_danger else "",
        }
    )
