"""Delete my data: everything is gone, or the person is told that it is not."""

import sqlite3

ADVICE = "I take 2 mg Xanax, should I skip it before my infusion?"
REALLY = "utter_smalltalk_delete_confirm"


def events_of(stack, person):
    with sqlite3.connect(stack.conversations) as database:
        return database.execute(
            "SELECT count(*) FROM events WHERE sender_id = ?", [person.sender]
        ).fetchone()[0]


def test_confirmed_deletion_removes_cases_and_conversation(stack, acquainted):
    acquainted.say(ADVICE)
    assert acquainted.cases()
    assert acquainted.say("delete my data").names == [REALLY]
    assert acquainted.say("yes, delete them").names == ["utter_smalltalk_deleted"]
    assert acquainted.cases() == []
    assert events_of(stack, acquainted) == 0


def test_the_button_deletes(stack, acquainted):
    acquainted.say("delete my data")
    turn = acquainted.say(choice="/confirm_delete")
    assert turn.names == ["utter_smalltalk_deleted"]
    assert events_of(stack, acquainted) == 0


def test_a_text_message_deletes(stack, person):
    person.say("delete my data", channel="sms")
    turn = person.say("DELETE NOW", channel="sms")
    assert turn.names == ["utter_smalltalk_deleted"]
    assert events_of(stack, person) == 0


def test_the_words_are_gone_from_the_database_file(stack, acquainted):
    acquainted.say("zzcanarydeleted is ketamine an opioid?")
    acquainted.say("delete my data")
    acquainted.say(choice="/confirm_delete")
    files = stack.conversations.parent.glob("conversations.db*")
    assert not [f.name for f in files if b"zzcanarydeleted" in f.read_bytes()]


def test_after_deletion_the_next_message_begins_a_new_conversation(acquainted):
    acquainted.say("delete my data")
    acquainted.say(choice="/confirm_delete")
    turn = acquainted.say("is ketamine an opioid?")
    assert turn.names == ["utter_disclosure", "utter_faq_opioid"]


def test_nothing_is_deleted_when_the_person_declines(stack, acquainted):
    acquainted.say("delete my data")
    acquainted.say(choice="/deny")
    assert events_of(stack, acquainted) > 0
    assert acquainted.say("is ketamine an opioid?").names == ["utter_faq_opioid"]


def test_a_plain_yes_does_what_was_asked_or_asks_again(stack, acquainted):
    acquainted.say("delete my data")
    turn = acquainted.say("yes")
    deleted = turn.last == "utter_smalltalk_deleted"
    assert deleted == (events_of(stack, acquainted) == 0)


def test_one_person_s_deletion_leaves_others_alone(stack, person, acquainted):
    other = type(person)(stack)
    other.sender = f"{acquainted.sender}-other"
    other.say(ADVICE)
    acquainted.say("delete my data")
    acquainted.say(choice="/confirm_delete")
    assert events_of(stack, other) > 0
    assert len(other.cases()) == 1


def test_without_the_front_desk_nothing_is_deleted_and_that_is_said(stack, acquainted):
    acquainted.say(ADVICE)
    acquainted.say("delete my data")
    stack.front_desk.kill()
    turn = acquainted.say(choice="/confirm_delete")
    assert turn.names == ["utter_smalltalk_not_deleted"]
    assert events_of(stack, acquainted) > 0
    stack.front_desk.make_sure_it_runs()
    assert len(acquainted.cases()) == 1


def test_without_the_action_server_that_nothing_is_deleted_is_said(stack, acquainted):
    acquainted.say("delete my data")
    stack.action_server.kill()
    turn = acquainted.say(choice="/confirm_delete")
    assert turn.names == ["utter_smalltalk_not_deleted"]
    assert events_of(stack, acquainted) > 0
