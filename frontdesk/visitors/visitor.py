"""Who asks: the conversation that a visitor's token names."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Header, HTTPException, status

from frontdesk.visitors.tokens import VisitorTokens

_SCHEME = "bearer "


def token_in(authorization: str | None) -> str:
    """Returns the token of an Authorization header, or an empty text."""
    if authorization is None or authorization[: len(_SCHEME)].lower() != _SCHEME:
        return ""
    return authorization[len(_SCHEME) :]


def visitor_of(tokens: VisitorTokens) -> Callable[[str | None], str]:
    """Builds the dependency that lets in only those who have a token."""

    def visitor(authorization: Annotated[str | None, Header()] = None) -> str:
        sender = tokens.sender_of(token_in(authorization))
        if sender is None:
            raise HTTPException(
                status.HTTP_401_UNAUTHORIZED,
                "this chat has ended or never began -> begin one: POST /chat/sessions",
                {"WWW-Authenticate": "Bearer"},
            )
        return sender

    return visitor
