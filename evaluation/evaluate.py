"""Runs one evaluation from files to figures. Loads Rasa: silence it before."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from datetime import datetime, timezone
from pathlib import Path

from assistant.nlu.answer_gate import AnswerGate
from assistant.nlu.intent_classifier import IntentClassifier
from assistant.pipeline_config import component_config
from evaluation.cross_validate import cross_validate
from evaluation.cross_validation import CrossValidation
from evaluation.figures import compute_figures
from evaluation.message import LabelledMessage
from evaluation.player import load_agent, play
from evaluation.run import Run
from evaluation.training_examples import read_training_examples

CONFIG = Path("config.yml")
DATA = Path("data")


def evaluate(
    messages: Sequence[LabelledMessage],
    folder: Path,
    model: Path,
    channel: str | None = None,
) -> Run:
    """Plays the messages and computes the figures.

    Args:
        messages: The labelled messages.
        folder: Where they came from, for the record.
        model: The model file.
        channel: Where all of them are played; none lets each one's style decide.

    Raises:
        EvaluationError: if the model cannot be loaded, or a turn fails.
    """
    started = datetime.now(timezone.utc)
    agent = load_agent(model)
    before = time.perf_counter()
    results = asyncio.run(play(agent, messages, channel))
    seconds = time.perf_counter() - before
    return Run(
        model=model.name,
        folder=str(folder),
        started=started,
        seconds=seconds,
        messages=messages,
        results=results,
        figures=compute_figures(messages, results),
        thresholds=component_config(CONFIG, AnswerGate),
    )


def cross_validate_examples() -> CrossValidation:
    """Cross-validates the project's training examples; takes minutes."""
    seed = component_config(CONFIG, IntentClassifier)["random_seed"]
    return cross_validate(read_training_examples(CONFIG, DATA), seed)
