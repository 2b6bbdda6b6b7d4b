"""Texts that are hard to read."""

from content_folder import ContentFolder

HARD = (
    "Physiological considerations regarding individualized pharmacological "
    "intervention necessitate comprehensive multidisciplinary evaluation preceding "
    "administration."
)


def test_hard_text_is_reported_with_its_longest_sentence(folder: ContentFolder) -> None:
    folder.replace("facts/how_fast.yml", "proof: Shown", f"proof: {HARD} Shown")
    folder.expect(
        "facts/how_fast.yml",
        "proof:",
        "its longest sentence (16 words) is 'It is not known",
        "split long sentences and use shorter words",
    )


def test_grade_is_told(folder: ContentFolder) -> None:
    folder.replace(
        "responses/replies.yml", "I could not pass", f"{HARD} I could not pass"
    )
    folder.expect(
        "responses/replies.yml",
        "- text:",
        "utter_advice_not_sent has reading grade 1",
        "use shorter words",
    )


def test_short_text_is_not_graded(folder: ContentFolder) -> None:
    folder.replace(
        "facts/how_fast.yml", "claim: Ketamine works at once.", f"claim: {HARD}"
    )
    folder.replace("facts/how_fast.yml", " preceding administration.", "")
    assert folder.report().problems == []


def test_names_of_medicines_links_and_organisations_weigh_nothing(
    folder: ContentFolder,
) -> None:
    names = "esketamine, Spravato, https://universities.example/pharmacology, ${email}"
    folder.replace(
        "responses/replies.yml",
        "I could not pass",
        f"Ask the Food and Drug Administration of {names}. I could not pass",
    )
    assert folder.report().problems == []
