"""Who has a conversation is decided when a message is sent, and told exactly once."""

import threading
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from case_bodies import case_body
from conftest import NewVisitor
from live_frontdesk import LiveFrontDesk
from own_services import new_member, services_on
from sqlalchemy import select
from standin_brain import DANGER_TEXT, StandinBrain, response
from visitor import Visitor, eventually

from frontdesk.errors import NoSuchCase, OwnedByAnother
from frontdesk.services import Services
from frontdesk.staff.audit import AuditEntry
from frontdesk.staff.member import Member


@dataclass
class Scene:
    """A visitor at a running front desk, and two members of staff."""

    desk: LiveFrontDesk
    visitor: Visitor
    brain: StandinBrain
    services: Services
    maria: Member
    tom: Member
    sender: str

    def case(self) -> dict[str, object]:
        """Returns the conversation's only case."""
        [case] = self.desk.cases(self.sender)
        return case

    def hold_a_turn(self) -> tuple[str, threading.Event]:
        """Sends a text whose turn lasts until the event is set."""
        text = f"wait {uuid.uuid4()}"
        gate = self.brain.hold(text)
        self.visitor.send(text)
        self.brain.wait_until_reached(text)
        return text, gate

    def open_case(self, **changes: object) -> str:
        """Opens a case as the action server does."""
        body = case_body(sender=self.sender, **changes)
        return str(self.desk.post(body).json()["case_id"])


@pytest.fixture
def scene(
    visited_desk: LiveFrontDesk, new_visitor: NewVisitor, brain: StandinBrain
) -> Scene:
    """The visitor has said hello and been answered."""
    visitor = new_visitor(visited_desk)
    visitor.send("hello")
    visitor.wait_for("echo: hello")
    services = services_on(visited_desk.database_url)
    return Scene(
        visited_desk,
        visitor,
        brain,
        services,
        new_member(services, "Maria"),
        new_member(services, "Tom"),
        visitor.sender,
    )


def test_a_staff_reply_takes_ownership_by_itself(scene: Scene) -> None:
    """E2."""
    case_id = scene.open_case()
    scene.services.acts.reply(scene.maria, scene.sender, "This is Maria.", "k1")
    scene.visitor.wait_for("This is Maria.")
    joined, reply = scene.visitor.messages[-2:]
    assert (joined["speaker"], joined["name"]) == ("notice", "staff_joined")
    assert "Maria" in joined["text"]
    assert "BOT" in joined["text"]
    assert (reply["speaker"], reply["staff_name"]) == ("staff", "Maria")
    eventually(lambda: scene.visitor.state["owner"] == "human")
    assert scene.visitor.state["staff_name"] == "Maria"
    assert scene.case()["status"] == "taken"
    assert scene.case()["case_id"] == case_id


def test_a_reply_sent_twice_is_said_once(scene: Scene) -> None:
    for _ in range(3):
        scene.services.acts.reply(scene.maria, scene.sender, "Once.", "same key")
    scene.services.acts.reply(scene.maria, scene.sender, "Last.", "other key")
    scene.visitor.wait_for("Last.")
    assert scene.visitor.texts()[-2:] == ["staff: Once.", "staff: Last."]


def test_the_bot_is_silent_while_a_human_has_the_conversation(scene: Scene) -> None:
    scene.services.acts.take(scene.maria, scene.sender)
    scene.visitor.send("are you there?")
    scene.visitor.send(DANGER_TEXT)
    scene.visitor.wait_for("Please call 988.")
    scene.services.acts.reply(scene.maria, scene.sender, "I am.", "k1")
    scene.visitor.wait_for("I am.")
    assert [one["speaker"] for one in scene.visitor.messages] == [
        *("bot", "notice", "bot", "staff")
    ]
    # What they wrote is in the record, danger has raised the urgency, and Maria stays.
    assert "person: are you there?" in scene.brain.texts_of(scene.sender)
    assert (scene.case()["kind"], scene.case()["urgency"]) == ("danger", "urgent")
    assert scene.visitor.state["owner"] == "human"


