"""What the graph as a whole is: VoID at its well-known place, DCAT at ``/catalog``."""

from collections.abc import Callable

from fastapi import APIRouter, Request, Response

from api.deps import SettingsDep, StoreDep
from api.description import base_of, graph_response
from api.errors import problems, spoken
from api.formats import HTML, wanted
from api.pages import page
from api.routes.identifiers import DESCRIBED, Format, href
from kg import publish
from kg.explore.cache import PerGeneration
from kg.settings import Settings
from kg.store.port import Store

router = APIRouter(tags=["identifiers"])

CENSUS = PerGeneration(publish.census)
"""How much of what each store holds: one look at every triple for each state of a store."""


@router.get("/.well-known/void", response_class=Response, responses=DESCRIBED | problems(406, 503))
def void(
    request: Request,
    store: StoreDep,
    settings: SettingsDep,
    format: Format = None,  # noqa: A002
) -> Response:
    """Return how much of what the graph holds (VoID), as a page or as RDF."""
    return _answer(request, store, settings, describe=publish.void)


@router.get("/catalog", response_class=Response, responses=DESCRIBED | problems(406, 503))
def catalog(
    request: Request,
    store: StoreDep,
    settings: SettingsDep,
    format: Format = None,  # noqa: A002
) -> Response:
    """Return who gives the graph on, under which licence and where (DCAT), as a page or as RDF."""
    return _answer(request, store, settings, describe=publish.catalog)


def _answer(
    request: Request, store: Store, settings: Settings, *, describe: Callable[..., bytes]
) -> Response:
    media_type = wanted(request)
    counted = CENSUS.of(store)
    if media_type != HTML:
        triples = describe(counted, base=base_of(request), settings=settings)
        return graph_response(triples, media_type, base=base_of(request))
    return page(
        "dataset.html",
        lang=spoken(request),
        title=publish.TITLE,
        about=publish.ABOUT,
        counted=counted,
        settings=settings,
        term_of=publish.term_of,
        href=href,
        short=publish.short,
    )
