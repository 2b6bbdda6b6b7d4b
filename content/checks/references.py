"""Check: cited sources and related topics exist, and every source is cited."""

from __future__ import annotations

from content.checks.library import FactFile, Library
from content.problem import Problem


def reference_problems(library: Library) -> list[Problem]:
    """Follows what facts cite and relate to."""
    problems = []
    for file in library.facts:
        problems += _unknown_sources(library, file) + _bad_relations(library, file)
    if len(library.facts) == len(library.topics):  # a broken fact may cite the source
        problems += _uncited(library)
    return problems


def _unknown_sources(library: Library, file: FactFile) -> list[Problem]:
    return [
        file.source.problem(
            ["sources", index],
            f"the source '{source_id}' does not exist",
            "add it to data/sources.yml, or correct its spelling",
        )
        for index, source_id in enumerate(file.fact.sources)
        if source_id not in library.bibliography.value
    ]


def _bad_relations(library: Library, file: FactFile) -> list[Problem]:
    problems = []
    for index, topic in enumerate(file.fact.related):
        if topic == file.fact.topic:
            message = f"'{topic}' is related to itself"
        elif topic not in library.topics:
            message = f"the related topic '{topic}' does not exist"
        else:
            continue
        problems.append(
            file.source.problem(
                ["related", index], message, "name another topic of data/facts"
            )
        )
    return problems


def _uncited(library: Library) -> list[Problem]:
    cited = {source_id for file in library.facts for source_id in file.fact.sources}
    return [
        library.bibliography.problem(
            [source_id],
            f"no fact cites the source '{source_id}'",
            "cite it in a fact, or remove it",
        )
        for source_id in library.bibliography.value
        if source_id not in cited
    ]
