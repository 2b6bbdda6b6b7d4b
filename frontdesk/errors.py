"""Why the front desk would not start or answer.

FrontDeskError
├── AddressUnusable       the host or port cannot be listened on
├── DatabaseUnusable      the database cannot be reached, opened or migrated
├── InventedClinic        production, and the shipped clinic is still in data/clinic.yml
└── KeyOfAnotherCase      an idempotency key came again for something else
"""


class FrontDeskError(Exception):
    """Base of all; the message says what is wrong and what to do about it."""


class AddressUnusable(FrontDeskError):
    """Raised at start when `frontdesk.host` or `frontdesk.port` cannot be used."""


class DatabaseUnusable(FrontDeskError):
    """Raised at start when `frontdesk.database_url` cannot be used."""


class InventedClinic(FrontDeskError):
    """Raised at start in production mode; lists every value that is not confirmed."""


class KeyOfAnotherCase(FrontDeskError):
    """Raised when a key is reused for another conversation or kind of case."""
