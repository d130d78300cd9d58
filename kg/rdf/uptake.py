"""Quads of uptake: which elements of a document take up which of the documents above it.

They stand in a graph of their own beside the document's (`graph_of`), for they hang on two
documents. About the graph itself it says by ``dct:identifier`` what it was made from, and by
``dct:references`` which documents were compared because a person said so.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg import ids
from kg.model import Basis
from kg.rdf.terms import Triple, decimal, node, nquads, text
from kg.vocab import PREFIXES, RDF_TYPE, Class, Property

MADE_FROM = PREFIXES["dct"] + "identifier"
BY_HAND = PREFIXES["dct"] + "references"
_SUFFIX = ".uptake"


@dataclass(frozen=True, slots=True)
class Uptake:
    """One link from a lower element to the one it takes up, with the words of both sides."""

    lower: str
    upper: str
    confidence: float
    rule: str
    stated: bool
    mentions: tuple[str, ...]
    decision: str | None = None  # IRI of the decision that it rests on
    by_hand: bool = False  # the decision alone makes it


def graph_of(document: str) -> str:
    """Return the graph of the uptake of the document with this key.

    >>> graph_of("a1")
    'https://w3id.org/qualitykg/id/graph/a1.uptake'
    """
    return ids.graph_iri(document + _SUFFIX)


def document_of(graph: str) -> str | None:
    """Return the key of the document whose uptake *graph* holds, None where it is another graph.

    >>> document_of(graph_of("a1"))
    'a1'
    """
    key = graph.removeprefix(ids.graph_iri(""))
    return key.removesuffix(_SUFFIX) if key != graph and key.endswith(_SUFFIX) else None


def uptake_iri(document: str, lower: str, upper: str) -> str:
    """Return the IRI of the link between two elements, made or only proposed.

    Args:
        document: The key of the lower document.
        lower: The IRI of its element.
        upper: The IRI of the element that it takes up.
    """
    return ids.iri("uptake", f"{document}.{ids.digest(Property.TAKES_UP, lower, upper)}")


def is_uptake(statement: str) -> bool:
    """Return whether a statement with this IRI is about uptake.

    >>> is_uptake(uptake_iri("a1", "l", "u")), is_uptake(ids.iri("task", "a1.b2"))
    (True, False)
    """
    return statement.startswith(ids.iri("uptake", ""))


def uptake_quads(
    document: str, links: Iterable[Uptake], *, made_from: str, by_hand: Iterable[str] = ()
) -> bytes:
    """Return the uptake of one document as N-Quads, in a fixed order.

    Args:
        document: The key of the lower document.
        links: What its elements take up.
        made_from: A word for what the links hang on; when it changes they are made anew.
        by_hand: IRIs of documents above that a person named.
    """
    graph = graph_of(document)
    about = [(node(graph), node(MADE_FROM), text(made_from))]
    about += [(node(graph), node(BY_HAND), node(upper)) for upper in by_hand]
    stated_in = ids.iri("document", document)
    triples = (triple for link in links for triple in _triples(document, stated_in, link))
    return nquads((*about, *triples), graph)


def _basis(link: Uptake) -> Basis:
    if link.by_hand:
        return Basis.DECISION
    return Basis.STATED if link.stated else Basis.INFERRED


def _triples(document: str, stated_in: str, link: Uptake) -> Iterator[Triple]:
    this = node(uptake_iri(document, link.lower, link.upper))
    lower, upper = node(link.lower), node(link.upper)
    yield lower, node(Property.TAKES_UP), upper
    yield this, node(RDF_TYPE), node(Class.UPTAKE)
    yield this, node(Property.LINK_FROM), lower
    yield this, node(Property.LINK_TO), upper
    yield this, node(Property.STATED_IN), node(stated_in)
    yield this, node(Property.BASIS), text(_basis(link))
    if link.decision:
        yield this, node(Property.DECIDED_BY), node(link.decision)
    yield this, node(Property.CONFIDENCE), decimal(link.confidence)
    yield this, node(Property.BY_RULE), text(link.rule)
    for mention in link.mentions:
        yield this, node(Property.EVIDENCED_BY), node(mention)
