"""Search, subgraphs, nodes, edges and paths."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query

from api.deps import SettingsDep, StoreDep
from api.errors import problems
from api.graph import FindingsDep, TextsDep, Worst, WorstDep, documents_named, documents_of
from api.labels import LabelsDep
from api.schemas_graph import (
    EdgeDetailShape,
    EvidenceShape,
    HitShape,
    HitsShape,
    NodeDetailShape,
    PathShape,
    PathsShape,
    StatusShape,
    SubgraphShape,
)
from api.schemas_picture import StepRequest, ViewRequest
from kg import explore
from kg.explore import Subgraph, Within
from kg.explore.nodes import aliases
from kg.store.port import Store
from viz.network import boxes

router = APIRouter(prefix="/api", tags=["explore"], responses=problems(404, 503, 504))

Words = Annotated[list[str], Query(description="may be repeated, or given with commas")]
_ASPECT = 1.15  # of the explorer's canvas between its two side columns
Lang = Literal["zh", "en"]


@router.get("/search", response_model_exclude_none=True)
def search(
    store: StoreDep,
    found: FindingsDep,
    labels: LabelsDep,
    q: Annotated[str, Query(max_length=200)] = "",
    type: Words = [],  # noqa: A002, B006
    limit: Annotated[int, Query(ge=1, le=100)] = 10,
) -> HitsShape:
    """Return things whose name holds *q*: labels, aliases, parts, initials of pinyin.

    Nobody waits for the findings: a hit tells its gap once they are known.
    """
    names = labels.find(store, q, types=split(type), limit=limit + 1)
    hits = explore.hits(store, names, gaps=found.worst(store, wait=False).by_key)
    items = [HitShape.of_hit(hit) for hit in hits[:limit]]
    return HitsShape(items=items, truncated=len(hits) > limit, limit=limit)


@router.get("/overview", response_model_exclude_none=True)
def overview(
    *,
    store: StoreDep,
    worst: WorstDep,
    limit: Annotated[int, Query(ge=10, le=300)] = 110,
    document: str | None = None,
    layout: bool = False,
    lang: Lang = "zh",
) -> SubgraphShape:
    """Return the picture to open with, of all documents or of one."""
    graph = explore.overview(store, limit=limit, gaps=worst.by_key, document=document)
    return _shape(store, graph, lang=lang if layout else None, worst=worst)


@router.get("/subgraph", response_model_exclude_none=True)
def subgraph(
    *,
    store: StoreDep,
    worst: WorstDep,
    settings: SettingsDep,
    node: str,
    depth: Annotated[int, Query(ge=0, le=5)] = 1,
    relation: Words = [],  # noqa: B006
    type: Words = [],  # noqa: A002, B006
    limit: Annotated[int | None, Query(ge=1)] = None,
    layout: bool = False,
    lang: Lang = "zh",
) -> SubgraphShape:
    """Return what lies around a node; a relation may be ``ledBy``, ``in:ledBy`` or ``out:ledBy``."""
    most = min(limit or settings.subgraph_limit, settings.subgraph_limit)
    within = Within(depth, relations=split(relation), types=split(type), limit=most)
    graph = explore.subgraph(store, node, within=within, gaps=worst.by_key)
    return _shape(store, graph, lang=lang if layout else None, worst=worst)


@router.post("/view", response_model_exclude_none=True, responses=problems(413))
def view(
    store: StoreDep, found: FindingsDep, settings: SettingsDep, wanted: ViewRequest
) -> SubgraphShape:
    """Return just these nodes, the edges between them, and where the cards would stand.

    With ``expand`` what lies around one of them comes too, in the same turn.
    """
    worst, limit = found.worst(store, wait=wanted.wait), settings.subgraph_limit
    if wanted.expand is None:
        graph = explore.view(store, wanted.keys, limit=limit, gaps=worst.by_key, hubs=wanted.hubs)
    else:
        around = (wanted.expand.node, _within(wanted.expand, limit))
        gaps = worst.by_key
        graph = explore.expanded(store, wanted.keys, around=around, limit=limit, gaps=gaps)
    return _shape(store, graph, lang=wanted.lang, worst=worst)


@router.get("/nodes/{key:path}", response_model_exclude_none=True)
def node(store: StoreDep, worst: WorstDep, texts: TextsDep, key: str) -> NodeDetailShape:
    """Return one node with its evidence and how many neighbours it has by each relation."""
    one = explore.node(store, key, gaps=worst.by_key)
    evidence = explore.evidence(store, one.id, text_of=texts)
    named = [one.document or "", *(quote.document for quote in evidence)]
    told = explore.status(store, one.id)
    detail = NodeDetailShape.of_detail(
        one,
        aliases=aliases(store, one.id),
        evidence=evidence,
        relations=explore.relation_counts(store, one.id),
        documents=documents_named(store, named),
    )
    return detail.model_copy(update={"status": StatusShape.of(told)}) if told else detail


@router.get("/edges/{edge:path}", response_model_exclude_none=True)
def edge(store: StoreDep, texts: TextsDep, edge: str) -> EdgeDetailShape:
    """Return the words behind one edge, ``source~relation~target`` by keys."""
    evidence = explore.edge_evidence(store, edge, text_of=texts)
    documents = documents_named(store, [quote.document for quote in evidence])
    return EdgeDetailShape.of_detail(
        edge, evidence=[EvidenceShape.of(quote) for quote in evidence], documents=documents
    )


@router.get("/paths", response_model_exclude_none=True)
def paths(
    store: StoreDep,
    worst: WorstDep,
    start: Annotated[str, Query(alias="from")],
    end: Annotated[str, Query(alias="to")],
    k: Annotated[int, Query(ge=1, le=20)] = 3,
    relation: Words = [],  # noqa: B006
) -> PathsShape:
    """Return the shortest ways between two nodes that say something."""
    relations, gaps = split(relation), worst.by_key
    ways = explore.paths(store, (start, end), k=k, relations=relations, gaps=gaps)
    return PathsShape(paths=[PathShape.of(way) for way in ways], k=k)


def split(words: list[str]) -> tuple[str, ...]:
    """Return the words of repeated and comma-joined parameters.

    >>> split(["ledBy,partOf", "requires"])
    ('ledBy', 'partOf', 'requires')
    """
    return tuple(word.strip() for given in words for word in given.split(",") if word.strip())


def _within(step: StepRequest, most: int) -> Within:
    return Within(1, relations=split([step.relation]), limit=min(step.limit, most))


def _shape(store: Store, graph: Subgraph, *, lang: Lang | None, worst: Worst) -> SubgraphShape:
    """Return the shape of *graph*, with places where a language for the cards is given."""
    placed = boxes(graph, lang=lang, aspect=_ASPECT) if lang else None
    made = SubgraphShape.of(graph, boxes=placed, documents=documents_of(store, graph.nodes))
    return made.model_copy(update={"pending": True}) if worst.pending else made
