"""RDF terms and lines in N-Quads 1.1, written by hand so that no library is named here.

Only datatypes that every store keeps as they are: xsd:string, integer, decimal, date, boolean, and
dateTime for runs.
"""

import datetime
import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from kg.vocab import PREFIXES

Triple = tuple[str, str, str]
"""Subject, predicate and object, each a finished term."""

XSD = PREFIXES["xsd"]
_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_ESCAPED = re.compile(r'[\x00-\x1f\x7f"\\]')
_SHORT = {"\t": "\\t", "\b": "\\b", "\n": "\\n", "\r": "\\r", "\f": "\\f", '"': '\\"', "\\": "\\\\"}


@lru_cache(maxsize=4096)  # a document names its terms and its things again and again
def node(iri: str) -> str:
    """Return the term of *iri*.

    >>> node("https://w3id.org/qualitykg/id/body/b1")
    '<https://w3id.org/qualitykg/id/body/b1>'

    Raises:
        ValueError: It holds a character that no IRI may hold.
    """
    if _NOT_IN_IRI.search(iri):
        msg = f"not an IRI: {iri!r}"
        raise ValueError(msg)
    return f"<{iri}>"


def text(words: str, lang: str | None = None) -> str:
    r"""Return *words* as a literal, in *lang* where one is given.

    >>> print(text('"质量"', "zh"))
    "\"质量\""@zh
    """
    quoted = '"' + _ESCAPED.sub(_escape, words) + '"'
    return f"{quoted}@{lang}" if lang else quoted


def integer(value: int) -> str:
    """Return an xsd:integer."""
    return f'"{value:d}"^^<{XSD}integer>'


def decimal(value: float | Decimal) -> str:
    """Return an xsd:decimal in its shortest form, at most six places.

    >>> decimal(0.90)
    '"0.9"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    """
    places = f"{value:.6f}".rstrip("0").rstrip(".")
    return f'"{"0" if places == "-0" else places}"^^<{XSD}decimal>'


def boolean(*, value: bool) -> str:
    """Return an xsd:boolean."""
    return f'"{"true" if value else "false"}"^^<{XSD}boolean>'


def date(value: str) -> str | None:
    """Return an xsd:date, or nothing where *value* is no whole ISO 8601 date."""
    try:
        return f'"{datetime.date.fromisoformat(value).isoformat()}"^^<{XSD}date>'
    except ValueError:
        return None


def any_uri(value: str) -> str:
    """Return an xsd:anyURI; SHACL wants the namespaces of prefixes so.

    >>> any_uri("http://www.w3.org/ns/shacl#")
    '"http://www.w3.org/ns/shacl#"^^<http://www.w3.org/2001/XMLSchema#anyURI>'
    """
    return f"{text(value)}^^<{XSD}anyURI>"


def date_time(value: datetime.datetime) -> str:
    """Return an xsd:dateTime in UTC, to the second.

    >>> print(date_time(datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.UTC)))
    "2026-01-02T03:04:05Z"^^<http://www.w3.org/2001/XMLSchema#dateTime>
    """
    moment = value.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return f'"{moment}"^^<{XSD}dateTime>'


def nquads(triples: Iterable[Triple], graph: str) -> bytes:
    """Return *triples* in the named *graph*: each line once, in the order of its bytes."""
    name = node(graph)
    lines = sorted({f"{s} {p} {o} {name} .\n" for s, p, o in triples})
    return "".join(lines).encode()


def _escape(match: re.Match[str]) -> str:
    mark = match.group()
    return _SHORT.get(mark) or f"\\u{ord(mark):04X}"
