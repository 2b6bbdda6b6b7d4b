"""Everything staff must be able to do works in a browser that runs no scripts."""

from playwright.sync_api import expect

from desk.desk_site import DeskSite


def test_a_case_is_found_taken_answered_noted_handed_back_and_closed(
    site: DeskSite,
) -> None:
    sender, case_id = site.open_case()
    page = site.staff("Maria", java_script_enabled=False)
    page.locator(f"#open-{case_id}").click()
    assert page.url == site.page_of(sender)
    page.locator("#take").click()
    expect(page.locator("#with")).to_contain_text("You have this conversation.")
    page.locator("#text").fill("First line\nsecond line")
    page.locator("#send").click()
    assert page.url == site.page_of(sender)
    expect(page.locator(".from-staff .text")).to_have_text("First line\nsecond line")
    page.locator("#note-text").fill("Called, no answer")
    page.locator("#keep-note").click()
    expect(page.locator("#note-list")).to_contain_text("Called, no answer")
    page.locator("#hand-back").click()
    expect(page.locator("#with")).to_contain_text("The assistant answers.")
    page.locator(f"#close-{case_id}").click()
    expect(page.locator("#cases")).to_contain_text("No open case.")


def test_a_refused_reply_is_shown_again_with_the_reason(site: DeskSite) -> None:
    sender, _ = site.open_case()
    maria = site.staff("Maria")
    maria.goto(site.page_of(sender))
    sam = site.staff("Sam", java_script_enabled=False)
    sam.goto(site.page_of(sender))
    maria.get_by_role("button", name="Take", exact=True).click()
    expect(maria.locator("#with")).to_contain_text("You have this conversation.")
    sam.locator("#text").fill("\nMy own answer")
    sam.locator("#send").click()
    expect(sam.locator("#reply-problem")).to_contain_text("Maria has this conversation")
    expect(sam.locator("#text")).to_have_value("My own answer")
    sam.locator("#take-over summary").click()
    sam.locator("#take-over-now").click()
    expect(sam.locator("#with")).to_contain_text("You have this conversation.")


def test_danger_is_closed_in_two_steps(site: DeskSite) -> None:
    sender, case_id = site.open_case(kind="danger")
    page = site.staff("Maria", java_script_enabled=False)
    page.goto(site.page_of(sender))
    expect(page.locator(f"#close-{case_id}")).to_be_hidden()
    page.locator(f"#confirm-{case_id} summary").click()
    page.locator(f"#close-{case_id}").click()
    expect(page.locator("#cases")).to_contain_text("No open case.")
