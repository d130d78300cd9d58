"""What a request asks, as a digest: two requests with one digest have one answer."""

from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from operator import itemgetter

from starlette.types import Scope

from api.clients import caller_of
from api.formats import language
from api.requests import FORM, LONGEST, Parameters, parameters
from kg.settings import Settings
from kg.store.sparql.lexer import unescaped

STORE_ALONE = (
    "/sparql",
    "/store",
    "/id/",
    "/ns",
    "/catalog",
    "/.well-known/void",
    "/views/",
    "/documents",
    "/gaps",
    "/whatif",
    "/api/aggregate",
    "/api/areas",
    "/api/chains",
    "/api/coordination",
    "/api/dependencies",
    "/api/documents",
    "/api/edges/",
    "/api/gap-types",
    "/api/gaps",
    "/api/ledger",
    "/api/nodes/",
    "/api/overview",
    "/api/paths",
    "/api/queries",
    "/api/reports",
    "/api/runs",
    "/api/robustness",
    "/api/subgraph",
    "/api/supervision",
    "/api/uptake",
    "/api/vocabulary",
)
"""Where the answer to a GET depends on the store (and on the program and its settings) alone.

Not ``/api/search``: its hits tell gaps once these are known, and nobody waits for that.
"""

_QUERY = "application/sparql-query"
_TELLING = frozenset({b"accept", b"accept-language", b"content-type", b"host"})
_PATH_OF_QUERIES = "/sparql"
# What makes a query's answer depend on more than the store. A word too many (BRAND) costs a
# second run, a word too few a wrong answer.
_PASSING = ("NOW", "RAND", "UUID", "SERVICE")
_IMPATIENT = "wait"  # without waiting an answer lacks what is not worked out yet


def is_asked_of_store(scope: Scope) -> bool:
    """Return whether a GET, or a query sent by POST, asks for what depends on the store alone.

    >>> is_asked_of_store({"method": "GET", "path": "/api/gaps"})
    True
    >>> is_asked_of_store({"method": "GET", "path": "/api/jobs/1"})
    False
    """
    path: str = scope["path"]
    if scope["method"] == "POST":
        return path == _PATH_OF_QUERIES
    return scope["method"] == "GET" and path.startswith(STORE_ALONE)


def digest_of(scope: Scope, settings: Settings, *, salt: bytes, body: bytes = b"") -> bytes | None:
    """Return the digest of a question; ``None`` where its answer is not to be kept.

    Args:
        scope: The request.
        settings: Which language is spoken.
        salt: What the answer depends on beside the request.
        body: What was sent by POST.
    """
    given = [pair for pair in scope["headers"] if pair[0] in _TELLING]
    content_type = next((value for name, value in given if name == b"content-type"), b"")
    asked = _asked(scope["query_string"], content_type if body else b"", body)
    if asked is None:
        return None
    accepts = [value for name, value in given if name == b"accept"]
    spoken = next((value for name, value in given if name == b"accept-language"), b"")
    told = (
        scope["path"],
        asked,
        accepts,
        _spoken(spoken, settings.lang),
        caller_of(scope).name,
        scope.get("scheme"),
        scope.get("root_path"),
        [value for name, value in given if name == b"host"],
        _pages_are_offered(scope["method"], accepts),
    )
    return blake2b(salt + repr(told).encode(), digest_size=12).digest()


def _pages_are_offered(method: str, accepts: Sequence[bytes]) -> bool:
    """Return whether a page may be the answer: to a GET alone, and to whoever names one.

    All else about a query is the same by GET and by POST.
    """
    return method == "GET" and any(b"html" in one or b"text/*" in one for one in accepts)


@lru_cache(maxsize=512)
def _asked(query_string: bytes, content_type: bytes, body: bytes) -> Parameters | None:
    """Return the parameters of URL and body, sorted by name; ``None`` for what is not to be kept.

    Repeated ones keep their order.
    """
    if len(query_string) + len(body) > LONGEST:
        return None
    given = parameters(query_string)
    if body:
        media, _, charset = content_type.decode("latin-1").lower().partition(";")
        if charset.strip() not in ("", "charset=utf-8") or media.strip() not in (_QUERY, FORM):
            return None
        text = body.decode("utf-8", "surrogateescape")
        given += parameters(body) if media.strip() == FORM else (("query", text),)
    if any(name == _IMPATIENT or (name == "query" and _passes(value)) for name, value in given):
        return None
    return tuple(sorted(given, key=itemgetter(0)))


def _passes(query: str) -> bool:
    upper = query.upper() + (unescaped(query).upper() if "\\" in query else "")
    return any(word in upper for word in _PASSING)


@lru_cache(maxsize=512)
def _spoken(accept_language: bytes, default: str) -> str:
    return language(accept_language.decode("latin-1"), default=default)
