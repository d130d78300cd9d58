"""The supervision loop of each plan, and how far plans take up those above them."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.deps import SettingsDep, StoreDep
from api.errors import problems
from api.routes.analyses import Scope
from api.schemas_graph import LabelShape, NodeShape, Shape
from kg.analysis.project import project
from kg.analysis.rates import Drift, Rate, uptake_rates
from kg.analysis.scope import in_scope
from kg.analysis.stages import stage_types
from kg.analysis.supervision import Loop, Stage
from kg.analysis.supervision import supervision as supervision_of
from kg.explore import nodes_of

router = APIRouter(prefix="/api", tags=["analyses"], responses=problems(404, 503, 504))

Limit = Annotated[int, Query(ge=1)]


class StageShape(Shape):
    """A stage of a loop; things by IRI.

    ``by``: the measures, bodies and channels that stand for it; ``goals``, ``measures``: how many it
    covers; ``uncovered``: the highest elements that it does not, where anything stands for it.
    """

    id: str
    name: LabelShape
    by: list[str]
    goals: int
    measures: int
    uncovered: list[str]

    @classmethod
    def of(cls, stage: Stage, most: int) -> "StageShape":
        """Return the shape of *stage*, with *most* things in each list."""
        return cls(
            id=stage.id,
            name=LabelShape.of(stage_types()[stage.id].name),
            by=list(stage.by[:most]),
            goals=stage.goals,
            measures=stage.measures,
            uncovered=list(stage.uncovered[:most]),
        )


class LoopShape(Shape):
    """The loop of a plan with so many goals and measures; ``missing``: stages it has nothing for."""

    document: str
    goals: int
    measures: int
    stages: list[StageShape]
    missing: list[str]
    closed: bool

    @classmethod
    def of(cls, loop: Loop, most: int) -> "LoopShape":
        """Return the shape of *loop*, with *most* things in each list."""
        return cls(
            document=loop.document,
            goals=loop.goals,
            measures=loop.measures,
            stages=[StageShape.of(stage, most) for stage in loop.stages],
            missing=list(loop.missing),
            closed=loop.is_closed,
        )


class SupervisionShape(Shape):
    """The loops, and the nodes they name; ``limit`` holds for the loops and for each list in them."""

    loops: list[LoopShape]
    nodes: list[NodeShape]
    truncated: bool
    limit: int


@router.get("/supervision", response_model_exclude_none=True)
def supervision(
    store: StoreDep, settings: SettingsDep, scope: Scope = None, limit: Limit = 50
) -> SupervisionShape:
    """Return of each plan what supervises it, what that covers, and where the loop is open."""
    tables = project(store)
    loops = supervision_of(tables, within=in_scope(tables, scope) if scope else None).loops
    most = min(limit, settings.page_limit)
    shown = [LoopShape.of(loop, most) for loop in loops[:most]]
    named = {loop.document for loop in shown}
    for loop in shown:
        for stage in loop.stages:
            named.update(stage.by, stage.uncovered)
    lists = [
        kept for loop in loops for stage in loop.stages for kept in (stage.by, stage.uncovered)
    ]
    return SupervisionShape(
        loops=shown,
        nodes=[NodeShape.of(node) for node in nodes_of(store, sorted(named)).values()],
        truncated=len(loops) > most or any(len(kept) > most for kept in lists),
        limit=most,
    )


class RateShape(Shape):
    """How much of a plan or of one of its groups is taken up, in an area where one is told."""

    upper: str
    area: str | None
    asked: int
    taken: int
    share: float

    @classmethod
    def of(cls, rate: Rate) -> "RateShape":
        """Return the shape of *rate*."""
        return cls.model_validate(rate, from_attributes=True)


class DriftShape(Shape):
    """A target, the one of the plan above, and how it is off it: weaker, stronger, later."""

    lower: str
    upper: str
    how: list[str]

    @classmethod
    def of(cls, drift: Drift) -> "DriftShape":
        """Return the shape of *drift*."""
        return cls(lower=drift.lower, upper=drift.upper, how=list(drift.how))


class UptakeShape(Shape):
    """Rates by area and by group, lowest first, and targets that drift; ``limit`` of each."""

    areas: list[RateShape]
    groups: list[RateShape]
    drifts: list[DriftShape]
    nodes: list[NodeShape]
    truncated: bool
    limit: int


@router.get("/uptake", response_model_exclude_none=True)
def uptake(
    store: StoreDep, settings: SettingsDep, scope: Scope = None, limit: Limit = 200
) -> UptakeShape:
    """Return how far plans take up those above them, by area and by group, and the drift."""
    tables = project(store)
    covered = in_scope(tables, scope) if scope else None
    found = uptake_rates(tables, settings=settings, within=covered)
    most = min(limit, settings.page_limit)
    areas, groups, drifts = found.areas[:most], found.groups[:most], found.drifts[:most]
    named = {rate.upper for rate in (*areas, *groups)}
    named.update(name for drift in drifts for name in (drift.lower, drift.upper))
    return UptakeShape(
        areas=[RateShape.of(rate) for rate in areas],
        groups=[RateShape.of(rate) for rate in groups],
        drifts=[DriftShape.of(drift) for drift in drifts],
        nodes=[NodeShape.of(node) for node in nodes_of(store, sorted(named)).values()],
        truncated=max(map(len, (found.areas, found.groups, found.drifts))) > most,
        limit=most,
    )
