"""How far plans take up those above them."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.deps import SettingsDep, StoreDep
from api.errors import problems
from api.routes.analyses import Scope
from api.schemas_graph import NodeShape, Shape
from kg.analysis.project import project
from kg.analysis.rates import Drift, Rate, uptake_rates
from kg.analysis.scope import in_scope
from kg.explore import nodes_of

router = APIRouter(prefix="/api", tags=["analyses"], responses=problems(404, 503, 504))


class RateShape(Shape):
    """How much of a plan or of one of its groups is taken up, in an area where one is told."""

    upper: str
    area: str | None = None
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
    store: StoreDep,
    settings: SettingsDep,
    scope: Scope = None,
    limit: Annotated[int, Query(ge=1)] = 200,
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
