"""Content negotiation: which media type a client wants most (RFC 9110, section 12.5.1)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from fastapi import Request
from fastapi.datastructures import DefaultPlaceholder
from fastapi.routing import APIRoute

from kg.errors import FormatError
from kg.store import formats

HTML = "text/html"
PROBLEM = "application/problem+json"
VARY = {"Vary": "Accept, Accept-Language"}

_WEIGHT = re.compile(r"[01](?:\.\d{0,3})?")


@dataclass(frozen=True, slots=True)
class _Range:
    """One part of an Accept header."""

    media: str
    weight: float

    def rank_for(self, offer: str) -> int:
        """Return how exactly it names *offer*: 3 the type itself, 1 anything, 0 not at all."""
        if self.media == offer:
            return 3
        if self.media == offer.partition("/")[0] + "/*":
            return 2
        return 1 if self.media == "*/*" else 0


def contents(names: Iterable[str]) -> dict[str, Any]:
    """Return what an OpenAPI document says of an answer in one of these media types.

    >>> contents(["text/csv", "application/ld+json"])
    {'text/csv': {'schema': {'type': 'string'}}, 'application/ld+json': {'schema': {}}}
    """
    return {name: {"schema": {} if name.endswith("json") else {"type": "string"}} for name in names}


OFFERED = (*formats.GRAPHS, HTML)
"""What a name can be looked up as; Turtle for whoever does not care."""

_BY_NAME = MappingProxyType(
    {
        "html": HTML,
        "ttl": formats.TURTLE,
        "nt": formats.N_TRIPLES,
        "jsonld": formats.JSON_LD,
        "rdf": formats.RDF_XML,
    }
)


def wanted(request: Request) -> str:
    """Return the one of `OFFERED` that a request wants: ``?format=`` by a link, else Accept.

    Raises:
        FormatError: It is none of them.
    """
    asked = request.query_params.get("format")
    if asked is None:
        return ranked(request.headers.get("accept"), OFFERED)[0]
    if asked not in _BY_NAME:
        raise FormatError(given=asked, known=", ".join(_BY_NAME))
    return _BY_NAME[asked]


async def acceptable(request: Request) -> None:
    """Return only if the client allows one of the media types that the route declares.

    Asked before the route runs, so that nothing is written for an answer that nobody takes. Routes
    that choose among several choose by themselves; one that declares none answers without a body.

    Raises:
        FormatError: It allows none.
    """
    accept = request.headers.get("accept")
    if accept is None or accept == "*/*" or "format" in request.query_params:
        return  # a link that names a format overrules the header
    offers = _declared(request.scope["route"])
    if offers:
        ranked(accept, offers)


def _declared(route: APIRoute) -> tuple[str, ...]:
    """Return the media types of a route's answers, as its OpenAPI entry has them."""
    stock = route.response_class
    kind = (stock.value if isinstance(stock, DefaultPlaceholder) else stock).media_type
    success = (said for status, said in route.responses.items() if str(status).startswith("2"))
    names = {name for said in success for name in said.get("content", {})}
    declared = {name.partition(";")[0] for name in names}
    return tuple(sorted(declared | ({kind} if kind else set())))


def ranked(accept: str | None, offers: Sequence[str]) -> list[str]:
    """Return those of *offers* that *accept* allows, what it wants most first.

    Equal weights keep the order of the offers; no header allows all.

    Raises:
        FormatError: It allows none.

    >>> ranked("text/csv;q=0.5, */*;q=0.1", ["application/json", "text/csv"])
    ['text/csv', 'application/json']
    >>> ranked(None, ["application/json", "text/csv"])
    ['application/json', 'text/csv']
    """
    ranges = [_range(part) for part in (accept or "*/*").split(",") if part.strip()]
    weighed = [(_weight(offer, ranges), offer) for offer in offers]
    allowed = [(weight, offer) for weight, offer in weighed if weight > 0]
    if not allowed:
        raise FormatError(given=accept, known=", ".join(offers))
    return [offer for _, offer in sorted(allowed, key=lambda pair: -pair[0])]


def language(accept_language: str | None, *, default: str) -> str:
    """Return ``"zh"`` or ``"en"``, whichever the header wants more.

    >>> language("en-GB,en;q=0.9,zh;q=0.5", default="zh"), language(None, default="zh")
    ('en', 'zh')
    """
    best, chosen = 0.0, default
    for part in (accept_language or "").split(","):
        wanted = _range(part)
        found = wanted.media.partition("-")[0]
        if found in ("zh", "en") and wanted.weight > best:
            best, chosen = wanted.weight, found
    return chosen


def _range(part: str) -> _Range:
    media, *params = (piece.strip().lower() for piece in part.split(";"))
    weights = [param[2:] for param in params if param.startswith("q=")]
    good = bool(weights) and _WEIGHT.fullmatch(weights[0]) is not None
    return _Range(media, float(weights[0]) if good else 1.0)


def _weight(offer: str, ranges: Sequence[_Range]) -> float:
    ranks = [(found.rank_for(offer), found.weight) for found in ranges]
    best = max((rank for rank, _ in ranks), default=0)
    return max((weight for rank, weight in ranks if rank == best), default=0.0) if best else 0.0
