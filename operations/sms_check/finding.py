"""One thing that was looked at."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """What was looked at; without a fault it is as it should be."""

    what: str
    fault: str = ""
    remedy: str = ""

    def __str__(self) -> str:
        """Returns the line that is printed."""
        if not self.fault:
            return f"ok      {self.what}"
        return f"FAILED  {self.what}: {self.fault} -> {self.remedy}"