def test_a_reply_computed_before_a_take_over_is_dropped_after_it(scene: Scene) -> None:
    """E1 and H1."""
    text, gate = scene.hold_a_turn()
    scene.services.acts.take(scene.maria, scene.sender)
    gate.set()
    scene.services.acts.reply(scene.maria, scene.sender, "Maria here.", "k1")
    scene.visitor.wait_for("Maria here.")
    eventually(lambda: withheld(scene))
    scene.services.acts.hand_back(scene.maria, scene.sender)
    scene.visitor.send("hello again")
    scene.visitor.wait_for("echo: hello again")
    assert f"bot: echo: {text}" not in scene.visitor.texts()


def withheld(scene: Scene) -> list[str]:
    """Returns what the record holds as never shown to the person."""
    record = scene.brain.record_of(scene.sender)
    return [entry["text"] for entry in record if entry.get("withheld")]


def test_danger_replies_are_delivered_also_after_a_take_over(scene: Scene) -> None:
    text = f"wait {uuid.uuid4()}"
    scene.brain.replies[text] = [response("utter_crisis_ideation", "Call 988 now.")]
    gate = scene.brain.hold(text)
    scene.visitor.send(text)
    scene.brain.wait_until_reached(text)
    scene.services.acts.take(scene.maria, scene.sender)
    gate.set()
    scene.visitor.wait_for("Call 988 now.")
    assert withheld(scene) == []


def test_hand_back_resumes_the_bot_and_says_so_once(scene: Scene) -> None:
    """E3."""
    scene.open_case()
    scene.services.acts.reply(scene.maria, scene.sender, "Done.", "k1")
    for _ in range(2):
        scene.services.acts.hand_back(scene.maria, scene.sender)
    scene.visitor.send("hello again")
    scene.visitor.wait_for("echo: hello again")
    names = [one["name"] for one in scene.visitor.messages[1:]]
    assert names == ["staff_joined", None, "staff_left", "utter_smalltalk_echo"]
    assert scene.case()["status"] == "waiting"


def test_the_record_has_everything_in_the_right_place(scene: Scene) -> None:
    """E4: the human stretch is marked."""
    scene.services.acts.reply(scene.maria, scene.sender, "Hello from Maria.", "k1")
    scene.visitor.wait_for("Hello from Maria.")
    scene.visitor.send("thanks")
    eventually(lambda: "person: thanks" in scene.brain.texts_of(scene.sender))
    joined = scene.visitor.named("staff_joined")[0]["text"]
    expected = [
        "person: hello",
        "bot: echo: hello",
        f"notice: {joined}",
        "staff: Hello from Maria.",
        "person: thanks",
    ]
    assert scene.brain.texts_of(scene.sender) == expected


def test_two_staff_take_at_once_and_one_is_told(scene: Scene) -> None:
    """H2."""
    other = services_on(scene.desk.database_url)

    def take(services: Services, member: Member) -> str:
        try:
            services.acts.take(member, scene.sender)
        except OwnedByAnother as refused:
            return refused.name
        return "mine"

    with ThreadPoolExecutor(2) as threads:
        results = list(
            threads.map(take, [scene.services, other], [scene.maria, scene.tom])
        )
    assert sorted(results) in (["Maria", "mine"], ["Tom", "mine"])
    [notice] = scene.visitor.wait_for_notice("staff_joined")
    owner = scene.maria if results[0] == "mine" else scene.tom
    assert owner.name in notice["text"]


