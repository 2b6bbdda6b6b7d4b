"""Requests that are refused, and what the refusal says."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from case_bodies import case_body
from live_frontdesk import LiveFrontDesk

WRITTEN = "words-of-a-person"

WRONG_VALUES: list[tuple[str, Any]] = [
    ("key", ""),
    ("key", "k" * 201),
    ("key", "a\x00b"),
    ("key", 7),
    ("sender", ""),
    ("sender", "s" * 256),
    ("sender", "a\nb"),
    ("sender", None),
    ("kind", "illicit"),
    ("urgency", "very"),
    ("channel", ""),
    ("channel", "c" * 33),
    ("channel", "a b"),
    ("message", "m" * 10_001),
    ("message", [WRITTEN]),
    ("entities", "Xanax"),
    ("entities", [{"entity": "medicine", "value": WRITTEN}]),
    ("entities", [{"entity": "a", "value": "b", "text": "c", "start": 1}]),
    ("details", [WRITTEN]),
    ("details", {"name": {"first": WRITTEN}}),
    ("details", {"name": 5}),
    ("unknown_field", WRITTEN),
]


@pytest.mark.parametrize(("field", "value"), WRONG_VALUES)
def test_a_wrong_value_is_named_and_not_repeated(
    desk: LiveFrontDesk, field: str, value: object
) -> None:
    body = case_body(message=WRITTEN) | {field: value}
    answer = desk.post(body)
    assert answer.status_code == 422
    assert field in {part for one in answer.json()["detail"] for part in one["loc"]}
    assert all(set(one) == {"loc", "msg", "type"} for one in answer.json()["detail"])
    assert WRITTEN not in answer.text


@pytest.mark.parametrize(
    "field", ["key", "sender", "kind", "urgency", "channel", "message"]
)
def test_a_missing_field_is_named(desk: LiveFrontDesk, field: str) -> None:
    body = case_body(message=WRITTEN)
    del body[field]
    answer = desk.post(body)
    assert answer.status_code == 422
    assert [one["loc"] for one in answer.json()["detail"]] == [["body", field]]
    assert WRITTEN not in answer.text


@pytest.mark.parametrize(
    "content",
    [
        f'{{"message": "{WRITTEN}"'.encode(),
        f'["{WRITTEN}"]'.encode(),
        f'"{WRITTEN}"'.encode(),
        b'{"message": "\xff\xfe"}',
        b"[" * 30_000,
        b"",
        b"null",
        b"1" * 5_000,
    ],
)
def test_a_body_that_is_no_case_is_refused(desk: LiveFrontDesk, content: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    answer = desk.client.post("/internal/cases", content=content, headers=headers)
    assert answer.status_code in {400, 422}
    assert WRITTEN not in answer.text


@pytest.mark.parametrize("query", ["", "?sender=", "?sender=a%00b", "?sender=a%0Ab"])
def test_a_list_needs_a_sender(desk: LiveFrontDesk, query: str) -> None:
    answer = desk.client.get(f"/internal/cases{query}")
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == ["query", "sender"]


@pytest.mark.parametrize("sender", ["", "a%00b", "s" * 256])
def test_deleting_needs_a_sender(desk: LiveFrontDesk, sender: str) -> None:
    assert desk.client.delete(f"/internal/people/{sender}").status_code == 422


def test_the_longest_message_of_any_alphabet_fits(desk: LiveFrontDesk) -> None:
    # Twelve bytes a character when escaped: such text must be sent as UTF-8.
    body = case_body(message="\U0001f642" * 10_000)
    content = json.dumps(body, ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json"}
    answer = desk.client.post("/internal/cases", content=content, headers=headers)
    assert answer.status_code == 201
    [case] = desk.cases(body["sender"])
    assert case["messages"][0]["message"] == body["message"]


@pytest.mark.parametrize("size", [64 * 1024 + 1, 1_000_000])
@pytest.mark.parametrize("announced", [True, False])
def test_a_large_body_is_refused(
    desk: LiveFrontDesk, size: int, announced: bool
) -> None:
    def pieces() -> Iterator[bytes]:
        for start in range(0, size, 16_384):
            yield b" " * min(16_384, size - start)

    answer = desk.client.post(
        "/internal/cases",
        content=b" " * size if announced else pieces(),
        headers={"Content-Type": "application/json"},
    )
    assert answer.status_code == 413


def test_the_largest_body_is_read(desk: LiveFrontDesk) -> None:
    content = json.dumps(case_body()).encode().ljust(64 * 1024)
    headers = {"Content-Type": "application/json"}
    answer = desk.client.post("/internal/cases", content=content, headers=headers)
    assert answer.status_code == 201


@pytest.mark.parametrize("path", ["incoming", "status", "fallback"])
def test_without_a_text_line_there_are_no_routes_of_it(
    desk: LiveFrontDesk, path: str
) -> None:
    assert desk.stranger.post(f"/sms/{path}").status_code == 404
