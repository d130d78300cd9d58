"""The pages of documents: the list, and one with its words and all that was found in them."""

from collections import Counter
from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse

from api.deps import SettingsDep, StoreDep, WorkspaceDep
from api.errors import problems, spoken
from api.pages import page
from api.routes import documents
from api.routes.identifiers import href
from api.stretches import Stretch, stretches
from kg.analysis.counts import facts_by_document, issues_by_document
from kg.analysis.project import project
from kg.errors import UnknownDocumentError
from kg.explore.terms import local_name
from kg.model import Level
from kg.vocab import NS
from viz.style import LEVELS, TYPES

router = APIRouter(tags=["documents"], responses=problems(503))

MOST = 20_000
"""Code points of a text on one page."""
_LISTED = 100
_FOUND = tuple(name for name in TYPES if name not in {"document", "indicator", "area", "measure"})


@router.get("/documents", response_class=HTMLResponse)
def listed(
    request: Request,
    store: StoreDep,
    workspace: WorkspaceDep,
    settings: SettingsDep,
    cursor: Annotated[str, Query(max_length=100, description="`next` of the page before")] = "",
) -> HTMLResponse:
    """Return a page of the documents: how much was read, found, doubtful; and where to add some."""
    shown = documents.documents(workspace, settings, cursor, _LISTED)
    return page(
        "documents.html",
        lang=spoken(request),
        shown=shown,
        facts=facts_by_document(project(store)),
        issues=issues_by_document(store),
        types=TYPES,
        levels={level.value: LEVELS[level.value] for level in Level},
        cursor=cursor,
        url=request.url.path,
    )


@router.get("/documents/{key}", response_class=HTMLResponse, responses=problems(404))
def read(
    *,
    request: Request,
    store: StoreDep,
    workspace: WorkspaceDep,
    settings: SettingsDep,
    key: str,
    start: Annotated[int, Query(ge=0, le=100_000_000)] = 0,
) -> HTMLResponse:
    """Return a document as a page: its words, marked with what was found, and what is doubtful."""
    told = documents.document(workspace, settings, key, settings.page_limit)
    text = _text(store, workspace, key, start)
    facts = [one for one in text.highlights if _type(one) in _FOUND] if text else []
    doubts = [one for one in told.issues if one.start is not None]
    return page(
        "document.html",
        lang=spoken(request),
        told=told,
        text=text,
        facts=facts,
        doubts=doubts,
        unplaced=[one for one in told.issues if one.start is None],
        stretches=_stretches(text, facts, doubts) if text else [],
        counts=Counter(_type(one) for one in facts),
        type_of=_type,
        types={name: TYPES[name] for name in _FOUND},
        levels=LEVELS,
        href=href,
        most=MOST,
    )


@router.get("/static/types.css", include_in_schema=False)
def colours() -> Response:
    """Return the colours of the types of things as a style, since pages may hold none themselves."""
    light = "\n".join(f".of-{name} {{ --colour: {one.light}; }}" for name, one in TYPES.items())
    dark = "\n".join(f".of-{name} {{ --colour: {one.dark}; }}" for name, one in TYPES.items())
    style = f"{light}\n@media (prefers-color-scheme: dark) {{\n{dark}\n}}\n"
    return Response(style, media_type="text/css", headers={"Cache-Control": "no-cache"})


def _type(one: documents.HighlightShape) -> str:
    return local_name(NS + one.type)


def _stretches(
    text: documents.TextShape,
    facts: Sequence[documents.HighlightShape],
    doubts: Sequence[documents.IssueShape],
) -> list[Stretch]:
    return stretches(
        text.text,
        start=text.start,
        facts=[(one.start, one.end) for one in facts],
        doubts=[(one.start or 0, one.end or 0) for one in doubts],
    )


def _text(
    store: StoreDep, workspace: WorkspaceDep, key: str, start: int
) -> documents.TextShape | None:
    """Return the words from *start*; ``None`` where they are not kept here."""
    try:
        return documents.text(store, workspace, key, start, MOST)
    except UnknownDocumentError:
        return None
