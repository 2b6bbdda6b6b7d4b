"""What a staff inbox must do, and handoff failures, with nothing but the real thing.

The rows of mission.md E and reliability.md H that need the whole project; the others
are named in the tests of what they are about.
"""

import json
import sqlite3
from contextlib import closing

from case_bodies import case_body
from visitor import Visitor, eventually

from handoff.project import DOSING, OPIOID, SENT, SUICIDAL, Project, Staff, said_to

LONGER_THAN_A_SESSION = 30 * 3600


def test_h1_a_reply_computed_before_a_take_over_is_dropped_at_its_sending(
    project: Project, asked: Visitor, maria: Staff
) -> None:
    """E1 and H1: the brain itself says it too late."""
    with project.paused("brain"):
        asked.send(OPIOID)
        eventually(lambda: "read it yet" in maria.page_of(asked.sender))
        assert maria.act(asked.sender, "take").is_redirect
        maria.act(asked.sender, "reply", text="Maria here.", key="1")
        asked.wait_for("Maria here.")
    withheld = eventually(lambda: not_shown(project, asked), "the reply in the record")
    assert withheld[-1] == "utter_faq_opioid"
    maria.act(asked.sender, "hand-back")
    asked.send(OPIOID)
    asked.wait_for_notice("utter_faq_opioid")
    after = said_to(asked)[said_to(asked).index(SENT) + 1 :]
    assert after == ["staff_joined", "Maria here.", "staff_left", "utter_faq_opioid"]


def test_e10_what_is_written_while_waiting_is_stored_and_shown(
    project: Project, asked: Visitor, maria: Staff
) -> None:
    """E10: the person goes on with the assistant, and still waits."""
    asked.send("and should i skip breakfast too?")
    eventually(lambda: "skip breakfast" in maria.page_of(asked.sender))
    eventually(lambda: asked.state["waiting_case"], "the state of waiting")
    assert asked.state["owner"] == "bot"
    assert project.cases(asked.sender)[0]["status"] == "waiting"


def test_e11_danger_goes_above_who_has_waited_longer(
    project: Project, asked: Visitor, maria: Staff
) -> None:
    """E11: also when the person in danger has a human already."""
    maria.act(asked.sender, "take")
    asked.wait_for_notice("staff_joined")
    asked.send(SUICIDAL)
    eventually(lambda: "988" in asked.messages[-1]["text"], "the danger's reply")
    assert asked.messages[-1]["name"].startswith("utter_crisis")
    assert asked.state["owner"] == "human"
    kinds = {case["kind"]: case for case in project.cases(asked.sender)}
    assert kinds["danger"]["urgency"] == "urgent"
    assert kinds["danger"]["messages"][0]["message"] == SUICIDAL
    page = maria.page_of(asked.sender)
    danger = kinds["danger"]["case_id"]
    calm = project.open_case(**case_body(kind="advice"))
    queue = project.staff("Tom").queue()
    assert queue.index(danger) < queue.index(calm)
    assert SUICIDAL in page and "why it was flagged" in page


def test_e14_neither_restart_nor_the_end_of_a_session_ends_the_humans_ownership(
    project: Project, asked: Visitor, maria: Staff
) -> None:
    """E14: Rasa itself would let the assistant speak again."""
    maria.act(asked.sender, "take")
    asked.wait_for_notice("staff_joined")
    texts = ["/restart", OPIOID]
    for text in texts:
        asked.send(text)
    eventually(lambda: project.written_by(asked)[-2:] == texts)
    let_session_expire(project, asked)
    asked.send("hello, is anyone there?")
    eventually(lambda: sessions(project, asked) > 1, "a new session")
    maria.act(asked.sender, "reply", text="I am.", key="1")
    asked.wait_for("I am.")
    after = said_to(asked)[said_to(asked).index(SENT) + 1 :]
    assert after == ["staff_joined", "I am."]
    assert asked.state["owner"] == "human"


def test_h7_who_comes_back_sees_everything_again_and_no_second_notice(
    project: Project, asked: Visitor, maria: Staff
) -> None:
    """H7: on another device, and on this one after a lost line."""
    maria.act(asked.sender, "reply", text="Maria here.", key="1")
    asked.wait_for("Maria here.")
    back = project.visitor(asked.token)
    eventually(lambda: len(back.messages) >= len(asked.messages), "the replay")
    assert back.messages == asked.messages
    assert back.state["owner"] == "human"
    maria.act(asked.sender, "reply", text="Still here.", key="2")
    for person in (asked, back):
        person.wait_for("Still here.")
        assert len(person.named("staff_joined")) == 1
    back.leave_page()


def test_h8_asking_twice_for_a_person_is_one_request(
    project: Project, visitor: Visitor
) -> None:
    """H8: sent twice by a double click, and said twice."""
    for key in ("click", "click", "again"):
        assert visitor.send("can i talk to a real person please", key=key).is_success
    visitor.wait_for_notice("utter_human_sent", 2)
    [case] = project.cases(visitor.sender)
    assert (case["kind"], len(case["messages"])) == ("human", 2)


def test_e12_who_leaves_the_queue_is_answered_by_the_assistant(
    project: Project, asked: Visitor
) -> None:
    """E12."""
    asked.send("BOT")
    asked.wait_for_notice("left_queue")
    asked.send(OPIOID)
    asked.wait_for_notice("utter_faq_opioid")
    [case] = project.cases(asked.sender)
    assert case["status"] == "closed"
    assert project.written_by(asked)[-2:] == [DOSING, OPIOID]


def not_shown(project: Project, visitor: Visitor) -> list[str]:
    """Returns the names of replies that the record marks as withheld."""
    record = project.record(visitor.sender)
    return [one["name"] for one in record if one["withheld"]]


def let_session_expire(project: Project, visitor: Visitor) -> None:
    """Makes the conversation older than a session lasts."""
    with closing(sqlite3.connect(project.conversations)) as database, database:
        events = database.execute(
            "SELECT id, data FROM events WHERE sender_id = ?", [visitor.sender]
        ).fetchall()
        for number, data in events:
            event = json.loads(data)
            event["timestamp"] -= LONGER_THAN_A_SESSION
            database.execute(
                "UPDATE events SET data = ?, timestamp = timestamp - ? WHERE id = ?",
                [json.dumps(event), LONGER_THAN_A_SESSION, number],
            )


def sessions(project: Project, visitor: Visitor) -> int:
    """Counts the sessions of Rasa in a conversation."""
    with closing(sqlite3.connect(project.conversations)) as database:
        [count] = database.execute(
            "SELECT count(*) FROM events WHERE type_name = 'session_started' "
            "AND sender_id = ?",
            [visitor.sender],
        ).fetchone()
    return int(count)
