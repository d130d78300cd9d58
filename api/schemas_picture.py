"""JSON shapes of pictures: what a page asks to see, and a graph too large to be drawn."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from api.schemas_graph import EdgeShape, LabelShape, NodeShape, Shape
from kg.explore import Aggregate, Subgraph
from viz.grouped import counts_of, key_of_group
from viz.layout import Box
from viz.network import MOST_DRAWN


class Ending(StrEnum):
    """The formats of a picture as a file."""

    SVG = "svg"
    GRAPHML = "graphml"
    JSONLD = "jsonld"


class StepRequest(BaseModel):
    """One node to expand; a relation may be ``in:ledBy`` or ``out:ledBy``, none means all."""

    model_config = ConfigDict(extra="forbid")

    node: str
    relation: str = ""
    limit: int = Field(default=25, ge=1, le=MOST_DRAWN)


class ViewRequest(BaseModel):
    """Which nodes a picture holds, and which of them is expanded.

    ``hubs`` are relations that pictures leave out unless they are named: ``statedIn`` and the like.
    """

    model_config = ConfigDict(extra="forbid")

    keys: list[str] = Field(max_length=MOST_DRAWN)
    lang: Literal["zh", "en"] = "zh"
    hubs: list[str] = Field(default_factory=list, max_length=50)
    wait: bool = Field(default=True, description="false: rather without findings than later")
    expand: StepRequest | None = None


class GroupsRequest(BaseModel):
    """Which groups a picture is cut from: those of one level or one area, all where none is named."""

    model_config = ConfigDict(extra="forbid")

    level: str | None = Field(default=None, max_length=20)
    area: str | None = Field(default=None, max_length=200)


class FileRequest(BaseModel):
    """A picture as a page shows it: its nodes, which edges between them, and where they stand.

    Without ``edges`` all are drawn; a node that ``places`` lacks stands where the layout puts it.
    With ``groups`` the keys are those of groups, as ``/api/aggregate`` told them.
    """

    model_config = ConfigDict(extra="forbid")

    keys: list[str] = Field(max_length=MOST_DRAWN)
    edges: list[str] | None = Field(default=None, max_length=20_000)
    places: dict[str, tuple[float, float]] = Field(default_factory=dict)
    groups: GroupsRequest | None = None
    lang: Literal["zh", "en"] = "zh"


class GroupShape(NodeShape):
    """Things of one type, at one level, in one area, and how many they are."""

    count: int
    area_key: str | None = None


class TieShape(EdgeShape):
    """The relations of one kind between two groups, and how many they are."""

    count: int


class AggregateShape(Shape):
    """A graph too large to be drawn: groups, ties, and the first of the plans they come from.

    ``pending`` as in a subgraph.
    """

    nodes: list[GroupShape]
    edges: list[TieShape]
    truncated: bool
    limit: int
    left_out: dict[str, int]
    documents: dict[str, LabelShape] = Field(default_factory=dict)
    plans: list[NodeShape]
    plan_count: int
    pending: bool | None = None

    @classmethod
    def of(
        cls, found: Aggregate, graph: Subgraph, *, boxes: Mapping[str, Box] | None
    ) -> "AggregateShape":
        """Return the shape of *found*, whose picture is *graph*."""
        groups = {key_of_group(group): group for group in found.counts}
        counts = counts_of(found)
        return cls(
            nodes=[
                GroupShape(
                    **NodeShape.of(node, (boxes or {}).get(node.id)).model_dump(),
                    count=counts[node.key],
                    area_key=groups[node.key].area,
                )
                for node in graph.nodes
            ],
            edges=[
                TieShape(**EdgeShape.of(edge).model_dump(), count=counts[edge.id])
                for edge in graph.edges
            ],
            truncated=graph.truncated,
            limit=graph.limit,
            left_out=dict(graph.left_out),
            plans=[NodeShape.of(plan) for plan in found.plans],
            plan_count=found.plan_count,
        )
