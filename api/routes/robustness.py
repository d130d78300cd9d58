"""How much hangs on single bodies."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.deps import SettingsDep, StoreDep
from api.errors import problems
from api.routes.analyses import Scope
from api.schemas_graph import NodeShape, Shape
from kg.analysis.project import project
from kg.analysis.robustness import Position, SinglePoint
from kg.analysis.robustness import robustness as robustness_of
from kg.analysis.scope import in_scope
from kg.explore import nodes_of

router = APIRouter(prefix="/api", tags=["analyses"], responses=problems(404, 503, 504))


class PositionShape(Shape):
    """A body: how much it carries, and its place between others; where it needs nobody, none.

    ``constraint`` near 0 and a large ``effective_size``: others meet only through it; ``brokers``:
    how often it brokers between two that are not linked, by role.
    """

    body: str
    leads: int
    duties: int
    overloaded: bool
    constraint: float | None = None
    effective_size: float | None = None
    brokers: dict[str, int]

    @classmethod
    def of(cls, one: Position) -> "PositionShape":
        """Return the shape of *one*."""
        return cls(
            body=one.body,
            leads=one.leads,
            duties=one.duties,
            overloaded=one.overloaded,
            constraint=one.constraint,
            effective_size=one.effective_size,
            brokers=dict(one.brokers),
        )


class SinglePointShape(Shape):
    """Bodies of a document on which goals or measures hang alone.

    ``how``: ``goals``, ``bridge`` (measures of others) or ``alone`` (only what they carry themselves).
    """

    document: str
    bodies: list[str]
    how: str
    goals: int
    things: list[str]

    @classmethod
    def of(cls, one: SinglePoint) -> "SinglePointShape":
        """Return the shape of *one*."""
        return cls(
            document=one.document,
            bodies=list(one.bodies),
            how=one.how,
            goals=one.goals,
            things=list(one.things),
        )


class RobustnessShape(Shape):
    """Bodies that act, most leads first, and single points; ``limit`` of each."""

    positions: list[PositionShape]
    single_points: list[SinglePointShape]
    nodes: list[NodeShape]
    truncated: bool
    limit: int


@router.get("/robustness", response_model_exclude_none=True)
def robustness(
    store: StoreDep,
    settings: SettingsDep,
    scope: Scope = None,
    limit: Annotated[int, Query(ge=1)] = 200,
) -> RobustnessShape:
    """Return the load of bodies, their place between others, and single points of failure."""
    tables = project(store)
    covered = in_scope(tables, scope) if scope else None
    found = robustness_of(tables, settings=settings, within=covered)
    most = min(limit, settings.page_limit)
    positions, points = found.positions[:most], found.single_points[:most]
    named = {one.body for one in positions}
    named.update(name for one in points for name in (one.document, *one.bodies, *one.things))
    return RobustnessShape(
        positions=[PositionShape.of(one) for one in positions],
        single_points=[SinglePointShape.of(one) for one in points],
        nodes=[NodeShape.of(node) for node in nodes_of(store, sorted(named)).values()],
        truncated=max(len(found.positions), len(found.single_points)) > most,
        limit=most,
    )
