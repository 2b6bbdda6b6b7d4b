"""Decides what may be answered: one question, two, or none surely enough.

Reads the rankings of the message and of its parts and sets

- `intent`: the intent to act on, or `nlu_fallback` when none is sure enough,
- `questions`: the intents of two facts, when two were asked about,
- `choices`: the best guesses, to be offered when unsure,
- `waiting_questions`: facts asked about beside danger, to be offered after it.
"""

from __future__ import annotations

from collections.abc import Iterable
from heapq import nlargest
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME as UNSURE
from rasa.shared.nlu.constants import (
    ENTITIES,
    ENTITY_ATTRIBUTE_TYPE,
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
)
from rasa.shared.nlu.training_data.message import Message

from assistant.nlu.danger_detector import CALM_QUESTIONS
from assistant.nlu.intent_classifier import CLAUSE_RANKINGS, PART_RANKINGS
from assistant.nlu.spacy_reader import NORMALIZED_TEXT

QUESTIONS = "questions"
CHOICES = "choices"
WAITING_QUESTIONS = "waiting_questions"

FACT_PREFIX = "faq_"
OUT_OF_SCOPE_PREFIX = "out_of_scope"
OTHER_TREATMENT_INTENT = "out_of_scope_other_treatment"
ADVICE_INTENT = "advice"
COURTESIES = frozenset({"greet", "thank", "goodbye", "compliment_or_ack", "affirm"})
"""What people say beside a question; the question is what is answered."""

FOLLOW_UPS = frozenset(
    {"more", "sources", "why", "proof", "related", "repeat", "deny", "stop"}
)
"""What people add to a question ("is that true?"); alone it means the last answer."""

ABOUT_US = frozenset({"this", "it", "you", "your", "here"})
"""Words that point at our treatment in a message that names another one."""

STRANGERS = frozenset(
    {
        "out_of_scope",
        "out_of_scope_hardship",
        "out_of_scope_mental_health",
        "out_of_scope_other_treatment",
    }
)
"""Classes that a message which names ketamine cannot belong to."""

MOST_CHOICES = 6

