"""The statements of a document that a reviewer can decide on, each with the words behind it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.model import Kind, RelationKind, Role, Span
from kg.rdf.duties import duty_iri, read_duties
from kg.rdf.page import DOC, ELEMENT_KINDS, Page, canonical_of, one_line, spans_of
from kg.rdf.relations import claim_spans, tie_iri, ties

RESPONSIBILITY = "responsibility"
UPTAKE = "uptake"


@dataclass(frozen=True, slots=True)
class Thing:
    """What a relation of a document can lead to: an element, a body, an area, a document."""

    id: str
    kind: Kind
    words: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One element, responsibility or relation as the rules found it.

    ``words`` are those of the element, of the body, or of the first end of the relation; ``about``
    the element above, the measure, or the other end.
    """

    id: str
    kind: str  # a `Kind` of elements, ``responsibility``, ``uptake`` or a `RelationKind`
    words: str
    about: str
    rule: str
    confidence: float
    quote: str
    place: int  # where the quote starts, for the order of the text
    role: Role | None = None
    head: str = ""  # IRIs of the two ends of a relation
    tail: str = ""

    @property
    def is_element(self) -> bool:
        """Return whether its words can be corrected."""
        return self.kind in ELEMENT_KINDS

    @property
    def is_relation(self) -> bool:
        """Return whether its kind and what it leads to can be corrected."""
        return bool(self.head) and self.kind != UPTAKE

    @property
    def is_responsibility(self) -> bool:
        """Return whether its role and body can be corrected."""
        return self.kind == RESPONSIBILITY


def statements(page: Page) -> list[Statement]:
    """Return every statement of *page*, in the order of the text; *page* as extracted."""
    found = [*_elements(page), *_responsibilities(page), *_relations(page)]
    return sorted(found, key=lambda one: (one.place, one.kind, one.id))


def things(page: Page) -> list[Thing]:
    """Return everything that *page* names, the document itself first."""
    names = _names(page)
    own = Thing(page.document, Kind.DOCUMENT, page.extraction.metadata.title)
    named = (Thing(group.iri, group.kind, names[group.iri]) for group in page.groups)
    return list({one.id: one for one in (*named, own)}.values())


def _elements(page: Page) -> Iterator[Statement]:
    above = {
        page.iris.get(relation.head): page.iris.get(relation.tail, "")
        for relation in page.extraction.relations
        if relation.kind in (RelationKind.PART_OF, RelationKind.REALISES)
    }
    names = _names(page)
    for group in page.groups:
        if group.kind in ELEMENT_KINDS:
            spans = spans_of(group.first)
            yield Statement(
                id=group.iri,
                kind=group.kind.value,
                words=one_line(group.first.text),
                about=names.get(above.get(group.iri, ""), ""),
                rule=group.first.rule,
                confidence=max(mention.confidence for mention in group.mentions),
                quote=_quote(page, spans),
                place=spans[0].start,
            )


def _responsibilities(page: Page) -> Iterator[Statement]:
    names = _names(page)
    for duty in read_duties(page):
        best = duty.clauses[0]
        yield Statement(
            id=duty_iri(page, duty),
            kind=RESPONSIBILITY,
            words=names.get(duty.holder, best.body),
            about=names.get(duty.measure, ""),
            rule=best.rule,
            confidence=best.confidence,
            quote=_quote(page, [best.clause]),
            place=best.clause.start,
            role=duty.role,
        )


def _relations(page: Page) -> Iterator[Statement]:
    names = _names(page)
    for tie in ties(page):
        spans = claim_spans(page, tie.best)
        yield Statement(
            id=tie_iri(page, tie),
            kind=tie.kind.value,
            words=names.get(tie.head, ""),
            about=names.get(tie.tail, ""),
            rule=tie.best.rule,
            confidence=tie.best.confidence,
            quote=_quote(page, spans),
            place=spans[0].start if spans else 0,
            head=tie.head,
            tail=tie.tail,
        )


def _names(page: Page) -> dict[str, str]:
    """Return what each thing is called; the document by its title."""
    named = {
        group.iri: one_line(group.first.text)
        if group.kind in ELEMENT_KINDS
        else canonical_of(group.first)
        for group in page.groups
    }
    return {**named, page.iris[DOC]: page.extraction.metadata.title}


def _quote(page: Page, spans: Sequence[Span]) -> str:
    return " … ".join(one_line(span.of(page.clean.text)) for span in spans)
