"""The call-back form: validated, corrected, interrupted, left, and never silent."""

import pytest

ASK = "please call me back"
NAME, CONTACT = "utter_ask_callback_name", "utter_ask_callback_contact"
TIME, CONFIRM = "utter_ask_callback_time", "utter_ask_callback_confirmed"
PHONE = "(212) 555-0123"
GOOD_PHONE = "212-736-5000"


@pytest.fixture
def asked(acquainted):
    """Somebody who is being asked for their name."""
    assert acquainted.say(ASK).names == [NAME]
    return acquainted


@pytest.fixture
def filled(asked):
    """Somebody who is being asked to confirm."""
    asked.say("Maria Lopez")
    asked.say(GOOD_PHONE)
    assert asked.say("weekday mornings").names == [CONFIRM]
    return asked


@pytest.mark.parametrize("yes", ["yes", "send", "Yes, send it"])
def test_a_confirmed_request_becomes_a_case(filled, yes):
    assert filled.say(yes).last == "utter_screening_sent"
    (case,) = filled.cases()
    assert case["kind"] == "screening"
    assert case["messages"][0]["details"] == {
        "name": "Maria Lopez",
        "contact": "+12127365000",
        "time": "weekday mornings",
    }


def test_the_button_confirms(filled):
    assert filled.say(choice="/affirm").last == "utter_screening_sent"
    assert len(filled.cases("screening")) == 1


def test_a_request_can_be_made_by_text_message(person):
    for text in (ASK, "Bo", "bo@example.com", "noon"):
        turn = person.say(text, channel="sms")
        assert turn.responses, text
    assert turn.last == CONFIRM
    assert person.say("SEND", channel="sms").last == "utter_screening_sent"


def test_by_text_message_the_number_is_known_already(person):
    for text in (ASK, "Bo"):
        turn = person.say(text, channel="sms")
    assert "Reply SAME" in turn.responses[-1]["text"]
    person.say("same.", channel="sms")
    turn = person.say("noon", channel="sms")
    assert "Contact: the number you text from." in turn.responses[-1]["text"]
    assert person.say("SEND", channel="sms").last == "utter_screening_sent"
    (case,) = person.cases()
    details = case["messages"][0]["details"]
    assert details["contact"] == "the number they text from"


def test_on_the_web_there_is_no_number_to_use_again(asked):
    asked.say("Bo")
    assert asked.say("same").names == ["utter_screening_contact_invalid", CONTACT]


def test_a_name_without_letters_is_asked_for_again(asked):
    assert asked.say("42!").names == ["utter_screening_name_invalid", NAME]


@pytest.mark.parametrize("wrong", ["12345", "555-01", "me@", "tomorrow"])
def test_a_contact_that_cannot_be_used_is_asked_for_again(asked, wrong):
    assert asked.say("Maria").names == [CONTACT]
    turn = asked.say(wrong)
    assert turn.names == ["utter_screening_contact_invalid", CONTACT]
    assert asked.say(GOOD_PHONE).names == [TIME]


@pytest.mark.parametrize(
    ("what", "question", "answer", "field", "stored"),
    [
        ("name", NAME, "Ana Lopez", "name", "Ana Lopez"),
        ("the contact", CONTACT, "ana@example.com", "contact", "ana@example.com"),
        ("time", TIME, "evenings", "time", "evenings"),
    ],
)
def test_each_answer_can_be_corrected(filled, what, question, answer, field, stored):
    assert filled.say("no").names == ["utter_ask_callback_correction"]
    assert filled.say(what).names == [question]
    assert filled.say(answer).names == [CONFIRM]
    assert filled.say("yes").last == "utter_screening_sent"
    (case,) = filled.cases("screening")
    assert case["messages"][0]["details"][field] == stored


def test_the_buttons_of_a_correction_work(filled):
    turn = filled.say(choice="/deny")
    button = turn.responses[-1]["buttons"][0]
    assert filled.say(choice=button["payload"]).names == [NAME]


@pytest.mark.parametrize("text", ["never mind", "cancel", "stop"])
def test_a_request_can_be_dropped(asked, text):
    assert asked.say(text).names == ["utter_screening_cancelled"]
    assert asked.say("is ketamine an opioid?").names == ["utter_faq_opioid"]
    assert asked.cases() == []


def test_a_dropped_request_leaves_nothing_for_the_next(filled):
    filled.say(choice="/stop")
    assert filled.say(ASK).names == [NAME]


def test_a_sent_request_leaves_nothing_for_the_next(filled):
    filled.say("yes")
    assert filled.say(ASK).names == [NAME]


@pytest.mark.parametrize("at", [NAME, CONTACT, TIME, CONFIRM])
def test_a_question_in_the_middle_is_answered_and_the_form_goes_on(acquainted, at):
    turn = acquainted.say(ASK)
    for text in ("Maria", GOOD_PHONE, "mornings"):
        if turn.last == at:
            break
        turn = acquainted.say(text)
    assert acquainted.say("is ketamine an opioid?").names == ["utter_faq_opioid", at]


def test_danger_in_the_middle_ends_the_form(asked):
    asked.say("Maria")
    assert asked.say("i want to kill myself").outcome == "crisis"
    later = asked.say("is ketamine an opioid?")
    assert not [name for name in later.names if name.startswith("utter_ask_")], later


def test_asking_for_a_person_in_the_middle_ends_the_form(asked):
    turn = asked.say("i want to talk to a real person")
    assert turn.last == "utter_human_sent", turn
    assert [case["kind"] for case in asked.cases()] == ["human"]


@pytest.mark.parametrize("text", ["Maria Lopez", "never mind", "is it an opioid?"])
def test_the_form_is_never_silent_without_the_action_server(stack, asked, text):
    stack.action_server.kill()
    turn = asked.say(text)
    expected = {
        "Maria Lopez": "utter_screening_not_sent",
        "never mind": "utter_screening_cancelled",
    }
    assert turn.responses
    assert turn.last == expected.get(text, turn.last), turn


def test_confirming_without_the_action_server_is_owned_up_to(stack, filled):
    stack.action_server.kill()
    assert filled.say("yes").last == "utter_screening_not_sent"
    stack.action_server.make_sure_it_runs()
    assert filled.cases() == []


def test_confirming_without_the_front_desk_is_owned_up_to(stack, filled):
    stack.front_desk.kill()
    assert filled.say("yes").last == "utter_screening_not_sent"


def test_asking_for_a_call_without_the_action_server_is_not_met_with_silence(
    stack, acquainted
):
    stack.action_server.kill()
    assert acquainted.say(ASK).responses


@pytest.mark.parametrize(
    ("text", "last"),
    [
        (
            "I take 2 mg Xanax, should I skip it before my infusion?",
            "utter_advice_sent",
        ),
        ("delete my data", "utter_smalltalk_delete_confirm"),
    ],
)
def test_what_is_worth_more_than_the_form_is_dealt_with_once(asked, text, last):
    turn = asked.say(text)
    assert turn.last == last, turn
    assert len(turn.names) <= 2


def test_a_form_that_broke_can_be_started_again(stack, asked):
    stack.action_server.kill()
    asked.say("Maria Lopez")
    stack.action_server.make_sure_it_runs()
    assert asked.say(ASK).names == [NAME]
