"""The front desk's command line: `python -m frontdesk [command]`."""

import argparse
import sys

from content.problem import ContentError
from frontdesk.database.migrate import migrate
from frontdesk.errors import FrontDeskError
from frontdesk.logs import configure_logging
from frontdesk.privacy.purge import purge
from frontdesk.serve import serve
from frontdesk.staff.desk_admin import make_admin
from settings import SettingsError, load_settings

INTERRUPTED = 130
"""What a shell expects of a program that was stopped with Ctrl-C."""


def main(arguments: list[str] | None = None) -> int:
    """Runs a command and returns the exit code."""
    options = _parser().parse_args(arguments)
    configure_logging()
    try:
        settings = load_settings()
        if options.command == "migrate":
            print(f"database at revision {migrate(settings.frontdesk.database_url)}")
        elif options.command == "desk-admin":
            email = make_admin(settings, options.email, options.name)
            print(f"{email} can sign in at {settings.desk.url}")
        elif options.command == "purge":
            print(f"old conversations deleted: {purge(settings)}")
        else:
            serve(settings)
    except (ContentError, FrontDeskError, SettingsError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m frontdesk")
    commands = parser.add_subparsers(dest="command", metavar="command")
    commands.add_parser("serve", help="migrate, then answer requests (the default)")
    commands.add_parser("migrate", help="bring the database to this version")
    commands.add_parser(
        "purge", help="delete conversations older than 'retention_days' of clinic.yml"
    )
    admin = commands.add_parser(
        "desk-admin",
        help="make an account for an administrator of the staff's pages",
        description="Asks for what is not given. Without a terminal it reads standard "
        "input: one line each, the password last.",
    )
    admin.add_argument("--email", help="what the administrator signs in with")
    admin.add_argument("--name", help="what visitors see")
    return parser


if __name__ == "__main__":
    sys.exit(main())
