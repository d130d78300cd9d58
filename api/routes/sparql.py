"""SPARQL 1.1 Protocol: ``/sparql`` answers queries, ``/update`` takes updates."""

from typing import Any

from fastapi import APIRouter, Request, Response

from api.answers import streamed
from api.deps import BodyDep, MayWrite, StoreDep
from api.description import description
from api.errors import problems, spoken
from api.formats import HTML, contents, ranked
from api.pages import page
from api.requests import FORM, base_of, operation
from kg.errors import PayloadError
from kg.store import formats
from kg.store.port import Store
from kg.vocab import PREFIXES

router = APIRouter(tags=["sparql"])

_PLAIN_NAMES = {"application/json": formats.JSON, "application/xml": formats.XML}
_OFFERS = (*formats.ALL, *_PLAIN_NAMES)  # many clients ask by the plain name
_READING = problems(400, 403, 406, 422, 503, 504)
_RESULTS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The result, or what the service says of itself",
        "content": contents((*_OFFERS, HTML)),
    }
}


def _parameters(*names: str) -> dict[str, Any]:
    """Declare the parameters that the protocol module reads from the URL itself."""
    text = {"type": "string", "minLength": 1}
    many = {"type": "array", "items": {"type": "string", "format": "iri"}}
    return {
        "parameters": [
            {"name": name, "in": "query", "schema": many if name.endswith("-uri") else text}
            for name in names
        ]
    }


def _request_body(name: str, *graphs: str) -> dict[str, Any]:
    text = {"type": "string", "minLength": 1, "format": f"sparql-{name}"}
    iris = {graph: {"type": "string", "format": "iri"} for graph in graphs}
    form = {"type": "object", "required": [name], "properties": {name: text, **iris}}
    return {
        "requestBody": {
            "required": True,
            "content": {f"application/sparql-{name}": {"schema": text}, FORM: {"schema": form}},
        }
    }


@router.get(
    "/sparql",
    response_class=Response,
    responses=_RESULTS | _READING,
    openapi_extra=_parameters("query", "default-graph-uri", "named-graph-uri"),
)
def query_by_url(request: Request, store: StoreDep) -> Response:
    """Return the result of ``query``; without one the service description, or a page for people."""
    asked = operation(request, b"", name="query")
    accept = request.headers.get("accept")
    offers = formats.GRAPHS if asked.text is None else _OFFERS
    best = ranked(accept, [*offers, HTML])[0]
    if best == HTML:
        return page("sparql.html", lang=spoken(request), prefixes=dict(PREFIXES))
    if asked.text is None:
        return streamed(description(base_of(request), best), best)
    return _answer(request, store, b"")


@router.post(
    "/sparql",
    response_class=Response,
    responses=_RESULTS | _READING | problems(413, 415),
    openapi_extra=_request_body("query", "default-graph-uri", "named-graph-uri"),
)
def query_by_post(request: Request, store: StoreDep, body: BodyDep) -> Response:
    """Return the result of a query that is the body, or a field of a form."""
    return _answer(request, store, body)


@router.post(
    "/update",
    status_code=204,
    response_class=Response,
    dependencies=[MayWrite],
    responses=problems(400, 401, 403, 413, 415, 422, 503),
    openapi_extra=_request_body("update", "using-graph-uri", "using-named-graph-uri"),
)
def update(request: Request, store: StoreDep, body: BodyDep) -> Response:
    """Carry out an update, all or nothing."""
    asked = operation(request, body, name="update")
    if asked.text is None:
        raise PayloadError(detail="there is no update in it")
    store.update(asked.text, dataset=asked.dataset, base=base_of(request))
    return Response(status_code=204)


def _answer(request: Request, store: Store, body: bytes) -> Response:
    asked = operation(request, body, name="query")
    if asked.text is None:
        raise PayloadError(detail="there is no query in it")
    wanted = ranked(request.headers.get("accept"), _OFFERS)
    accept = [_PLAIN_NAMES.get(name, name) for name in wanted]
    answer = store.answer(asked.text, accept, dataset=asked.dataset, base=base_of(request))
    return streamed(answer.blocks, wanted[accept.index(answer.media_type)])
