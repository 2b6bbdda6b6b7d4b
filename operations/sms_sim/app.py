"""The page's server: on this machine only, for one person who tries things out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import Body, FastAPI, HTTPException
from fastapi.responses import FileResponse

from operations.sms_sim.phones import Phones, count

PAGE = Path(__file__).with_name("page.html")
LONGEST = 1600

FaultName = Literal["429", "500", "lost"]


def build_app(phones: Phones, desk_url: str, email: str, password: str) -> FastAPI:
    """Builds the application."""
    app = FastAPI(openapi_url=None)

    def known(number: str) -> str:
        if not phones.knows(number):
            raise HTTPException(404, "there is no such phone")
        return number

    @app.get("/")
    def page() -> FileResponse:
        return FileResponse(PAGE)

    @app.get("/phones")
    def read() -> dict[str, Any]:
        desk = {"url": desk_url, "email": email, "password": password}
        return {"phones": phones.as_json(), "desk": desk}

    @app.get("/count")
    def count_segments(text: str) -> dict[str, Any]:
        return count(text[:LONGEST])

    @app.post("/phones/{number}/texts", status_code=204)
    def send(
        number: str,
        text: Annotated[str, Body(max_length=LONGEST)],
        picture: Annotated[bool, Body()] = False,
    ) -> None:
        phones.text(known(number), text, picture)

    @app.post("/phones/{number}/fault", status_code=204)
    def arrange(number: str, fault: Annotated[FaultName, Body(embed=True)]) -> None:
        phones.arrange(known(number), fault)

    @app.post("/phones/{number}/switch", status_code=204)
    def switch(number: str, on: Annotated[bool, Body(embed=True)]) -> None:
        phones.switch(known(number), on)

    return app
