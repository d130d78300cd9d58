"""Pictures beyond the screen: groups where a graph is too large to be drawn, and files."""

from dataclasses import replace
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from api.deps import SettingsDep, StoreDep
from api.description import base_of, graph_response
from api.errors import problems
from api.graph import FindingsDep
from api.schemas_picture import AggregateShape, Ending, FileRequest
from kg import explore
from kg.explore import RELATIONS, Subgraph
from kg.explore.sparql import iri_of
from kg.publish.picture import facts, graphml
from kg.store import formats
from viz.grouped import grouped
from viz.network import boxes
from viz.picture import svg

router = APIRouter(prefix="/api", tags=["explore"], responses=problems(404, 503, 504))

Lang = Literal["zh", "en"]
_ASPECT = 1.15  # of the explorer's canvas between its two side columns
_MEDIA = {Ending.SVG: "image/svg+xml", Ending.GRAPHML: "application/graphml+xml"}


@router.get("/aggregate", response_model_exclude_none=True)
def aggregate(
    *,
    store: StoreDep,
    found: FindingsDep,
    level: Annotated[str | None, Query(max_length=20)] = None,
    area: Annotated[str | None, Query(max_length=200, description="key of an area")] = None,
    limit: Annotated[int, Query(ge=10, le=300)] = 150,
    layout: bool = False,
    lang: Lang = "zh",
) -> AggregateShape:
    """Return groups by type, level and area, with counts: for graphs too large to be drawn."""
    counted = explore.aggregate(
        store, level=level, area=area, limit=limit, findings=found.of(store)
    )
    graph = grouped(counted, limit=limit)
    placed = boxes(graph, lang=lang, aspect=_ASPECT) if layout else None
    return AggregateShape.of(counted, graph, boxes=placed)


@router.post(
    "/view/{ending}",
    response_class=Response,
    responses={
        200: {"content": {media: {} for media in (*_MEDIA.values(), formats.JSON_LD)}},
        **problems(413),
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
    """Return a picture as a file: SVG as it stands on the page, GraphML, or its facts as JSON-LD."""
    limit, gaps = settings.subgraph_limit, found.gaps(store)
    hubs = [] if wanted.edges is None else list(RELATIONS)
    graph = explore.view(store, wanted.keys, limit=limit, gaps=gaps, hubs=hubs)
    if wanted.edges is not None:
        kept = frozenset(wanted.edges)
        graph = replace(graph, edges=tuple(edge for edge in graph.edges if edge.id in kept))
    name = {"Content-Disposition": f'attachment; filename="quality-graph.{ending}"'}
    if ending is Ending.JSONLD:
        told = graph_response(facts(store, graph), formats.JSON_LD, base=base_of(request))
        told.headers.update(name)
        return told
    content = b"".join(graphml(graph)) if ending is Ending.GRAPHML else _svg(graph, wanted).encode()
    return Response(content, media_type=_MEDIA[ending], headers=name)


def _svg(graph: Subgraph, wanted: FileRequest) -> str:
    placed = boxes(graph, lang=wanted.lang, aspect=_ASPECT)
    for key, (x, y) in wanted.places.items():
        if (iri := iri_of(key)) in placed:
            placed[iri] = replace(placed[iri], x=x, y=y)
    return svg(graph, placed, lang=wanted.lang, label="质量强国图谱 · Quality graph")
