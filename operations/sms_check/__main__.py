"""Looks at everything and prints what it found (make sms-check).

Needs the front desk's environment.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from frontdesk.sms.line import Line, line_of
from operations.sms_check.at_twilio import twilio_findings
from operations.sms_check.finding import Finding
from operations.sms_check.signatures import signature_findings
from settings import SETTINGS_FILE, SettingsError, load_settings


def main() -> int:
    """Returns 1 if something is wrong."""
    try:
        line = line_of(load_settings())
        if line is None:
            raise SettingsError(
                f"{SETTINGS_FILE}: 'sms.enabled' is false -> set it to true, and "
                "restart the front desk"
            )
    except SettingsError as error:
        print(f"FAILED  settings and secrets: {error}", file=sys.stderr)
        return 1
    faults = 0
    for finding in findings(line):
        print(finding, flush=True)
        faults += bool(finding.fault)
    print(f"\n{faults} to mend" if faults else "\nThe text line is set up.")
    return 1 if faults else 0


def findings(line: Line) -> Iterator[Finding]:
    """Looks at one thing after the other."""
    yield Finding("settings and secrets")
    yield from signature_findings(line)
    yield from twilio_findings(line)


if __name__ == "__main__":
    sys.exit(main())
