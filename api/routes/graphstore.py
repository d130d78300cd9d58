"""SPARQL 1.1 Graph Store HTTP Protocol at ``/store``.

``?default`` and ``?graph=IRI`` name a graph, a URL below ``/store/`` is one itself, and the bare URL
is the whole dataset (N-Quads, TriG), or where a POST of triples makes a graph with a new name.
"""

import uuid
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qsl

from fastapi import APIRouter, Request, Response

from api.answers import streamed
from api.deps import BodyDep, StoreDep
from api.errors import problems
from api.formats import contents, ranked
from api.requests import base_of, media_type
from kg.errors import PayloadError, UnknownGraphError, UnsupportedMediaError
from kg.store import formats
from kg.store.port import Body, Store

router = APIRouter(tags=["store"])

_MULTIPART = "multipart/form-data"
_FOUND: dict[int | str, dict[str, Any]] = {
    200: {"description": "The graph, or all of them", "content": contents(formats.TRIPLES)}
}
_READING = _FOUND | problems(400, 404, 406, 503)
_NEW: dict[int | str, dict[str, Any]] = {201: {"description": "There was no such graph before"}}
_WRITE: dict[str, Any] = {
    "status_code": 204,
    "response_class": Response,
    "responses": _NEW | problems(400, 401, 403, 413, 415, 503),
}
# a line break is in no name of a graph, so no route is found
_WRITE_BELOW = _WRITE | {"responses": _WRITE["responses"] | problems(404)}
_SENT = {"requestBody": {"required": True, "content": contents(formats.TRIPLES)}}
_PATH = {
    "parameters": [
        {"name": "path", "in": "path", "required": True, "schema": {"type": "string"}},
    ]
}
_GRAPH = {
    "parameters": [
        {"name": "graph", "in": "query", "schema": {"type": "string", "format": "iri"}},
        {"name": "default", "in": "query", "schema": {"type": "string"}},
    ]
}


@dataclass(frozen=True, slots=True)
class Target:
    """What a request is about: the whole dataset, or one graph, ``None`` being the default one."""

    whole: bool
    graph: str | None = None

    def exists_in(self, store: Store) -> bool:
        """Return whether it is there; the default graph always is."""
        return self.whole or self.graph is None or store.has_graph(self.graph)


@router.get("/store", response_class=Response, responses=_READING, openapi_extra=_GRAPH)
@router.get("/store/{path:path}", response_class=Response, responses=_READING, openapi_extra=_PATH)
def read(request: Request, store: StoreDep) -> Response:
    """Return a graph, or at the bare URL all of them."""
    target, accept = _target(request), request.headers.get("accept")
    if target.whole:
        chosen = ranked(accept, formats.DATASETS)[0]
        return streamed(store.dump(chosen), chosen)
    if not target.exists_in(store):
        raise UnknownGraphError(graph=target.graph)
    chosen = ranked(accept, formats.GRAPHS)[0]
    return streamed(store.read_graph(target.graph, chosen), chosen)


@router.put(
    "/store",
    **_WRITE,
    openapi_extra=_SENT | _GRAPH,
)
@router.put(
    "/store/{path:path}",
    **_WRITE_BELOW,
    openapi_extra=_SENT | _PATH,
)
def put(request: Request, store: StoreDep, body: BodyDep) -> Response:
    """Put what is sent in the place of a graph, or of the whole dataset."""
    target = _target(request)
    existed = target.exists_in(store)
    _load(request, store, body, target=target, replacing=True)
    return Response(status_code=204 if existed else 201)


@router.post(
    "/store",
    **_WRITE,
    openapi_extra=_SENT | _GRAPH,
)
@router.post(
    "/store/{path:path}",
    **_WRITE_BELOW,
    openapi_extra=_SENT | _PATH,
)
def post(request: Request, store: StoreDep, body: BodyDep) -> Response:
    """Add what is sent to a graph; triples at the bare URL become a graph with a new name."""
    target = _target(request)
    if target.whole and not _is_dataset(_bodies(request, body, base=None)):
        name = f"{base_of(request).rstrip('/')}/{uuid.uuid4().hex}"
        _load(request, store, body, target=Target(whole=False, graph=name), replacing=False)
        return Response(status_code=201, headers={"Location": name})
    existed = target.exists_in(store)
    _load(request, store, body, target=target, replacing=False)
    return Response(status_code=204 if existed else 201)


@router.delete(
    "/store",
    status_code=204,
    response_class=Response,
    responses=problems(400, 401, 403, 404, 503),
    openapi_extra=_GRAPH,
)
@router.delete(
    "/store/{path:path}",
    status_code=204,
    response_class=Response,
    responses=problems(400, 401, 403, 404, 503),
    openapi_extra=_PATH,
)
def delete(request: Request, store: StoreDep) -> Response:
    """Remove a graph; the whole dataset is not removed by mistake: use ``DROP ALL``."""
    target = _target(request)
    if target.whole:
        raise PayloadError(detail="name a graph with ?graph= or ?default; DROP ALL removes all")
    if not target.exists_in(store):
        raise UnknownGraphError(graph=target.graph)
    if target.graph is None:
        store.update("CLEAR DEFAULT")
    else:
        store.remove(target.graph)
    return Response(status_code=204)


def _target(request: Request) -> Target:
    if request.path_params.get("path"):
        return Target(whole=False, graph=base_of(request))
    given = parse_qsl(request.url.query, keep_blank_values=True)
    graphs = [value for key, value in given if key == "graph"]
    default = any(key == "default" for key, _ in given)
    if len(graphs) + default > 1:
        raise PayloadError(detail="name one graph, by ?graph= or by ?default")
    if graphs and not graphs[0]:
        raise PayloadError(detail="?graph= has no value; give the IRI of a graph")
    return Target(whole=not graphs and not default, graph=graphs[0] if graphs else None)


def _load(request: Request, store: Store, body: bytes, *, target: Target, replacing: bool) -> None:
    bodies = _bodies(request, body, base=target.graph or base_of(request))
    if not target.whole:
        store.load(bodies, graph=target.graph, replacing=replacing)
    elif _is_dataset(bodies):
        store.load_dataset(bodies, replacing=replacing)
    else:
        raise UnsupportedMediaError(
            given=bodies[0].media_type if bodies else "", known=", ".join(formats.DATASETS)
        )


def _is_dataset(bodies: list[Body]) -> bool:
    return bool(bodies) and all(body.media_type in formats.DATASETS for body in bodies)


def _bodies(request: Request, body: bytes, *, base: str | None) -> list[Body]:
    """Return what is sent: one body, or the parts of a form, each with a media type of its own."""
    header = request.headers.get("content-type", "")
    media = media_type(header)
    if media != _MULTIPART:
        return [_body(body, media, base)]
    parts = message_from_bytes(f"Content-Type: {header}\r\n\r\n".encode() + body, policy=HTTP)
    if not parts.is_multipart():
        raise PayloadError(detail="a multipart body without its boundary")
    bodies = []
    for part in parts.iter_parts():
        kind = part.get_content_type() if "content-type" in part else formats.TURTLE
        content = part.get_payload(decode=True)
        bodies.append(_body(content if isinstance(content, bytes) else b"", kind, base))
    return bodies


def _body(content: bytes, media: str, base: str | None) -> Body:
    if media not in formats.TRIPLES:
        raise UnsupportedMediaError(given=media, known=", ".join(formats.TRIPLES))
    return Body(content, media, base)
