"""Something is killed at each step of a handoff: what is said stays true.

The steps: asked, taken, answered, handed back. Nothing that was stored is lost, nothing
is said twice, and nobody is told of help that does not come.
"""

import resource
from collections.abc import Iterator
from contextlib import contextmanager

from case_bodies import case_body
from visitor import Visitor, eventually

from handoff.project import DOSING, OPIOID, SENT, SUICIDAL, Project, Staff, said_to

NOT_SENT = "utter_advice_not_sent"


def test_asked_without_an_action_server_is_owned_up_to(
    project: Project, visitor: Visitor, maria: Staff
) -> None:
    with project.without("action_server"):
        visitor.send(DOSING)
        visitor.wait_for_notice(NOT_SENT)
        visitor.send(SUICIDAL)
        eventually(lambda: "988" in visitor.messages[-1]["text"], "the danger's reply")
        # The front desk itself has put it on the desk, with what was said.
        [case] = project.cases(visitor.sender)
        assert (case["kind"], case["urgency"]) == ("danger", "urgent")
        assert SUICIDAL in maria.page_of(visitor.sender)
    assert visitor.named(SENT) == []


def test_taken_and_answered_without_an_action_server(
    project: Project, asked: Visitor, maria: Staff
) -> None:
    with project.without("action_server"):
        assert maria.act(asked.sender, "reply", text="Maria here.", key="1").is_redirect
        asked.wait_for("Maria here.")
        asked.send("thank you")
        assert maria.act(asked.sender, "hand-back").is_redirect
        asked.wait_for_notice("staff_left")
        asked.send(OPIOID)
        asked.wait_for_notice("utter_faq_opioid")
    names = [one["name"] for one in asked.messages]
    assert names[names.index("staff_joined") :][:3] == [
        *("staff_joined", None, "staff_left")
    ]


def test_a_front_desk_killed_at_each_step_loses_and_doubles_nothing(
    project: Project, visitor: Visitor, maria: Staff
) -> None:
    def kill() -> None:
        with project.without("front_desk"):
            pass

    # The brain has not begun: a case that it opens just then is "not sent", as above.
    with project.paused("brain"):
        visitor.send(DOSING)
        kill()
    visitor.wait_for_notice(SENT)
    maria.act(visitor.sender, "take")
    kill()
    visitor.wait_for_notice("staff_joined")
    maria.act(visitor.sender, "reply", text="Keep taking it.", key="1")
    kill()
    visitor.wait_for("Keep taking it.")
    visitor.send("thank you")
    kill()
    maria.act(visitor.sender, "hand-back")
    kill()
    visitor.wait_for_notice("staff_left")
    visitor.send(OPIOID)
    kill()
    visitor.wait_for_notice("utter_faq_opioid")
    assert said_to(visitor) == [
        *("utter_disclosure", "utter_faq_addictive", "utter_advice", SENT),
        *("staff_joined", "Keep taking it.", "staff_left", "utter_faq_opioid"),
    ]
    assert project.written_by(visitor) == [
        *("Is ketamine addictive?", DOSING, "thank you", OPIOID)
    ]
    assert len(project.cases(visitor.sender)[0]["messages"]) == 1


def test_without_a_mail_server_the_handoff_goes_on_and_news_are_kept(
    project: Project, asked: Visitor, maria: Staff
) -> None:
    log = project.front_desk.log
    eventually(lambda: "email: not sent" in log(), "an attempt to send news")
    # What the person was told is true all the same: staff find it at the desk.
    assert asked.sender in maria.queue()
    maria.act(asked.sender, "reply", text="Maria here.", key="1")
    asked.wait_for("Maria here.")
    asked.send("one more thing")
    eventually(lambda: "one more thing" in maria.page_of(asked.sender))
    maria.act(asked.sender, "hand-back")
    asked.wait_for_notice("staff_left")
    assert project.mail.mails == []
    with project.mail.running():
        # News of another case are due at once, and bring along what waits.
        other = project.open_case(**case_body(kind="danger"))
        [case] = project.cases(asked.sender)
        eventually(lambda: other in project.news(), "news of the other")
        eventually(lambda: case["case_id"] in project.news(), "news of this one")


def test_a_database_that_cannot_be_written_takes_nothing_and_promises_nothing(
    project: Project, asked: Visitor, maria: Staff
) -> None:
    before = list(asked.messages)
    with full_disk(project):
        assert asked.send("are you there?").status_code == 503
        refused = maria.act(asked.sender, "reply", text="Not stored.", key="1")
        assert refused.status_code == 503
        taken = maria.act(asked.sender, "take")
        assert taken.status_code == 503
    assert maria.act(asked.sender, "reply", text="Stored.", key="2").is_redirect
    asked.wait_for("Stored.")
    assert [one["name"] for one in asked.messages[len(before) :]] == [
        *("staff_joined", None)
    ]
    assert "are you there?" not in project.written_by(asked)


@contextmanager
def full_disk(project: Project) -> Iterator[None]:
    """Keeps the front desk from writing to any file."""
    process = project.front_desk.process
    assert process
    unlimited = resource.RLIM_INFINITY
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (0, unlimited))
    yield
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (unlimited, unlimited))
