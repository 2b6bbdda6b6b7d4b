"""The front desk's command line: `python -m frontdesk [serve|migrate]`."""

import argparse
import sys

from frontdesk.database.migrate import migrate
from frontdesk.errors import FrontDeskError
from frontdesk.logs import configure_logging
from frontdesk.serve import serve
from settings import SettingsError, load_settings

INTERRUPTED = 130
"""What a shell expects of a program that was stopped with Ctrl-C."""


def main(arguments: list[str] | None = None) -> int:
    """Runs a command and returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m frontdesk")
    parser.add_argument(
        "command",
        nargs="?",
        choices=("serve", "migrate"),
        default="serve",
        help="serve (default): migrate, then answer requests; migrate: only that",
    )
    command = parser.parse_args(arguments).command
    configure_logging()
    try:
        settings = load_settings()
        if command == "migrate":
            print(f"database at revision {migrate(settings.frontdesk.database_url)}")
        else:
            serve(settings)
    except (FrontDeskError, SettingsError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0


if __name__ == "__main__":
    sys.exit(main())
