"""What no patient may read."""

import pytest
from content_folder import ContentFolder

FACT = "facts/how_fast.yml"
REPLIES = "responses/replies.yml"


@pytest.mark.parametrize(
    ("sentence", "phrase", "remedy"),
    [
        ("It is safe for you.", "safe for you", "the care team decides"),
        ("This is right for you.", "right for you", "the care team decides"),
        ("So you should take it.", "you should take", "the care team decides"),
        ("It means you qualify.", "you qualify", "the care team decides"),
        ("We recommend you start.", "We recommend you", "the care team decides"),
        ("Then you will feel better.", "you will feel better", "the care team decides"),
        ("That is guaranteed.", "guaranteed", "the care team decides"),
        ("It cures low mood.", "cures", "for how many people"),
        ("It is a miracle.", "miracle", "for how many people"),
        ("I\u2019m a nurse.", "I'm a nurse", "I am an automated assistant"),
        ("I have told our staff.", "I have told", "_sent only"),
        ("Staff have been alerted.", "Staff have been alerted", "_sent only"),
        ("Your team has been notified.", "team has been notified", "_sent only"),
        ("So you have depression.", "you have depression", "people who have"),
        ("So you are\n    bipolar.", "you are bipolar", "people who have"),
        ("Please promise me that.", "promise me", "Are you safe right now?"),
        ("He wants to commit suicide.", "commit suicide", "died by suicide"),
        ("Reply yes to go on.", "Reply yes", "such as SEND"),
        ("To go on, choose YES.", "YES", "such as SEND"),
        ("Text QUIT to end.", "QUIT", "such as NEVER MIND"),
    ],
)
def test_phrase_in_a_fact(
    folder: ContentFolder, sentence: str, phrase: str, remedy: str
) -> None:
    folder.replace(FACT, "A slow start", f"{sentence} A slow start")
    problems = folder.report().problems
    assert problems
    for problem in problems:
        folder.assert_problem(problem, FACT, "web:", "answer.web says '", remedy)
    assert any(f"says '{phrase}'" in problem.message for problem in problems)


@pytest.mark.parametrize(
    "sentence",
    [
        "It is not a cure.",
        "There is no cure yet.",
        "The team can say whether it is right for you.",
        "Tell us if you have depression.",
        "Nobody can guarantee that.",
        "Cancel in good time.",
    ],
)
def test_denial_or_other_sense_is_allowed(folder: ContentFolder, sentence: str) -> None:
    folder.replace(FACT, "A slow start", f"{sentence} A slow start")
    assert folder.report().problems == []


def test_claim_may_name_the_belief(folder: ContentFolder) -> None:
    folder.replace(
        FACT, "claim: Ketamine works at once.", "claim: It is a miracle cure."
    )
    assert folder.report().problems == []


@pytest.mark.parametrize(
    ("sentence", "phrase"),
    [
        ("Put away the rope.", "rope"),
        ("Give someone the pills.", "pills"),
        ("You want attention.", "attention"),
        ("That is selfish.", "selfish"),
    ],
)
def test_word_in_a_crisis_reply(
    folder: ContentFolder, sentence: str, phrase: str
) -> None:
    folder.replace(REPLIES, "Are you safe right now?", sentence)
    folder.expect(REPLIES, "- text: >-", f"utter_crisis_ideation says '{phrase}'", "")


def test_staff_were_told_only_when_the_case_was_stored(folder: ContentFolder) -> None:
    folder.replace(REPLIES, "I could not pass your", "I have passed your")
    problems = folder.report().problems
    assert problems
    for problem in problems:
        folder.assert_problem(
            problem, REPLIES, "- text: I have", "utter_advice_not_sent says", ""
        )
    assert "say that nobody has seen it, and how to reach the clinic" in {
        problem.remedy for problem in problems
    }


def test_only_the_disclosure_says_stop(folder: ContentFolder) -> None:
    folder.replace(REPLIES, "Or say it in other words.", "Reply STOP to end.")
    problems = folder.report().problems
    assert problems
    for problem in problems:
        folder.assert_problem(
            problem, REPLIES, "text:", "utter_clarify_1.sms says", "NEVER MIND"
        )


def test_button_is_read_too(folder: ContentFolder) -> None:
    folder.replace(
        REPLIES, 'title: "{choice_1_title}"', 'title: "Is it right for you?"'
    )
    folder.expect(
        REPLIES,
        "- {title:",
        "utter_clarify_1.button says 'right for you'",
        "the care team decides",
    )
