"""Names that can be looked up: ``/id/{kind}/{key}`` for whatever the graph speaks of.

200 with the description by Accept, no 303: see docs/decisions/008-lookup.md.
"""

from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query, Request, Response

from api.deps import StoreDep
from api.description import base_of, graph_response
from api.errors import problems, spoken
from api.formats import HTML, OFFERED, contents, wanted
from api.graph import FindingsDep, TextsDep
from api.pages import page
from api.schemas_finding import MarkShape
from kg import publish
from kg.explore import evidence
from kg.explore.evidence import TextOf
from kg.explore.sparql import iri_of
from kg.explore.terms import NODE_TYPES
from kg.ids import BASE, graph_iri, iri, key_of
from kg.model import Bilingual, Evidence, Finding
from kg.publish import Thing
from kg.review import finding_called, marks
from kg.store import formats
from kg.store.port import Store
from kg.vocab import NS

router = APIRouter(tags=["identifiers"])

Format = Annotated[
    str | None, Query(pattern="^(html|ttl|nt|jsonld|rdf)$", description="instead of Accept")
]
_IN_HEADER = "/:?#[]@!$&'()*+,;=%"  # stays as it is; what is not ASCII is percent-encoded
_LONGEST = 20_000  # code points of a provision on a page
DESCRIBED: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The description, as a page or as RDF",
        "content": contents(OFFERED),
    }
}


@router.get(
    "/id/{kind}/{key:path}",
    response_class=Response,
    responses=DESCRIBED | problems(404, 406, 503),
)
def thing(
    request: Request,
    store: StoreDep,
    found: FindingsDep,
    texts: TextsDep,
    kind: str,
    key: str,
    format: Format = None,  # noqa: A002
) -> Response:
    """Return what the graph says of a thing, as a page or as RDF."""
    identifier = iri_of(iri(kind, key))
    media_type = wanted(request)
    if kind == "finding":
        answer = _finding(request, store, finding_called(found.of(store), identifier), media_type)
    elif media_type != HTML:
        answer = _described(request, store, identifier, media_type)
    else:
        said = publish.thing(store, identifier)
        answer = page(
            "thing.html",
            lang=spoken(request),
            thing=said,
            key=key_of(identifier),
            findings=_about(found.of(store), said),
            quotes=_quotes(store, evidence(store, identifier, text_of=texts)),
            provision=_provision(store, identifier, kind, texts),
            drawn=any(name in NODE_TYPES for name in said.classes),
            term_of=publish.term_of,
            href=href,
            short=publish.short,
        )
    answer.headers["Link"] = f'<{quote(identifier, safe=_IN_HEADER)}>; rel="describes"'
    return answer


def href(identifier: str | None) -> str:
    """Return the path here of a name of ours; any other IRI is its own address.

    >>> href(BASE + "body/b1"), href(NS + "Task"), href("urn:x")
    ('/id/body/b1', '/ns#Task', '')
    """
    if identifier is None:
        return ""
    if identifier.startswith(BASE):
        return f"/id/{identifier.removeprefix(BASE)}"
    if identifier.startswith(NS):
        return f"/ns#{identifier.removeprefix(NS)}"
    return identifier if identifier.startswith(("http://", "https://")) else ""


@dataclass(frozen=True, slots=True)
class _Provision:
    """The words of a provision, ``None`` where the text is not at hand, and what rests on them."""

    words: str | None
    cut: int  # how many code points are not shown
    stated: tuple[publish.Stated, ...]


def _provision(store: Store, identifier: str, kind: str, texts: TextOf) -> _Provision | None:
    place = publish.place_of(store, identifier) if kind in ("provision", "version") else None
    if place is None:
        return None
    text = texts(place.text_sha256)
    words = None if text is None else text[place.start : place.end]
    stated = publish.stated_in(store, identifier) if kind == "provision" else ()
    return _Provision(words and words[:_LONGEST], max(0, len(words or "") - _LONGEST), stated)


@dataclass(frozen=True, slots=True)
class _Quote:
    """The same words in one document, wherever they stand there."""

    words: str
    document: str
    title: Bilingual
    places: tuple[tuple[int, int, str], ...]  # start, end, number of the provision


def _quotes(store: Store, found: list[Evidence]) -> list[_Quote]:
    places: dict[tuple[str, str], list[tuple[int, int, str]]] = {}
    for one in found:
        places.setdefault((one.document, one.quote), []).append((one.start, one.end, one.provision))
    titles = publish.named(store, {iri_of(document) for document, _ in places if document})
    nowhere = Bilingual("", "")
    return [
        _Quote(words, document, titles.get(BASE + document, nowhere), tuple(where))
        for (document, words), where in places.items()
    ]


def _described(request: Request, store: Store, identifier: str, media_type: str) -> Response:
    if identifier.startswith(graph_iri("")) and store.has_graph(identifier):
        triples = b"".join(store.read_graph(identifier, formats.N_TRIPLES))
        return graph_response(triples, media_type, base=base_of(request))
    triples, cut = publish.described(store, identifier)
    answer = graph_response(triples, media_type, base=base_of(request))
    if cut:
        answer.headers["X-Truncated"] = f"limit={publish.SENT}"
    return answer


def _about(findings: list[Finding], said: Thing) -> list[Finding]:
    return [one for one in findings if any(node.id == said.iri for node in one.subjects)]


def _finding(request: Request, store: Store, finding: Finding, media_type: str) -> Response:
    if media_type != HTML:
        triples = publish.finding_triples(finding)
        return graph_response(triples, media_type, base=base_of(request))
    return page(
        "finding.html",
        lang=spoken(request),
        finding=finding,
        mark=MarkShape.of(finding, marks(store)),
        kind=publish.term_of(NS + finding.type),
        href=href,
    )
