"""What must come before what, and the times that deadlines leave."""

from fastapi import APIRouter

from api.deps import SettingsDep, StoreDep
from api.errors import problems
from api.routes.analyses import Scope
from api.schemas_graph import LabelShape, NodeShape, Shape
from kg.analysis.dependencies import Dependencies
from kg.analysis.dependencies import dependencies as dependencies_of
from kg.analysis.inferred import Inferred, grounds
from kg.analysis.project import project
from kg.analysis.scope import in_scope
from kg.analysis.timing import TimeConflict, Window
from kg.explore import nodes_of

router = APIRouter(prefix="/api", tags=["analyses"], responses=problems(404, 503, 504))


class CycleShape(Shape):
    """Measures that wait for one another, and the links whose cut sets them in order."""

    members: list[str]
    cuts: list[tuple[str, str]]


class WindowShape(Shape):
    """When a measure can and must be finished, in years (2025.5 is the middle of 2025).

    ``leeway``: slack in steps; ``due``: the year at whose end it is due; ``slack``: years to spare,
    below 0 where there is not time enough. What no date tells is left out.
    """

    measure: str
    level: int
    leeway: int
    start: float | None = None
    due: int | None = None
    finish: float | None = None
    latest: float | None = None
    slack: float | None = None

    @classmethod
    def of(cls, window: Window) -> "WindowShape":
        """Return the shape of *window*."""
        return cls.model_validate(window, from_attributes=True)


class TimeConflictShape(Shape):
    """A path that deadlines do not leave time for: ``order``, due too late; ``window``, too long."""

    kind: str
    path: list[str]
    years: float

    @classmethod
    def of(cls, conflict: TimeConflict) -> "TimeConflictShape":
        """Return the shape of *conflict*."""
        return cls(kind=conflict.kind, path=list(conflict.path), years=conflict.years)


class InferredShape(Shape):
    """A dependency that no text states: the ground, what the two share, how much it counts."""

    measures: tuple[str, str]
    kind: str
    ground: str
    ground_name: LabelShape
    things: list[str]
    confidence: float
    weight: float

    @classmethod
    def of(cls, one: Inferred) -> "InferredShape":
        """Return the shape of *one*."""
        return cls(
            measures=one.measures,
            kind=one.kind,
            ground=one.ground,
            ground_name=LabelShape.of(grounds()[one.ground].name),
            things=list(one.things),
            confidence=one.confidence,
            weight=one.weight,
        )


class DependenciesShape(Shape):
    """What must come before what: levels of blocks, longest chain, cycles, times; measures by IRI.

    ``inferred`` is told apart, heaviest first; it sets no order.
    """

    measures: list[NodeShape]
    levels: list[list[list[str]]]
    critical_path: list[list[str]]
    cycles: list[CycleShape]
    propagation_cost: float
    windows: list[WindowShape]
    conflicts: list[TimeConflictShape]
    inferred: list[InferredShape]
    truncated: bool
    limit: int


@router.get("/dependencies", response_model_exclude_none=True)
def dependencies(store: StoreDep, settings: SettingsDep, scope: Scope = None) -> DependenciesShape:
    """Return the order of the measures that need one another, and what is inferred beside it."""
    tables = project(store)
    found = dependencies_of(
        tables,
        most=settings.inferred_most,
        least=settings.least_years,
        measures=in_scope(tables, scope) if scope else None,
    )
    shown = found.inferred[: settings.page_limit]
    named = {window.measure for window in found.windows}.union(*(one.measures for one in shown))
    nodes = [NodeShape.of(node) for node in nodes_of(store, sorted(named)).values()]
    return _shape(found, nodes, shown, limit=settings.page_limit)


def _shape(
    found: Dependencies, nodes: list[NodeShape], shown: tuple[Inferred, ...], *, limit: int
) -> DependenciesShape:
    order = found.order
    return DependenciesShape(
        measures=nodes,
        levels=[[list(block) for block in level] for level in order.levels],
        critical_path=[list(block) for block in order.longest],
        cycles=[CycleShape(members=list(c.members), cuts=list(c.cuts)) for c in order.cycles],
        propagation_cost=order.propagation_cost,
        windows=[WindowShape.of(window) for window in found.windows],
        conflicts=[TimeConflictShape.of(conflict) for conflict in found.conflicts],
        inferred=[InferredShape.of(one) for one in shown],
        truncated=len(found.inferred) > limit,
        limit=limit,
    )
