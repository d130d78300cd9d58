"""Gaps and coordination: what the analysis says, as JSON."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from api.deps import SettingsDep, StoreDep, WorkspaceDep
from api.errors import problems
from api.graph import FindingsDep
from api.routes.explore import Words, split
from api.schemas_finding import FindingShape, FindingsShape
from api.schemas_graph import LabelShape, NodeShape
from kg.analysis.coordination import coordination as coordination_of
from kg.analysis.gaps import catalogue, findings
from kg.analysis.inferred import inferred
from kg.analysis.project import project
from kg.analysis.saved import GROUPS, saved_queries
from kg.analysis.scope import in_scope
from kg.explore import nodes_of
from kg.model import Mark, Severity
from kg.review import finding_called, mark_of
from kg.review import marks as marks_on

router = APIRouter(prefix="/api", tags=["analyses"], responses=problems(404, 503, 504))

Marked = Annotated[
    list[Mark],
    BeforeValidator(split),
    Query(description="only findings with one of these marks; ``open``: without any"),
]
Scope = Annotated[
    str | None,
    Query(description="key or IRI of a document, body or element; name of an area; level"),
]


class GapTypeShape(BaseModel):
    """A rule of the gap catalogue."""

    id: str
    name: LabelShape
    definition: LabelShape
    remedy: LabelShape


class SavedQueryShape(BaseModel):
    """A saved query: what it answers, its text, and the competency question that it stands for.

    ``group`` tells what it is about; queries of one group are listed together.
    """

    name: str
    group: LabelShape
    answers: LabelShape
    text: str
    question: int | None = None


class NeedShape(BaseModel):
    """Two bodies that need each other: how much, and whether a channel is arranged.

    ``inferred``: how much of the weight comes from dependencies that no text states.
    """

    bodies: tuple[str, str]
    weight: float
    inferred: float
    shared: int
    arranged: bool


class CoordinationShape(BaseModel):
    """Who needs whom; bodies by IRI.

    ``congruence``: share of the needs that texts state for which there is a channel;
    ``congruence_inferred``: that of all needs.
    """

    bodies: list[NodeShape]
    required: list[NeedShape]
    arranged: list[tuple[str, str]]
    missing: list[NeedShape]
    congruence: float
    congruence_weighted: float
    congruence_inferred: float
    truncated: bool
    limit: int


@router.get("/gaps", response_model_exclude_none=True)
def gaps(
    store: StoreDep,
    settings: SettingsDep,
    type: Words = [],  # noqa: A002, B006
    severity: Severity | None = None,
    scope: Scope = None,
    marks: Marked = [],  # noqa: B006
    cursor: str | None = None,
    limit: Annotated[int | None, Query(ge=1)] = None,
) -> FindingsShape:
    """Return findings, most severe first; *severity* is the least that is wanted.

    Those that somebody marked as seen or as no gap are among them unless *marks* says otherwise.
    """
    marked = marks_on(store)
    found = findings(
        store, settings=settings, types=split(type) or None, severity=severity, scope=scope or None
    )
    if marks:
        found = [one for one in found if mark_of(one.id, marked) in marks]
    most = min(limit or settings.page_limit, settings.page_limit)
    start = 0
    if cursor is not None:
        ids = [finding.id for finding in found]
        start = ids.index(cursor) + 1 if cursor in ids else len(ids)
    page = found[start : start + most]
    more = start + most < len(found)
    return FindingsShape(
        items=[FindingShape.of(finding, marked) for finding in page],
        total=len(found),
        truncated=more,
        limit=most,
        next=page[-1].id if more else None,
    )


@router.get("/gaps/{identifier:path}", response_model_exclude_none=True)
def gap(store: StoreDep, found: FindingsDep, identifier: str) -> FindingShape:
    """Return one finding by its IRI or the last part of it (G01.0a1b2c3d4e)."""
    return FindingShape.of(finding_called(found.of(store), identifier), marks_on(store))


class MarkRequest(BaseModel):
    """What is said of a finding; ``open`` takes back what was said."""

    model_config = ConfigDict(extra="forbid")

    mark: Mark
    note: Annotated[str, Field(max_length=2000)] = ""


@router.post(
    "/gaps/{identifier:path}",
    response_model_exclude_none=True,
    responses=problems(401, 403),
)
def mark(
    store: StoreDep, workspace: WorkspaceDep, identifier: str, said: MarkRequest
) -> FindingShape:
    """Mark a finding as seen or as no gap, or take the mark back; the finding itself stays."""
    today = datetime.now(UTC).date()
    done = workspace.mark_gap(identifier, said.mark, note=said.note, today=today)
    return FindingShape.of(done, marks_on(store))


@router.get("/gap-types")
def gap_types() -> list[GapTypeShape]:
    """Return the catalogue of gap types."""
    return [
        GapTypeShape(
            id=kind.id,
            name=LabelShape.of(kind.name),
            definition=LabelShape.of(kind.definition),
            remedy=LabelShape.of(kind.remedy),
        )
        for kind in catalogue().values()
    ]


@router.get("/queries")
def queries() -> list[SavedQueryShape]:
    """Return the saved queries, by name."""
    return [
        SavedQueryShape(
            name=one.name,
            group=LabelShape.of(GROUPS[one.group]),
            answers=LabelShape.of(one.answers),
            text=one.text,
            question=one.question,
        )
        for one in saved_queries()
    ]


@router.get("/coordination", response_model_exclude_none=True)
def coordination(
    store: StoreDep, settings: SettingsDep, scope: Scope = None, limit: int = 200
) -> CoordinationShape:
    """Return who must coordinate with whom, heaviest need first, and what is arranged."""
    tables = project(store)
    covered = in_scope(tables, scope) if scope else None
    guessed = inferred(tables, most=settings.inferred_most)
    found = coordination_of(tables, measures=covered, inferred=guessed)
    most = max(1, min(limit, settings.page_limit))
    required = [
        NeedShape(
            bodies=need.bodies,
            weight=need.weight,
            inferred=need.inferred,
            shared=need.shared,
            arranged=need.arranged,
        )
        for need in found.required
    ]
    shown = required[:most]
    named = sorted({body for need in shown for body in need.bodies})
    return CoordinationShape(
        bodies=[NodeShape.of(node) for node in nodes_of(store, named).values()],
        required=shown,
        arranged=[pair for pair in found.arranged if set(pair) <= set(named)],
        missing=[need for need in shown if not need.arranged],
        congruence=found.congruence.plain,
        congruence_weighted=found.congruence.weighted,
        congruence_inferred=found.congruence_inferred.plain,
        truncated=len(required) > most,
        limit=most,
    )
