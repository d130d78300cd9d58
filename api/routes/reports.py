"""Reports as files, and the shape of the one for programs."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response
from pydantic import AfterValidator

from api.deps import WorkspaceDep
from api.errors import problems
from api.routes.analyses import Scope
from kg.model import ReportKind
from kg.report import FORMATS, Wish, endings, format_of, html, json, render

router = APIRouter(prefix="/api/reports", tags=["reports"], responses=problems(404, 409, 501, 503))

Lang = Literal["zh", "en"]
_ENDINGS = [name.removeprefix(".") for name in endings()]


def _known(ending: str) -> str:
    if ending not in _ENDINGS:
        message = f"choose one of {', '.join(_ENDINGS)}"
        raise ValueError(message)
    return ending


# No Literal: packages may add to it.
Ending = Annotated[str, AfterValidator(_known), Query(json_schema_extra={"enum": _ENDINGS})]


@router.get(
    "",
    response_class=Response,
    responses={200: {"content": {one.media_type: {} for one in FORMATS.values()}}},
)
def report(
    *,
    space: WorkspaceDep,
    format: Ending = "html",  # noqa: A002
    lang: Lang | None = None,
    kind: Annotated[
        ReportKind, Query(description="all of it, two pages for leaders, a sheet for each body")
    ] = ReportKind.FULL,
    body: Annotated[
        str | None,
        Query(max_length=500, description="label, alias, key or IRI of the body to speak of alone"),
    ] = None,
    since: Annotated[
        str | None,
        Query(max_length=100, description="key of a run whose findings are kept, or `last`"),
    ] = None,
    scope: Scope = None,
) -> Response:
    """Return the coordination-gap report as a file."""
    made = space.report(scope=scope or None, since=since or None)
    meant = space.body(body) if body else None
    wish = Wish(kind, lang or space.settings.lang, meant)
    headers = {"Content-Disposition": f'attachment; filename="report.{format}"'}
    if format == "html":
        headers = {"Content-Security-Policy": html.policy()}
    chosen = format_of(f".{format}")
    return Response(render(made, f".{format}", wish), media_type=chosen.media_type, headers=headers)


@router.get("/schema")
def schema() -> dict[str, Any]:
    """Return the JSON Schema of the report as JSON."""
    return json.schema()
