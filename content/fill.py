"""Puts the clinic's values into facts and responses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from content.fact import ChannelText, Fact

Fill = Callable[[str], str]


def fill_fact(fact: Fact, fill: Fill) -> Fact:
    """Returns the fact with every `${...}` replaced."""
    return replace(
        fact,
        answer=_fill_channels(fact.answer, fill),
        detail=_fill_channels(fact.detail, fill),
        proof=fill(fact.proof),
    )


def fill_responses(responses: Any, fill: Fill) -> Any:
    """Replaces every `${...}` in a nested structure of Rasa responses."""
    if isinstance(responses, str):
        return fill(responses)
    if isinstance(responses, list):
        return [fill_responses(item, fill) for item in responses]
    if isinstance(responses, dict):
        return {key: fill_responses(item, fill) for key, item in responses.items()}
    return responses


def _fill_channels(texts: ChannelText, fill: Fill) -> ChannelText:
    return ChannelText(web=fill(texts.web), sms=fill(texts.sms))
