"""Sources and topics that do not exist, and sources that nobody cites."""

from content_folder import ContentFolder


def test_cited_source_does_not_exist(folder: ContentFolder) -> None:
    folder.replace("facts/how_fast.yml", "[review]", "[review, smith_2020]")
    folder.expect(
        "facts/how_fast.yml",
        "sources:",
        "the source 'smith_2020' does not exist",
        "add it to data/sources.yml, or correct its spelling",
    )


def test_source_is_cited_by_no_fact(folder: ContentFolder) -> None:
    folder.replace("facts/driving_after.yml", "sources: [label]", "sources: [review]")
    folder.expect(
        "sources.yml",
        "title: Ketamine injection",
        "no fact cites the source 'label'",
        "cite it in a fact, or remove it",
    )


def test_related_topic_does_not_exist(folder: ContentFolder) -> None:
    folder.replace("facts/how_fast.yml", "[driving_after,", "[parking,")
    folder.expect(
        "facts/how_fast.yml",
        "related:",
        "the related topic 'parking' does not exist",
        "name another topic of data/facts",
    )


def test_fact_is_related_to_itself(folder: ContentFolder) -> None:
    folder.replace("facts/how_fast.yml", "[driving_after,", "[how_fast,")
    folder.expect(
        "facts/how_fast.yml",
        "related:",
        "'how_fast' is related to itself",
        "name another topic of data/facts",
    )
