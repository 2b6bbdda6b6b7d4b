"""Ready-made replies at the desk, `data/canned_replies.yml`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from content.clinic import Clinic
from content.problem import ContentError
from content.schema import schema_problems
from content.yaml_source import read_yaml


@dataclass(frozen=True)
class CannedReply:
    """One reply, with the clinic's values in it."""

    title: str
    text: str


def load_canned_replies(path: Path, clinic: Clinic) -> list[CannedReply]:
    """Loads the replies, in the order of the file.

    Raises:
        ContentError: naming line and remedy of each fault.
    """
    source = read_yaml(path)
    problems = schema_problems(source, "canned_replies")
    replies = []
    for index, value in enumerate([] if problems else source.value):
        try:
            replies.append(
                CannedReply(value["title"], clinic.fill(value["text"].strip()))
            )
        except (KeyError, ValueError):
            problems.append(
                source.problem(
                    [index, "text"],
                    f"the reply '{value['title']}' has a placeholder that is wrong",
                    "run 'make lint', which names it",
                )
            )
    if problems:
        raise ContentError(problems)
    return replies