def test_another_member_is_refused_unless_by_force(scene: Scene) -> None:
    case_id = scene.open_case()
    acts = scene.services.acts
    acts.take(scene.maria, scene.sender)
    refused: list[Callable[[], None]] = [
        lambda: acts.take(scene.tom, scene.sender),
        lambda: acts.reply(scene.tom, scene.sender, "Tom here.", "k1"),
        lambda: acts.hand_back(scene.tom, scene.sender),
        lambda: acts.close(scene.tom, case_id),
    ]
    for act in refused:
        with pytest.raises(OwnedByAnother, match="Maria"):
            act()
    acts.take(scene.tom, scene.sender, force=True)
    [notice] = scene.visitor.wait_for_notice("staff_changed")
    assert "Tom" in notice["text"]
    assert "staff: Tom here." not in scene.visitor.texts()


def test_closing_the_last_case_hands_back(scene: Scene) -> None:
    first, second = scene.open_case(), scene.open_case(kind="human")
    acts = scene.services.acts
    acts.reply(scene.maria, scene.sender, "Both.", "k1")
    acts.close(scene.maria, first)
    eventually(lambda: scene.visitor.states)
    assert scene.visitor.named("staff_left") == []
    acts.close(scene.maria, second)
    scene.visitor.wait_for_notice("staff_left")
    statuses = [case["status"] for case in scene.desk.cases(scene.sender)]
    assert statuses == ["closed", "closed"]
    with pytest.raises(NoSuchCase):
        acts.close(scene.maria, "KF-NONE00")


def test_what_nobody_has_seen_is_not_closed(scene: Scene) -> None:
    """H3: written while staff close."""
    case_id = scene.open_case()
    scene.services.acts.reply(scene.maria, scene.sender, "Anything else?", "k1")
    scene.visitor.wait_for("Anything else?")
    scene.visitor.send("yes, one thing")
    scene.services.acts.close(scene.maria, case_id)
    scene.visitor.wait_for_notice("staff_left")
    assert scene.case()["status"] == "waiting"


def test_a_message_after_the_close_lets_the_case_wait_again(scene: Scene) -> None:
    """H3: written just after it."""
    case_id = scene.open_case()
    scene.services.acts.reply(scene.maria, scene.sender, "Goodbye.", "k1")
    scene.services.acts.close(scene.maria, case_id)
    scene.visitor.wait_for_notice("staff_left")
    assert scene.case()["status"] == "closed"
    scene.visitor.send("wait, one more thing")
    scene.visitor.wait_for("echo: wait, one more thing")
    assert (scene.case()["case_id"], scene.case()["status"]) == (case_id, "waiting")


def test_a_message_that_a_hand_back_overtook_is_not_met_with_silence(
    scene: Scene,
) -> None:
    scene.services.acts.take(scene.maria, scene.sender)
    _, gate = scene.hold_a_turn()
    scene.services.acts.hand_back(scene.maria, scene.sender)
    gate.set()
    eventually(lambda: scene.desk.cases(scene.sender), "a case for the message")
    assert (scene.case()["kind"], scene.case()["status"]) == ("human", "waiting")


def test_closing_a_danger_ends_its_care(scene: Scene) -> None:
    scene.visitor.send(DANGER_TEXT)
    scene.visitor.wait_for("Please call 988.")
    scene.services.acts.close(scene.maria, str(scene.case()["case_id"]))
    eventually(lambda: "care_closed: " in scene.brain.texts_of(scene.sender))
    assert scene.visitor.texts() == ["bot: echo: hello", "bot: Please call 988."]


@pytest.mark.parametrize("word", ["BOT", " bot \n", "/leave"])
def test_a_person_leaves_and_danger_stays(scene: Scene, word: str) -> None:
    """E12."""
    scene.open_case()
    scene.open_case(kind="danger")
    scene.services.acts.take(scene.maria, scene.sender)
    if word == "/leave":
        assert scene.visitor.client.post("/chat/leave").json() == {"left": True}
        assert scene.visitor.client.post("/chat/leave").json() == {"left": False}
    else:
        scene.visitor.send(word, key="leaving")
    scene.visitor.wait_for_notice("left_queue")
    if word != "/leave":
        scene.visitor.send(word, key="leaving")
    scene.visitor.send("hello again")
    scene.visitor.wait_for("echo: hello again")
    assert len(scene.visitor.named("left_queue")) == 1
    statuses = {case["kind"]: case["status"] for case in scene.desk.cases(scene.sender)}
    assert statuses == {"advice": "closed", "danger": "waiting"}
    assert f"person: {word}" not in scene.brain.texts_of(scene.sender)