Scores = dict[str, float]


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False
)
class AnswerGate(GraphComponent):
    """Turns rankings into a decision, by thresholds chosen on labelled messages."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Returns the thresholds; `make evaluate` shows what each one costs."""
        return {
            # a fact below this is offered, not answered: lower answers more wrongly.
            # Two above it, asked in one question, are both offered
            "fact_threshold": 0.4,
            # so are two facts closer to each other than this, unless the first is sure
            "fact_lead": 0.15,
            # a fact that is not sure gives way to a person if the question scores this
            # as a personal one: a general answer to that could do harm
            "personal_threshold": 0.3,
            # any other intent below this is not acted on
            "other_threshold": 0.3,
            # a sure fact is answered; each of two needs this before both are, and a
            # message this sure of anything as a whole is not weighed against its parts
            "sure_fact_threshold": 0.6,
            # the same, when the message is about one fact and a part asks of another,
            # and when two clauses are about two
            "beside_fact_threshold": 0.85,
            # guesses below this are not worth offering
            "choice_floor": 0.04,
            # all out-of-scope classes together above this outweigh an unsure guess
            "out_of_scope_threshold": 0.35,
            # below this they do not, if a fact scores at least `offered_fact`
            "sure_out_of_scope": 0.8,
            "offered_fact": 0.14,
            # a fact is answered although another treatment is named, above this
            "despite_other_treatment": 0.8,
        }

    def __init__(self, config: dict[str, Any]) -> None:
        """Creates the gate."""
        self._config = config

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> AnswerGate:
        """Creates the component (see parent class)."""
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Decides for each message (see module docstring)."""
        for message in messages:
            self._decide(message)
        return messages

    def _decide(self, message: Message) -> None:
        whole = _scores(message.get(INTENT_RANKING_KEY, []))
        parts = list(map(_scores, message.get(PART_RANKINGS, [])))
        clauses = list(map(_scores, message.get(CLAUSE_RANKINGS, [])))
        kinds = {entity[ENTITY_ATTRIBUTE_TYPE] for entity in message.get(ENTITIES, [])}
        if kinds & {"treatment", "route"}:
            whole = _without(whole, STRANGERS)
            parts = [_without(part, STRANGERS) for part in parts]
        elif "other_treatment" in kinds and not self._is_about_us(message, whole):
            whole, parts = _without_facts(whole), list(map(_without_facts, parts))
            clauses = []
        if self._is_sure_fact(whole):  # what is asked beside it is about ketamine too
            parts = [_without(part, STRANGERS) for part in parts]
        scores = self._combine(whole, parts)
        questions = self._two_questions(whole, parts, clauses)
        if questions:
            intent, confidence = questions[0], scores.get(questions[0], 0.0)
        else:
            intent, confidence = self._choose(scores)
        message.set(QUESTIONS, questions, add_to_output=True)
        calm = [parts[number] for number in message.get(CALM_QUESTIONS, [])]
        waiting = list(self._sure_facts(calm))
        message.set(WAITING_QUESTIONS, waiting, add_to_output=True)
        message.set(CHOICES, self._choices(scores), add_to_output=True)
        message.set(
            INTENT,
            {INTENT_NAME_KEY: intent, PREDICTED_CONFIDENCE_KEY: confidence},
            add_to_output=True,
        )

    def _is_about_us(self, message: Message, whole: Scores) -> bool:
        words = set(message.get(NORMALIZED_TEXT, "").split())
        sure = self._is_sure_fact(whole, "despite_other_treatment")
        return sure and bool(words & ABOUT_US)

    def _combine(self, whole: Scores, parts: list[Scores]) -> Scores:
        """Lets the part that asks count as much as the message around it.

        What is sure of a message as a whole stands: who tells of medicines and then
        asks "is it safe?" asks about those.
        """
        asking = [part for part in parts if _first(part) not in COURTESIES | FOLLOW_UPS]
        if not asking:
            return whole
        if _first(whole) in COURTESIES:
            return max(asking, key=lambda part: max(part.values(), default=0.0))
        if self._is_sure(whole):
            return whole
        intents = {intent for scores in (whole, *asking) for intent in scores}
        return {
            intent: (
                whole.get(intent, 0.0)
                + sum(part.get(intent, 0.0) for part in asking) / len(asking)
            )
            / 2
            for intent in intents
        }

    def _two_questions(
        self, whole: Scores, parts: list[Scores], clauses: list[Scores]
    ) -> list[str]:
        if self._is_sure(whole) and not _is_fact(_first(whole)):
            return []  # it asks something else
        facts = self._sure_facts(parts)
        if len(facts) < 2:
            facts = self._sure_facts([whole, *parts], "beside_fact_threshold")
        if len(facts) < 2:
            facts = self._sure_facts(clauses, "beside_fact_threshold")
        if len(facts) < 2:
            return []
        surest = nlargest(2, facts, key=lambda fact: facts[fact])
        return [fact for fact in facts if fact in surest]

    def _sure_facts(
        self, parts: list[Scores], threshold: str = "sure_fact_threshold"
    ) -> Scores:
        """Returns the facts that parts surely ask about, as asked, and how surely."""
        facts: Scores = {}
        for part in parts:
            if self._is_sure_fact(part, threshold):
                first = _first(part)
                facts[first] = max(part[first], facts.get(first, 0.0))
        return facts

    def _is_sure_fact(
        self, scores: Scores, threshold: str = "sure_fact_threshold"
    ) -> bool:
        return _is_fact(_first(scores)) and self._is_sure(scores, threshold)

    def _is_sure(self, scores: Scores, threshold: str = "sure_fact_threshold") -> bool:
        confidence = scores.get(_first(scores), 0.0)
        return bool(confidence >= self._config[threshold])

    def _choose(self, scores: Scores) -> tuple[str, float]:
        intent = _first(scores)
        confidence = scores.get(intent, 0.0)
        strangers = {
            name: score
            for name, score in scores.items()
            if name.startswith(OUT_OF_SCOPE_PREFIX)
        }
        strange = sum(strangers.values())
        if strange > confidence or intent in strangers:
            return self._strange(scores, strangers, strange)
        if _is_fact(intent):
            if self._may_be_personal(scores):
                return ADVICE_INTENT, scores[ADVICE_INTENT]
            certain = self._stands_out(scores)
        else:
            certain = confidence >= self._config["other_threshold"]
        return intent if certain else UNSURE, confidence

    def _may_be_personal(self, scores: Scores) -> bool:
        personal = scores.get(ADVICE_INTENT, 0.0) >= self._config["personal_threshold"]
        return personal and not self._is_sure(scores)

    def _stands_out(self, scores: Scores) -> bool:
        """Whether the best fact is likely, and no other one is likely or as good."""
        facts = [score for name, score in scores.items() if _is_fact(name)]
        best, rival = nlargest(2, [*facts, 0.0, 0.0])
        likely, sure = (
            self._config[key] for key in ("fact_threshold", "sure_fact_threshold")
        )
        is_ahead = best >= sure or best - rival >= self._config["fact_lead"]
        return bool(best >= likely and is_ahead and rival < likely)

    def _strange(
        self, scores: Scores, strangers: Scores, strange: float
    ) -> tuple[str, float]:
        """Decides between "not ours" and "not sure": a fact may be worth offering."""
        best_fact = max(
            (score for name, score in scores.items() if _is_fact(name)),
            default=0.0,
        )
        worth_offering = best_fact >= self._config["offered_fact"]
        if worth_offering and strange < self._config["sure_out_of_scope"]:
            return UNSURE, best_fact
        if strange >= self._config["out_of_scope_threshold"]:
            return _first(strangers), min(strange, 1.0)
        return UNSURE, strange

    def _choices(self, scores: Scores) -> list[str]:
        ordered = sorted(scores, key=lambda intent: -scores[intent])
        return [
            intent
            for intent in ordered
            if scores[intent] >= self._config["choice_floor"]
            and not intent.startswith(OUT_OF_SCOPE_PREFIX)
        ][:MOST_CHOICES]


def _scores(ranking: Iterable[dict[str, Any]]) -> Scores:
    return {
        entry[INTENT_NAME_KEY]: entry[PREDICTED_CONFIDENCE_KEY] for entry in ranking
    }


def _is_fact(intent: str) -> bool:
    return intent.startswith(FACT_PREFIX)


def _first(scores: Scores) -> str:
    return max(scores, key=lambda intent: scores[intent], default=UNSURE)


def _without(scores: Scores, intents: frozenset[str]) -> Scores:
    """Drops intents and shares out their part among the rest."""
    kept = {name: score for name, score in scores.items() if name not in intents}
    total, rest = sum(scores.values()), sum(kept.values())
    return {name: score * total / rest for name, score in kept.items()} if rest else {}


def _without_facts(scores: Scores) -> Scores:
    """Gives what the facts scored to the class of other treatments."""
    kept = {intent: score for intent, score in scores.items() if not _is_fact(intent)}
    lost = sum(scores.values()) - sum(kept.values())
    kept[OTHER_TREATMENT_INTENT] = kept.get(OTHER_TREATMENT_INTENT, 0.0) + lost
    return kept
