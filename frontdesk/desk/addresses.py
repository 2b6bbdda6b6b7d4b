"""Where a conversation is found."""

from urllib.parse import quote


def conversation_path(sender: str) -> str:
    """Returns the path of a conversation's page; a sender may hold any character."""
    return "/conversations/" + quote(sender, safe="")
