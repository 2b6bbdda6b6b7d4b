"""How a fact becomes Rasa responses: the answer and what can be asked about it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from content import gsm7
from content.fact import Fact
from content.source import Source

Variation = dict[str, Any]
Responses = dict[str, list[Variation]]

SMS_LIMIT = 306
"""Two joined GSM-7 segments."""

LINK_ROOM = 100
"""What the front desk needs for the link to the fact's page, which it adds."""

SMS_HINT = " Reply MORE or SOURCES."
RELATED_BUTTONS = 2
PERSON_BUTTON = {"title": "Talk to a person", "payload": "/human"}


def fact_responses(
    fact: Fact, facts: Mapping[str, Fact], sources: Mapping[str, Source]
) -> Responses:
    """Builds the responses of one fact, for the web (default) and SMS.

    Args:
        fact: The fact to put into words; placeholders must be filled already.
        facts: All facts by topic, for the titles of related ones.
        sources: The bibliography by id.

    Returns:
        Rasa response variations by response name.
    """
    cited = [sources[source_id] for source_id in fact.sources]
    related = [facts[topic] for topic in fact.related]
    more = _part_button("Tell me more", "more", fact)
    where_from = _part_button("Sources", "sources", fact)
    return {
        fact.response: [
            {
                "text": fact.led_answer.web,
                "buttons": [
                    more,
                    where_from,
                    *map(_fact_button, related[:RELATED_BUTTONS]),
                    PERSON_BUTTON,
                ],
                "metadata": _metadata(fact, cited),
            },
            _sms(_with_hint(fact.led_answer.sms)),
        ],
        f"{fact.response}_more": [
            {
                "text": fact.detail.web,
                "buttons": [where_from, *map(_fact_button, related), PERSON_BUTTON],
            },
            _sms(fact.detail.sms),
        ],
        f"{fact.response}_sources": [
            {
                "text": "\n".join(
                    ["This answer rests on:"]
                    + [f"- {source.citation} ({source.url})" for source in cited]
                ),
                "metadata": _metadata(fact, cited),
            },
            _sms(_sms_sources(cited)),
        ],
        f"{fact.response}_proof": [
            {"text": fact.proof, "buttons": [more, where_from, PERSON_BUTTON]},
            _sms(fact.proof),
        ],
        f"{fact.response}_care": [
            {
                "text": fact.answer.web,
                "buttons": [where_from, PERSON_BUTTON],
                "metadata": {"topic": fact.topic},
            },
            _sms(fact.answer.sms),
        ],
        f"{fact.response}_related": [
            {
                "text": "You can also ask about these.",
                "buttons": list(map(_fact_button, related)),
            },
            _sms(
                "You can also ask about: "
                + ", ".join(other.title for other in related)
                + "."
            ),
        ],
    }


def _sms(text: str) -> Variation:
    return {"channel": "sms", "text": text}


def _fact_button(fact: Fact) -> dict[str, str]:
    return {"title": fact.title, "payload": f"/{fact.intent}"}


def _part_button(title: str, part: str, fact: Fact) -> dict[str, str]:
    # The topic travels with the button, so that an old card's button means that card.
    # Doubled braces: Rasa would take single ones for the name of a slot.
    entity = "{" + json.dumps({"topic": fact.topic}) + "}"
    return {"title": title, "payload": f"/{part}{entity}"}


def _metadata(fact: Fact, cited: list[Source]) -> dict[str, Any]:
    return {
        "choice": {"intent": fact.intent, "title": fact.title},
        "topic": fact.topic,
        "claim": fact.claim,
        "verdict": fact.verdict.name.lower(),
        "review": {key: _plain(value) for key, value in fact.review.items()},
        "sources": [
            {"citation": source.citation, "url": source.url} for source in cited
        ],
    }


def _plain(value: Any) -> str | None:
    return None if value is None else str(value)


def _with_hint(text: str) -> str:
    hinted = text + SMS_HINT
    return hinted if gsm7.length(hinted) <= SMS_LIMIT else text


def _sms_sources(cited: list[Source]) -> str:
    """Names as many sources as fit two segments, together with the link."""
    text = "Sources: "
    names = [source.short for source in cited]
    for kept in range(len(names), 0, -1):
        rest = len(names) - kept
        more = f"; and {rest} more" if rest else ""
        listed = f"{text}{'; '.join(names[:kept])}{more}."
        if gsm7.length(listed) <= SMS_LIMIT - LINK_ROOM:
            return listed
    raise ValueError(f"the source name {names[0]!r} alone is too long for SMS")
