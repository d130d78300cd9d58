"""Names that can be looked up: ``/id/…`` for things, ``/ns`` for the words of the ontology."""

from importlib.resources import files
from typing import Any

from fastapi import APIRouter, Request, Response

from api.answers import streamed
from api.deps import StoreDep
from api.description import rewritten
from api.errors import problems, spoken
from api.formats import HTML, ranked
from api.pages import page
from kg.errors import UnknownNodeError
from kg.ids import iri
from kg.store import formats, memory_store
from kg.store.port import Body, Store
from kg.vocab import PREFIXES

router = APIRouter(tags=["identifiers"])

_LIMIT = 500  # statements shown of one thing; a well-known body has thousands
_RDF: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The statements, as a page or as RDF",
        "content": {name: {"schema": {"type": "string"}} for name in (HTML, *formats.GRAPHS)},
    }
}
_TERMS = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?term ?kind ?rank ?zh ?en ?about {
  VALUES (?kind ?rank) {
    (owl:Class 1) (owl:ObjectProperty 2) (owl:DatatypeProperty 3) (owl:AnnotationProperty 4)
  }
  ?term a ?kind FILTER(STRSTARTS(STR(?term), "https://w3id.org/qualitykg/"))
  OPTIONAL { ?term rdfs:label ?zh FILTER(LANG(?zh) = "zh") }
  OPTIONAL { ?term rdfs:label ?en FILTER(LANG(?en) = "en") }
  OPTIONAL { ?term skos:definition|rdfs:comment ?about FILTER(LANG(?about) = "%s") }
} ORDER BY ?rank ?term"""


@router.get(
    "/id/{kind}/{key:path}",
    response_class=Response,
    responses=_RDF | problems(404, 406, 503),
)
def thing(request: Request, store: StoreDep, kind: str, key: str) -> Response:
    """Return what the graph says of a thing, as a page or as RDF."""
    identifier = iri(kind, key)
    if any(character in identifier for character in '<>"{}|\\^` \n\t'):
        raise UnknownNodeError(key=f"{kind}/{key}")
    rows = store.select(_statements(identifier)).rows
    if not rows:
        raise UnknownNodeError(key=f"{kind}/{key}")
    chosen = ranked(request.headers.get("accept"), [*formats.GRAPHS, HTML])[0]
    if chosen == HTML:
        return page(
            "thing.html",
            lang=spoken(request),
            identifier=identifier,
            rows=[[_link(value) for value in row] for row in rows],
            truncated=len(rows) >= _LIMIT,
            limit=_LIMIT,
        )
    return streamed(_described(store, identifier, chosen), chosen)


@router.get("/ns", response_class=Response, responses=_RDF | problems(406))
def namespace(request: Request) -> Response:
    """Return the ontology, as a page or as RDF."""
    turtle = files("ontology").joinpath("quality.ttl").read_bytes()
    chosen = ranked(request.headers.get("accept"), [*formats.GRAPHS, HTML])[0]
    if chosen != HTML:
        return streamed(rewritten(turtle, chosen), chosen)
    lang = spoken(request)
    store = memory_store()
    store.load([Body(turtle, formats.TURTLE)], graph=None)
    terms = list(store.select(_TERMS % lang).dicts())
    return page("namespace.html", lang=lang, terms=terms, short=_short)


def _statements(identifier: str) -> str:
    here = f"<{identifier}>"
    return (
        f"SELECT DISTINCT ?s ?p ?o {{ {{ BIND({here} AS ?s) {here} ?p ?o }} UNION "
        f"{{ BIND({here} AS ?o) ?s ?p {here} }} }} LIMIT {_LIMIT}"
    )


def _described(store: Store, identifier: str, media_type: str) -> Any:
    here = f"<{identifier}>"
    query = (
        f"CONSTRUCT {{ {here} ?p ?o . ?s ?q {here} }} WHERE {{ "
        f"{{ {here} ?p ?o }} UNION {{ ?s ?q {here} }} }} LIMIT {_LIMIT}"
    )
    return store.answer(query, [media_type]).blocks


def _link(value: object) -> tuple[str, str]:
    """Return what to show of a value, and where it leads (nowhere: an empty text)."""
    text = str(value)
    path = text.removeprefix(PREFIXES["id"])
    if path != text:
        return path, f"/id/{path}"
    return _short(text), f"/ns#{text.rpartition('#')[2]}" if text.startswith(
        PREFIXES["qkg"]
    ) else ""


def _short(identifier: str) -> str:
    for prefix, namespace_iri in PREFIXES.items():
        if identifier.startswith(namespace_iri):
            return f"{prefix}:{identifier.removeprefix(namespace_iri)}"
    return identifier
