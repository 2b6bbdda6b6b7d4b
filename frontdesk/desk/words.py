"""What the desk calls things."""

KINDS = {
    "danger": "Danger",
    "advice": "Medical question",
    "human": "Asked for a person",
    "screening": "Call-back request",
}
CHANNELS = {"web": "Website", "sms": "Text message"}
DETAILS = {"name": "Name", "contact": "Phone or e-mail", "time": "Best time"}
"""What a person leaves for a call back, in the order in which staff need it."""

SAME_NUMBER = "the number they text from"
"""What the call-back form stores as contact when it does not know the number."""

ENTITIES = {
    "medicine": "Medicines",
    "condition": "Conditions",
    "treatment": "Treatments",
    "other_treatment": "Other treatments",
    "route": "Ways of taking it",
}


def name_of(names: dict[str, str], key: str) -> str:
    """Returns our word for a key; one that is new here is shown as it is."""
    return names.get(key) or key.replace("_", " ").capitalize()
