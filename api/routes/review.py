"""Review over HTTP: the sheet of statements out, the decisions back in, all of them or none."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, File, Query, Request, UploadFile
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

from api.audited import noted
from api.deps import WorkspaceDep
from api.errors import problems
from api.sheets import SHEETS, SheetFormat, attached
from kg.model import Verdict

router = APIRouter(prefix="/api/review", tags=["documents"])


class ReviewShape(BaseModel):
    """What an import did: decisions of the sheet by verdict, those taken back, documents made anew."""

    accept: int
    reject: int
    correct: int
    withdrawn: int
    documents: list[str]


@router.get(
    "",
    response_class=StreamingResponse,
    responses={**SHEETS, **problems(404, 409, 503)},
)
def sheet(
    workspace: WorkspaceDep,
    document: Annotated[
        str | None, Query(max_length=100, description="key of one document, all of them without")
    ] = None,
    format_: Annotated[SheetFormat, Query(alias="format")] = SheetFormat.XLSX,
    below: Annotated[
        float | None, Query(ge=0, le=1, description="only what the rules were less sure of")
    ] = None,
) -> StreamingResponse:
    """Return every statement of a document, one a row, with columns for the decisions.

    Documents whose text is not kept here are left out and named in ``Qkg-Not-Kept``.
    """
    done, blocks = workspace.review_sheet(f".{format_}", document=document, below=below)
    not_kept = {"Qkg-Not-Kept": ", ".join(done.unkept)} if done.unkept else {}
    return attached(blocks, "review", format_, not_kept)


@router.post(
    "",
    responses=problems(401, 403, 406, 409, 413, 503),
)
def decide(
    request: Request,
    workspace: WorkspaceDep,
    file: Annotated[UploadFile, File(description="the sheet, .xlsx or .csv, filled in")],
) -> ReviewShape:
    """Take the decisions of a sheet in, all of them or none; a problem names sheet and cell."""
    today = datetime.now(UTC).date()
    done = workspace.take_review(file.filename or "", file.file.read(), today=today)
    noted(request, documents=list(done.documents), **done.verdicts, withdrawn=done.withdrawn)
    return ReviewShape(
        accept=done.verdicts.get(Verdict.ACCEPT, 0),
        reject=done.verdicts.get(Verdict.REJECT, 0),
        correct=done.verdicts.get(Verdict.CORRECT, 0),
        withdrawn=done.withdrawn,
        documents=list(done.documents),
    )
