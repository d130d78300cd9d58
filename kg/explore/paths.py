"""How two things hang together: the shortest ways that say something."""

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

import networkx as nx

from kg.explore.cache import PerGeneration
from kg.explore.edges import edges_among
from kg.explore.nodes import Gaps, node, nodes_of
from kg.explore.sparql import PROLOGUE, values
from kg.explore.terms import DRAWN, RELATIONS, local_name
from kg.model import Edge, Node
from kg.store.port import Store
from kg.vocab import Class

MAX_STEPS = 12
_DEGREE_COST = 0.5  # a step to a node with 2^n neighbours costs n/2 more: hubs say little
_NOT_THROUGH = (str(Class.DOCUMENT), str(Class.CITED_DOCUMENT), str(Class.AREA), str(Class.LEVEL))


@dataclass(frozen=True, slots=True)
class Path:
    """One way between two nodes: the nodes in order, the edges between neighbours, its cost."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    cost: float


def paths(
    store: Store,
    between: tuple[str, str],
    *,
    k: int = 3,
    relations: Collection[str] = (),
    gaps: Gaps | None = None,
) -> list[Path]:
    """Return up to *k* ways between two nodes, cheapest first; none where there is no way.

    Each step costs 1 and half the binary logarithm of the degrees it joins. Documents and areas
    are never passed through: that two tasks stand in one plan says nothing. Ways in order of cost
    after J. Y. Yen, Management Science 17 (1971).

    Raises:
        UnknownNodeError: Nothing in the graph has one of the keys.
    """
    ends = (node(store, between[0]).id, node(store, between[1]).id)
    names = tuple(name for name in (relations or DRAWN) if name in RELATIONS)
    graph = _allowed(_GRAPH.of(store), ends=ends, names=frozenset(names))
    if ends[0] == ends[1] or not all(graph.has_node(one) for one in ends):
        return []
    found = [ids for ids in _simple_paths(graph, ends, k) if len(ids) <= MAX_STEPS + 1]
    return [_path(store, ids, graph=graph, names=names, gaps=gaps) for ids in found]


def _simple_paths(graph: "nx.Graph[str]", ends: tuple[str, str], k: int) -> Iterator[list[str]]:
    if not nx.has_path(graph, *ends):
        return iter(())
    ways = nx.shortest_simple_paths(graph, *ends, weight="cost")
    return islice(ways, k)


def _allowed(
    graph: "nx.Graph[str]", *, ends: tuple[str, str], names: frozenset[str]
) -> "nx.Graph[str]":
    """Return a view with the chosen relations, and hubs only where they are an end."""

    def may_pass(iri: str) -> bool:
        return iri in ends or not graph.nodes[iri]["closed"]

    def may_step(source: str, target: str) -> bool:
        return not names.isdisjoint(graph.edges[source, target]["relations"])

    view: nx.Graph[str] = nx.subgraph_view(graph, filter_node=may_pass, filter_edge=may_step)
    return view


def _path(
    store: Store,
    ids: list[str],
    *,
    graph: "nx.Graph[str]",
    names: Collection[str],
    gaps: Gaps | None,
) -> Path:
    nodes = nodes_of(store, ids, gaps=gaps)
    steps = {frozenset(pair) for pair in pairwise(ids)}
    edges = edges_among(store, ids, relations=names)
    return Path(
        nodes=tuple(nodes[iri] for iri in ids),
        edges=tuple(edge for edge in edges if frozenset((edge.source, edge.target)) in steps),
        cost=round(sum(graph.edges[pair]["cost"] for pair in pairwise(ids)), 4),
    )


def _make_graph(store: Store) -> "nx.Graph[str]":
    properties = [relation.iri for relation in RELATIONS.values() if relation.name != "statedIn"]
    table = store.select(
        f"{PROLOGUE}SELECT DISTINCT ?s ?p ?o WHERE {{ {values('p', properties)} ?s ?p ?o }}"
    )
    graph: nx.Graph[str] = nx.Graph()
    for source, prop, target in sorted(table.rows, key=str):
        if source == target:
            continue
        if not graph.has_edge(str(source), str(target)):
            graph.add_edge(str(source), str(target), relations=set())
        graph.edges[str(source), str(target)]["relations"].add(local_name(str(prop)))
    hubs = store.select(f"{PROLOGUE}SELECT ?n WHERE {{ {values('c', _NOT_THROUGH)} ?n a ?c }}")
    closed = {str(row[0]) for row in hubs.rows}
    for iri in graph:
        graph.nodes[iri]["closed"] = iri in closed
    for source, target, data in graph.edges(data=True):
        degrees = graph.degree(source) * graph.degree(target)
        data["cost"] = 1.0 + _DEGREE_COST * math.log2(degrees)
    return graph


_GRAPH = PerGeneration(_make_graph)
