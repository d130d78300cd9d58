"""Coordination chains across the levels."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.deps import SettingsDep, StoreDep
from api.errors import problems
from api.routes.analyses import Scope
from api.schemas_graph import NodeShape, Shape
from kg.analysis.chains import Chain, Step
from kg.analysis.chains import chains as chains_of
from kg.analysis.project import project
from kg.analysis.scope import in_scope
from kg.explore import nodes_of

router = APIRouter(prefix="/api", tags=["analyses"], responses=problems(404, 503, 504))


class StepShape(Shape):
    """An element of a chain and how it belongs to the one above it; things by IRI.

    ``leads``: who leads it, by itself, by what stands above it or below it; none for a goal.
    """

    element: str
    relation: str | None = None
    confidence: float
    leads: list[str]

    @classmethod
    def of(cls, step: Step) -> "StepShape":
        """Return the shape of *step*."""
        return cls(
            element=step.element,
            relation=step.relation,
            confidence=step.confidence,
            leads=list(step.leads),
        )


class ChainShape(Shape):
    """Steps from the top down, where the chain is broken (levels) and headless (measures by IRI).

    ``handoffs``: how often the lead changes; ``boundary_handoffs``: those into another area or
    policy area; ``confidence``: the product of those of its steps.
    """

    steps: list[StepShape]
    breaks: list[str]
    headless: list[str]
    complete: bool
    handoffs: int
    boundary_handoffs: int
    confidence: float

    @classmethod
    def of(cls, one: Chain) -> "ChainShape":
        """Return the shape of *one*."""
        return cls(
            steps=[StepShape.of(step) for step in one.steps],
            breaks=list(one.breaks),
            headless=list(one.headless),
            complete=one.is_complete,
            handoffs=one.handoffs,
            boundary_handoffs=one.boundary_handoffs,
            confidence=one.confidence,
        )


class ChainsShape(Shape):
    """Chains, and the elements and bodies that they name."""

    nodes: list[NodeShape]
    chains: list[ChainShape]
    truncated: bool
    limit: int


@router.get("/chains", response_model_exclude_none=True)
def chains(
    store: StoreDep,
    settings: SettingsDep,
    measure: Annotated[
        str | None, Query(description="key or IRI of a measure or goal to go through")
    ] = None,
    scope: Scope = None,
    limit: Annotated[int, Query(ge=1)] = 200,
) -> ChainsShape:
    """Return the chains from goals down through the levels: hops, leads, breaks."""
    tables = project(store)
    most = min(limit, settings.page_limit)
    found = chains_of(
        tables,
        measure=measure or None,
        within=in_scope(tables, scope) if scope else None,
        most=most,
    )
    steps = [step for one in found.chains for step in one.steps]
    named = sorted({name for step in steps for name in (step.element, *step.leads)})
    return ChainsShape(
        nodes=[NodeShape.of(node) for node in nodes_of(store, named).values()],
        chains=[ChainShape.of(one) for one in found.chains],
        truncated=found.truncated,
        limit=most,
    )
