"""One document being written: which mentions are one thing, and what that thing is called.

A body, a policy area, a cited document and a named instrument are what their names say; a goal, a
target, a task or a group is one per mention, unless the rules found two mentions to be the same.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol

from kg import ids
from kg.model import (
    MEASURE_KINDS,
    BodyKind,
    Decision,
    Extraction,
    Kind,
    Mention,
    RelationKind,
    Scalar,
    Source,
    Span,
)
from kg.rdf.authority import policy_area_iri, policy_area_name
from kg.rdf.naming import named_in_full
from kg.rdf.provisions import Provisions
from kg.rdf.terms import Triple, integer, node, text
from kg.text.paragraphs import paragraphs
from kg.vocab import RDF_TYPE, Class, Property

DOC = "DOC"
ELEMENT_KINDS = MEASURE_KINDS | {Kind.GOAL, Kind.TARGET}
_SENTENCE_END = re.compile(r"[。！？\n]+")
_LINE_END = re.compile(r"\n+")
_GLOBAL = frozenset({Kind.BODY, Kind.DOCUMENT, Kind.POLICY_AREA})
_NAMED = frozenset({Kind.PROGRAMME, Kind.ACTION, Kind.ARRANGEMENT}) | _GLOBAL
_BROKEN_LINE = re.compile(r"\s*\n\s*")


class CleanMap(Protocol):
    """Clean text that knows where each character came from (`kg.text.clean.CleanText`)."""

    @property
    def text(self) -> str:
        """Return the clean text."""
        ...

    def raw_span(self, span: Span) -> Span:
        """Return where *span* of the clean text stood in the raw text."""
        ...


@dataclass(frozen=True, slots=True)
class Group:
    """The mentions of one thing, first one first, and its IRI."""

    iri: str
    kind: Kind
    mentions: tuple[Mention, ...]

    @property
    def first(self) -> Mention:
        """Return the mention that names the thing."""
        return self.mentions[0]

    def attr(self, name: str) -> Scalar | None:
        """Return the first value of an attribute among the mentions."""
        return next((m.attrs[name] for m in self.mentions if name in m.attrs), None)


@dataclass(frozen=True, slots=True)
class Page:
    """A document with its facts, its text, and the IRI of everything that it mentions."""

    source: Source
    extraction: Extraction
    clean: CleanMap
    groups: tuple[Group, ...]
    iris: Mapping[str, str]  # id of a mention -> IRI of what it names; DOC -> the document
    mentions: Mapping[str, Mention]
    sentence_ends: tuple[int, ...]
    provisions: Provisions
    with_words: bool
    # by what they decide on, and by what a relation that they correct has become
    decisions: Mapping[str, Decision] = field(default_factory=dict)

    @property
    def document(self) -> str:
        """Return the document's IRI."""
        return self.iris[DOC]

    @property
    def text(self) -> str:
        """Return the IRI of the document's clean text."""
        return ids.iri("text", self.source.key)

    def is_element(self, mention: str) -> bool:
        """Return whether a mention names a goal, a target or a measure."""
        return self.kind(mention) in ELEMENT_KINDS

    def kind(self, mention: str) -> Kind | None:
        """Return what a mention names; the document itself is a document."""
        if mention == DOC:
            return Kind.DOCUMENT
        found = self.mentions.get(mention)
        return found.kind if found else None


def page(source: Source, extraction: Extraction, clean: CleanMap, *, with_words: bool) -> Page:
    """Return the document with its mentions gathered into things."""
    document = ids.iri("document", source.key)
    extraction = named_in_full(extraction)
    groups = tuple(_groups(source.key, extraction))
    iris = {mention.id: group.iri for group in groups for mention in group.mentions}
    return Page(
        source=source,
        extraction=extraction,
        clean=clean,
        groups=groups,
        iris=MappingProxyType({**iris, DOC: document}),
        mentions=MappingProxyType({m.id: m for m in extraction.mentions}),
        sentence_ends=tuple(_sentence_ends(clean.text)),
        provisions=Provisions(extraction.provisions),
        with_words=with_words,
    )


def ground(page: Page, statements: Iterable[str], subject: str) -> Iterator[Triple]:
    """Yield the decisions on *statements* as the ground of *subject*."""
    for statement in statements:
        decision = page.decisions.get(statement)
        if decision is not None:
            iri = ids.decision_iri(decision.statement)
            yield node(subject), node(Property.DECIDED_BY), node(iri)


def evidence(page: Page, subject: str, spans: Sequence[Span]) -> Iterator[Triple]:
    """Yield that *subject* rests on the words at *spans*, and what lies there."""
    for span in spans:
        mention = node(ids.iri("mention", ids.mention_key(page.source.key, span.start, span.end)))
        raw = page.clean.raw_span(span)
        yield node(subject), node(Property.EVIDENCED_BY), mention
        yield mention, node(RDF_TYPE), node(Class.MENTION)
        yield mention, node(Property.MENTION_IN), node(page.text)
        yield mention, node(Property.START), integer(span.start)
        yield mention, node(Property.END), integer(span.end)
        yield mention, node(Property.RAW_START), integer(raw.start)
        yield mention, node(Property.RAW_END), integer(raw.end)
        yield mention, node(Property.SENTENCE), integer(sentence_number(page, span.start))
        if around := page.provisions.around(span):
            provision = ids.provision_iri(page.source.key, around.path)
            yield mention, node(Property.IN_PROVISION), node(provision)
        if page.with_words:
            yield mention, node(Property.EXACT), text(span.of(page.clean.text))


