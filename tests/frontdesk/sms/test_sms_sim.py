"""The page with the phones, in a real browser; the brain is a stand-in."""

import threading
from collections.abc import Iterator

import pytest
import uvicorn
from free_ports import free_port
from playwright.sync_api import Browser, Locator, Page, expect
from standin_brain import response
from visitor import eventually

from operations.sms_sim.app import build_app
from operations.sms_sim.phones import FIRST_NUMBERS, Phones
from sms.text_line import TextLine

PATIENCE_MS = 60_000


@pytest.fixture
def page(line: TextLine, browser: Browser) -> Iterator[Page]:
    """The page, opened."""
    app = build_app(Phones(line.twilio), line.desk.desk_url, "sam@clinic.example", "x")
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    eventually(lambda: server.started, "the page's server")
    opened = browser.new_page()
    opened.set_default_timeout(PATIENCE_MS)
    opened.goto(f"http://127.0.0.1:{port}")
    yield opened
    opened.close()
    server.should_exit = True
    thread.join()


def phone_on(page: Page, index: int) -> Locator:
    """Returns one of the phones."""
    return page.get_by_label(f"Phone {FIRST_NUMBERS[index]}", exact=True)


def send(phone: Locator, text: str) -> None:
    """Types and sends."""
    phone.get_by_label("Text to the clinic").fill(text)
    phone.get_by_role("button", name="Send", exact=True).click()


def test_a_text_is_answered_with_its_segments(line: TextLine, page: Page) -> None:
    line.brain.replies["long?"] = [response("utter_smalltalk_a", "x" * 161)]
    phone = phone_on(page, 0)
    send(phone, "long?")
    answer = phone.locator("li.clinic").first
    expect(answer).to_contain_text("delivered, 2 segments", timeout=PATIENCE_MS)
    phone.get_by_label("Text to the clinic").fill("cheap \N{EN DASH}")
    expect(phone.locator(".count")).to_have_text("7 characters, 1 segment, UCS-2")


def test_faults_and_opt_outs_can_be_seen(line: TextLine, page: Page) -> None:
    phone = phone_on(page, 1)
    phone.locator("summary").click()
    phone.get_by_role("button", name="Switch off").click()
    expect(phone.locator(".off")).to_be_visible()
    send(phone, "hello")
    expect(phone.locator("li.clinic").first).to_contain_text(
        "undelivered (error 30003)", timeout=PATIENCE_MS
    )
    phone.get_by_label("The next text to this phone").select_option("429")
    phone.get_by_role("button", name="Send a picture").click()
    expect(phone.locator("li.clinic")).to_have_count(2, timeout=PATIENCE_MS)
    line.twilio.opt_outs.blocked.add(FIRST_NUMBERS[1])
    expect(phone.locator(".opted-out")).to_be_visible(timeout=PATIENCE_MS)
