"""The pages of accounts in a browser: by keyboard, without scripts, from a link."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from playwright.sync_api import Browser, Page, expect

from desk.desk_site import PASSWORD, DeskSite
from frontdesk.staff.member import ADMIN

PHONE_WIDTH = 360


@pytest.fixture
def page(browser: Browser, site: DeskSite) -> Iterator[Page]:
    """A phone on which no script runs."""
    context = browser.new_context(
        base_url=site.url,
        java_script_enabled=False,
        viewport={"width": PHONE_WIDTH, "height": 640},
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def mail_site() -> Iterator[str]:
    """Another website; its pages link to whatever their address asks for."""

    class Mail(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            target = self.path.partition("?")[2]
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(f'<a href="{target}">A case is waiting</a>'.encode())

        def log_message(self, *_: object) -> None:
            """Prints nothing; see parent class."""

    server = HTTPServer(("127.0.0.1", 0), Mail)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    # Another name than the desk's, so that it is another site.
    yield f"http://localhost:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(password)
    page.keyboard.press("Enter")


def test_signing_in_by_keyboard_without_scripts(site: DeskSite, page: Page) -> None:
    email = site.new_member("Ana Ruiz")
    page.goto("/account")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    sign_in(page, email, "not the password")
    problem = page.get_by_role("alert")
    expect(problem).to_be_focused()
    expect(problem).to_have_text("The e-mail address or the password is wrong.")
    expect(page).to_have_title("Problem: Sign in - Desk")
    password = page.get_by_label("Password")
    expect(password).to_have_accessible_description(
        "The e-mail address or the password is wrong."
    )
    # What was right need not be typed again, and the password is not sent back.
    expect(page.get_by_label("E-mail address")).to_have_value(email)
    expect(password).to_have_value("")

    password.fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("My account")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_adding_someone_on_a_phone_without_scripts(site: DeskSite, page: Page) -> None:
    page.goto("/staff")
    sign_in(page, site.new_member("Ana Ruiz", ADMIN))
    page.get_by_label("E-mail address").fill("bo@clinic.example")
    page.get_by_label("Name").fill("Bo Li")
    page.get_by_role("button", name="Add").click()
    told = page.get_by_role("status")
    expect(told).to_contain_text("The password of bo@clinic.example is")
    password = told.locator("code").inner_text()
    entry = page.get_by_role("listitem").filter(has_text="bo@clinic.example")
    entry.get_by_text("Change").click()
    expect(entry.get_by_role("button", name="Close account (Bo Li)")).to_be_visible()
    for path in ("/staff", "/audit", "/account"):
        page.goto(path)
        box = page.get_by_role("main").bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= PHONE_WIDTH

    page.goto("/account")
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, "bo@clinic.example", password)
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def test_a_link_in_a_mail_leads_to_the_page_of_who_is_signed_in(
    site: DeskSite, page: Page, mail_site: str
) -> None:
    target = f"{site.url}/account?from=mail"
    heading = page.get_by_role("heading", level=1)

    def follow_link() -> None:
        page.goto(f"{mail_site}?{target}")
        page.get_by_role("link", name="A case is waiting").click()

    follow_link()
    expect(heading).to_have_text("Sign in")
    sign_in(page, site.new_member("Ana Ruiz"))
    expect(heading).to_have_text("My account")
    follow_link()
    expect(heading).to_have_text("My account")
    assert page.url == target
