"""What a request of the SPARQL 1.1 Protocol says, without carrying it out."""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl

from fastapi import Request
from starlette.datastructures import URL

from kg.errors import PayloadError, UnsupportedMediaError
from kg.store.port import Dataset

FORM = "application/x-www-form-urlencoded"
LONGEST = 16_384
"""Bytes of parameters up to which they are remembered."""

_CHARSETS = frozenset({"utf-8", "utf8", "us-ascii"})


@dataclass(frozen=True, slots=True)
class Operation:
    """A query or an update, the dataset that the request names for it, and a limit of its own."""

    text: str | None
    dataset: Dataset
    limit_s: float | None = None


Parameters = tuple[tuple[str, str], ...]


def parameters(given: bytes) -> Parameters:
    r"""Return the parameters of a URL or a form, in order; what is no UTF-8 as lone surrogates.

    Several look at those of one request, and what was asked once is asked again: the last are
    remembered, which takes 1 µs where parsing takes up to 40.

    >>> parameters(b"query=ASK+%7B%7D&lang"), parameters(b"a=%FF")
    ((('query', 'ASK {}'), ('lang', '')), (('a', '\udcff'),))
    """
    return _remembered(given) if len(given) <= LONGEST else _parsed(given)


def _parsed(given: bytes) -> Parameters:
    text = given.decode("utf-8", "surrogateescape")
    return tuple(parse_qsl(text, keep_blank_values=True, errors="surrogateescape"))


_remembered = lru_cache(maxsize=512)(_parsed)


def operation(request: Request, body: bytes, *, name: str) -> Operation:
    """Return the operation called *name*, ``"query"`` or ``"update"``, of a request.

    Raises:
        PayloadError: It names two, or is not UTF-8, or its ``timeout`` is no number of seconds.
        UnsupportedMediaError: Its body is neither a form nor SPARQL.
    """
    given = parameters(request.scope["query_string"])
    if request.method == "POST":
        given += _posted(request, body, name=name)
    _refuse_broken(given)
    texts = [value for key, value in given if key == name]
    if len(texts) > 1:
        raise PayloadError(detail=f"{len(texts)} parameters {name!r} in one request; send one")
    default, named = (
        ("default-graph-uri", "named-graph-uri")
        if name == "query"
        else ("using-graph-uri", "using-named-graph-uri")
    )
    dataset = Dataset(
        default_graphs=tuple(value for key, value in given if key == default),
        named_graphs=tuple(value for key, value in given if key == named),
    )
    limits = [value for key, value in given if key == "timeout"]
    return Operation(texts[0] if texts else None, dataset, _seconds(limits) if limits else None)


def media_type(header: str) -> str:
    """Return the media type of a Content-Type header.

    Raises:
        UnsupportedMediaError: Its charset is not UTF-8.

    >>> media_type('text/turtle; charset="UTF-8"')
    'text/turtle'
    """
    media, *params = (part.strip().lower() for part in header.split(";"))
    for param in params:
        name, _, value = param.partition("=")
        if name.strip() == "charset" and value.strip(' "') not in _CHARSETS:
            raise UnsupportedMediaError(given=header, known="charset=utf-8")
    return media


def base_of(request: Request) -> str:
    """Return the IRI that relative IRIs of a request hang on: its URL without the query."""
    scope = request.scope
    return _base(scope["scheme"], request.headers.get("host"), scope["path"], scope.get("server"))


@lru_cache(maxsize=1024)
def _base(scheme: str, host: str | None, path: str, server: tuple[str, int] | None) -> str:
    named = [] if host is None else [(b"host", host.encode("latin-1"))]
    return str(URL(scope={"scheme": scheme, "server": server, "path": path, "headers": named}))


def _seconds(given: list[str]) -> float:
    try:
        seconds = float(given[-1])
    except ValueError:
        seconds = 0.0
    if not seconds > 0:  # nor is "nan"
        raise PayloadError(detail=f"timeout={given[-1]!r} is not a number of seconds above 0")
    return seconds


def _posted(request: Request, body: bytes, *, name: str) -> Parameters:
    header = request.headers.get("content-type", "")
    direct = f"application/sparql-{name}"
    media = media_type(header)
    if media not in (direct, FORM):
        raise UnsupportedMediaError(given=header, known=f"{direct}, {FORM}")
    if media == FORM:
        return parameters(body)
    return ((name, body.decode("utf-8", "surrogateescape")),)


def _refuse_broken(given: Parameters) -> None:
    try:
        for _, value in given:
            if not value.isascii():
                value.encode()
    except UnicodeEncodeError as error:
        raise PayloadError(detail="the request is not UTF-8") from error
