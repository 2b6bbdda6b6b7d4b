"""Whatever people write is stored and returned unchanged, on every database."""

import json

from case_bodies import case_body
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from live_frontdesk import LiveFrontDesk

EXAMPLES = 50
FIELDS = ("key", "sender", "kind", "urgency", "channel", "message", "entities")

any_text = st.text(st.characters(codec="utf-8"), max_size=200)
broken_text = st.builds(
    "{}{}{}".format,
    any_text,
    st.characters(categories=["Cs"]),
    any_text,
)
any_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | any_text,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(any_text, inner, max_size=3)
    ),
    max_leaves=5,
)
over_http = settings(
    deadline=None,
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@over_http
@given(text=any_text)
@example(text="")
@example(text="\x00")
@example(text="a\x00b\x1a0\x1aE\x1a\x1a\x00")
@example(text="\ufeff\u202e\u200d\ufffe\U0010ffff")
@example(text=" \r\n\t ")
@example(text="e\u0301 \u00e9")
@example(text="\u20ac" * 10_000)
def test_any_text_comes_back_unchanged(desk: LiveFrontDesk, text: str) -> None:
    short = text[:1_000]
    body = case_body(
        message=text,
        entities=[{"entity": "medicine", "value": short, "text": short}],
        details={short: short},
    )
    assert desk.post(body).status_code == 201
    [case] = desk.cases(body["sender"])
    [message] = case["messages"]
    assert message["message"] == text
    assert message["entities"] == body["entities"]
    assert message["details"] == body["details"]


@over_http
@given(text=broken_text, field=st.sampled_from(["key", "sender", "message"]))
def test_half_a_character_is_refused(
    desk: LiveFrontDesk, text: str, field: str
) -> None:
    assert_refused(desk, field, text)


@over_http
@given(text=broken_text)
def test_half_a_character_is_refused_inside_a_field(
    desk: LiveFrontDesk, text: str
) -> None:
    assert_refused(desk, "details", {"name": text})
    assert_refused(desk, "details", {text: "Ann"})
    for part in ("entity", "value", "text"):
        entity = {"entity": "a", "value": "b", "text": "c"} | {part: text}
        assert_refused(desk, "entities", [entity])


@over_http
@given(changes=st.dictionaries(st.sampled_from(FIELDS) | any_text, any_json))
def test_no_body_makes_it_fail(desk: LiveFrontDesk, changes: dict[str, object]) -> None:
    answer = desk.client.post(
        "/internal/cases",
        content=json.dumps(case_body() | changes),
        headers={"Content-Type": "application/json"},
    )
    assert answer.status_code in {200, 201, 409, 422}


def assert_refused(desk: LiveFrontDesk, field: str, value: object) -> None:
    """Checks that a value is refused by the field's name."""
    answer = desk.client.post(
        "/internal/cases",
        content=json.dumps(case_body(**{field: value})),
        headers={"Content-Type": "application/json"},
    )
    assert answer.status_code == 422
    assert field in {part for one in answer.json()["detail"] for part in one["loc"]}
