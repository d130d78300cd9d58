"""Pictures beyond the screen: groups where a graph is too large to be drawn, and files."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from api.deps import SettingsDep, StoreDep
from api.description import base_of, graph_response
from api.errors import problems
from api.graph import Findings, FindingsDep, WorstDep
from api.schemas_picture import AggregateShape, Ending, FileRequest, GroupsRequest
from kg import explore
from kg.errors import FormatError
from kg.explore import RELATIONS, Subgraph
from kg.explore.sparql import iri_of
from kg.publish.picture import facts, graphml
from kg.store import formats
from kg.store.port import Store
from viz.grouped import counts_of, grouped
from viz.network import boxes
from viz.picture import svg

router = APIRouter(prefix="/api", tags=["explore"], responses=problems(404, 503, 504))

Lang = Literal["zh", "en"]
_ASPECT = 1.15  # of the explorer's canvas between its two side columns
_GROUPS = 150  # in one picture
_MEDIA = {Ending.SVG: "image/svg+xml", Ending.GRAPHML: "application/graphml+xml"}


@router.get("/aggregate", response_model_exclude_none=True)
def aggregate(
    *,
    store: StoreDep,
    found: FindingsDep,
    worst: WorstDep,
    level: Annotated[str | None, Query(max_length=20)] = None,
    area: Annotated[str | None, Query(max_length=200, description="key of an area")] = None,
    limit: Annotated[int, Query(ge=10, le=300)] = _GROUPS,
    layout: bool = False,
    lang: Lang = "zh",
) -> AggregateShape:
    """Return groups by type, level and area, with counts: for graphs too large to be drawn."""
    gaps = {} if worst.pending else found.in_groups(store)
    census = found.census(store)
    counted = explore.aggregate(store, census, within=(level, area), limit=limit, worst=gaps)
    graph = grouped(counted, limit=limit)
    placed = boxes(graph, lang=lang, aspect=_ASPECT) if layout else None
    made = AggregateShape.of(counted, graph, boxes=placed)
    return made.model_copy(update={"pending": True}) if worst.pending else made


@router.post(
    "/view/{ending}",
    response_class=Response,
    responses={
        200: {"content": {media: {} for media in (*_MEDIA.values(), formats.JSON_LD)}},
        **problems(406, 413),
    },
)
def view_file(
    *,
    request: Request,
    store: StoreDep,
    found: FindingsDep,
    settings: SettingsDep,
    ending: Ending,
    wanted: FileRequest,
) -> Response:
    """Return a picture as a file: SVG as it stands on the page, GraphML, or its facts as JSON-LD.

    What a group stands for is counted, and no fact of the graph: of groups there is no JSON-LD.
    """
    if wanted.groups is None:
        hubs = [] if wanted.edges is None else list(RELATIONS)
        limit, gaps = settings.subgraph_limit, found.gaps(store)
        graph = explore.view(store, wanted.keys, limit=limit, gaps=gaps, hubs=hubs)
        counts: Mapping[str, int] = {}
    elif ending is Ending.JSONLD:
        raise FormatError(given=ending, known=", ".join(_MEDIA))
    else:
        graph, counts = _groups(store, wanted.keys, wanted.groups, found=found)
    if wanted.edges is not None:
        kept = frozenset(wanted.edges)
        graph = replace(graph, edges=tuple(edge for edge in graph.edges if edge.id in kept))
    name = {"Content-Disposition": f'attachment; filename="quality-graph.{ending}"'}
    if ending is Ending.JSONLD:
        told = graph_response(facts(store, graph), formats.JSON_LD, base=base_of(request))
        told.headers.update(name)
        return told
    drawn = ending is Ending.SVG
    content = _svg(graph, wanted).encode() if drawn else b"".join(graphml(graph, counts))
    return Response(content, media_type=_MEDIA[ending], headers=name)


def _groups(
    store: Store, keys: list[str], among: GroupsRequest, *, found: Findings
) -> tuple[Subgraph, Mapping[str, int]]:
    """Return the groups with these keys and the ties between them, and what each stands for."""
    place, gaps = (among.level, among.area), found.in_groups(store)
    counted = explore.aggregate(store, found.census(store), within=place, limit=_GROUPS, worst=gaps)
    whole = grouped(counted, limit=_GROUPS)
    nodes = tuple(node for node in whole.nodes if node.key in keys)
    ids = {node.id for node in nodes}
    ties = tuple(edge for edge in whole.edges if {edge.source, edge.target} <= ids)
    return replace(whole, nodes=nodes, edges=ties), counts_of(counted)


def _svg(graph: Subgraph, wanted: FileRequest) -> str:
    placed = boxes(graph, lang=wanted.lang, aspect=_ASPECT)
    for key, (x, y) in wanted.places.items():
        if (iri := iri_of(key)) in placed:
            placed[iri] = replace(placed[iri], x=x, y=y)
    return svg(graph, placed, lang=wanted.lang, label="质量强国图谱 · Quality graph")
