"""What the chat on a website needs to know before anybody writes."""

import re
from pathlib import Path

from fastapi import APIRouter, Response
from pydantic import BaseModel

from content.clinic import Clinic
from content.widget import load_widget
from content.yaml_source import read_yaml
from frontdesk.visitors.chat_message import LONGEST_TEXT

FACTS_PATH = "/facts"

_NOT_DIALLED = re.compile(r"[^\d+]")


class Phone(BaseModel):
    """A number as it is read, and as an address that calls it or writes to it."""

    number: str
    call: str
    text: str


class ClinicView(BaseModel):
    """The clinic, as its visitors know it."""

    name: str
    phone: Phone
    hours: str
    address: str
    website: str
    is_invented: bool
    """Whether these are still the values of the clinic that does not exist."""


class Help(BaseModel):
    """Who helps people in danger, at any hour."""

    lifeline: Phone
    lifeline_chat: str
    emergency: Phone
    text_line: str
    veterans: str
    spanish: str


class Suggestion(BaseModel):
    """A question to begin with: what is read, and the text that is sent."""

    title: str
    text: str


class Appearance(BaseModel):
    """What a page's script tag may say otherwise."""

    color: str
    logo: str
    position: str


class WidgetConfig(BaseModel):
    """Everything at once: the chat asks for it a single time."""

    clinic: ClinicView
    help: Help
    disclosure: str
    suggestions: list[Suggestion]
    languages: list[str]
    appearance: Appearance
    longest_text: int = LONGEST_TEXT
    retention_days: int
    facts: str = FACTS_PATH


def config_routes(config: WidgetConfig) -> APIRouter:
    """Builds `GET /chat/config`, which needs no session."""
    router = APIRouter(prefix="/chat")

    @router.get("/config")
    def show(response: Response) -> WidgetConfig:
        response.headers["Cache-Control"] = "no-cache"
        return config

    return router


def load_config(data: Path, clinic: Clinic) -> WidgetConfig:
    """Puts it together from the files of `data/`.

    Raises:
        ContentError: naming file, line and remedy of each fault.
    """
    widget = load_widget(data / "widget.yml")
    return WidgetConfig(
        clinic=_clinic(clinic),
        help=_help(clinic.values["crisis"]),
        disclosure=clinic.fill(_disclosure(data / "responses" / "opening.yml")),
        suggestions=[Suggestion(title=text, text=text) for text in widget.suggestions],
        languages=list(widget.languages),
        appearance=Appearance(
            color=widget.color, logo=widget.logo, position=widget.position
        ),
        retention_days=clinic.values["retention_days"],
    )


def phone(number: str) -> Phone:
    """Makes a number one that can be pressed."""
    digits = _NOT_DIALLED.sub("", number)
    return Phone(number=number, call=f"tel:{digits}", text=f"sms:{digits}")


def _clinic(clinic: Clinic) -> ClinicView:
    values = clinic.values
    return ClinicView(
        name=values["name"],
        phone=phone(values["phone"]),
        hours=values["hours"]["text"],
        address=values["address"],
        website=values["website"],
        is_invented=bool(clinic.production_problems()),
    )


def _help(crisis: dict[str, str]) -> Help:
    return Help(
        lifeline=phone(crisis["lifeline"]),
        lifeline_chat=f"https://{crisis['lifeline_chat']}",
        emergency=phone(crisis["emergency"]),
        text_line=crisis["text_line"],
        veterans=crisis["veterans"],
        spanish=crisis["spanish"],
    )


def _disclosure(path: Path) -> str:
    """Returns what the assistant says first of all, on the web."""
    variations = read_yaml(path).value["responses"]["utter_disclosure"]
    on_web = next(one for one in variations if one.get("channel") is None)
    return str(on_web["text"]).strip()
