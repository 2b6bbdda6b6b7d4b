"""Validates the call-back request: name, phone or e-mail, time, confirmation."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from rasa_sdk import FormValidationAction, Tracker
from rasa_sdk.executor import CollectingDispatcher

DETAIL_SLOTS = {
    "callback_name": "name",
    "callback_contact": "contact",
    "callback_time": "time",
}
REGION = "US"
LONGEST_NAME = 50
LONGEST_TIME = 60
SAME_NUMBER = "the number you text from"
"""A contact that is known already; the front desk shows staff the number."""

_LEAD_INS = re.compile(
    r"^\s*(my name is|i am|i'm|im|this is|it is|it's|its|name:?|call me)\s+", re.I
)
_SAME = re.compile(
    r"\W*(use |call )?((the|my|this|same) )*(same|this|number|phone|one)"
    r"( (i'm|im|i am|i|you) text(ing)? (you )?from)?( please| is fine| is ok)?\W*",
    re.I,
)
_EMAIL = re.compile(r"\S+@\S+")
_CORRECTIONS = {
    "callback_name": ("name",),
    "callback_contact": ("contact", "phone", "number", "email", "e-mail", "mail"),
    "callback_time": ("time", "when", "day", "hour"),
}

Slots = dict[str, Any]


class ValidateCallbackForm(FormValidationAction):
    """Checks each answer; one that cannot be used is asked for again."""

    def name(self) -> str:
        """Returns the name that Rasa calls when the form is active."""
        return "validate_callback_form"

    async def required_slots(
        self,
        domain_slots: list[str],
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],
    ) -> list[str]:
        """Asks what to change when the person does not confirm."""
        if tracker.get_slot("callback_confirmed") == "no":
            return [*domain_slots, "callback_correction"]
        return domain_slots

    def validate_callback_name(
        self,
        value: Any,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],
    ) -> Slots:
        """Takes any name with a letter in it."""
        return _checked("callback_name", value, usable_name, dispatcher)

    def validate_callback_contact(
        self,
        value: Any,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],
    ) -> Slots:
        """Takes a valid phone number or e-mail address, in its usual form."""
        on_sms = tracker.get_latest_input_channel() == "sms"

        def usable(text: str) -> str | None:
            is_same = on_sms and _SAME.fullmatch(text)
            return SAME_NUMBER if is_same else usable_contact(text)

        return _checked("callback_contact", value, usable, dispatcher)

    def validate_callback_time(
        self,
        value: Any,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],
    ) -> Slots:
        """Takes a few words as they are; staff read them."""
        return _checked("callback_time", value, usable_time, dispatcher)

    async def extract_callback_correction(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],
    ) -> Slots:
        """Empties the answer that the person wants to change, so it is asked again."""
        if tracker.get_slot("requested_slot") != "callback_correction":
            return {}
        words = str(tracker.latest_message.get("text") or "").lower()
        for slot, names in _CORRECTIONS.items():
            if any(name in words for name in names):
                return {slot: None, "callback_confirmed": None}
        return {"callback_correction": None}


def _checked(
    slot: str,
    value: Any,
    usable: Callable[[str], str | None],
    dispatcher: CollectingDispatcher,
) -> Slots:
    """Fills a slot; says so if the value is not usable. A correction empties it."""
    if value is None:
        return {slot: None}
    text = usable(str(value))
    if text is None:
        response = f"utter_screening_{DETAIL_SLOTS[slot]}_invalid"
        dispatcher.utter_message(response=response)
    return {slot: text}


def usable_name(text: str) -> str | None:
    """Returns a name without what leads up to it, or None."""
    name = _LEAD_INS.sub("", text).strip(" .,!")
    is_name = any(map(str.isalpha, name)) and len(name) <= LONGEST_NAME
    return name if is_name else None


def usable_time(text: str) -> str | None:
    """Returns a time in the person's own words, or None."""
    time = text.strip()
    is_time = len(time) <= LONGEST_TIME and any(map(str.isalnum, time))
    return time if is_time else None


def collected(tracker: Tracker) -> dict[str, str]:
    """Returns the answers for staff, by label."""
    answers = {label: tracker.get_slot(slot) for slot, label in DETAIL_SLOTS.items()}
    if answers["contact"] == SAME_NUMBER:
        answers["contact"] = "the number they text from"
    return {label: str(answer) for label, answer in answers.items() if answer}


def usable_contact(text: str) -> str | None:
    """Returns the phone number (E.164) or e-mail address in a text, if it is valid."""
    email = _EMAIL.search(text)
    if email:
        try:
            address = email.group().strip(".,;<>()")
            return validate_email(address, check_deliverability=False).normalized
        except EmailNotValidError:
            return None
    for match in phonenumbers.PhoneNumberMatcher(text, REGION):
        return phonenumbers.format_number(
            match.number, phonenumbers.PhoneNumberFormat.E164
        )
    return None
