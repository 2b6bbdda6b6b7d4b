"""One conversation at the desk: reading and writing."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from standin_brain import DANGER_TEXT
from visitor import Visitor

from desk.conversation_page import QUESTION, button, line, reply_box, send
from desk.desk_site import DeskSite


def test_each_message_says_who_wrote_it(open_as: Callable[[str], Page]) -> None:
    page = open_as("Maria")
    expect(line(page, QUESTION).first).to_contain_text("Person")
    expect(line(page, "echo:")).to_contain_text("Assistant")
    send(page, "Hello from the clinic")
    expect(line(page, "Hello from the clinic")).to_contain_text("Maria (staff)")
    expect(line(page, "Maria").first).to_contain_text("Notice")


def test_a_reply_takes_the_conversation_and_arrives_once(
    site: DeskSite, asked: Visitor, open_as: Callable[[str], Page]
) -> None:
    page = open_as("Maria")
    send(page, "Please keep taking it.")
    expect(page.locator("#with")).to_contain_text("You have this conversation.")
    expect(reply_box(page)).to_have_value("")
    expect(line(page, "Please keep taking it.")).to_have_count(1)
    expect(line(page, "sending")).to_have_count(0)
    assert site.staff_said(asked.sender) == ["Please keep taking it."]
    asked.send("Thanks!")
    expect(line(page, "Thanks!")).to_have_count(1)
    expect(page.locator("#polite")).to_contain_text("Thanks!")
    expect(line(page, "echo: Thanks!")).to_have_count(0)


def test_pressing_twice_sends_once_and_the_same_words_can_be_sent_again(
    site: DeskSite, asked: Visitor, open_as: Callable[[str], Page]
) -> None:
    page = open_as("Maria")
    reply_box(page).fill("Yes.")
    button(page, "Send").dblclick()
    expect(reply_box(page)).to_have_value("")
    expect(line(page, "Yes.")).to_have_count(1)
    send(page, "Yes.")
    expect(line(page, "Yes.")).to_have_count(2)
    expect(line(page, "sending")).to_have_count(0)
    assert site.staff_said(asked.sender) == ["Yes.", "Yes."]


def test_a_form_that_is_sent_twice_is_one_message(
    site: DeskSite, asked: Visitor, open_as: Callable[[str], Page]
) -> None:
    page = open_as("Maria")
    values = {
        name: page.locator(f"#reply-form [name={name}]").input_value()
        for name in ("csrf", "key")
    }
    for _ in range(2):
        answer = page.request.post(
            f"{site.page_of(asked.sender)}/reply", form=values | {"text": "Once"}
        )
        assert answer.ok
    expect(line(page, "Once")).to_have_count(1)
    expect(line(page, "sending")).to_have_count(0)
    assert site.staff_said(asked.sender) == ["Once"]


def test_notes_are_for_staff_only(
    site: DeskSite, asked: Visitor, open_as: Callable[[str], Page]
) -> None:
    maria, sam = open_as("Maria"), open_as("Sam")
    maria.get_by_label("New note, for staff only").fill("Call her doctor first")
    button(maria, "Keep note").click()
    for page in (maria, sam):
        expect(page.locator("#notes")).to_contain_text("Call her doctor first")
    expect(maria.get_by_label("New note, for staff only")).to_have_value("")
    assert "Call her doctor" not in str(site.brain.record_of(asked.sender))


def test_danger_is_flagged_with_its_evidence_and_announced_at_once(
    asked: Visitor, open_as: Callable[[str], Page]
) -> None:
    page = open_as("Maria")
    button(page, "Take").click()
    expect(page.locator("#with")).to_contain_text("You have this conversation.")
    asked.send(DANGER_TEXT)
    flagged = line(page, DANGER_TEXT)
    expect(page.locator("#assertive")).to_contain_text("Danger.")
    flagged.get_by_text("why it was flagged").click()
    expect(flagged).to_contain_text("Ideation: hurt myself")
    expect(line(page, "988")).to_contain_text("Assistant")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Danger")
    # Unfolded, it stays so when the page is renewed.
    asked.send("Hello?")
    expect(line(page, "Hello?")).to_be_visible()
    expect(flagged).to_contain_text("Ideation: hurt myself")


def test_what_is_being_written_survives_new_messages(
    asked: Visitor, open_as: Callable[[str], Page]
) -> None:
    page = open_as("Maria")
    reply_box(page).press_sequentially("Half a sen")
    asked.send("One more thing")
    expect(line(page, "One more thing").first).to_be_visible()
    expect(reply_box(page)).to_be_focused()
    page.keyboard.type("tence")
    expect(reply_box(page)).to_have_value("Half a sentence")


@pytest.mark.parametrize(
    "text",
    [
        "<script>document.title = 'taken'</script>",
        "<img src=x onerror=\"document.title = 'taken'\">",
        "\"><a href='javascript:alert(1)'>x</a>{{ 7 * 7 }}",
        "\u202egnorw si siht\u202c",
        "e\u0301\u0302\u0303" * 40,
    ],
)
def test_hostile_text_is_only_text(
    site: DeskSite, asked: Visitor, open_as: Callable[[str], Page], text: str
) -> None:
    page = open_as("Maria")
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text))
    asked.send(text)
    own = page.locator(".line[data-speaker=person] bdi").last
    expect(own).to_have_text(text, use_inner_text=False)
    send(page, text)
    expect(page.locator(".from-staff .text bdi").last).to_have_text(text)
    page.get_by_label("New note, for staff only").fill(text)
    button(page, "Keep note").click()
    expect(page.locator("#note-list .text bdi").last).to_have_text(text)
    assert errors == []  # a reload may end requests, which the console is told of
    page.reload()
    expect(page.locator("#note-list .text bdi").last).to_have_text(text)
    assert "taken" not in page.title()
    assert page.locator("main :is(script, img)").count() == 0


def test_a_sender_may_hold_any_character(site: DeskSite) -> None:
    page = site.staff("Maria")
    sender, case_id = site.open_case(sender="a/b?c#d%2F<b>&\"' é/reply")
    page.goto(f"{site.url}/cases/{case_id}")
    assert page.url == site.page_of(sender)
    send(page, "Hello")
    expect(line(page, "Hello")).to_have_count(1)
    expect(page.locator("#with")).to_contain_text("You have this conversation.")


def test_a_ready_made_reply_is_inserted_where_one_writes(
    open_as: Callable[[str], Page],
) -> None:
    page = open_as("Maria")
    reply_box(page).fill("Dear Jo,")
    choice = page.get_by_label("Ready-made reply")
    choice.select_option("Thanks and next step")
    expect(reply_box(page)).to_have_value(
        "Dear Jo,\nThank you for writing to us. I have read your message. "
        "I will look into it and answer you here."
    )
    expect(reply_box(page)).to_be_focused()
    expect(choice).to_have_value("")


def test_text_messages_are_counted_as_carriers_do(site: DeskSite) -> None:
    page = site.staff("Maria")
    sender, _ = site.open_case(channel="sms")
    page.goto(site.page_of(sender))
    length = page.locator("#length")
    for text, told in (
        ("a" * 160, "1 text message,"),
        ("a" * 161, "2 text messages,"),
        ("\u20ac" * 80, "1 text message,"),
        ("\u20ac" * 81, "2 text messages,"),
        ("\u00e7" * 70, "1 text message,"),
        ("\u00e7" * 71, "2 text messages,"),
    ):
        reply_box(page).fill(text)
        expect(length).to_contain_text(told)


def test_a_reply_that_is_empty_or_too_long_is_refused(
    site: DeskSite, asked: Visitor, open_as: Callable[[str], Page]
) -> None:
    page = open_as("Maria")
    csrf = page.locator("#reply-form [name=csrf]").input_value()
    for text, told in ((" \n", "nothing to send"), ("x" * 4001, "too long")):
        answer = page.request.post(
            f"{site.page_of(asked.sender)}/reply",
            form={"csrf": csrf, "key": "k", "text": text},
        )
        assert answer.status == 422
        assert told in answer.text()
    assert site.staff_said(asked.sender) == []


def test_a_conversation_can_be_exported(
    site: DeskSite, asked: Visitor, open_as: Callable[[str], Page]
) -> None:
    page = open_as("Maria")
    with page.expect_download() as download:
        page.get_by_role("link", name="Export as text").click()
    text = download.value.path().read_text(encoding="utf-8")
    assert QUESTION in text
    assert download.value.suggested_filename == f"{asked.sender}.txt"


def test_reading_answering_and_exporting_are_in_the_audit_trail(
    site: DeskSite, asked: Visitor
) -> None:
    page = site.staff("Maria", role="admin")
    page.goto(site.page_of(asked.sender))
    send(page, "Hello")
    expect(line(page, "Hello")).to_have_count(1)
    with page.expect_download():
        page.get_by_role("link", name="Export as text").click()
    page.goto(f"{site.url}/audit")
    rows = page.get_by_role("row").filter(has_text=asked.sender)
    for action in ("read", "reply", "export"):
        expect(rows.filter(has_text=action).first).to_be_visible()


def test_an_unknown_conversation_is_said_to_be_unknown(site: DeskSite) -> None:
    page = site.staff("Maria")
    answer = page.goto(site.page_of("nobody"))
    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_role("main")).to_contain_text("There is no such conversation.")
