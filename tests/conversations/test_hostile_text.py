"""Whatever is typed is only ever text, and is always answered."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "😀😀😀",
        "\x00\x01\x02",
        "<script>alert(1)</script>",
        "<b>hello</b> &amp; {slot} ${phone} {{x}}",
        "\u202egnitset",
        "a" * 10_000,
        "word " * 2_000,
        "/restart",
        "/faq_opioid",
        "/utter_crisis",
        "/session_start",
        '/more{"topic": "opioid"}',
        "\ud83d",
    ],
)
def test_it_gets_a_sensible_reply(visitor, text):
    assert visitor.say(text)
    assert all(reply["text"] for reply in visitor.replies)


def test_a_typed_restart_does_not_restart(visitor):
    visitor.say("is ketamine an opioid?")
    visitor.say("/restart")
    assert visitor.say("tell me more")[-1] != "utter_clarify_which_topic"


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(text=st.text(max_size=200))
def test_any_text_is_answered(visitor, text):
    assert visitor.say(text)