def test_the_word_is_an_ordinary_one_when_there_is_nothing_to_leave(
    scene: Scene,
) -> None:
    scene.visitor.send("bot")
    scene.visitor.wait_for("echo: bot")


def test_a_case_that_the_person_left_is_not_reopened(scene: Scene) -> None:
    scene.open_case()
    scene.services.acts.take(scene.maria, scene.sender)
    scene.visitor.client.post("/chat/leave")
    scene.visitor.send("hello again")
    scene.visitor.wait_for("echo: hello again")
    assert scene.case()["status"] == "closed"


def test_restart_typed_by_a_person_ends_nothing(scene: Scene) -> None:
    """E14."""
    scene.services.acts.take(scene.maria, scene.sender)
    scene.visitor.send("/restart")
    eventually(lambda: "person: /restart" in scene.brain.texts_of(scene.sender))
    assert (
        scene.brain.received[-1] | {"owner": "human", "text": "/restart"}
        == (scene.brain.received[-1])
    )
    assert scene.visitor.state["owner"] == "human"


def test_ownership_outlives_a_kill(
    own_visited_desk: LiveFrontDesk, new_visitor: NewVisitor
) -> None:
    """H6."""
    visitor = new_visitor(own_visited_desk)
    services = services_on(own_visited_desk.database_url)
    maria = new_member(services, "Maria")
    services.acts.take(maria, visitor.sender)
    visitor.wait_for_notice("staff_joined")
    own_visited_desk.kill()
    own_visited_desk.start()
    visitor.send("are you there?")
    services.acts.reply(maria, visitor.sender, "Yes.", "k1")
    visitor.wait_for("Yes.")
    assert [one["name"] for one in visitor.messages] == ["staff_joined", None]


def test_every_act_is_in_the_audit_trail(scene: Scene) -> None:
    case_id = scene.open_case()
    acts = scene.services.acts
    acts.saw(scene.maria, scene.sender)
    acts.saw(scene.maria, scene.sender)
    acts.take(scene.maria, scene.sender)
    acts.reply(scene.maria, scene.sender, "words-of-staff", "k1")
    acts.note(scene.maria, scene.sender, "words-of-a-note")
    acts.hand_back(scene.maria, scene.sender)
    acts.close(scene.tom, case_id)
    with scene.services.database.reading() as session:
        query = select(AuditEntry).where(AuditEntry.sender == scene.sender)
        entries = session.scalars(query.order_by(AuditEntry.id)).all()
    assert [entry.action for entry in entries] == [
        *("read", "take", "reply", "note", "hand_back", "close")
    ]
    who = [entry.staff_email for entry in entries]
    assert who == [scene.maria.email] * 5 + [scene.tom.email]
    assert entries[-1].case_id == case_id


def test_a_conversation_of_another_door_can_be_answered(scene: Scene) -> None:
    sender = f"shell-{uuid.uuid4()}"
    scene.desk.post(case_body(sender=sender, channel="cmdline"))
    scene.services.acts.reply(scene.maria, sender, "Hello.", "k1")
    eventually(lambda: "staff: Hello." in scene.brain.texts_of(sender))


def test_a_bot_reply_with_buttons_arrives_with_them(scene: Scene) -> None:
    scene.brain.replies["offer"] = [
        response("utter_clarify", "Which?", ("This", "/this"), ("That", "/that"))
    ]
    scene.visitor.send("offer")
    scene.visitor.wait_for("Which?")
    buttons = scene.visitor.messages[-1]["buttons"]
    assert [button["payload"] for button in buttons] == ["/this", "/that"]
