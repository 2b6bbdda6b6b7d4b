"""The texts that patients read, each with the place where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from content.checks.responses import SMS, ResponseFile
from content.clinic import Clinic
from content.fact import Fact
from content.problem import Problem
from content.yaml_source import KeyPath, YamlSource


@dataclass(frozen=True)
class Text:
    """One text as written (`raw`) and with the clinic's values (`filled`).

    `filled` is None when a placeholder in it is broken. `name` says which text it is:
    `driving_after.answer.web`, `utter_advice`, `utter_advice.sms`.
    """

    name: str
    raw: str
    filled: str | None
    source: YamlSource
    key_path: KeyPath
    on_sms: bool
    is_button: bool = False
    takes_placeholders: bool = True

    def problem(self, message: str, remedy: str) -> Problem:
        """Builds a problem that names this text and points at it."""
        return self.source.problem(self.key_path, f"{self.name} {message}", remedy)


def fact_texts(fact: Fact, source: YamlSource, clinic: Clinic) -> list[Text]:
    """Returns the texts of one fact."""

    def whole(field: str, text: str, *, on_sms: bool) -> Text:
        name = f"{fact.topic}.{field}"
        return Text(name, text, text, source, [field], on_sms, takes_placeholders=False)

    def filled(field: str, text: str, *, on_sms: bool) -> Text:
        name = f"{fact.topic}.{field}"
        return Text(
            name, text, fill_or_none(clinic, text), source, field.split("."), on_sms
        )

    return [
        whole("title", fact.title, on_sms=True),
        whole("claim", fact.claim, on_sms=False),
        filled("answer.web", fact.answer.web, on_sms=False),
        filled("answer.sms", fact.answer.sms, on_sms=True),
        filled("detail.web", fact.detail.web, on_sms=False),
        filled("detail.sms", fact.detail.sms, on_sms=True),
        filled("proof", fact.proof, on_sms=True),
    ]


def response_texts(file: ResponseFile, clinic: Clinic) -> Iterator[Text]:
    """Yields the texts of a response file, and the titles of its buttons."""
    for variation in file.variations:
        name = variation.response if variation.on_web else f"{variation.response}.sms"
        raw = variation.value["text"].strip()
        yield Text(
            name,
            raw,
            fill_or_none(clinic, raw),
            file.source,
            [*variation.key_path, "text"],
            variation.on_sms,
        )
        for index, button in enumerate(variation.value.get("buttons", [])):
            yield Text(
                f"{name}.button",
                button["title"],
                fill_or_none(clinic, button["title"]),
                file.source,
                [*variation.key_path, "buttons", index, "title"],
                on_sms=False,
                is_button=True,
            )


def notice_texts(source: YamlSource, clinic: Clinic) -> Iterator[Text]:
    """Yields the texts of `data/notices.yml`."""
    for notice, channels in source.value.items():
        for channel, raw in channels.items():
            is_sms = channel == SMS
            yield Text(
                f"notice_{notice}{'.sms' if is_sms else ''}",
                raw.strip(),
                fill_or_none(clinic, raw.strip()),
                source,
                [notice, channel],
                on_sms=is_sms,
            )


def canned_reply_texts(source: YamlSource, clinic: Clinic) -> Iterator[Text]:
    """Yields the texts of `data/canned_replies.yml`."""
    for index, reply in enumerate(source.value):
        raw = reply["text"].strip()
        yield Text(
            f"reply '{reply['title']}'",
            raw,
            fill_or_none(clinic, raw),
            source,
            [index, "text"],
            on_sms=True,
        )


def fill_or_none(clinic: Clinic, text: str) -> str | None:
    """Puts the clinic's values into a text, if all its placeholders are right."""
    try:
        return clinic.fill(text)
    except (KeyError, ValueError):
        return None
