"""Staff at a browser see the number, what became of each text, and who ended texts."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from staff_site import PASSWORD
from standin_brain import DANGER_TEXT

from frontdesk.sms.phone_book import readable
from sms.text_line import Phone, TextLine

PATIENCE_MS = 45_000
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture
def page(browser: Browser, line: TextLine) -> Iterator[Page]:
    """A browser of a member of staff, signed in."""
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    opened = context.new_page()
    opened.set_default_timeout(PATIENCE_MS)
    opened.goto(line.desk.desk_url)
    opened.get_by_label("E-mail").fill(line.new_member("Ana Ruiz"))
    opened.get_by_label("Password").fill(PASSWORD)
    opened.get_by_role("button", name="Sign in").click()
    opened.get_by_label("Sound").wait_for()
    yield opened
    context.close()


def test_a_conversation_by_text(line: TextLine, phone: Phone, page: Page) -> None:
    phone.text(DANGER_TEXT)
    page.get_by_role("link", name="Danger").click()
    expect(page.locator("#phone-number")).to_have_text(readable(phone.number))
    crisis = page.locator(".from-assistant")
    expect(crisis.get_by_text("delivered", exact=True)).to_be_visible()
    page.get_by_label("Your message to the person").fill("I am here. Can I call you?")
    expect(page.locator("#length")).to_contain_text("1 text message")
    page.get_by_role("button", name="Send", exact=True).click()
    reply = page.locator(".from-staff")
    expect(reply.get_by_text("delivered", exact=True)).to_be_visible()
    assert phone.received()[-1] == "I am here. Can I call you?"

    phone.text("Quit!")
    banner = page.locator("#opted-out")
    expect(banner).to_contain_text("This person cannot be texted.")
    expect(banner.get_by_role("link")).to_have_attribute("href", f"tel:{phone.number}")
    page.get_by_label("Your message to the person").fill("Please call 988.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("has ended texts")
    expect(page.get_by_label("Your message to the person")).to_have_value(
        "Please call 988."
    )
    page.get_by_role("link", name="Queue").first.click()
    expect(page.get_by_text("Cannot be texted")).to_be_visible()
