"""What a person writes stands in their own feed, once and in order, in every tab."""

import uuid

from conftest import NewVisitor
from live_frontdesk import LiveFrontDesk
from own_services import new_member, services_on
from standin_brain import StandinBrain, response
from visitor import Visitor, eventually


def said(visitor: Visitor) -> list[str]:
    """Returns everything that a tab has been shown, as `speaker: text`."""
    return [f"{one['speaker']}: {one['text']}" for one in visitor.feed]


def test_it_comes_back_with_the_id_it_was_sent_with(
    visited_desk: LiveFrontDesk, new_visitor: NewVisitor
) -> None:
    visitor = new_visitor(visited_desk)
    key = uuid.uuid4().hex
    for _ in range(2):
        visitor.send("hello", key)
    visitor.wait_for("echo: hello")
    assert said(visitor) == ["person: hello", "bot: echo: hello"]
    assert [one["message_id"] for one in visitor.feed] == [key, key]


def test_it_is_shown_in_every_tab_before_there_is_an_answer(
    visited_desk: LiveFrontDesk, new_visitor: NewVisitor, brain: StandinBrain
) -> None:
    visitor = new_visitor(visited_desk)
    other_tab = new_visitor(visited_desk, token=visitor.token)
    text = f"slow {uuid.uuid4()}"
    gate = brain.hold(text)
    visitor.send(text)
    tabs = (visitor, other_tab)
    eventually(lambda: all(said(tab) == [f"person: {text}"] for tab in tabs))
    eventually(lambda: all(tab.state["working"] for tab in tabs))
    gate.set()
    for tab in tabs:
        tab.wait_for(f"echo: {text}")
    eventually(lambda: not any(tab.state["working"] for tab in tabs))
    assert visitor.feed == other_tab.feed
    assert new_visitor(visited_desk, token=visitor.token).feed[:1] == visitor.feed[:1]


def test_a_choice_is_shown_by_its_title(
    visited_desk: LiveFrontDesk, new_visitor: NewVisitor, brain: StandinBrain
) -> None:
    offer = response("utter_clarify", "Which?", ("The first", "/choice_of_a_tab"))
    brain.replies["offer me a title"] = [offer]
    visitor = new_visitor(visited_desk)
    visitor.send("offer me a title")
    visitor.wait_for("Which?")
    visitor.choose("/choice_of_a_tab")
    visitor.wait_for("echo: /choice_of_a_tab")
    assert "person: The first" in said(visitor)


def test_the_word_that_leaves_stands_before_what_comes_of_it(
    visited_desk: LiveFrontDesk, new_visitor: NewVisitor
) -> None:
    visitor = new_visitor(visited_desk)
    services = services_on(visited_desk.database_url)
    services.acts.take(new_member(services, "Maria"), visitor.sender)
    visitor.send("Bot")
    visitor.wait_for_notice("left_queue")
    assert [one["name"] or one["text"] for one in visitor.feed] == [
        "staff_joined",
        "Bot",
        "left_queue",
    ]


def test_the_record_holds_it_once(
    visited_desk: LiveFrontDesk, new_visitor: NewVisitor, brain: StandinBrain
) -> None:
    visitor = new_visitor(visited_desk)
    visitor.send("for the record")
    visitor.wait_for("echo: for the record")
    visitor.send("and again")
    visitor.wait_for("echo: and again")
    assert brain.texts_of(visitor.sender) == said(visitor)


def test_while_a_human_has_it_the_assistant_does_not_seem_to_type(
    visited_desk: LiveFrontDesk, new_visitor: NewVisitor, brain: StandinBrain
) -> None:
    visitor = new_visitor(visited_desk)
    services = services_on(visited_desk.database_url)
    services.acts.take(new_member(services, "Maria"), visitor.sender)
    text = f"read along {uuid.uuid4()}"
    gate = brain.hold(text)
    visitor.send(text)
    brain.wait_until_reached(text)
    visitor.send("and this")
    eventually(lambda: "person: and this" in said(visitor))
    gate.set()
    assert not any(state["working"] for state in visitor.states)


def test_a_reply_to_danger_is_marked(
    visited_desk: LiveFrontDesk, new_visitor: NewVisitor, brain: StandinBrain
) -> None:
    brain.replies["danger of a tab"] = [response("utter_crisis_test", "Call 988.")]
    visitor = new_visitor(visited_desk)
    visitor.send("danger of a tab")
    visitor.wait_for("Call 988.")
    assert [one["danger"] for one in visitor.feed] == [False, True]
