"""The documents: list, text with what was found in it, removal."""

from collections import Counter
from collections.abc import Collection
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel

from api.audited import noted
from api.deps import SettingsDep, StoreDep, WorkspaceDep
from api.errors import problems
from api.schemas_graph import LabelShape
from kg.analysis.issues import FoundIssue
from kg.errors import UnknownDocumentError
from kg.explore.documents import DocumentEntry
from kg.ids import iri
from kg.store.port import Store
from kg.vocab import Property
from kg.workspace import Workspace

router = APIRouter(prefix="/api/documents", tags=["documents"])

_MOST_CHARS = 200_000


class DocumentShape(BaseModel):
    """A document of the store; coverage is the share of clauses, of brackets, understood."""

    id: str
    key: str
    title: str
    file_name: str
    level: str | None = None
    area: str | None = None
    clause_coverage: float | None = None
    bracket_coverage: float | None = None
    states_bodies: bool
    internal: bool

    @classmethod
    def of(cls, entry: DocumentEntry, internal: Collection[str]) -> "DocumentShape":
        """Return the shape of *entry*, which is one of the *internal* documents or is not."""
        return cls(
            id=iri("document", entry.key),
            key=entry.key,
            title=entry.title,
            file_name=entry.file_name,
            level=entry.level,
            area=entry.area,
            clause_coverage=entry.clause_coverage,
            bracket_coverage=entry.bracket_coverage,
            states_bodies=entry.states_bodies,
            internal=entry.key in internal,
        )


class RestrictionShape(BaseModel):
    """Whether a document is internal."""

    internal: bool


class DocumentsShape(BaseModel):
    """One page of documents, by key; ``next`` is the cursor of the page after it."""

    items: list[DocumentShape]
    truncated: bool
    limit: int
    next: str | None = None


class IssueShape(BaseModel):
    """What could not be read or is doubtful; without a place it is about the whole document."""

    code: str
    reason: LabelShape
    quote: str | None = None
    start: int | None = None
    end: int | None = None
    raw_start: int | None = None
    raw_end: int | None = None

    @classmethod
    def of(cls, found: FoundIssue) -> "IssueShape":
        """Return the shape of *found*."""
        told = cls(code=found.code, reason=LabelShape.of(found.reason))
        place = found.evidence
        if place is None:
            return told
        return told.model_copy(
            update={
                "quote": place.quote,
                "start": place.start,
                "end": place.end,
                "raw_start": place.raw_start,
                "raw_end": place.raw_end,
            }
        )


class DocumentDetailShape(DocumentShape):
    """One document with its issues, in the order of the text, and how many there are of a kind."""

    issue_counts: dict[str, int]
    issues: list[IssueShape]
    truncated: bool
    limit: int


class HighlightShape(BaseModel):
    """A stretch of the text, in code points, and the thing that it names."""

    start: int
    end: int
    node: str
    type: str


class TextShape(BaseModel):
    """A stretch of a clean text and the highlights that touch it."""

    document: str
    text_sha256: str
    text: str
    start: int
    end: int
    length: int
    truncated: bool
    limit: int
    highlights: list[HighlightShape]


@router.get("", responses=problems(503))
def documents(
    workspace: WorkspaceDep,
    settings: SettingsDep,
    cursor: Annotated[str, Query(max_length=100, description="`next` of the page before")] = "",
    limit: Annotated[int, Query(ge=1, le=10_000)] = 200,
) -> DocumentsShape:
    """Return the documents in the store, by key."""
    most = min(limit, settings.page_limit)
    every = {entry.key: entry for entry in workspace.documents() if entry.key > cursor}
    keys, internal = sorted(every), workspace.internal()
    page = keys[:most]
    return DocumentsShape(
        items=[DocumentShape.of(every[key], internal) for key in page],
        truncated=len(keys) > most,
        limit=most,
        next=page[-1] if len(keys) > most else None,
    )


