"""Uploads, and the jobs that build them."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Form, Request, Response, UploadFile
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

from api.audited import noted, write_of
from api.clients import caller_of
from api.deps import SeesAllDep
from api.errors import problems
from api.formats import contents, ranked
from api.jobs import Job, Jobs
from api.schemas_graph import LabelShape
from kg.access import Audit, Write
from kg.errors import WriteRefusedError
from kg.model import Level, Metadata
from kg.pipeline import Options

router = APIRouter(prefix="/api", tags=["documents"])

_EVENTS = "text/event-stream"
_JSON = "application/json"
_TICK_S = 0.2
_STREAMED: dict[int | str, dict[str, Any]] = {200: {"content": contents([_EVENTS])}}


class FileShape(BaseModel):
    """What became of one file: new, replaced, unchanged or failed, with the reason."""

    file_name: str
    status: str
    key: str | None = None
    reason: LabelShape | None = None


class JobShape(BaseModel):
    """A job: waiting, running, done, partial, failed or cancelled."""

    id: str
    status: str
    total: int
    done: int
    files: list[FileShape]

    @classmethod
    def of(cls, job: Job) -> "JobShape":
        """Return the shape of *job*."""
        files = [
            FileShape(
                file_name=one.file_name,
                status=one.status,
                key=one.key,
                reason=LabelShape.of(one.reason) if one.reason else None,
            )
            for one in job.outcomes
        ]
        status = job.status.value
        return cls(id=job.id, status=status, total=job.total, done=len(files), files=files)


def get_jobs(request: Request) -> Jobs:
    """Return the jobs of this application."""
    jobs: Jobs = request.app.state.jobs
    return jobs


JobsDep = Annotated[Jobs, Depends(get_jobs)]


@router.post(
    "/documents",
    status_code=202,
    responses=problems(400, 401, 403, 413, 503),
)
def upload(
    *,
    request: Request,
    response: Response,
    jobs: JobsDep,
    files: Annotated[list[UploadFile], File(description="one or more documents")],
    level: Annotated[Level | None, Form()] = None,
    area: Annotated[str | None, Form(max_length=200)] = None,
    issuer: Annotated[str | None, Form(max_length=200)] = None,
    implements: Annotated[
        list[str] | None, Form(description="titles of the documents that they carry out")
    ] = None,
    internal: Annotated[
        bool, Form(description="for those alone who may read internal documents")
    ] = False,
) -> JobShape:
    """Take documents in; the job that reads them is at the address in ``Location``."""
    if internal and not caller_of(request.scope).internal:
        raise WriteRefusedError(
            en="who adds an internal document must be able to read it; use another token",
            zh="加入内部文件者须可查阅内部文件；请使用相应的令牌",
        )
    overrides = Metadata(
        title="", level=level, area=area, issuer=issuer, implements=tuple(implements or ())
    )
    by = write_of(request.scope, "build", outcome="", what={})
    job = jobs.submit(
        [(file.filename or "", file.file.read()) for file in files],
        options=Options(None if overrides == Metadata(title="") else overrides, internal=internal),
        ended=partial(_note_end, request.app.state.audit, by),
    )
    noted(request, job=job.id, files=job.total, internal=internal)
    response.headers["Location"] = f"/api/jobs/{job.id}"
    return JobShape.of(job)


@router.get(
    "/jobs/{identifier}",
    response_model=JobShape,
    responses=_STREAMED | problems(404),
)
async def job(request: Request, jobs: JobsDep, everything: SeesAllDep, identifier: str) -> Response:
    """Return a job as it stands; with ``Accept: text/event-stream`` every change until it ends."""
    found = jobs.find(identifier, everything=everything)
    if ranked(request.headers.get("accept"), [_JSON, _EVENTS])[0] == _EVENTS:
        return StreamingResponse(
            _changes(jobs, identifier, everything=everything), media_type=_EVENTS
        )
    return Response(JobShape.of(found).model_dump_json(exclude_none=True), media_type=_JSON)


@router.delete(
    "/jobs/{identifier}",
    status_code=202,
    responses=problems(401, 403, 404),
)
def cancel(jobs: JobsDep, everything: SeesAllDep, identifier: str) -> JobShape:
    """Stop a job after the file that it is at; what was stored stays."""
    return JobShape.of(jobs.cancel(identifier, everything=everything))


def _note_end(audit: Audit, by: Write, job: Job) -> None:
    """Note what became of an upload, by whom it was sent."""
    keys: dict[str, list[str | None]] = {}
    for one in job.outcomes:
        keys.setdefault(one.status, []).append(one.key)
    audit.note(replace(by, outcome=job.status.value, what={"job": job.id, **keys}))


async def _changes(jobs: Jobs, identifier: str, *, everything: bool) -> AsyncIterator[str]:
    told: Job | None = None
    while told is None or not told.status.ended:
        now = jobs.find(identifier, everything=everything)
        if now != told:
            told = now
            body = JobShape.of(now).model_dump(mode="json", exclude_none=True)
            yield f"data: {json.dumps(body, ensure_ascii=False)}\n\n"
        else:
            await asyncio.sleep(_TICK_S)
