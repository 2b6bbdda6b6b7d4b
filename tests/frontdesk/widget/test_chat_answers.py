"""What a visitor asks in the website's chat, and what is shown."""

import re

from playwright.sync_api import expect

from widget import said
from widget.clinic_site import ClinicSite


def test_it_opens_to_the_disclosure_and_four_questions(site: ClinicSite) -> None:
    chat = site.chat()
    expect(chat.panel).to_contain_text(site.config["disclosure"])
    questions = chat.page.get_by_role("group", name="Questions that people often ask")
    expect(questions.get_by_role("button")).to_have_count(4)
    question = questions.get_by_role("button").first.inner_text()
    questions.get_by_role("button").first.click()
    expect(chat.box).to_be_focused()
    expect(chat.from_bot.last).to_contain_text(f"echo: {question}")
    expect(questions).to_be_hidden()


def test_nothing_is_asked_of_the_server_before_somebody_writes(
    site: ClinicSite,
) -> None:
    chat = site.chat()
    assert chat.page.evaluate("Object.keys(localStorage).join()").count("session") == 0
    chat.ask("hello")
    assert chat.page.evaluate("Object.keys(localStorage).join()").count("session") == 1
    assert chat.page.evaluate("document.cookie") == ""
    assert "?" not in chat.page.url


def test_a_fact_is_a_card_with_its_verdict_sources_and_review(
    site: ClinicSite,
) -> None:
    chat = site.chat()
    card = chat.ask(said.OPIOID)
    expect(card.locator(".verdict")).to_have_text("Myth")
    expect(card.locator(".verdict svg")).to_be_visible()
    expect(card.locator(".claim")).to_contain_text("Ketamine is an opioid.")
    expect(card.locator(".text")).to_have_text("Ketamine is not an opioid.")
    expect(card).to_contain_text("Draft: not yet reviewed by a clinician")
    page = card.get_by_role("link", name="This answer as a page")
    expect(page).to_have_attribute("href", f"{site.desk.url}/facts/opioid")
    related = card.get_by_role("group", name="Related questions")
    expect(related.get_by_role("button", name="How does it work?")).to_be_visible()
    card.get_by_role("button", name="Sources").click()
    source = chat.page.get_by_role("link", name=said.SOURCE)
    expect(source).to_have_attribute("href", said.ADDRESS)
    expect(source).to_have_attribute("rel", "noopener noreferrer nofollow")
    expect(source).to_have_attribute("target", "_blank")
    expect(chat.messages.last).to_contain_text("A trap")
    expect(chat.page.get_by_role("link", name="A trap")).to_have_count(0)


def test_two_questions_get_two_cards(site: ClinicSite) -> None:
    chat = site.chat()
    chat.send(said.BOTH)
    expect(chat.page.locator(".verdict")).to_have_text(["It depends", "Myth"])


def test_a_chosen_button_stays_and_is_marked(site: ClinicSite) -> None:
    chat = site.chat()
    clarify = chat.ask(said.CLARIFY)
    clarify.get_by_role("button", name="Is it an opioid?").click()
    expect(chat.page.locator(".verdict")).to_have_text("Myth")
    chosen = clarify.get_by_role("button", name="Is it an opioid? (you chose this)")
    expect(chosen).to_have_attribute("aria-disabled", "true")
    expect(chosen).to_be_focused()
    expect(clarify.get_by_role("button", name="Talk to a person")).to_be_enabled()
    chosen.press("Enter")
    assert chat.texts().count("Is it an opioid?") == 1


def test_a_call_back_request_is_a_form(site: ClinicSite) -> None:
    chat = site.chat()
    chat.ask(said.CALL_ME)
    form = chat.page.get_by_role("form", name="Call-back request")
    name = form.get_by_role("textbox", name="Your name")
    expect(name).to_have_attribute("autocomplete", "name")
    form.get_by_role("button", name="Next").click()
    expect(name).to_have_accessible_description("Please fill this in, or cancel.")
    expect(name).to_be_focused()
    name.fill("Jordan")
    name.press("Enter")
    contact = form.get_by_role("textbox", name="Phone number or e-mail address")
    expect(contact).to_be_focused()
    contact.fill("12")
    contact.press("Enter")
    expect(contact).to_have_attribute("aria-invalid", "true")
    expect(contact).to_have_accessible_description(re.compile(said.BAD_CONTACT))
    contact.fill("202 555 0147")
    contact.press("Enter")
    time = form.get_by_role("textbox", name="A good time to reach you")
    expect(time).not_to_have_attribute("aria-invalid", "true")
    time.fill("mornings")
    time.press("Enter")
    expect(chat.messages.last).to_contain_text(said.CHECK)
    expect(form).to_be_hidden()
    expect(chat.box).to_be_focused()
    chat.button("Yes, send it").click()
    expect(chat.from_bot.last).to_contain_text(said.SENT)
    expect(chat.button("Cancel")).to_have_attribute("aria-disabled", "true")


def test_danger_interrupts_the_form_and_stays_in_view(site: ClinicSite) -> None:
    chat = site.chat()
    chat.ask(said.CALL_ME)
    chat.listen()
    name = chat.page.get_by_role("textbox", name="Your name")
    name.fill(said.DANGER)
    name.press("Enter")
    pinned = chat.page.locator(".pinned")
    expect(pinned).to_contain_text("Please call 988.")
    expect(pinned.get_by_role("link", name="Call 988")).to_have_attribute(
        "href", "tel:988"
    )
    for number in range(3):
        chat.ask(f"{number} and more words to scroll " * 40)
    expect(pinned).to_be_in_viewport()
    said_aloud = "assertive: Automated assistant said: Please call 988."
    assert said_aloud in chat.announced()
    pinned.locator("summary").click()
    expect(pinned.get_by_text("Please call 988.")).to_be_hidden()
    chat.page.reload()
    expect(pinned.get_by_text("Please call 988.")).to_be_visible()


def test_help_is_always_in_the_same_place(site: ClinicSite) -> None:
    chat = site.chat()
    before = chat.help.bounding_box()
    expect(chat.help.get_by_role("link", name="Text 988")).to_have_attribute(
        "href", "sms:988"
    )
    chat.ask(said.DANGER)
    assert (chat.help.bounding_box() or {})["width"] == (before or {})["width"]
    chat.help.get_by_role("button", name="Talk to a person").click()
    expect(chat.from_bot.last).to_contain_text("echo: I want to talk to a person")


def test_hostile_text_is_only_text(site: ClinicSite) -> None:
    chat = site.chat()
    dialogs: list[str] = []
    chat.page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    hostile = "<img src=x onerror=alert(1)><script>alert(2)</script>"
    expect(chat.ask(hostile).locator(".text")).to_have_text(f"echo: {hostile}")
    turned = chat.ask("abc\u202egnp.exe\u2066 \u0007 end").locator(".text")
    expect(turned).to_have_text("echo: abcgnp.exe  end")
    expect(turned).to_have_css("unicode-bidi", "plaintext")
    long = "w" * 10_000
    expect(chat.ask(long).locator(".text")).to_have_text(f"echo: {long}")
    view = chat.page.locator(".view")
    assert view.evaluate("view => view.scrollWidth - view.clientWidth") <= 0
    chat.box.fill(long + "w")
    chat.box.press("Enter")
    expect(chat.panel).to_contain_text("This is too long: 10001 of 10000 characters.")
    assert chat.page.locator("img, script").count() == 1  # the page's own script
    assert dialogs == []
