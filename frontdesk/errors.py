"""Why the front desk would not start or answer.

FrontDeskError
├── AddressUnusable       the host or port cannot be listened on
├── CannotBeTexted        a person wants no texts
├── ConversationBusy      a turn in progress does not end
├── DatabaseUnusable      the database cannot be reached, opened or migrated
├── HoursUnusable         the opening hours in data/clinic.yml make no sense
├── InventedClinic        production, and the shipped clinic is still in data/clinic.yml
├── KeyOfAnotherCase      an idempotency key came again for something else
├── NoSuchCase            it was never there, or has been deleted
├── NotAllPurged          old conversations have to stay for now
├── NotOffered            a choice that no button of the conversation offers
├── OwnedByAnother        another member of staff has the conversation
├── PlainCookies          production, and staff would sign in without https
├── Refused               staff are told why (frontdesk/staff/refusals.py)
├── TooFast               more came from a person or a network than one may send
└── TooManyWaiting        a person sends faster than messages can be answered
"""


class FrontDeskError(Exception):
    """Base of all; the message says what is wrong and what to do about it."""


class AddressUnusable(FrontDeskError):
    """Raised at start when `frontdesk.host` or `frontdesk.port` cannot be used."""


class CannotBeTexted(FrontDeskError):
    """Raised when staff write to a person who has ended texts."""


class ConversationBusy(FrontDeskError):
    """Raised when something has to wait for a turn that does not end."""


class DatabaseUnusable(FrontDeskError):
    """Raised at start when `frontdesk.database_url` cannot be used."""


class HoursUnusable(FrontDeskError):
    """Raised at start when `hours` of `data/clinic.yml` cannot be used."""


class InventedClinic(FrontDeskError):
    """Raised at start in production mode; lists every value that is not confirmed."""


class KeyOfAnotherCase(FrontDeskError):
    """Raised when a key is reused for another conversation or kind of case."""


class NoSuchCase(FrontDeskError):
    """Raised when staff act on a case that is not there."""


class NotAllPurged(FrontDeskError):
    """Raised by the command that deletes old conversations when some had to stay."""


class NotOffered(FrontDeskError):
    """Raised when a choice is none of the buttons of this conversation."""


class OwnedByAnother(FrontDeskError):
    """Raised when another member of staff has the conversation; `name` says who."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} has this conversation -> ask them, or take it over")
        self.name = name


class PlainCookies(FrontDeskError):
    """Raised at start in production mode while `desk.secure_cookies` is false."""


class TooFast(FrontDeskError):
    """Raised when too much came in a while; `seconds` says when to try again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"too much came in a while -> try again in {seconds} seconds")
        self.seconds = seconds


class TooManyWaiting(FrontDeskError):
    """Raised when too many messages of one person wait for their answers."""
