"""Keeps Rasa and the libraries below it from printing; messages never reach a log."""

from __future__ import annotations

import logging
import os
from collections.abc import MutableMapping
from typing import Any, NoReturn

import structlog


def be_quiet() -> None:
    """Silences logs, warnings and telemetry; call it before Rasa is imported."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ["PYTHONWARNINGS"] = "ignore"  # in the processes started from here
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    logging.captureWarnings(True)
    logging.disable(logging.CRITICAL)
    structlog.configure(processors=[_drop])


def _drop(logger: Any, method: str, event: MutableMapping[str, Any]) -> NoReturn:
    raise structlog.DropEvent
