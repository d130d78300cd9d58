"""What a request of the SPARQL 1.1 Protocol says, without carrying it out."""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl

from fastapi import Request
from starlette.datastructures import URL

from kg.errors import PayloadError, UnsupportedMediaError
from kg.store.port import Dataset

FORM = "application/x-www-form-urlencoded"
_CHARSETS = frozenset({"utf-8", "utf8", "us-ascii"})


@dataclass(frozen=True, slots=True)
class Operation:
    """A query or an update, the dataset that the request names for it, and a limit of its own."""

    text: str | None
    dataset: Dataset
    limit_s: float | None = None


def operation(request: Request, body: bytes, *, name: str) -> Operation:
    """Return the operation called *name*, ``"query"`` or ``"update"``, of a request.

    Raises:
        PayloadError: It names two, or is not UTF-8, or its ``timeout`` is no number of seconds.
        UnsupportedMediaError: Its body is neither a form nor SPARQL.
    """
    given = parse_qsl(request.scope["query_string"].decode("latin-1"), keep_blank_values=True)
    if request.method == "POST":
        given += _posted(request, body, name=name)
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


def _posted(request: Request, body: bytes, *, name: str) -> list[tuple[str, str]]:
    header = request.headers.get("content-type", "")
    direct = f"application/sparql-{name}"
    media = media_type(header)
    if media not in (direct, FORM):
        raise UnsupportedMediaError(given=header, known=f"{direct}, {FORM}")
    try:
        text = body.decode("utf-8")
        return [(name, text)] if media == direct else _form(text)
    except UnicodeDecodeError as error:
        raise PayloadError(detail="the body is not UTF-8") from error


def _form(text: str) -> list[tuple[str, str]]:
    return parse_qsl(text, keep_blank_values=True, errors="strict")
