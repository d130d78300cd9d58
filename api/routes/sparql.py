"""SPARQL 1.1 Protocol: ``/sparql`` answers queries, ``/update`` takes updates."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from api.answers import delivered, streamed
from api.audited import noted
from api.clients import address
from api.deps import MOST_WORDS_MB, BodyDep, StoreDep, get_settings, get_store, read_body
from api.description import description
from api.editor import editor_page
from api.errors import problems, spoken
from api.formats import HTML, contents, ranked
from api.requests import FORM, LONGEST, Operation, base_of, operation
from kg.errors import PayloadError
from kg.store import formats
from kg.store.changes import touched
from kg.store.workers import Asked, WorkerStore

router = APIRouter(tags=["sparql"])

_MOST_FORM_MB = 1  # it is decoded at 70 ms a MB, when nobody else is answered; a text needs none
_PLAIN_NAMES = {"application/json": formats.JSON, "application/xml": formats.XML}
_OFFERS = (*formats.ALL, *_PLAIN_NAMES)  # many clients ask by the plain name
_READING = problems(400, 403, 406, 422, 503, 504, 507)
_RESULTS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The result, or what the service says of itself",
        "content": contents((*_OFFERS, HTML)),
    }
}


_GRAPHS_NAMED = {"schema": {"type": "array", "items": {"type": "string", "format": "iri"}}}
_DECLARED: dict[str, dict[str, Any]] = {
    "query": {"schema": {"type": "string", "minLength": 1}},
    "default-graph-uri": _GRAPHS_NAMED,
    "named-graph-uri": _GRAPHS_NAMED,
    "timeout": {
        "description": "最长秒数，不超过服务的上限 · Most seconds it may take; the limit of the service holds",
        "schema": {"type": "number", "exclusiveMinimum": 0},
    },
}


def _parameters(*names: str) -> dict[str, Any]:
    """Declare the parameters that the protocol module reads from the URL itself."""
    return {"parameters": [{"name": name, "in": "query", **_DECLARED[name]} for name in names]}


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
    openapi_extra=_parameters("query", "default-graph-uri", "named-graph-uri", "timeout"),
)
async def query_by_url(request: Request) -> Response:
    """Return the result of ``query``; without one the service description, or a page for people."""
    asked = operation(request, b"", name="query")
    accept = request.headers.get("accept")
    if asked.text is None:
        best = ranked(accept, (*formats.GRAPHS, HTML))[0]
        if best != HTML:
            return streamed(description(base_of(request), best), best)
    elif not (wanted := _wanted(accept, pages=True)).page:
        return await _answer(request, asked, wanted)
    return editor_page(spoken(request), settings=get_settings(request))


@router.post(
    "/sparql",
    response_class=Response,
    responses=_RESULTS | _READING | problems(413, 415),
    openapi_extra=_parameters("timeout")
    | _request_body("query", "default-graph-uri", "named-graph-uri"),
)
async def query_by_post(request: Request) -> Response:
    """Return the result of a query that is the body, or a field of a form."""
    is_form = request.headers.get("content-type", "").lower().startswith(FORM)
    most_mb = _MOST_FORM_MB if is_form else MOST_WORDS_MB
    body = await read_body(request, get_settings(request), most_mb=most_mb)
    if len(body) <= LONGEST:
        asked = operation(request, body, name="query")
    else:
        asked = await run_in_threadpool(operation, request, body, name="query")
    return await _answer(request, asked, _wanted(request.headers.get("accept"), pages=False))


DIRECT = {("GET", "/sparql"): query_by_url, ("POST", "/sparql"): query_by_post}
"""The routes that are called often enough for the cost of a call to matter."""


@router.post(
    "/update",
    status_code=204,
    response_class=Response,
    responses=problems(400, 401, 403, 413, 415, 422, 503),
    openapi_extra=_request_body("update", "using-graph-uri", "using-named-graph-uri"),
)
def update(request: Request, store: StoreDep, body: BodyDep) -> Response:
    """Carry out an update, all or nothing."""
    asked = operation(request, body, name="update")
    if asked.text is None:
        raise PayloadError(detail="there is no update in it")
    graphs = touched(asked.text)
    noted(request, graphs="any" if graphs is None else sorted(name or "default" for name in graphs))
    store.update(asked.text, dataset=asked.dataset, base=base_of(request))
    return Response(status_code=204)


async def _answer(request: Request, asked: Operation, wanted: "_Wanted") -> Response:
    if asked.text is None:
        raise PayloadError(detail="there is no query in it")
    query = Asked(
        asked.text,
        wanted.accept,
        asked.dataset,
        base=base_of(request),
        limit_s=asked.limit_s,
        client=address(request.scope),
    )
    store = get_store(request)
    if isinstance(store, WorkerStore):
        return await delivered(store.begin(query), request, wanted.names)
    answer = await run_in_threadpool(
        store.answer,
        query.text,
        query.accept,
        dataset=query.dataset,
        base=query.base,
        limit_s=query.limit_s,
    )
    return await run_in_threadpool(streamed, answer.blocks, wanted.names[answer.media_type])


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a client accepts: whether a page most of all, else results, the best first.

    ``names`` is what to call each of these: by the name that the client wants more.
    """

    page: bool
    accept: tuple[str, ...]
    names: Mapping[str, str]


@lru_cache(maxsize=256)
def _wanted(accept: str | None, *, pages: bool) -> _Wanted:
    found = ranked(accept, (*_OFFERS, HTML) if pages else _OFFERS)
    results = [name for name in found if name != HTML]
    names = {_PLAIN_NAMES.get(name, name): name for name in reversed(results)}
    known = tuple(_PLAIN_NAMES.get(name, name) for name in results)
    return _Wanted(found[0] == HTML, known, names)
