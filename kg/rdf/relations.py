"""Triples of how things hang together: direct ones, and link nodes that carry the evidence.

A dependency and a contribution always have a node; any other relation has one (`qkg:Relation`)
where it is inferred, doubtful or carried by a cue of its own. A node names its direct property by
its class, its kind or ``qkg:shortcut``, so that one update can keep both in step.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from kg import ids
from kg.model import MEASURE_KINDS, Basis, Kind, Relation, RelationKind, Span
from kg.rdf.page import ELEMENT_KINDS, Page, evidence, ground, spans_of
from kg.rdf.terms import Triple, decimal, integer, node, text
from kg.vocab import KIND_OF_DEPENDENCY, NS, RDF_TYPE, Class, Property

Kinds = frozenset[Kind]

_ELEMENTS: Kinds = ELEMENT_KINDS
_MEASURES: Kinds = MEASURE_KINDS
_BODY: Kinds = frozenset({Kind.BODY})
_DOCUMENT: Kinds = frozenset({Kind.DOCUMENT})
_GOAL: Kinds = frozenset({Kind.GOAL})
_AREA: Kinds = frozenset({Kind.POLICY_AREA})

ENDS: Mapping[RelationKind, tuple[Kinds, Kinds]] = MappingProxyType(
    {
        RelationKind.PART_OF: (_ELEMENTS, _ELEMENTS),
        RelationKind.REALISES: (_MEASURES, _MEASURES),
        RelationKind.HAS_GOAL: (_DOCUMENT, _GOAL),
        RelationKind.IMPLEMENTS: (_DOCUMENT, _DOCUMENT),
        RelationKind.QUANTIFIES: (frozenset({Kind.TARGET}), _ELEMENTS),
        RelationKind.ALIGNED_WITH: (_AREA, _AREA),
        RelationKind.IN_POLICY_AREA: (_ELEMENTS | _DOCUMENT, _AREA),
        RelationKind.MEMBER_OF: (_BODY, _BODY),
        RelationKind.SUPERVISES: (_MEASURES | _BODY, _ELEMENTS | _DOCUMENT | _BODY),
        RelationKind.EVALUATES: (_MEASURES | _BODY, _ELEMENTS | _DOCUMENT),
        RelationKind.ISSUED_BY: (_DOCUMENT, _BODY),
        RelationKind.COORDINATES: (_MEASURES | _BODY, _BODY),
        RelationKind.REQUIRES: (_MEASURES, _MEASURES),
        RelationKind.SHARES_RESOURCE_WITH: (_MEASURES, _MEASURES),
        RelationKind.JOINTLY_PRODUCES_WITH: (_MEASURES, _MEASURES),
        RelationKind.CONTRIBUTES_TO: (_ELEMENTS, _ELEMENTS),
        RelationKind.CONFLICTS_WITH: (_ELEMENTS, _ELEMENTS),
    }
)
"""What each relation may join; the rest (times, sameness) makes literals or merges things."""

DECISION_RULE = "review.decision"
"""The rule of what a reviewer corrected."""

_SYMMETRIC = frozenset({RelationKind.SHARES_RESOURCE_WITH, RelationKind.JOINTLY_PRODUCES_WITH})
_STATED_STRENGTH = 2  # "reinforcing" on the scale of Nilsson, Griggs and Visbeck 2016 (-3 … +3)
_INFERRED_STRENGTH = 1  # "enabling": the weakest that still helps
_CONFLICT_STRENGTH = -2  # "counteracting" on the same scale
_WEIGHED = frozenset({RelationKind.CONTRIBUTES_TO, RelationKind.CONFLICTS_WITH})


@dataclass(frozen=True, slots=True)
class Tie:
    """One relation between two things, with every claim for it, the best founded first."""

    kind: RelationKind
    head: str
    tail: str
    claims: tuple[Relation, ...]

    @property
    def best(self) -> Relation:
        """Return the claim whose rule, confidence and basis the tie takes."""
        return self.claims[0]


def ties(page: Page) -> Iterator[Tie]:
    """Yield each relation between two different things that may stand in it, once."""
    claims: dict[tuple[RelationKind, str, str], list[Relation]] = {}
    for relation in page.extraction.relations:
        if (ends := _ends(page, relation)) is not None:
            claims.setdefault((relation.kind, *ends), []).append(relation)
    for (kind, head, tail), found in claims.items():
        found.sort(key=lambda claim: (not claim.stated, -claim.confidence, claim.rule))
        yield Tie(kind, head, tail, tuple(found))


def tie_triples(page: Page, tie: Tie) -> Iterator[Triple]:
    """Yield the direct triples of one relation, and its node where it has one."""
    yield from _direct_triples(tie)
    this = tie_iri(page, tie)
    yield from ground(page, [this], this)
    if tie.kind in KIND_OF_DEPENDENCY:
        yield from _link_triples(page, tie, this, Class.DEPENDENCY)
        yield node(this), node(Property.OF_KIND), node(KIND_OF_DEPENDENCY[tie.kind])
    elif tie.kind in _WEIGHED:
        yield from _link_triples(page, tie, this, Class.CONTRIBUTION)
        yield node(this), node(Property.STRENGTH), integer(_strength(tie))
    elif _told_apart(page, tie, this):
        yield from _link_triples(page, tie, this, Class.RELATION)
        yield node(this), node(Property.SHORTCUT), node(NS + tie.kind)


def _strength(tie: Tie) -> int:
    if tie.kind is RelationKind.CONFLICTS_WITH:
        return _CONFLICT_STRENGTH
    return _STATED_STRENGTH if tie.best.stated else _INFERRED_STRENGTH


def tie_iri(page: Page, tie: Tie) -> str:
    """Return the IRI of a relation, whether or not it has a node of its own."""
    dependency = "dependency" if tie.kind in KIND_OF_DEPENDENCY else "relation"
    kind = "contribution" if tie.kind in _WEIGHED else dependency
    return ids.iri(kind, f"{page.source.key}.{ids.digest(tie.kind, tie.head, tie.tail)}")


def claim_spans(page: Page, claim: Relation) -> Sequence[Span]:
    """Return the words that carry a relation: its cue, else the words of both its ends."""
    if claim.cue:
        return [claim.cue]
    ends = [page.mentions[end] for end in (claim.head, claim.tail) if end in page.mentions]
    spans = [span for mention in ends for span in spans_of(mention)]
    title = page.extraction.metadata.title_span
    return spans or ([title] if title else [])


def _basis(claim: Relation) -> Basis:
    if claim.rule == DECISION_RULE:
        return Basis.DECISION
    return Basis.STATED if claim.stated else Basis.INFERRED


def fits(kind: RelationKind, head: Kind, tail: Kind) -> bool:
    """Return whether a relation of *kind* may lead from the one kind of thing to the other.

    >>> fits(RelationKind.PART_OF, Kind.TASK, Kind.TASK_GROUP)
    True
    """
    heads, tails = ENDS.get(kind, (frozenset(), frozenset()))
    return head in heads and tail in tails


def _ends(page: Page, relation: Relation) -> tuple[str, str] | None:
    head, tail = page.iris.get(relation.head), page.iris.get(relation.tail)
    if relation.kind not in ENDS or head is None or tail is None or head == tail:
        return None
    heads, tails = ENDS[relation.kind]
    if page.kind(relation.head) not in heads or page.kind(relation.tail) not in tails:
        return None
    if relation.kind in _SYMMETRIC and tail < head:
        return tail, head
    return head, tail


def _direct_triples(tie: Tie) -> Iterator[Triple]:
    head, tail = node(tie.head), node(tie.tail)
    both = ((head, tail), (tail, head)) if tie.kind in _SYMMETRIC else ((head, tail),)
    for one, other in both:
        yield one, node(NS + tie.kind), other
        if tie.kind in KIND_OF_DEPENDENCY:
            yield one, node(Property.DEPENDS_ON), other


def _told_apart(page: Page, tie: Tie, this: str) -> bool:
    best = tie.best
    return not best.stated or best.confidence < 1 or bool(best.cue) or this in page.decisions


def _link_triples(page: Page, tie: Tie, this: str, kind: Class) -> Iterator[Triple]:
    link = node(this)
    yield link, node(RDF_TYPE), node(kind)
    yield link, node(Property.LINK_FROM), node(tie.head)
    yield link, node(Property.LINK_TO), node(tie.tail)
    yield link, node(Property.STATED_IN), node(page.document)
    yield link, node(Property.BASIS), text(_basis(tie.best))
    yield link, node(Property.CONFIDENCE), decimal(tie.best.confidence)
    yield link, node(Property.BY_RULE), text(tie.best.rule)
    for claim in tie.claims:
        yield from evidence(page, this, claim_spans(page, claim))
