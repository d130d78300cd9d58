"""JSON shapes of what the graph answers; each is made from a value of `kg.model` by ``of``."""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from kg.explore import Hit, Path, Progress, RelationCount, Subgraph
from kg.model import Bilingual, Edge, Evidence, Node
from viz.layout import Box


class Shape(BaseModel):
    """A shape that is only ever sent: absent values are left out."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class LabelShape(Shape):
    """A text in Chinese, and in English where there is one."""

    zh: str
    en: str | None = None

    @classmethod
    def of(cls, label: Bilingual) -> "LabelShape":
        """Return the shape of *label*."""
        return cls(zh=label.zh, en=label.en or None)


class BoxShape(Shape):
    """Where a card stands (its middle), its size and its lines, in CSS px."""

    x: float
    y: float
    width: float
    height: float
    lines: list[str]

    @classmethod
    def of(cls, box: Box) -> "BoxShape":
        """Return the shape of *box*."""
        return cls(x=box.x, y=box.y, width=box.width, height=box.height, lines=list(box.lines))


class NodeShape(Shape):
    """A thing in the graph."""

    id: str
    key: str
    type: str
    label: LabelShape
    level: str | None = None
    area: str | None = None
    document: str | None = None
    year: int | None = None
    gap: str | None = None
    box: BoxShape | None = None

    @classmethod
    def of(cls, node: Node, box: Box | None = None) -> "NodeShape":
        """Return the shape of *node*, with its place where one is given."""
        return cls(**_node_fields(node), box=BoxShape.of(box) if box else None)


class HitShape(NodeShape):
    """A thing found by search, and the name that matched."""

    matched: str

    @classmethod
    def of_hit(cls, hit: Hit) -> "HitShape":
        """Return the shape of *hit*."""
        return cls(**_node_fields(hit.node), matched=hit.matched)


class EdgeShape(Shape):
    """A relation between two nodes; ``stated`` false: inferred."""

    id: str
    source: str
    target: str
    relation: str
    role: str | None = None
    stated: bool
    confidence: float
    evidence: int

    @classmethod
    def of(cls, edge: Edge) -> "EdgeShape":
        """Return the shape of *edge*."""
        return cls.model_validate(edge, from_attributes=True)


class SubgraphShape(Shape):
    """Nodes, the edges between them, and what was left out by relation (or by type).

    ``pending``: nodes do not tell their gaps, for the findings are still worked out.
    """

    nodes: list[NodeShape]
    edges: list[EdgeShape]
    truncated: bool
    limit: int
    left_out: dict[str, int]
    documents: dict[str, LabelShape] = Field(default_factory=dict)
    pending: bool | None = None

    @classmethod
    def of(
        cls,
        graph: Subgraph,
        *,
        boxes: Mapping[str, Box] | None = None,
        documents: Mapping[str, Node] | None = None,
    ) -> "SubgraphShape":
        """Return the shape of *graph*; *documents* are those that its nodes name by key."""
        return cls(
            nodes=[NodeShape.of(node, (boxes or {}).get(node.id)) for node in graph.nodes],
            edges=[EdgeShape.of(edge) for edge in graph.edges],
            truncated=graph.truncated,
            limit=graph.limit,
            left_out=dict(graph.left_out),
            documents={node.key: LabelShape.of(node.label) for node in (documents or {}).values()},
        )


class EvidenceShape(Shape):
    """The words behind a statement; half-open ranges of Unicode code points."""

    document: str
    quote: str
    start: int
    end: int
    raw_start: int
    raw_end: int
    text_sha256: str
    provision: str = ""

    @classmethod
    def of(cls, evidence: Evidence) -> "EvidenceShape":
        """Return the shape of *evidence*."""
        return cls.model_validate(evidence, from_attributes=True)


class CountShape(Shape):
    """How many neighbours there are by one relation, ``out`` from the node or ``in`` to it."""

    relation: str
    direction: str
    count: int

    @classmethod
    def of(cls, count: RelationCount) -> "CountShape":
        """Return the shape of *count*."""
        return cls.model_validate(count, from_attributes=True)


class StatusShape(Shape):
    """How far a measure is, as a ledger tells it: ``done`` in percent, ``light`` at a glance."""

    progress: str = ""
    done: int | None = None
    light: Literal["green", "yellow", "red"] | None = None
    reported_on: str = ""
    note: str = ""

    @classmethod
    def of(cls, told: Progress) -> "StatusShape":
        """Return the shape of *told*."""
        return cls.model_validate(told, from_attributes=True)


class NodeDetailShape(NodeShape):
    """A node with all that the details panel shows."""

    status: StatusShape | None = None
    aliases: list[str]
    evidence: list[EvidenceShape]
    relations: list[CountShape]
    documents: dict[str, LabelShape]

    @classmethod
    def of_detail(
        cls,
        node: Node,
        *,
        aliases: list[str],
        evidence: list[Evidence],
        relations: list[RelationCount],
        documents: Mapping[str, Node],
    ) -> "NodeDetailShape":
        """Return the shape of *node* with its evidence and relations."""
        return cls(
            **_node_fields(node),
            aliases=aliases,
            evidence=[EvidenceShape.of(one) for one in evidence],
            relations=[CountShape.of(one) for one in relations],
            documents={one.key: LabelShape.of(one.label) for one in documents.values()},
        )


class EdgeDetailShape(Shape):
    """The words behind one edge."""

    id: str
    evidence: list[EvidenceShape]
    documents: dict[str, LabelShape]

    @classmethod
    def of_detail(
        cls, edge: str, *, evidence: list[EvidenceShape], documents: Mapping[str, Node]
    ) -> "EdgeDetailShape":
        """Return the shape of an edge's evidence."""
        titles = {one.key: LabelShape.of(one.label) for one in documents.values()}
        return cls(id=edge, evidence=evidence, documents=titles)


class PathShape(Shape):
    """One way between two nodes, in order."""

    nodes: list[NodeShape]
    edges: list[EdgeShape]
    cost: float

    @classmethod
    def of(cls, path: Path) -> "PathShape":
        """Return the shape of *path*."""
        return cls(
            nodes=[NodeShape.of(node) for node in path.nodes],
            edges=[EdgeShape.of(edge) for edge in path.edges],
            cost=path.cost,
        )


class PathsShape(Shape):
    """The ways between two nodes, cheapest first."""

    paths: list[PathShape]
    k: int


class HitsShape(Shape):
    """What a search found."""

    items: list[HitShape]
    truncated: bool
    limit: int


def _node_fields(node: Node) -> dict[str, Any]:
    return {
        "id": node.id,
        "key": node.key,
        "type": node.type,
        "label": LabelShape.of(node.label),
        "level": node.level,
        "area": node.area,
        "document": node.document,
        "year": node.year,
        "gap": node.gap.value if node.gap else None,
    }
