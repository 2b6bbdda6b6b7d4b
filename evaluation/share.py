"""A share of messages, with the interval that so few messages leave it."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

Z_95 = 1.959964
"""Standard normal quantile of a two-sided 95 % interval."""


@dataclass(frozen=True)
class Share:
    """`hits` of `total`; meaningless, and None, when `total` is zero."""

    hits: int
    total: int

    @property
    def value(self) -> float | None:
        """The share, from 0 to 1."""
        return self.hits / self.total if self.total else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % score interval (Wilson 1927)."""
        if not self.total:
            return None
        share = self.hits / self.total
        weight = Z_95**2 / self.total
        center = (share + weight / 2) / (1 + weight)
        variance = share * (1 - share) / self.total + weight / (4 * self.total)
        half = Z_95 * sqrt(variance) / (1 + weight)
        return max(0.0, center - half), min(1.0, center + half)
