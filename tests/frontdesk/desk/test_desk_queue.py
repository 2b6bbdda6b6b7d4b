"""The queue: what waits, in which order, and how it keeps itself up to date."""

import re

from playwright.sync_api import Page, expect

from desk.desk_site import DeskSite

CALL_BACK = {"name": "Jordan P.", "contact": "+12025550147", "time": "after 4 pm"}


def entry(page: Page, case_id: str):
    return page.locator(f"li.entry:has-text('{case_id}')")


def section(page: Page, name: str):
    return page.get_by_role("region", name=name)


def test_an_empty_queue_says_so(own_site: DeskSite) -> None:
    page = own_site.staff("Maria")
    expect(section(page, "Waiting")).to_contain_text("Nobody is waiting.")
    expect(page).to_have_title("Queue - Desk")


def test_a_new_case_appears_without_a_reload_and_is_counted(
    own_site: DeskSite,
) -> None:
    """E8: the count in the title."""
    page = own_site.staff("Maria")
    _, case_id = own_site.open_case()
    expect(entry(page, case_id)).to_contain_text("Medical question")
    expect(entry(page, case_id)).to_contain_text("Not read")
    expect(page).to_have_title("(1) Queue - Desk")
    expect(page.locator("#polite")).to_contain_text("New case")


def test_danger_is_on_top_and_then_who_has_waited_longest(own_site: DeskSite) -> None:
    page = own_site.staff("Maria")
    ids = [own_site.open_case(kind=kind)[1] for kind in ("advice", "human", "danger")]
    links = section(page, "Waiting").locator("[data-entry]")
    expect(links).to_have_text(["Danger", "Medical question", "Asked for a person"])
    shown = page.locator(".entry .ids").all_text_contents()
    assert shown == [ids[2], ids[0], ids[1]]


def test_danger_is_announced_and_moves_a_case_to_the_top(own_site: DeskSite) -> None:
    """E11."""
    page = own_site.staff("Maria")
    own_site.open_case()
    sender, case_id = own_site.open_case()
    expect(entry(page, case_id)).to_be_visible()
    own_site.open_case(sender=sender, kind="danger")
    expect(page.locator("#polite")).to_contain_text("urgent")
    expect(page.locator("li.entry").first).to_contain_text(case_id)
    expect(page).to_have_title("(2) Queue - Desk")


def test_a_call_back_request_shows_its_details(site: DeskSite) -> None:
    page = site.staff("Maria")
    _, case_id = site.open_case(kind="screening", details=CALL_BACK)
    for text in ("Call-back request", *CALL_BACK.values()):
        expect(entry(page, case_id)).to_contain_text(text)


def test_cases_move_to_whoever_takes_them(own_site: DeskSite) -> None:
    maria, sam = own_site.staff("Maria"), own_site.staff("Sam")
    sender, case_id = own_site.open_case()
    expect(entry(maria, case_id)).to_be_visible()
    maria.goto(own_site.page_of(sender))
    maria.get_by_role("button", name="Take").click()
    expect(section(sam, "With others")).to_contain_text(case_id)
    expect(entry(sam, case_id)).to_contain_text("Maria")
    expect(entry(sam, case_id)).not_to_contain_text("Not read")
    expect(sam).to_have_title("Queue - Desk")
    maria.get_by_role("link", name="Back to the queue").click()
    expect(section(maria, "With me")).to_contain_text("Maria (you)")


def test_a_page_that_was_cut_off_catches_up_by_itself(site: DeskSite) -> None:
    """E7 and H5."""
    page = site.staff("Maria")
    page.context.set_offline(True)
    _, case_id = site.open_case()
    page.context.set_offline(False)
    expect(entry(page, case_id)).to_be_visible()
    expect(page.locator("#connection")).to_be_empty()


def test_a_page_survives_a_restart_of_the_desk(own_site: DeskSite) -> None:
    page = own_site.staff("Maria")
    own_site.frontdesk.stop()
    expect(page.locator("#connection")).to_contain_text("No connection")
    own_site.frontdesk.start()
    _, case_id = own_site.open_case()
    expect(entry(page, case_id)).to_be_visible()
    expect(page.locator("#connection")).to_be_empty()


def test_only_one_of_several_tabs_keeps_a_stream_and_all_are_told(
    site: DeskSite,
) -> None:
    first = site.staff("Maria")
    with first.expect_request("**/live"):
        first.reload()
    streams: list[str] = []
    first.context.on("request", lambda one: streams.append(one.url))
    tabs = [first.context.new_page() for _ in range(7)]
    for tab in tabs:
        tab.goto(site.url)
    _, case_id = site.open_case()
    for tab in tabs:
        expect(entry(tab, case_id)).to_be_visible()
    assert [url for url in streams if url.endswith("/live")] == []


def hear(page: Page) -> None:
    """Lets the page count its sounds; a click allows it to make them."""
    page.evaluate(
        "document.addEventListener('desk:sounded', (event) =>"
        " document.body.append(`[${event.detail} tones]`))"
    )
    page.get_by_role("heading", name="Queue", exact=True).click()


def test_sound_is_on_until_it_is_switched_off(own_site: DeskSite) -> None:
    """E8: the sound."""
    page = own_site.staff("Maria")
    hear(page)
    own_site.open_case()
    expect(page.locator("body")).to_contain_text("[2 tones]")
    page.get_by_label("Sound").select_option("off")
    _, case_id = own_site.open_case(kind="danger")
    expect(entry(page, case_id)).to_be_visible()
    expect(page.locator("body")).not_to_contain_text("[4 tones]")


def test_do_not_disturb_never_silences_danger(own_site: DeskSite) -> None:
    """E8: do not disturb."""
    page = own_site.staff("Maria")
    page.get_by_label("Sound").select_option("urgent")
    page.reload()
    expect(page.get_by_label("Sound")).to_have_value("urgent")
    hear(page)
    _, calm = own_site.open_case()
    expect(entry(page, calm)).to_be_visible()
    own_site.open_case(kind="danger")
    expect(page.locator("body")).to_contain_text("[4 tones]")
    expect(page.locator("body")).not_to_contain_text("[2 tones]")


def test_the_address_in_news_leads_to_the_conversation(site: DeskSite) -> None:
    page = site.staff("Maria")
    sender, case_id = site.open_case()
    page.goto(f"{site.url}/cases/{case_id}")
    assert page.url == site.page_of(sender)
    page.goto(f"{site.url}/cases/KF-000000")
    expect(page.get_by_role("main")).to_contain_text("There is no such case.")


def test_ages_and_times_are_shown(site: DeskSite) -> None:
    page = site.staff("Maria")
    _, case_id = site.open_case()
    expect(entry(page, case_id)).to_contain_text("just now")
    expect(entry(page, case_id)).to_contain_text(re.compile(r"\d+:\d\d [ap]m"))