def sentence_number(page: Page, offset: int) -> int:
    """Return the number of the sentence at *offset*, from 1; 。！？ and a paragraph's end close one."""
    return bisect_right(page.sentence_ends, offset - 1) + 1


def _sentence_ends(clean: str) -> Iterator[int]:
    """Yield where sentences end: not at a line end that page layout put inside a paragraph."""
    within = list(paragraphs(clean))
    starts = [one.start for one in within]
    for match in _SENTENCE_END.finditer(clean):
        at = bisect_right(starts, match.start()) - 1
        inside = at >= 0 and match.end() < within[at].end
        if not (inside and _LINE_END.fullmatch(match.group())):
            yield match.end() - 1


def spans_of(mention: Mention) -> Sequence[Span]:
    """Return the true stretches of a mention: its fragments where the text tore it apart."""
    return mention.fragments or (mention.span,)


def one_line(words: str) -> str:
    r"""Return *words* without the line ends that a page layout put into them.

    >>> one_line("建立质量\n追溯制度")
    '建立质量追溯制度'
    """
    return _BROKEN_LINE.sub("", words).strip()


def cited_iri(title: str) -> str:
    """Return the IRI of a document as others name it, by *title* with or without 《》."""
    return ids.iri("document", ids.digest("cited", title.strip("《》〈〉 ")))


def body_iri(canonical: str, *, is_open: bool, document: str) -> str:
    """Return the IRI of a body; an open one (有关部门) means something else in each document."""
    if is_open:
        return ids.iri("body", f"{document}.{ids.body_key(canonical)}")
    return ids.iri("body", ids.body_key(canonical))


def canonical_of(mention: Mention) -> str:
    """Return the official name behind a mention, its words where there is none."""
    words = str(mention.attrs.get("canonical") or one_line(mention.text))
    return policy_area_name(words) if mention.kind is Kind.POLICY_AREA else words


def _groups(document: str, extraction: Extraction) -> Iterator[Group]:
    seen: dict[tuple[Kind, str], int] = defaultdict(int)
    for mentions in _same(extraction):
        first = mentions[0]
        words = (first.kind, ids.digest(one_line(first.text)))
        nth = seen[words]
        seen[words] += 1
        yield Group(_iri(document, extraction, mentions, nth), first.kind, mentions)


def _iri(document: str, extraction: Extraction, mentions: Sequence[Mention], nth: int) -> str:
    first = mentions[0]
    if first.kind is Kind.BODY:
        kind = first.attrs.get("body_kind")
        is_open = kind == BodyKind.OPEN_BODY
        return body_iri(canonical_of(first), is_open=is_open, document=document)
    if first.kind is Kind.POLICY_AREA:
        return policy_area_iri(canonical_of(first))
    if first.kind is Kind.DOCUMENT:
        named = any(m.attrs.get("self") for m in mentions)
        own = named or canonical_of(first).strip("《》") == extraction.metadata.title
        return ids.iri("document", document) if own else cited_iri(canonical_of(first))
    return ids.iri(first.kind, ids.element_key(document, first.kind, one_line(first.text), nth))


def _same(extraction: Extraction) -> list[tuple[Mention, ...]]:
    """Return the mentions but times, those of one thing together, in the order of the text."""
    kinds = {m.id: m.kind for m in extraction.mentions}
    ordered = sorted(
        (m for m in extraction.mentions if m.kind is not Kind.TIME),
        key=lambda m: (m.span.start, m.span.end, m.kind, m.id),
    )
    leader = {m.id: m.id for m in ordered}
    named: dict[tuple[Kind, str], str] = {}
    for mention in ordered:
        if mention.kind in _NAMED:
            key = (mention.kind, ids.digest(_name(mention)))
            leader[mention.id] = named.setdefault(key, mention.id)
    for relation in extraction.relations:
        same_kind = kinds.get(relation.head) == kinds.get(relation.tail)
        if relation.kind is RelationKind.SAME_AS and same_kind:
            _join(leader, relation.head, relation.tail)
    gathered: dict[str, list[Mention]] = defaultdict(list)
    for mention in ordered:
        gathered[_root(leader, mention.id)].append(mention)
    return [tuple(mentions) for mentions in gathered.values()]


def _name(mention: Mention) -> str:
    return canonical_of(mention) if mention.kind in _GLOBAL else one_line(mention.text)


def _join(leader: dict[str, str], one: str, other: str) -> None:
    if one in leader and other in leader:
        leader[_root(leader, other)] = _root(leader, one)


def _root(leader: Mapping[str, str], mention: str) -> str:
    while leader[mention] != mention:
        mention = leader[mention]
    return mention
