"""The medicines, conditions and so on that a person has named."""

from collections.abc import Iterable, Mapping
from typing import Any

from frontdesk.cases.case import Case
from frontdesk.desk.transcript import Line
from frontdesk.desk.words import ENTITIES


def named_in(cases: Iterable[Case], lines: Iterable[Line]) -> dict[str, list[str]]:
    """Returns what was recognised, by what it is, each once, in the order of words."""
    messages = [message for case in cases for message in case.messages]
    entities: list[Mapping[str, Any]] = [
        *(entity for message in messages for entity in message.entities),
        *(entity for line in lines for entity in line.entities),
    ]
    found: dict[str, list[str]] = {kind: [] for kind in ENTITIES}
    for entity in entities:
        values = found.get(entity["entity"], [])
        if entity["value"] not in values:
            values.append(str(entity["value"]))
    return {kind: values for kind, values in found.items() if values}
