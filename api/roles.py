"""Which role each route needs, once. A route that stands here nowhere is answered to nobody.

Who may read what is another matter: a route is given the store as its caller may see it.
"""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from starlette.routing import compile_path

from kg.access import Role


@dataclass(frozen=True, slots=True)
class Need:
    """What somebody must be to be answered.

    ``writes``: refused by a service that only reads. ``whole``: works on the whole store, so whoever
    may not read all that is there may not do it either: what is put back would lack what is internal.
    """

    role: Role
    writes: bool = True
    whole: bool = True


_NEEDS = {
    Need(Role.NONE, writes=False, whole=False): """
        GET /health
        GET /ready
    """,
    Need(Role.READ, writes=False, whole=False): """
        GET /
        GET /.well-known/void
        GET /api/aggregate
        GET /api/areas
        GET /api/chains
        GET /api/coordination
        GET /api/dependencies
        GET /api/diff
        GET /api/documents
        GET /api/documents/{key}
        GET /api/documents/{key}/text
        GET /api/edges/{edge:path}
        GET /api/gap-types
        GET /api/gaps
        GET /api/gaps/{identifier:path}
        GET /api/jobs/{identifier}
        GET /api/ledger
        GET /api/nodes/{key:path}
        GET /api/overview
        GET /api/paths
        GET /api/queries
        GET /api/reports
        GET /api/reports/schema
        GET /api/review
        GET /api/robustness
        GET /api/running
        GET /api/runs
        GET /api/runs/{run}
        GET /api/search
        GET /api/subgraph
        GET /api/supervision
        GET /api/uptake
        GET /api/vocabulary
        GET /catalog
        GET /docs
        GET /documents
        GET /documents/{key}
        GET /gaps
        GET /id/{kind}/{key:path}
        GET /metrics
        GET /ns
        GET /ns/context.jsonld
        GET /ns/{version}
        GET /sparql
        GET /static/types.css
        GET /static/{name}
        GET /store
        GET /store/{path:path}
        GET /views/network
        GET /views/{name}
        GET /whatif
        POST /api/drawing
        POST /api/names
        POST /api/view
        POST /api/view/{ending}
        POST /api/whatif
        POST /sparql
    """,
    Need(Role.REVIEW): """
        POST /api/gaps/{identifier:path}
        POST /api/ledger
        POST /api/review
    """,
    Need(Role.WRITE, whole=False): """
        DELETE /api/jobs/{identifier}
        POST /api/documents
    """,
    Need(Role.WRITE): """
        DELETE /api/documents/{key}
        DELETE /store
        DELETE /store/{path:path}
        POST /api/runs
        POST /store
        POST /store/{path:path}
        POST /update
        PUT /store
        PUT /store/{path:path}
    """,
    Need(Role.ADMIN): """
        PATCH /api/documents/{key}
    """,
    Need(Role.ADMIN, writes=False, whole=False): """
        DELETE /api/running/{identifier}
    """,
}
NEEDS = MappingProxyType(
    {
        route.strip(): need
        for need, routes in _NEEDS.items()
        for route in routes.strip().splitlines()
    }
)
"""``METHOD path`` -> what it needs."""

_WRITING = [
    (method, compile_path(path)[0], route)
    for route, (method, _, path) in ((route, route.partition(" ")) for route in NEEDS)
    if not Role.READ.covers(NEEDS[route].role)
]
_UNDECLARED = Need(Role.ADMIN)
_BEARER = "token"


def need_of(method: str, path: str) -> Need:
    """Return what the route with this path template needs.

    >>> need_of("POST", "/update").role.value, need_of("GET", "/api/search").role.value
    ('write', 'read')
    """
    return NEEDS.get(f"{method} {path}", _UNDECLARED)


def writing(method: str, path: str) -> tuple[str, dict[str, str]] | None:
    """Return the route that needs more than reading at this path, and what the path names.

    >>> writing("DELETE", "/api/documents/a1")
    ('DELETE /api/documents/{key}', {'key': 'a1'})
    >>> writing("POST", "/sparql") is None
    True
    """
    for own, pattern, route in _WRITING:
        found = pattern.match(path) if own == method else None
        if found is not None:
            return route, found.groupdict()
    return None


def open_paths() -> frozenset[str]:
    """Return the paths that need no role and have no parameter: all else is asked who comes."""
    return frozenset(
        path
        for method, _, path in (route.partition(" ") for route in NEEDS)
        if need_of(method, path).role is Role.NONE
    )


def declare(document: dict[str, Any]) -> None:
    """Add to an OpenAPI *document* which role each operation needs, and how a token is given."""
    components = document.setdefault("components", {})
    components.setdefault("securitySchemes", {})[_BEARER] = {"type": "http", "scheme": "bearer"}
    for path, methods in document["paths"].items():
        for method, said in methods.items():
            role = need_of(method.upper(), path).role
            said["x-role"] = role.value
            if role is not Role.NONE:
                free: list[dict[str, list[str]]] = [{}] if role is Role.READ else []
                said["security"] = [*free, {_BEARER: []}]
