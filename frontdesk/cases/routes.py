"""The internal routes of cases."""

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Response, status

from frontdesk.cases.case_request import CaseRequest
from frontdesk.cases.case_view import CaseList, CaseView, RecordedView
from frontdesk.cases.store import CaseStore
from frontdesk.errors import KeyOfAnotherCase
from frontdesk.web.text import Sender


def case_routes(store: CaseStore) -> APIRouter:
    """Builds the routes that open and list cases."""
    router = APIRouter()

    @router.post("/internal/cases", response_model_exclude_none=True)
    def open_case(request: CaseRequest, response: Response) -> RecordedView:
        try:
            recorded = store.record(request)
        except KeyOfAnotherCase as error:
            raise HTTPException(status.HTTP_409_CONFLICT, str(error)) from error
        created = recorded.outcome == "created"
        if created:
            response.status_code = status.HTTP_201_CREATED
        return RecordedView(
            case_id=recorded.case_id,
            created=created,
            added=True if recorded.outcome == "added" else None,
        )

    @router.get("/internal/cases")
    def list_cases(sender: Annotated[Sender, Query()]) -> CaseList:
        cases = store.of_person(sender)
        return CaseList(cases=[CaseView.model_validate(case) for case in cases])

    return router
