"""Pictures of the website chat in its states, for the documentation."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import FloatRect

from operations.widget_tour import Tour, TouredChat, run
from settings import ROOT

IMAGES = ROOT / "docs" / "images"
DESKTOP = {"width": 1000, "height": 720}
MARGIN = 16
PHONE = {"width": 390, "height": 780}
QUESTION = "is ketamine an opioid?"
UNCLEAR = "what about my mood"
DOSING = "I take 2 mg Xanax, should I skip it before my infusion?"
SUICIDAL = "i dont want to be here anymore"


def take(chat: TouredChat, name: str, whole_page: bool = False) -> None:
    """Stores a picture of the chat, or of the page with it."""
    path = IMAGES / f"chat-{name}.png"
    chat.page.mouse.move(0, 0)
    if whole_page:
        chat.page.screenshot(path=path)
    else:
        chat.page.screenshot(path=path, clip=_around(chat))
    print(f"  {path.relative_to(ROOT)}  {path.stat().st_size // 1024} kB")


def _around(chat: TouredChat) -> FloatRect:
    """The chat with its shadow; on a phone it has none."""
    box = chat.panel.bounding_box()
    assert box is not None
    margin = min(MARGIN, box["x"])
    return {
        "x": box["x"] - margin,
        "y": box["y"] - margin,
        "width": box["width"] + 2 * margin,
        "height": box["height"] + 2 * margin,
    }


def take_all(tour: Tour) -> None:
    """Walks through the states."""
    take_answers(tour)
    take_danger(tour)
    take_staff(tour)
    take_offline(tour)
    take_phone(tour)


def take_answers(tour: Tour) -> None:
    """Closed, opened, a card, its sources, a question back."""
    chat = tour.visit(viewport=DESKTOP)
    take(chat, "closed", whole_page=True)
    chat.open()
    take(chat, "welcome", whole_page=True)
    chat.ask(QUESTION)
    take(chat, "card", whole_page=True)
    chat.press("Sources")
    take(chat, "sources")
    chat.ask(UNCLEAR)
    take(chat, "clarify")
    chat.close()
    chat = tour.visit(viewport=DESKTOP, color_scheme="dark").open()
    chat.ask(QUESTION)
    take(chat, "card-dark")
    chat.close()


def take_danger(tour: Tour) -> None:
    """A reply to danger, pinned."""
    chat = tour.visit(viewport=DESKTOP).open()
    chat.ask(SUICIDAL)
    chat.page.locator(".pinned").wait_for()
    take(chat, "danger")
    chat.close()


def take_staff(tour: Tour) -> None:
    """A person of the clinic joins and answers."""
    chat = tour.visit(viewport=DESKTOP).open()
    chat.ask(DOSING)
    chat.page.get_by_text("Waiting for a person").first.wait_for()
    staff = tour.staff("Dana")
    staff.locator("li.entry a").last.click()
    staff.locator("#text").fill("Hello, this is Dana. May I call you about this today?")
    staff.get_by_role("button", name="Send").click()
    chat.page.locator("ol.said > .from-staff").wait_for()
    take(chat, "staff")
    staff.context.close()
    chat.close()


def take_offline(tour: Tour) -> None:
    """The line is cut."""
    chat = tour.visit(viewport=DESKTOP).open()
    chat.ask(QUESTION)
    chat.page.context.set_offline(True)
    chat.page.locator(".banner").wait_for()
    take(chat, "offline")
    chat.close()


def take_phone(tour: Tour) -> None:
    """On a phone: opened, a card, the form, danger; in the dark, too."""
    for scheme, ending in (("light", ""), ("dark", "-dark")):
        options = {"viewport": PHONE, "color_scheme": scheme, "has_touch": True}
        chat = tour.visit(**options).open()
        take(chat, f"phone-welcome{ending}")
        chat.ask(QUESTION)
        take(chat, f"phone-card{ending}")
        if scheme == "light":
            chat.ask("please call me back")
            chat.page.get_by_role("textbox", name="Your name").wait_for()
            take(chat, "phone-form")
            chat.ask(SUICIDAL)
            chat.page.locator(".pinned").wait_for()
            take(chat, "phone-danger")
        chat.close()


def main() -> int:
    """Takes them all and returns the exit code."""
    Path(IMAGES).mkdir(parents=True, exist_ok=True)
    return run("screenshots", take_all)


if __name__ == "__main__":
    sys.exit(main())
