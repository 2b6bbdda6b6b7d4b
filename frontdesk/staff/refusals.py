"""What staff are told when something about an account cannot be done.

Refused
├── AccountRefused     an e-mail address, name or role that cannot be used
├── PasswordRefused    a new password that is too easy to guess
├── LastAdmin          nobody would be left to look after the accounts
├── WrongPassword      the e-mail address and the password do not belong together
└── TooManyAttempts    wrong passwords came too fast
"""

from frontdesk.errors import FrontDeskError


class Refused(FrontDeskError):
    """Base of all; `field` names the part of the form that has to be changed."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class AccountRefused(Refused):
    """Raised when an account cannot be made or changed as asked."""


class PasswordRefused(Refused):
    """Raised when a new password is too easy to guess."""


class LastAdmin(Refused):
    """Raised when the last active administrator would be lost."""


class WrongPassword(Refused):
    """Raised for a wrong password and for an unknown account alike."""


class TooManyAttempts(Refused):
    """Raised before anything is checked; says how long to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(
            f"Too many wrong passwords. Wait {_spoken(seconds)}, then try again."
        )
        self.seconds = seconds


def _spoken(seconds: int) -> str:
    if seconds < 60:
        return "1 second" if seconds == 1 else f"{seconds} seconds"
    minutes = -(-seconds // 60)
    return "1 minute" if minutes == 1 else f"{minutes} minutes"
