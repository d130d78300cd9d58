"""Triples of channels: the arranged ways for bodies to coordinate.

Three things arrange one: a coordination body for its members, an arrangement or a body that the
text lets coordinate others, and two or more bodies that issue a document together.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations

from kg import ids
from kg.model import MEASURE_KINDS, BodyKind, Kind, Relation, RelationKind, Span
from kg.rdf.page import Page, body_iri, evidence, spans_of
from kg.rdf.relations import claim_spans
from kg.rdf.terms import Triple, decimal, node, text
from kg.rdf.things import issuers
from kg.vocab import RDF_TYPE, Class, Property

_ARRANGERS = MEASURE_KINDS | {Kind.BODY}
_ARRANGING = frozenset({RelationKind.COORDINATES, RelationKind.MEMBER_OF})


@dataclass(frozen=True, slots=True)
class Channel:
    """An arranged way to coordinate: what arranges it, whom it connects, what it covers."""

    arranged_by: str
    connects: tuple[str, ...]
    covers: tuple[str, ...]
    spans: tuple[Span, ...]
    confidence: float = 1.0
    stated: bool = True


def channels(page: Page) -> Iterator[Channel]:
    """Yield every channel that the document arranges, also one that names no members yet."""
    arranged: dict[str, list[Relation]] = {
        group.iri: []
        for group in page.groups
        if group.attr("body_kind") == BodyKind.COORDINATION_BODY
    }
    for relation in page.extraction.relations:
        arranger = relation.head if relation.kind is RelationKind.COORDINATES else relation.tail
        if relation.kind in _ARRANGING and page.kind(arranger) in _ARRANGERS:
            arranged.setdefault(page.iris[arranger], []).append(relation)
    for iri, claims in arranged.items():
        yield _channel(page, iri, claims)
    yield from _joint_issue(page)


def channel_triples(page: Page, channel: Channel) -> Iterator[Triple]:
    """Yield the node of a channel, and ``coordinatesWith`` between all whom it connects."""
    this = ids.iri("channel", f"{page.source.key}.{ids.digest('channel', channel.arranged_by)}")
    link = node(this)
    yield link, node(RDF_TYPE), node(Class.CHANNEL)
    yield link, node(Property.ARRANGED_BY), node(channel.arranged_by)
    yield link, node(Property.STATED_IN), node(page.document)
    yield link, node(Property.CONFIDENCE), decimal(channel.confidence)
    yield link, node(Property.BASIS), text("stated" if channel.stated else "inferred")
    yield from evidence(page, this, channel.spans)
    for body in channel.connects:
        yield link, node(Property.CONNECTS), node(body)
    for covered in channel.covers:
        yield link, node(Property.COVERS), node(covered)
    for one, other in permutations(channel.connects, 2):
        yield node(one), node(Property.COORDINATES_WITH), node(other)


def _channel(page: Page, arranger: str, claims: Sequence[Relation]) -> Channel:
    group = next(group for group in page.groups if group.iri == arranger)
    bodies, covers = [], []
    for claim in claims:
        other = claim.tail if claim.kind is RelationKind.COORDINATES else claim.head
        if page.kind(other) is Kind.BODY:
            bodies.append(page.iris[other])
        elif claim.kind is RelationKind.COORDINATES and other in page.iris:
            covers.append(page.iris[other])
    meets_itself = group.kind is Kind.BODY and group.attr("body_kind") != BodyKind.COORDINATION_BODY
    connected = {*bodies, arranger} if meets_itself and bodies else set(bodies)
    spans = [span for mention in group.mentions for span in spans_of(mention)]
    spans += [span for claim in claims for span in claim_spans(page, claim)]
    return Channel(
        arranged_by=arranger,
        connects=tuple(sorted(connected)),
        covers=tuple(sorted(set(covers))),
        spans=tuple(spans),
        confidence=min([claim.confidence for claim in claims], default=group.first.confidence),
        stated=all(claim.stated for claim in claims),
    )


def _joint_issue(page: Page) -> Iterator[Channel]:
    told = [r for r in page.extraction.relations if r.kind is RelationKind.ISSUED_BY]
    named = {page.iris[r.tail] for r in told if page.kind(r.tail) is Kind.BODY}
    bodies = named or {
        body_iri(name, is_open=False, document=page.source.key) for name in issuers(page)
    }
    spans = [span for claim in told for span in claim_spans(page, claim)]
    title = page.extraction.metadata.title_span
    spans = spans or ([title] if title else [])
    if len(bodies) > 1 and spans:
        yield Channel(page.document, tuple(sorted(bodies)), (), tuple(spans))
