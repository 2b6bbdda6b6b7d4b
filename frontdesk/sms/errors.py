"""Why texts do not arrive: Twilio's numbers of errors, and what staff read instead."""

from frontdesk.sms.delivery import OPTED_OUT

GAVE_UP = 1
NO_NUMBER = 2
"""Ours; Twilio's have five digits."""

_REASONS = {
    GAVE_UP: "the text line was down for too long",
    NO_NUMBER: "the phone number can no longer be read",
    OPTED_OUT: "cannot be texted",
    21211: "this is not a phone number",
    21408: "texts to this country are switched off",
    21610: "cannot be texted",
    21612: "this number cannot be reached from ours",
    21614: "this phone takes no texts",
    30003: "the phone is off or out of reach",
    30004: "the phone blocks our texts",
    30005: "the number is not in use",
    30006: "this phone takes no texts",
    30007: "the phone network took it for spam",
    30034: "our number is not registered for texts",
}


def reason_of(code: int | None) -> str:
    """Returns what staff read."""
    if code is None:
        return "no reason was given"
    return _REASONS.get(code, f"error {code} of the text service")
