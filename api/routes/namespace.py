"""The ontology, where its terms lead: ``/ns`` as a page or as RDF, and the JSON-LD context."""

from fastapi import APIRouter, Request, Response

from api.answers import typed
from api.description import base_of, graph_response, rewritten
from api.errors import problems, spoken
from api.formats import HTML, VARY, contents, wanted
from api.pages import page
from api.routes.identifiers import DESCRIBED, Format, href
from kg import publish
from kg.errors import UnknownNodeError
from kg.store import formats
from kg.vocab import PREFIXES

router = APIRouter(tags=["identifiers"])

# the ontology is public whatever the graph is: pages of any origin may read it
_OPEN = {"Cross-Origin-Resource-Policy": "cross-origin"}
_VERSION = PREFIXES["owl"] + "versionInfo"


@router.get(
    publish.CONTEXT_PATH,
    response_class=Response,
    responses={200: {"content": contents([formats.JSON_LD])}},
)
def context() -> Response:
    """Return the JSON-LD context: short names for the terms."""
    return Response(publish.context_json(), media_type=formats.JSON_LD, headers=dict(_OPEN))


@router.get("/ns", response_class=Response, responses=DESCRIBED | problems(406))
def namespace(request: Request, format: Format = None) -> Response:  # noqa: A002
    """Return the ontology, as a page or as RDF; a term leads to its place on the page."""
    answer = _ontology(request)
    answer.headers.update(_OPEN)
    return answer


@router.get("/ns/{version}", response_class=Response, responses=DESCRIBED | problems(404, 406))
def version(request: Request, version: str, format: Format = None) -> Response:  # noqa: A002
    """Return the ontology in the version that is served; others lie in the releases."""
    if version != publish.ontology_header()[_VERSION].en:
        raise UnknownNodeError(key=f"ns/{version}")
    return namespace(request)


def _ontology(request: Request) -> Response:
    media_type = wanted(request)
    turtle = publish.ontology_turtle()
    if media_type == formats.TURTLE:
        return Response(turtle, media_type=typed(media_type), headers=dict(VARY))
    if media_type != HTML:
        triples = b"".join(rewritten(turtle, formats.N_TRIPLES))
        return graph_response(triples, media_type, base=base_of(request))
    return page(
        "namespace.html",
        lang=spoken(request),
        header=publish.ontology_header(),
        prefixes=PREFIXES,
        groups=[(kind, _of_kind(kind)) for kind in publish.KINDS],
        terms=publish.ontology_terms(),
        href=href,
        short=publish.short,
    )


def _of_kind(kind: str) -> list[publish.Term]:
    return [term for term in publish.ontology_terms().values() if term.kind == kind]
