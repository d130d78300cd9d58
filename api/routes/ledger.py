"""The ledger over HTTP: duties out as a sheet, their status in, all of it or none."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, File, Query, Request, UploadFile
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

from api.audited import noted
from api.deps import WorkspaceDep
from api.errors import problems
from api.routes.analyses import Scope
from api.sheets import SHEETS, SheetFormat, attached

router = APIRouter(prefix="/api/ledger", tags=["documents"])


class TakenShape(BaseModel):
    """What an import did; ``vanished``: measures with a status that are no longer in the graph."""

    changed: int
    withdrawn: int
    unchanged: int
    vanished: list[str]


@router.get("", response_class=StreamingResponse, responses={**SHEETS, **problems(404, 503)})
def sheet(
    workspace: WorkspaceDep,
    scope: Scope = None,
    format_: Annotated[SheetFormat, Query(alias="format")] = SheetFormat.XLSX,
) -> StreamingResponse:
    """Return the duties, a row a measure that has bodies, with columns for their status."""
    _, blocks = workspace.ledger(f".{format_}", scope=scope or None)
    return attached(blocks, "ledger", format_)


@router.post("", responses=problems(401, 403, 406, 413, 503))
def take(
    request: Request,
    workspace: WorkspaceDep,
    file: Annotated[UploadFile, File(description="the ledger, .xlsx or .csv, filled in")],
) -> TakenShape:
    """Take the statuses of a ledger in, all of them or none; a problem names sheet and cell."""
    done = workspace.take_ledger(file.filename or "", file.file.read(), now=datetime.now(UTC))
    noted(request, changed=done.changed, withdrawn=done.withdrawn)
    return TakenShape(
        changed=done.changed,
        withdrawn=done.withdrawn,
        unchanged=done.unchanged,
        vanished=list(done.vanished),
    )
