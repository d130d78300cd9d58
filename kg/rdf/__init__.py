"""Facts to quads: what one document says, as N-Quads in a named graph of its own.

Every element and every link points to its words::

    element --statedIn--> document <--textOf-- text <--mentionIn-- mention <--evidencedBy-- element

* document: ``rdf:type rdfs:label citedAs documentNumber issuedOn atLevel appliesIn issuedBy
  implements refersTo statesBodies clauseCoverage bracketCoverage fingerprint``; its text:
  ``textOf textSha256 rawSha256 fileName``. Other documents are `qkg:CitedDocument`, one per title;
  a document that was read itself says by ``citedAs`` which of them it is, so that
  ``?lower qkg:implements/^qkg:citedAs ?upper`` joins two documents in whatever order they were read.
* provision: ``rdf:type rdfs:label number provisionOf withinProvision start end``; a mention says by
  ``inProvision`` in which it lies. A version (``versionOf``) is a document or a provision with
  the words that it has now.
* elements (goal, target, task group, task, programme, action, arrangement): ``rdf:type rdfs:label
  statedIn confidence byRule evidencedBy``, and ``partOf realises quantifies dueYear deadline …``.
* bodies, policy areas, indicators and areas are shared by all documents that name them.
* responsibility: ``responsibilityFor heldBy inRole position basis confidence byRule listOpen
  guiding deadline statedIn evidencedBy``; with it the shortcut (``ledBy`` …) and ``hasBody``.
* dependency (``ofKind``), contribution (``strength``), relation (``shortcut``): ``linkFrom linkTo
  basis confidence byRule statedIn evidencedBy``; with each its direct property.
* what could not be read: an issue, ``issueCode reason statedIn evidencedBy``. What reviewers
  decided (`kg.rdf.decisions`) is carried out first; what it touches says ``decidedBy``.
* channel: ``arrangedBy connects covers basis confidence statedIn evidencedBy``; with it
  ``coordinatesWith`` both ways between all bodies that it connects.
"""

from collections.abc import Iterator, Sequence

from kg.ids import graph_iri
from kg.model import Decision, Extraction, Kind, RelationKind, Source
from kg.rdf.authority import AUTHORITY_GRAPH, authority_quads
from kg.rdf.channels import channel_triples, channels
from kg.rdf.decided import decided
from kg.rdf.decisions import (
    DECISION_GRAPH,
    deciding,
    decision_quads,
    decisions_in,
    decisions_query,
)
from kg.rdf.duties import duties, duty_triples
from kg.rdf.issues import issue_triples
from kg.rdf.page import CleanMap, Page, page
from kg.rdf.provisions import provision_triples, version_triples
from kg.rdf.relations import tie_triples, ties
from kg.rdf.statements import UPTAKE, Statement, Thing, statements, things
from kg.rdf.terms import Triple, node, nquads
from kg.rdf.things import document_triples, group_triples
from kg.rdf.times import due_triples
from kg.rdf.uptake import is_uptake
from kg.vocab import Property

__all__ = [
    "AUTHORITY_GRAPH",
    "DECISION_GRAPH",
    "UPTAKE",
    "CleanMap",
    "Statement",
    "Thing",
    "authority_quads",
    "deciding",
    "decision_quads",
    "decisions_in",
    "decisions_query",
    "quads",
    "statements_of",
    "things_of",
]


def quads(
    source: Source,
    extraction: Extraction,
    clean_map: CleanMap,
    *,
    decisions: Sequence[Decision] = (),
    with_words: bool = True,
) -> bytes:
    """Return the facts of one document as N-Quads, all in its own graph, in a fixed order.

    Args:
        source: Where the document came from; its key makes the IRIs.
        extraction: What the rules found.
        clean_map: The clean text and its map to the raw text.
        decisions: What reviewers decided on statements of this document; they win.
        with_words: Whether each mention carries its words (``qkg:exact``); offsets and hashes
            always stand, so that whoever has the text can read them there.
    """
    document = page(source, extraction, clean_map, with_words=with_words)
    decisions = [one for one in decisions if not is_uptake(one.statement)]  # of another graph
    if decisions:
        known = [statement.id for statement in statements(document)]
        document = decided(document, decisions, known)
    return nquads(_triples(document), graph_iri(source.key))


def statements_of(source: Source, extraction: Extraction, clean_map: CleanMap) -> list[Statement]:
    """Return what a reviewer can decide on, as the rules found it, in the order of the text."""
    return statements(page(source, extraction, clean_map, with_words=False))


def things_of(source: Source, extraction: Extraction, clean_map: CleanMap) -> list[Thing]:
    """Return what a corrected relation of the document can lead to."""
    return things(page(source, extraction, clean_map, with_words=False))


def _triples(page: Page) -> Iterator[Triple]:
    yield from document_triples(page)
    yield from version_triples(page.source.key, page.clean.text)
    yield from provision_triples(page.source.key, page.provisions.all, page.clean.text)
    for group in page.groups:
        yield from group_triples(page, group)
    for tie in ties(page):
        yield from tie_triples(page, tie)
    for duty in duties(page):
        yield from duty_triples(page, duty)
    for channel in channels(page):
        yield from channel_triples(page, channel)
    yield from due_triples(page)
    yield from issue_triples(page)
    yield from _reference_triples(page)


def _reference_triples(page: Page) -> Iterator[Triple]:
    """Yield the documents that this one names but does not implement or announce."""
    carried_out = {
        relation.tail
        for relation in page.extraction.relations
        if relation.kind is RelationKind.IMPLEMENTS
    }
    for group in page.groups:
        named = {mention.id for mention in group.mentions}
        other = group.kind is Kind.DOCUMENT and group.iri != page.document
        if other and not named & carried_out and not group.attr("planned"):
            yield node(page.document), node(Property.REFERS_TO), node(group.iri)
