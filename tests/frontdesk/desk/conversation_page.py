"""The page of one conversation at the desk, as its tests use it."""

from playwright.sync_api import Locator, Page

QUESTION = "I take 2 mg Xanax, should I skip it?"


def line(page: Page, text: str) -> Locator:
    """A line of the conversation that holds a text."""
    return page.locator("#lines .line").filter(has_text=text)


def button(page: Page, name: str) -> Locator:
    """A button, by its whole name."""
    return page.get_by_role("button", name=name, exact=True)


def reply_box(page: Page) -> Locator:
    """Where staff write to the person."""
    return page.get_by_label("Your message to the person")


def send(page: Page, text: str) -> None:
    """Writes to the person."""
    reply_box(page).fill(text)
    button(page, "Send").click()
