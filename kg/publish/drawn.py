"""A picture of triples that a query has made, which need not be in the store themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.explore.edges import edge_id
from kg.explore.nodes import nodes_of
from kg.explore.subgraph import Subgraph
from kg.explore.terms import local_name
from kg.ids import key_of
from kg.model import Bilingual, Edge, Node
from kg.publish.names import named
from kg.publish.terms import term_of
from kg.publish.thing import short
from kg.store import Store
from kg.vocab import NS

THING = "thing"
"""The type of a node that the store knows nothing of, or nothing that has a look of its own."""

Link = tuple[str, str, str]


def drawn(
    store: Store,
    links: Sequence[Link],
    *,
    things: Sequence[str],
    labels: Mapping[str, str],
    limit: int,
) -> Subgraph:
    """Return the things that triples tell of, and the links between them as edges.

    Args:
        store: Knows the type and the name of many of them.
        links: Subject, property and object; blank nodes as ``_:x``.
        things: Those to be drawn though nothing links them.
        labels: Names that the triples themselves give, which go before those of the store.
        limit: How many things are drawn, in the order in which they come.

    >>> from kg.store import memory_store
    >>> link = ("urn:a", "urn:knows", "_:b")
    >>> graph = drawn(memory_store(), [link], things=[], labels={"urn:a": "甲"}, limit=10)
    >>> [(node.type, node.label.zh) for node in graph.nodes], graph.edges[0].relation
    ([('thing', '甲'), ('thing', '_:b')], 'urn:knows')
    """
    ends = (end for subject, _, target in links for end in (subject, target))
    wanted = list(dict.fromkeys((*ends, *things)))
    kept = wanted[:limit]
    iris = [one for one in kept if not one.startswith("_:")]
    known = nodes_of(store, iris)
    names = named(store, [iri for iri in iris if iri not in known])
    nodes = {one: known.get(one) or _thing(one, names) for one in kept}
    told = {one: _renamed(node, labels.get(one)) for one, node in nodes.items()}
    edges = {edge_id(*link): _edge(link) for link in links if link[0] in told and link[2] in told}
    cut = len(wanted) - len(kept)
    return Subgraph(
        tuple(told.values()),
        tuple(edges.values()),
        truncated=cut > 0,
        limit=limit,
        left_out={THING: cut} if cut else {},
    )


def _thing(one: str, names: Mapping[str, Bilingual]) -> Node:
    return Node(one, key_of(one), THING, names.get(one) or Bilingual(one, one))


def _renamed(node: Node, label: str | None) -> Node:
    if label is None or label in (node.label.zh, node.label.en):
        return node
    return replace(node, label=Bilingual(label, label))


def _edge(link: Link) -> Edge:
    subject, prop, target = link
    return Edge(edge_id(*link), subject, target, _relation(prop))


def _relation(prop: str) -> str:
    """Return the word by which pages know a relation, else its name."""
    if prop.startswith(NS) and term_of(prop):
        return local_name(prop)
    return short(prop)
