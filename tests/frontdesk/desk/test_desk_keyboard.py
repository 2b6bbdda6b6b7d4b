"""The desk with the keyboard alone."""

from playwright.sync_api import expect

from desk.desk_site import DeskSite


def test_a_case_is_answered_without_a_mouse(own_site: DeskSite) -> None:
    first, _ = own_site.open_case()
    second, _ = own_site.open_case()
    page = own_site.staff("Maria")
    page.wait_for_load_state("load")
    for key in ("j", "j", "j", "k", "j"):
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    page.wait_for_url(own_site.page_of(second), wait_until="load")
    page.keyboard.press("r")
    expect(page.locator("#text")).to_be_focused()
    # In the box, letters are letters.
    page.keyboard.type("jqr? ok")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".from-staff .text")).to_have_text("jqr? ok")
    expect(page.locator("#text")).to_be_focused()
    page.locator("#scroller").focus()
    page.keyboard.press("q")
    page.wait_for_url(f"{own_site.url}/")
    assert own_site.staff_said(first) == []


def test_the_shortcuts_are_explained(site: DeskSite) -> None:
    page = site.staff("Maria")
    page.wait_for_load_state("load")
    help_list = page.locator("#shortcuts dl")
    expect(help_list).to_be_hidden()
    page.keyboard.press("?")
    expect(help_list).to_contain_text("Next conversation")
    page.keyboard.press("?")
    expect(help_list).to_be_hidden()


def test_focus_is_seen_and_the_content_can_be_skipped_to(site: DeskSite) -> None:
    page = site.staff("Maria")
    page.reload()
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    assert skip.evaluate("link => getComputedStyle(link).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_focus_stays_in_the_queue_when_it_is_renewed(own_site: DeskSite) -> None:
    _, first = own_site.open_case()
    page = own_site.staff("Maria")
    page.wait_for_load_state("load")
    page.keyboard.press("j")
    expect(page.locator(f"#open-{first}")).to_be_focused()
    own_site.open_case(kind="danger")
    expect(page.locator("li.entry").first).to_contain_text("Danger")
    expect(page.locator(f"#open-{first}")).to_be_focused()
