"""The cookie that holds a session's token."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response


@dataclass(frozen=True)
class SessionCookie:
    """Written and read in one place, so that it is always as closed as it can be."""

    secure: bool

    @property
    def name(self) -> str:
        """The name; with the prefix only this host can set it, and only by https."""
        return "__Host-desk" if self.secure else "desk"

    def read(self, request: Request) -> str | None:
        """Returns the token that a request brings."""
        return request.cookies.get(self.name)

    def write(self, response: Response, token: str) -> None:
        """Gives the browser a token, until it is closed or the session ends."""
        response.set_cookie(
            self.name,
            token,
            path="/",
            secure=self.secure,
            httponly=True,
            samesite="strict",
        )

    def remove(self, response: Response) -> None:
        """Takes the token away."""
        response.delete_cookie(
            self.name, path="/", secure=self.secure, httponly=True, samesite="strict"
        )
