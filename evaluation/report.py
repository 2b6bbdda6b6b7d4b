"""The report as one HTML file that needs nothing else."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from evaluation.confusion import confusion_by_outcome, confusion_by_topic
from evaluation.histogram import confidence_histogram
from evaluation.misses import misses_by_file
from evaluation.run import Run
from evaluation.text_table import interval_text, mark, percent, target_text


def render_report(run: Run) -> str:
    """Returns the report's HTML; every text in it is escaped."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "percent": percent,
        "interval": interval_text,
        "target": target_text,
        "mark": mark,
    }
    return environment.get_template("report.html.j2").render(
        run=run,
        by_outcome=confusion_by_outcome(run.messages, run.results),
        by_topic=confusion_by_topic(run.messages, run.results),
        bins=confidence_histogram(run.messages, run.results),
        files=misses_by_file(run.messages, run.results),
    )
