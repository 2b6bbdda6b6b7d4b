"""Faults in the keys, types and names of files."""

import pytest
from content_folder import ContentFolder


@pytest.mark.parametrize(
    ("file", "old", "new", "at", "message", "remedy"),
    [
        (
            "facts/how_fast.yml",
            "proof: Shown",
            "note: New\nproof: Shown",
            "topic:",
            "'note' was unexpected",
            "remove the unknown key, or correct its spelling",
        ),
        (
            "facts/how_fast.yml",
            "verdict: it_depends",
            "verdict: maybe",
            "verdict:",
            "'maybe' is not one of",
            "use myth, mostly_myth, it_depends, mostly_fact, fact or info",
        ),
        (
            "facts/how_fast.yml",
            "- onset time",
            "- 10",
            "- 10",
            "10 is not of type 'string'",
            "put quotes around an example",
        ),
        (
            "sources.yml",
            "  year: 2024",
            "  year: soon",
            "year: soon",
            "label.year: 'soon' is not of type",
            "see content/schema/sources.yml",
        ),
        (
            "clinic.yml",
            "  - prices",
            "  - discounts",
            "- discounts",
            "unknown key 'discounts'",
            "remove it",
        ),
        (
            "lexicon/treatments.yml",
            "label: treatment",
            "label: cures",
            "label:",
            "'cures' is not one of",
            "use medicine, condition, route, treatment or other_treatment",
        ),
        (
            "lexicon/sms_spelling.yml",
            "digits_before: [drive]",
            "digits_before: drive",
            "digits_before:",
            "'drive' is not of type 'array'",
            "see content/schema/sms_spelling.yml",
        ),
        (
            "danger/ideation.yml",
            "kind: ideation",
            "kind: sadness",
            "kind:",
            "'sadness' is not one of",
            "use a kind of danger",
        ),
        (
            "danger/ideation.yml",
            "outcome: crisis",
            "outcome: none",
            "outcome:",
            "the outcome of the kind 'ideation' is 'none'",
            "give danger the outcome crisis or emergency",
        ),
        (
            "danger/patterns.yml",
            "    outcome: crisis",
            "    outcome: sorrow",
            "outcome:",
            "'sorrow' is not one of",
            "crisis or emergency",
        ),
        (
            "danger/patterns.yml",
            '["want to die"]',
            '["(want|would like) to die"]',
            "match:",
            "does not match",
            "no spaces inside brackets",
        ),
        (
            "danger/patterns.yml",
            '["want to die"]',
            '["want to <leave>"]',
            "match:",
            "<leave> is no list of 'shared'",
            "name one of its lists, it has none",
        ),
        (
            "responses/replies.yml",
            "    - text: I could not pass",
            "    - txt: I could not pass",
            "- txt:",
            "utter_advice_not_sent is not a list of texts",
            "write '- text: ...' below the name",
        ),
        (
            "responses/replies.yml",
            ', payload: "{choice_1}"}',
            "}",
            "- text: Did you mean",
            "utter_clarify_1 is not a list of texts",
            "buttons need a title and a payload",
        ),
        (
            "responses/replies.yml",
            "\nresponses:\n",
            "\nanswers:\n",
            "version:",
            "the file holds no responses",
            "begin it with 'responses:'",
        ),
        (
            "nlu/smalltalk.yml",
            "nlu:",
            "intents:",
            "version:",
            "the file holds no intents",
            "begin it with 'nlu:'",
        ),
        (
            "nlu/smalltalk.yml",
            "intent: thank",
            "intention: thank",
            "- intention:",
            "this is not an intent with examples",
            "write '- intent: <name>'",
        ),
        (
            "nlu/smalltalk.yml",
            "- hello",
            "hello",
            "hello",
            "this line is not an example",
            "begin it with '- '",
        ),
        (
            "nlu/smalltalk.yml",
            "  - intent: thank",
            "   - intent: thank",
            "- intent: thank",
            "expected",
            "correct the YAML near this line",
        ),
    ],
)
def test_wrong_shape(
    folder: ContentFolder,
    file: str,
    old: str,
    new: str,
    at: str,
    message: str,
    remedy: str,
) -> None:
    folder.replace(file, old, new)
    folder.expect(file, at, message, remedy)


def test_topic_is_not_the_name_of_the_file(folder: ContentFolder) -> None:
    folder.path("facts/how_fast.yml").rename(folder.path("facts/how_soon.yml"))
    problems = folder.report().problems
    assert [problem.path.name for problem in problems] == [
        "driving_after.yml",
        "how_soon.yml",
        "side_effects.yml",
    ]
    folder.assert_problem(
        problems[1],
        "facts/how_soon.yml",
        "topic:",
        "the topic 'how_fast' is not the name of the file",
        "rename the file to how_fast.yml, or write 'topic: how_soon'",
    )


@pytest.mark.parametrize("part", ["more", "sources", "proof", "related"])
def test_topic_ends_like_a_follow_up(folder: ContentFolder, part: str) -> None:
    old, new = "side_effects", f"effects_{part}"
    folder.path(f"facts/{old}.yml").rename(folder.path(f"facts/{new}.yml"))
    folder.replace(f"facts/{new}.yml", f"topic: {old}", f"topic: {new}")
    for other in ("driving_after", "how_fast"):
        folder.replace(f"facts/{other}.yml", f"{old}", new)
    folder.expect(
        f"facts/{new}.yml",
        "topic:",
        f"ends in '_{part}' like a follow-up reply",
        "choose another name",
    )


def test_there_is_no_file_of_a_kind(folder: ContentFolder) -> None:
    folder.path("danger/patterns.yml").unlink()
    (problem,) = folder.report().problems
    assert problem.path == folder.path("danger/patterns.yml")
    assert problem.line == 1
    assert problem.remedy == "restore it"


def test_a_list_that_is_named_must_exist(folder: ContentFolder) -> None:
    folder.replace(
        "danger/patterns.yml",
        "ideation:",
        'shared:\n  past: ["used to"]\nideation:',
    )
    folder.replace("danger/patterns.yml", "not want to die", "<pest>")
    folder.expect(
        "danger/patterns.yml",
        'unless: ["<pest>"]',
        "<pest> is no list of 'shared'",
        "name one of past",
    )


def test_broken_fact_does_not_hide_other_problems(folder: ContentFolder) -> None:
    folder.replace("facts/how_fast.yml", "proof:", "prove:")
    folder.replace("facts/side_effects.yml", "sources: [review]", "sources: [revue]")
    messages = [problem.message for problem in folder.report().problems]
    assert any("'prove' was unexpected" in message for message in messages)
    assert "the source 'revue' does not exist" in messages
    assert not any("no fact cites" in message for message in messages)
