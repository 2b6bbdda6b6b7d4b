"""What the stand-in for the brain says in the tests of the website's chat."""

from typing import Any

from standin_brain import Json, StandinBrain, response

DISCLOSED = "hello there"
OPIOID = "is it an opioid?"
BOTH = "is it addictive and an opioid?"
CLARIFY = "what about it?"
CALL_ME = "call me back"
DANGER = "i want to hurt myself"
SOURCE = "Fava and others, 2018. Naltrexone and ketamine."
ADDRESS = "https://example.org/fava"
ASK_NAME = "What name should we use?"
ASK_CONTACT = "What is the best phone number or e-mail address?"
BAD_CONTACT = "I could not read that as a phone number."
ASK_TIME = "When is a good time?"
SENT = "Your request is with our staff."
CHECK = "Please check this. Shall I send it?"


def fact(topic: str, claim: str, verdict: str, text: str) -> Json:
    """Builds the card of a fact, as the brain does."""
    card = response(
        f"utter_faq_{topic}",
        text,
        ("Tell me more", f'/more{{"topic": "{topic}"}}'),
        ("Sources", f'/sources{{"topic": "{topic}"}}'),
        ("How does it work?", "/faq_how_it_works"),
        ("Talk to a person", "/human"),
    )
    return card | {"metadata": _metadata(topic, claim, verdict)}


def _metadata(topic: str, claim: str, verdict: str) -> dict[str, Any]:
    return {
        "topic": topic,
        "claim": claim,
        "verdict": verdict,
        "review": {"status": "draft", "reviewed_by": None, "reviewed_on": None},
        "sources": [
            {"citation": SOURCE, "url": ADDRESS},
            {"citation": "A trap", "url": "javascript:alert(1)"},
        ],
    }


OPIOID_CARD = fact(
    "opioid", "Ketamine is an opioid.", "myth", "Myth. Ketamine is not an opioid."
)
ADDICTIVE_CARD = fact(
    "addictive",
    "Ketamine is addictive.",
    "it_depends",
    "It depends. Misuse can lead to addiction.",
)


def script(brain: StandinBrain, disclosure: str) -> None:
    """Teaches the brain what the tests ask."""
    sources = response("utter_faq_opioid_sources", f"This answer rests on:\n- {SOURCE}")
    sources["metadata"] = OPIOID_CARD["metadata"]
    brain.replies |= {
        DISCLOSED: [
            response("utter_disclosure", disclosure),
            response("utter_smalltalk_greet", "What would you like to know?"),
        ],
        OPIOID: [OPIOID_CARD],
        BOTH: [ADDICTIVE_CARD, OPIOID_CARD],
        '/sources{"topic": "opioid"}': [sources],
        CLARIFY: [
            response(
                "utter_clarify_2",
                "Did you mean one of these?",
                ("Is it an opioid?", "/faq_opioid"),
                ("Talk to a person", "/human"),
            )
        ],
        "/faq_opioid": [OPIOID_CARD],
        CALL_ME: [response("utter_ask_callback_name", ASK_NAME)],
        "Jordan": [response("utter_ask_callback_contact", ASK_CONTACT)],
        "12": [
            response("utter_screening_contact_invalid", BAD_CONTACT),
            response("utter_ask_callback_contact", ASK_CONTACT),
        ],
        "202 555 0147": [response("utter_ask_callback_time", ASK_TIME)],
        "mornings": [
            response(
                "utter_ask_callback_confirmed",
                CHECK,
                ("Yes, send it", "/affirm"),
                ("Cancel", "/stop"),
            )
        ],
        "/affirm": [response("utter_screening_sent", SENT)],
    }
