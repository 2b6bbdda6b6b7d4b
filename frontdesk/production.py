"""What production mode refuses."""

from pathlib import Path

from content.clinic import load_clinic
from content.problem import ContentError
from frontdesk.errors import InventedClinic, PlainCookies
from settings import SETTINGS_FILE, Settings


def refuse_invented_clinic(path: Path) -> None:
    """Checks that every value in the clinic's file is the clinic's own.

    Raises:
        InventedClinic: listing each value that is not, or each fault of the file.
    """
    try:
        problems = load_clinic(path).production_problems()
    except ContentError as error:
        problems = error.problems
    if problems:
        raise InventedClinic(
            "\n".join(
                [
                    "production mode needs the clinic's own values -> correct these:",
                    *(str(problem) for problem in problems),
                ]
            )
        )


def refuse_plain_cookies(settings: Settings) -> None:
    """Checks that whoever listens on the line cannot take over a session.

    Raises:
        PlainCookies: naming the setting and the remedy.
    """
    if not settings.desk.secure_cookies:
        raise PlainCookies(
            f"{SETTINGS_FILE}: 'desk.secure_cookies' is false in production mode -> "
            "put a proxy with TLS before the staff's pages, then set it to true "
            "(there, or in KETAMINE_FACTS_DESK__SECURE_COOKIES)"
        )