@router.get("/{key}", responses=problems(404, 503))
def document(
    workspace: WorkspaceDep,
    settings: SettingsDep,
    key: str,
    limit: Annotated[int, Query(ge=1, le=10_000, description="most issues")] = 200,
) -> DocumentDetailShape:
    """Return one document: how much of it was read, and what could not be read or is doubtful."""
    entry = _entry(workspace, key)
    found = workspace.issues(key)
    most = min(limit, settings.page_limit)
    return DocumentDetailShape(
        **DocumentShape.of(entry, workspace.internal()).model_dump(),
        issue_counts=dict(sorted(Counter(one.code for one in found).items())),
        issues=[IssueShape.of(one) for one in found[:most]],
        truncated=len(found) > most,
        limit=most,
    )


@router.get("/{key}/text", responses=problems(404, 503))
def text(
    store: StoreDep,
    workspace: WorkspaceDep,
    key: str,
    start: Annotated[int, Query(ge=0, le=100_000_000)] = 0,
    limit: Annotated[int, Query(ge=1, le=_MOST_CHARS)] = _MOST_CHARS,
) -> TextShape:
    """Return the clean text of a document from *start*, with what was found in it."""
    digest = _digest(store, key)
    whole = workspace.home.text_of(digest)
    if whole is None:
        raise UnknownDocumentError(key=key)
    end = min(start + limit, len(whole))
    return TextShape(
        document=iri("document", key),
        text_sha256=digest,
        text=whole[start:end],
        start=min(start, len(whole)),
        end=end,
        length=len(whole),
        truncated=end < len(whole),
        limit=limit,
        highlights=_highlights(store, key, start=start, end=end),
    )


@router.delete(
    "/{key}",
    status_code=204,
    response_class=Response,
    responses=problems(401, 403, 404, 503),
)
def remove(workspace: WorkspaceDep, key: str) -> Response:
    """Remove a document and all that it states."""
    workspace.remove(key)
    return Response(status_code=204)


@router.patch("/{key}", responses=problems(401, 403, 404, 503))
def restrict(
    request: Request, workspace: WorkspaceDep, key: str, wanted: RestrictionShape
) -> DocumentShape:
    """Keep a document from whoever may not read internal ones, in every route, or show it again."""
    entry = _entry(workspace, key)
    noted(request, internal=wanted.internal)
    workspace.restrict(key, internal=wanted.internal)
    return DocumentShape.of(entry, workspace.internal())


def _entry(workspace: Workspace, key: str) -> DocumentEntry:
    for entry in workspace.documents():
        if entry.key == key:
            return entry
    raise UnknownDocumentError(key=key)


def _digest(store: Store, key: str) -> str:
    if not key.isalnum():
        raise UnknownDocumentError(key=key)
    found = store.select(
        f"SELECT ?digest {{ ?text <{Property.TEXT_OF}> <{iri('document', key)}> ; "
        f"<{Property.TEXT_SHA256}> ?digest }} LIMIT 1"
    )
    if not found.rows:
        raise UnknownDocumentError(key=key)
    return str(found.rows[0][0])


def _highlights(store: Store, key: str, *, start: int, end: int) -> list[HighlightShape]:
    found = store.select(
        f"SELECT DISTINCT ?start ?end ?node ?type {{ "
        f"?text <{Property.TEXT_OF}> <{iri('document', key)}> . "
        f"?mention <{Property.MENTION_IN}> ?text ; <{Property.START}> ?start ; "
        f"<{Property.END}> ?end . "
        f"?node <{Property.EVIDENCED_BY}> ?mention ; a ?type "
        f"FILTER(?start < {end} && ?end > {start}) }} ORDER BY ?start ?end ?node ?type"
    )
    return [
        HighlightShape.model_validate({**row, "type": str(row["type"]).rpartition("#")[2]})
        for row in found.dicts()
    ]
