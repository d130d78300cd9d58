"""The supervision loop of each plan."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.deps import SettingsDep, StoreDep
from api.errors import problems
from api.routes.analyses import Scope
from api.schemas_graph import LabelShape, NodeShape, Shape
from kg.analysis.project import project
from kg.analysis.scope import in_scope
from kg.analysis.stages import stage_types
from kg.analysis.supervision import Loop, Stage
from kg.analysis.supervision import supervision as supervision_of
from kg.explore import nodes_of

router = APIRouter(prefix="/api", tags=["analyses"], responses=problems(404, 503, 504))


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
    store: StoreDep,
    settings: SettingsDep,
    scope: Scope = None,
    limit: Annotated[int, Query(ge=1)] = 50,
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
