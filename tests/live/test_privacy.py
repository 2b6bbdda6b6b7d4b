"""What is written stays out of the logs, and the processes off the network."""

import subprocess

import pytest
import requests

CANARY = "zzcanary"


def test_no_log_holds_what_was_written_or_by_whom(stack, person):
    person.sender = f"{CANARY}-sender"
    messages = [
        f"{CANARY} is ketamine an opioid?",
        f"I take 2 mg Xanax {CANARY}, should I skip it before my infusion?",
        f"i want to kill myself {CANARY}",
        f"{CANARY} \x00 \ud83d <b>",
        f"/{CANARY}",
        "please call me back",
        f"{CANARY} Lopez",
        f"{CANARY}@example.com",
        f"{CANARY} mornings",
        "yes",
    ]
    for text in messages:
        person.say(text)
    person.rest(f"{CANARY} rest")
    person.post(choice=f"/{CANARY}")
    stack.post(f'{{"sender": "{CANARY}", "text": '.encode())
    person.say("delete my data")
    person.say(choice="/confirm_delete")
    assert not _lines_with_canary(stack)


def test_no_log_holds_a_command_given_by_the_rest_channel(stack, person):
    canary = "yycanary"
    person.rest(f'/{canary}{{"callback_name": "{canary}"}}')
    assert canary not in stack.logs()


def test_no_reply_is_worded_with_an_error_in_the_log(stack, person):
    before = len(stack.brain.log())
    person.say("is ketamine addictive?")
    assert "ERROR" not in stack.brain.log()[before:]


@pytest.mark.parametrize("down", ["front_desk", "action_server"])
def test_no_log_holds_what_was_written_while_something_is_down(stack, person, down):
    person.sender = f"{CANARY}-{down}"
    person.say("please call me back")
    getattr(stack, down).kill()
    person.say(f"{CANARY} Lopez")
    person.say(f"I take 2 mg Xanax {CANARY}, should I skip it before my infusion?")
    person.say(f"i want to kill myself {CANARY}")
    person.say("delete my data")
    person.say(choice="/confirm_delete")
    assert not _lines_with_canary(stack)


@pytest.mark.parametrize("name", ["front_desk", "action_server", "brain"])
def test_the_process_listens_on_this_machine_only(stack, name):
    port = getattr(stack, name).port
    listening = subprocess.run(
        ["ss", "-Hltn", f"sport = :{port}"], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert [line.split()[3] for line in listening] == [f"127.0.0.1:{port}"]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/conversations/x/tracker"),
        ("GET", "/conversations/x/story"),
        ("POST", "/conversations/x/tracker/events"),
        ("POST", "/conversations/x/messages"),
        ("POST", "/model/parse"),
        ("POST", "/model/train"),
        ("PUT", "/model"),
        ("GET", "/domain"),
    ],
)
def test_rasa_s_own_interface_is_not_served(stack, method, path):
    answer = requests.request(method, stack.brain_url(path), json={}, timeout=30)
    assert answer.status_code == 404


def test_the_rest_channel_answers_on_this_machine(person):
    assert any(reply.get("text") for reply in person.rest("is ketamine an opioid?"))


def _lines_with_canary(stack):
    return [line for line in stack.logs().splitlines() if CANARY in line]
