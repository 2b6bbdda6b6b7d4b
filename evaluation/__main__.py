"""`python -m evaluation`: plays labelled messages and says how well that went."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from content.problem import ContentError
from evaluation.errors import EvaluationError
from evaluation.load_messages import load_messages, unknown_topics
from evaluation.quiet import be_quiet
from evaluation.report import render_report
from evaluation.run import Run, run_as_json
from evaluation.text_table import cross_validation_text, figures_table, segments_line

FACTS = Path("data/facts")
MISSED = 1
UNUSABLE = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Evaluates; returns the process's exit code."""
    options = _options(arguments)
    be_quiet()
    try:
        run = _run(options)
    except (ContentError, EvaluationError) as error:
        print(str(error).strip(), file=sys.stderr)
        return UNUSABLE
    return MISSED if options.gate and run.is_missed else 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="evaluation", description=__doc__)
    parser.add_argument(
        "--messages",
        type=Path,
        default=Path("tests/messages"),
        metavar="DIR",
        help="folder of labelled .jsonl files, or .csv with the columns "
        "text,expect,topic,style and lists as a|b (default: %(default)s)",
    )
    parser.add_argument(
        "--model",
        type=Path,
        default=Path("models"),
        metavar="PATH",
        help="a model, or a folder whose newest is taken (default: %(default)s)",
    )
    parser.add_argument(
        "--report",
        type=Path,
        default=Path("reports/evaluation.html"),
        metavar="PATH",
        help="where the HTML report goes (default: %(default)s)",
    )
    parser.add_argument(
        "--channel",
        choices=("web", "sms"),
        help="play every message there (default: those written as texts by sms)",
    )
    parser.add_argument(
        "--json", type=Path, metavar="PATH", help="write the figures as JSON, too"
    )
    parser.add_argument(
        "--cross-validation",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="cross-validate the training examples as well; takes minutes",
    )
    parser.add_argument(
        "--gate", action="store_true", help="exit with 1 if a target is missed"
    )
    return parser.parse_args(arguments)


def _run(options: argparse.Namespace) -> Run:
    model = _model_file(options.model)
    messages = load_messages(options.messages)
    unknown = unknown_topics(messages, (path.stem for path in FACTS.glob("*.yml")))
    if unknown:
        print(f"No fact has these expected topics: {', '.join(unknown)}.\n")
    # only now: Rasa takes seconds to import, and prints unless silenced before
    from evaluation.evaluate import cross_validate_examples, evaluate

    run = evaluate(messages, options.messages, model, options.channel)
    print(f"{len(messages)} messages, model {run.model}, {run.seconds:.1f} s\n")
    print(f"{figures_table(run.figures)}\n\n{segments_line(run.results)}", flush=True)
    _publish(run, options)
    if options.cross_validation:
        found = cross_validate_examples()
        print(f"\n{cross_validation_text(found)}")
        run = replace(run, cross_validation=found)
        _publish(run, options)
    print(f"\nReport: {options.report}")
    return run


def _publish(run: Run, options: argparse.Namespace) -> None:
    _write(options.report, render_report(run))
    if options.json:
        _write(options.json, json.dumps(run_as_json(run), indent=2) + "\n")


def _model_file(path: Path) -> Path:
    if path.is_file():
        return path
    models = sorted(path.glob("*.tar.gz"), key=lambda model: model.stat().st_mtime)
    if not models:
        raise EvaluationError(f"{path}: no model there -> run 'make train'")
    return models[-1]


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
