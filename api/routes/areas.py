"""Policy areas: what belongs to each, which are empty, which work on one thing apart."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.deps import SettingsDep, StoreDep
from api.errors import problems
from api.routes.analyses import Scope
from api.schemas_graph import NodeShape, Shape
from kg.analysis.areas import AreaPair, PolicyArea, PolicyAreas, policy_areas
from kg.analysis.inferred import inferred
from kg.analysis.project import project
from kg.analysis.scope import in_scope
from kg.explore import nodes_of

router = APIRouter(prefix="/api", tags=["analyses"], responses=problems(404, 503, 504))


class MembersShape(Shape):
    """Things by IRI, the first of them, and how many there are in all."""

    total: int
    first: list[str]

    @classmethod
    def of(cls, members: tuple[str, ...], most: int) -> "MembersShape":
        """Return the shape of *members*, *most* of them by IRI."""
        return cls(total=len(members), first=list(members[:most]))


class PolicyAreaShape(Shape):
    """A policy area: the measures and goals that name it, and what belongs to it.

    ``empty``: a plan names it and nothing else belongs to it.
    """

    id: str
    label: str
    named: MembersShape
    measures: MembersShape
    goals: MembersShape
    bodies: MembersShape
    empty: bool

    @classmethod
    def of(cls, area: PolicyArea, most: int) -> "PolicyAreaShape":
        """Return the shape of *area*."""
        return cls(
            id=area.id,
            label=area.label,
            named=MembersShape.of(area.named, most),
            measures=MembersShape.of(area.measures, most),
            goals=MembersShape.of(area.goals, most),
            bodies=MembersShape.of(area.bodies, most),
            empty=area.is_empty,
        )


class AreaPairShape(Shape):
    """Two areas, how many dependencies tie their measures, and those where no one joins them."""

    areas: tuple[str, str]
    labels: tuple[str, str]
    ties: int
    apart: list[tuple[str, str]]
    things: list[str]

    @classmethod
    def of(cls, pair: AreaPair, most: int) -> "AreaPairShape":
        """Return the shape of *pair*."""
        return cls(
            areas=pair.areas,
            labels=pair.labels,
            ties=len(pair.ties),
            apart=list(pair.apart[:most]),
            things=list(pair.things[:most]),
        )


class PolicyAreasShape(Shape):
    """The areas to which anything belongs, the pairs that are tied, and the nodes they name.

    ``limit``: of how many members, pairs and things the IRIs are told; ``truncated``: there are more.
    """

    areas: list[PolicyAreaShape]
    pairs: list[AreaPairShape]
    nodes: list[NodeShape]
    truncated: bool
    limit: int


@router.get("/areas", response_model_exclude_none=True)
def areas(
    store: StoreDep,
    settings: SettingsDep,
    scope: Scope = None,
    limit: Annotated[int, Query(ge=1)] = 20,
) -> PolicyAreasShape:
    """Return what of a plan belongs to each policy area, and which areas are tied."""
    tables = project(store)
    found = policy_areas(
        tables,
        inferred=inferred(tables, most=settings.inferred_most),
        within=in_scope(tables, scope) if scope else None,
    )
    most = min(limit, settings.page_limit)
    shapes = [PolicyAreaShape.of(area, most) for area in found.areas]
    pairs = [AreaPairShape.of(pair, most) for pair in found.pairs[:most]]
    named = {iri for pair in pairs for tie in pair.apart for iri in tie}
    for shape in shapes:
        for members in (shape.named, shape.measures, shape.goals, shape.bodies):
            named.update(members.first)
    return PolicyAreasShape(
        areas=shapes,
        pairs=pairs,
        nodes=[NodeShape.of(node) for node in nodes_of(store, sorted(named)).values()],
        truncated=_is_cut(found, most),
        limit=most,
    )


def _is_cut(found: PolicyAreas, most: int) -> bool:
    members = [
        m for area in found.areas for m in (area.named, area.measures, area.goals, area.bodies)
    ]
    pairs = [kept for pair in found.pairs for kept in (pair.apart, pair.things)]
    return len(found.pairs) > most or any(len(kept) > most for kept in (*members, *pairs))
