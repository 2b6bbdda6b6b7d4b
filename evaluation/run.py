"""One evaluation: what was played, what came of it, and the figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from evaluation.cross_validation import CrossValidation
from evaluation.figure import Figure
from evaluation.message import LabelledMessage
from evaluation.result import TurnResult


@dataclass(frozen=True)
class Run:
    """Everything that one evaluation came to.

    Attributes:
        model: Name of the model file.
        folder: Where the messages came from.
        started: When it began.
        seconds: How long playing the messages took.
        messages: The messages.
        results: What came of each.
        figures: The figures.
        thresholds: The answer gate's settings.
        cross_validation: What it found, if it was run.
    """

    model: str
    folder: str
    started: datetime
    seconds: float
    messages: Sequence[LabelledMessage]
    results: Sequence[TurnResult]
    figures: Sequence[Figure]
    thresholds: Mapping[str, float]
    cross_validation: CrossValidation | None = None

    @property
    def is_missed(self) -> bool:
        """Whether any target is missed."""
        return any(figure.is_missed for figure in self.figures)


def run_as_json(run: Run) -> dict[str, Any]:
    """Returns the figures for other programs; no message is among them."""
    found = run.cross_validation
    return {
        "model": run.model,
        "folder": run.folder,
        "started": run.started.isoformat(timespec="seconds"),
        "seconds": round(run.seconds, 2),
        "messages": len(run.messages),
        "figures": {figure.name: _figure_as_json(figure) for figure in run.figures},
        "cross_validation": asdict(found) if found else None,
    }


def _figure_as_json(figure: Figure) -> dict[str, Any]:
    return {
        "label": figure.label,
        "hits": figure.share.hits,
        "n": figure.share.total,
        "share": figure.share.value,
        "interval": figure.share.interval,
        "target": asdict(figure.target) if figure.target else None,
        "is_missed": figure.is_missed,
    }
