"""A handoff is never pretended, and whatever is down, nobody meets silence."""

import pytest

ADVICE = "I take 2 mg Xanax, should I skip it before my infusion?"
HUMAN = "can i talk to a real person please"


def test_a_personal_medical_question_becomes_a_case(acquainted):
    turn = acquainted.say(ADVICE)
    assert turn.names == ["utter_advice", "utter_advice_sent"]
    assert turn.outcome == "advice_handoff"
    (case,) = acquainted.cases()
    assert (case["kind"], case["channel"]) == ("advice", "web")
    (message,) = case["messages"]
    assert message["message"] == ADVICE
    entities = {(e["entity"], e["text"].lower()) for e in message["entities"]}
    assert ("medicine", "xanax") in entities


def test_the_case_of_a_text_message_says_so(person):
    assert person.say(ADVICE, channel="sms").last == "utter_advice_sent"
    assert person.cases()[0]["channel"] == "sms"


def test_asking_for_a_person_becomes_a_case(acquainted):
    assert acquainted.say(HUMAN).names == ["utter_human", "utter_human_sent"]
    assert [case["kind"] for case in acquainted.cases()] == ["human"]


def test_a_message_delivered_twice_opens_one_case(acquainted):
    turns = [acquainted.say(ADVICE, message_id="sms-17") for _ in range(2)]
    assert [turn.last for turn in turns] == ["utter_advice_sent"] * 2
    assert [len(case["messages"]) for case in acquainted.cases()] == [1]


def test_a_message_id_used_by_two_people_never_pretends(stack, person):
    for sender in (person.sender, f"{person.sender}-2"):
        body = {"sender": sender, "text": ADVICE, "message_id": person.sender}
        last = stack.post(body).json()["responses"][-1]["name"]
        assert (last == "utter_advice_sent") == bool(stack.cases(sender))


@pytest.mark.parametrize("text", ["/x" + "a" * 9_000 + " " + ADVICE])
def test_a_long_message_is_passed_on_or_owned_up_to(acquainted, text):
    turn = acquainted.say(text)
    assert turn.responses
    assert ("_sent" in turn.last and "_not_" not in turn.last) == bool(
        acquainted.cases()
    )


@pytest.mark.parametrize("down", ["front_desk", "action_server"])
@pytest.mark.parametrize(
    ("text", "names"),
    [
        (ADVICE, ["utter_advice", "utter_advice_not_sent"]),
        (HUMAN, ["utter_human", "utter_human_not_sent"]),
    ],
    ids=["advice", "human"],
)
def test_what_cannot_be_passed_on_is_owned_up_to(stack, acquainted, down, text, names):
    getattr(stack, down).kill()
    assert acquainted.say(text).names == names
    getattr(stack, down).make_sure_it_runs()
    assert acquainted.cases() == []


@pytest.mark.parametrize("down", ["front_desk", "action_server"])
def test_facts_are_answered_while_something_is_down(stack, acquainted, down):
    getattr(stack, down).kill()
    assert acquainted.say("is ketamine an opioid?").names == ["utter_faq_opioid"]


@pytest.mark.parametrize("down", ["front_desk", "action_server"])
def test_handing_over_works_again_after_a_restart(stack, acquainted, down):
    getattr(stack, down).kill()
    acquainted.say(ADVICE)
    getattr(stack, down).make_sure_it_runs()
    assert acquainted.say(ADVICE).last == "utter_advice_sent"
    assert len(acquainted.cases()) == 1


def test_a_case_sent_before_does_not_make_a_later_failure_look_sent(stack, acquainted):
    assert acquainted.say(ADVICE).last == "utter_advice_sent"
    stack.action_server.kill()
    assert acquainted.say(ADVICE).last == "utter_advice_not_sent"
