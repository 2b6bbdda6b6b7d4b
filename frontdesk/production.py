"""What production mode refuses."""

from pathlib import Path

from content.clinic import load_clinic
from content.problem import ContentError
from frontdesk.errors import InventedClinic


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
