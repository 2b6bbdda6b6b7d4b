"""The facts as their pages show them, with the clinic's values and whole sources."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from content.clinic import Clinic
from content.fact import Fact, Verdict, load_facts
from content.fill import fill_fact
from content.source import Source, load_sources

INFORMATION = "Information"
"""The word for what is neither myth nor fact."""

_REVIEWED = "reviewed"


@dataclass(frozen=True)
class FactPage:
    """One fact with all that its page tells."""

    fact: Fact
    sources: tuple[Source, ...]
    related: tuple[Fact, ...]

    @property
    def verdict(self) -> str:
        """The verdict as a word."""
        return word_of(self.fact.verdict)

    @property
    def shape(self) -> str:
        """The name of the verdict's shape and colour."""
        return shape_of(self.fact.verdict)

    @property
    def is_reviewed(self) -> bool:
        """Whether a clinician has read it."""
        return bool(self.fact.review["status"] == _REVIEWED)

    @property
    def reviewed_on(self) -> date:
        """When that was."""
        return _date(self.fact.review["reviewed_on"])

    @property
    def review_by(self) -> date:
        """When it is to be read again."""
        return _date(self.fact.review["review_by"])


def load_pages(data: Path, clinic: Clinic) -> dict[str, FactPage]:
    """Loads all pages by topic.

    Raises:
        ContentError: naming file, line and remedy of each fault.
    """
    sources = load_sources(data / "sources.yml")
    facts = {
        topic: fill_fact(fact, clinic.fill)
        for topic, fact in load_facts(data / "facts").items()
    }
    return {
        topic: FactPage(
            fact,
            tuple(sources[source] for source in fact.sources),
            tuple(facts[other] for other in fact.related),
        )
        for topic, fact in facts.items()
    }


def by_verdict(pages: Mapping[str, FactPage]) -> list[tuple[Verdict, list[FactPage]]]:
    """Groups the pages, myths first; each group is in the order of its titles."""
    groups = []
    for verdict in Verdict:
        group = [page for page in pages.values() if page.fact.verdict is verdict]
        if group:
            groups.append((verdict, sorted(group, key=lambda page: page.fact.title)))
    return groups


def word_of(verdict: Verdict) -> str:
    """Returns the verdict as a word."""
    return verdict.value or INFORMATION


def shape_of(verdict: Verdict) -> str:
    """Returns the name of a verdict's shape and colour."""
    return verdict.name.lower().replace("_", "-")


def _date(value: object) -> date:
    return date.fromisoformat(str(value))
