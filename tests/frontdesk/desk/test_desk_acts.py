"""Taking, handing back and closing at the desk, also when something is in the way."""

from collections.abc import Callable

from playwright.sync_api import Page, Route, expect
from visitor import Visitor

from desk.conversation_page import button, line, reply_box, send
from desk.desk_site import DeskSite


def test_no_act_and_no_refresh_ends_another(
    site: DeskSite, asked: Visitor, open_as: Callable[[str], Page]
) -> None:
    """A reply has been lost where it had to wait for a refresh of the page."""
    page = open_as("Maria")
    expect(page.get_by_label("Sound")).to_be_visible()  # its scripts have arrived
    ended: list[str] = []
    page.on("requestfailed", lambda request: ended.append(request.method))
    reply_box(page).fill("The reply")
    page.get_by_label("New note, for staff only").fill("The note")
    page.evaluate(
        """() => {
            const body = document.body;
            const changed = () => body.dispatchEvent(new Event("desk:changed"));
            changed();
            changed();
            document.getElementById("note-form").requestSubmit();
            document.getElementById("reply-form").requestSubmit();
            changed();
        }"""
    )
    expect(line(page, "The reply")).to_have_count(1)
    expect(page.locator("#note-list")).to_contain_text("The note")
    assert site.staff_said(asked.sender) == ["The reply"]
    assert "POST" not in ended


def test_the_assistant_answers_again_after_the_hand_back(
    asked: Visitor, open_as: Callable[[str], Page]
) -> None:
    page = open_as("Maria")
    button(page, "Take").click()
    expect(page.locator("#outcome")).to_contain_text("You have this conversation now.")
    button(page, "Hand back to the assistant").click()
    expect(page.locator("#with")).to_contain_text("The assistant answers.")
    asked.send("Are you back?")
    expect(line(page, "echo: Are you back?")).to_be_visible()


def test_another_member_is_named_and_the_draft_is_kept(
    open_as: Callable[[str], Page],
) -> None:
    maria, sam = open_as("Maria"), open_as("Sam")
    reply_box(sam).fill("My own answer")
    button(maria, "Take").click()
    expect(sam.locator("#with")).to_contain_text("Maria has this conversation.")
    button(sam, "Send").click()
    expect(sam.get_by_role("alert")).to_contain_text("Maria has this conversation.")
    expect(sam.get_by_role("alert")).to_contain_text("was not sent")
    expect(reply_box(sam)).to_have_value("My own answer")
    sam.get_by_text("Take over…").click()
    button(sam, "Yes, take over").click()
    expect(maria.locator("#with")).to_contain_text("Sam has this conversation.")
    expect(reply_box(sam)).to_have_value("My own answer")
    button(sam, "Send").click()
    expect(line(maria, "My own answer")).to_contain_text("Sam (staff)")


def test_an_answer_finds_its_place_when_its_form_is_gone(
    open_as: Callable[[str], Page],
) -> None:
    """A renewal of the page, or the answer to another form, may have replaced it."""
    page = open_as("Maria")
    reply_box(page).fill("My own answer")

    def answer_late(route: Route) -> None:
        answer = route.fetch()
        button(page, "Take").evaluate("it => it.form.replaceWith(it.form.cloneNode())")
        route.fulfill(response=answer)

    page.route("**/take", answer_late)
    button(page, "Take").click()
    expect(page.locator("#outcome")).to_contain_text("You have this conversation now.")
    expect(page.locator("#conversation")).to_have_count(1)
    expect(reply_box(page)).to_have_value("My own answer")


def test_two_who_take_at_once_get_one_owner(
    site: DeskSite, asked: Visitor, open_as: Callable[[str], Page]
) -> None:
    maria, sam = open_as("Maria"), open_as("Sam")
    taken = []
    for page in (maria, sam):
        csrf = page.locator("#reply-form [name=csrf]").input_value()
        taken.append(
            page.request.post(
                f"{site.page_of(asked.sender)}/take", form={"csrf": csrf}
            ).status
        )
    assert taken == [200, 409]
    expect(sam.locator("#with")).to_contain_text("Maria has this conversation.")


def test_closing_the_last_case_hands_the_conversation_back(
    open_as: Callable[[str], Page],
) -> None:
    page = open_as("Maria")
    button(page, "Take").click()
    # its answer moves the buttons: a click at the old place would miss
    expect(page.locator("#outcome")).to_contain_text("You have this conversation now.")
    button(page, "Close case").click()
    expect(page.locator("#outcome")).to_have_text("The case is closed.")
    expect(page.locator("#with")).to_contain_text("The assistant answers.")
    expect(page.locator("#cases")).to_contain_text("No open case.")
    expect(page.locator("#cases")).to_contain_text("Closed cases (1)")


def test_without_the_brain_staff_are_told_and_can_answer(
    own_site: DeskSite,
) -> None:
    visitor = own_site.visitor()
    page = own_site.staff("Maria")
    own_site.open_case(sender=visitor.sender, message="Is anyone there?")
    own_site.brain.is_refusing = True
    page.goto(own_site.page_of(visitor.sender))
    expect(page.locator("#record-missing")).to_contain_text("cannot be read just now")
    expect(line(page, "Is anyone there?")).to_be_visible()
    send(page, "Yes, we are here.")
    expect(line(page, "Yes, we are here.")).to_contain_text("sending")
    own_site.brain.is_refusing = False
    expect(page.locator("#record-missing")).to_have_count(0)
    expect(line(page, "sending")).to_have_count(0)
    assert own_site.staff_said(visitor.sender) == ["Yes, we are here."]


def test_one_who_was_signed_out_keeps_what_they_wrote(
    site: DeskSite, asked: Visitor, open_as: Callable[[str], Page]
) -> None:
    page = open_as("Maria")
    page.context.clear_cookies()
    send(page, "A long answer")
    expect(page.get_by_role("alert")).to_contain_text("You are signed out")
    expect(reply_box(page)).to_have_value("A long answer")
    assert site.staff_said(asked.sender) == []
