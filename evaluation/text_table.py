"""The figures as lines of text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from content import gsm7
from evaluation.cross_validation import CrossValidation
from evaluation.figure import Figure
from evaluation.result import TurnResult
from evaluation.share import Share

SMS_SEGMENTS = 2
NO_MESSAGES = "no messages"
_HEADER = ("figure", "share", "95 % interval", "n", "target", "")
_LEFT_ALIGNED = (0, 4, 5)


def figures_table(figures: Sequence[Figure]) -> str:
    """Returns the table of all figures."""
    rows = [_HEADER, *(_row(figure) for figure in figures)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(_HEADER))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if i in _LEFT_ALIGNED else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def cross_validation_text(found: CrossValidation) -> str:
    """Returns what cross-validation found, as lines."""
    shares = (
        ("intent ranked first", found.overall),
        ("the same, examples of facts", found.facts),
        ("out of scope recognised", found.out_of_scope_found),
        ("others taken for out of scope", found.out_of_scope_claimed),
    )
    lines = ["Cross-validation of the training examples"]
    lines += [
        f"  {label:<30} {percent(share.value):>7}  {share.hits}/{share.total}"
        for label, share in shares
    ]
    lines.append("  most confused:")
    lines += [
        f"  {pair.count:>4}  {pair.expected} taken for {pair.predicted}"
        for pair in found.confused
    ]
    if found.left_out:
        lines.append(f"  too few examples: {', '.join(found.left_out)}")
    return "\n".join(lines)


def segments_line(results: Sequence[TurnResult]) -> str:
    """Returns how the replies by text message fit into their segments."""
    counts = Counter(gsm7.segments(text) for result in results for text in result.texts)
    over = sum(n for segments, n in counts.items() if segments > SMS_SEGMENTS)
    return (
        f"Replies by text message: {counts.total()}, the longest has "
        f"{max(counts, default=0)} segments, {over} more than {SMS_SEGMENTS}"
    )


def percent(value: float | None) -> str:
    """Returns a share as people write it."""
    return "" if value is None else f"{100 * value:.1f} %"


def interval_text(share: Share) -> str:
    """Returns the bounds of a share's interval."""
    if share.interval is None:
        return ""
    low, high = share.interval
    return f"{100 * low:.1f} to {100 * high:.1f}"


def target_text(figure: Figure) -> str:
    """Returns the target, or nothing where there is none."""
    if figure.target is None:
        return ""
    sign = ">=" if figure.target.is_floor else "<="
    return f"{sign} {100 * figure.target.bound:.0f} %"


def mark(figure: Figure) -> str:
    """Returns whether the target is met, and by how many percentage points."""
    if not figure.share.total:
        return NO_MESSAGES
    if figure.margin is None:
        return ""
    word = "missed" if figure.is_missed else "met"
    return f"{word} by {100 * abs(figure.margin):.1f}"


def _row(figure: Figure) -> tuple[str, ...]:
    share = figure.share
    return (
        figure.label,
        percent(share.value),
        interval_text(share),
        f"{share.hits}/{share.total}",
        target_text(figure),
        mark(figure),
    )
