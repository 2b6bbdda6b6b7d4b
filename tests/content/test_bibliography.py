"""Links of sources that cannot be opened."""

import pytest
from content_folder import ContentFolder


@pytest.mark.parametrize(
    "url",
    ["https://doi", "https:///10.1000/1", "https://doi..org/1", "https://doi.org:0x/1"],
)
def test_link_is_not_a_web_address(folder: ContentFolder, url: str) -> None:
    folder.replace("sources.yml", "https://doi.org/10.1000/1", url)
    folder.expect(
        "sources.yml",
        "url:",
        f"review: '{url}' is not a web address",
        "copy the address from the browser",
    )
