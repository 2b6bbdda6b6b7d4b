"""A figure: a share of messages, beside what it should be."""

from __future__ import annotations

from dataclasses import dataclass

from evaluation.share import Share

ROUNDING = 1e-9
"""Shares such as 0.96 are not exact in floating point."""


@dataclass(frozen=True)
class Target:
    """What a share must reach, or must not exceed."""

    bound: float
    is_floor: bool

    def margin(self, share: float) -> float:
        """Returns how far a share is on the right side (negative: on the wrong one)."""
        return share - self.bound if self.is_floor else self.bound - share


def at_least(bound: float) -> Target:
    """A share that should be high."""
    return Target(bound, is_floor=True)


def at_most(bound: float) -> Target:
    """A share that should be low."""
    return Target(bound, is_floor=False)


@dataclass(frozen=True)
class Figure:
    """One line of the evaluation."""

    name: str
    label: str
    share: Share
    target: Target | None

    @property
    def margin(self) -> float | None:
        """How far the target is met (negative: missed); None without messages."""
        if self.target is None or self.share.value is None:
            return None
        return self.target.margin(self.share.value)

    @property
    def is_missed(self) -> bool:
        """Whether there is a target and it is not reached."""
        return self.margin is not None and self.margin < -ROUNDING
