"""The networks that graph rules work on.

==============  =================================  ==============================  ================
network         nodes                              edges                           left out
==============  =================================  ==============================  ================
requires        measures that require or are       from the measure that is        dependencies of
                required                           needed to the one that needs    other kinds;
                                                   it; ``strength``,               loops onto itself
                                                   ``confidence``, ``id``
dependency      measures in any dependency         as above, all kinds; where two  loops
                                                   say the same, the stronger
assignment      bodies and measures (two parts,    a body's own duty for a         open bodies;
                attribute ``part``)                measure; ``role``, ``weight``   inherited duties
                                                   lead 3, responsible 2, other 1
channel         bodies                             an arranged way to coordinate;  open bodies
                                                   ``via``
==============  =================================  ==============================  ================
"""

from collections.abc import Iterator
from types import MappingProxyType
from typing import Any

import networkx as nx

from kg.analysis.project import Tables
from kg.model import Role

ROLE_WEIGHT = MappingProxyType({Role.LEAD.value: 3, Role.RESPONSIBLE.value: 2})
REQUIRES = "requires"


def requires_network(tables: Tables) -> "nx.DiGraph[str]":
    """Return what must come before what: an edge from the needed measure to the needing one.

    >>> from kg.analysis.project import tables_of
    >>> link = {"id": "d", "source": "later", "target": "first", "kind": "requires"}
    >>> list(requires_network(tables_of({"dependencies": [link]})).edges)
    [('first', 'later')]
    """
    return _links(row for row in tables.dependencies.to_pylist() if row["kind"] == REQUIRES)


def dependency_network(tables: Tables) -> "nx.DiGraph[str]":
    """Return all dependencies, whatever their kind: an edge from the needed to the needing."""
    return _links(iter(tables.dependencies.to_pylist()))


def assignment_network(tables: Tables) -> "nx.Graph[str]":
    """Return who has a duty for what, as a bipartite graph of bodies and measures."""
    named = set(named_bodies(tables))
    graph: nx.Graph[str] = nx.Graph()
    for row in sorted(tables.responsibilities.to_pylist(), key=lambda row: str(row["id"])):
        if row["body"] not in named:
            continue
        weight = ROLE_WEIGHT.get(row["role"], 1)
        known = graph.get_edge_data(row["body"], row["measure"], default={"weight": 0})
        if weight > known["weight"]:
            graph.add_node(row["body"], part="body")
            graph.add_node(row["measure"], part="measure")
            graph.add_edge(row["body"], row["measure"], role=row["role"], weight=weight)
    return graph


def channel_network(tables: Tables) -> "nx.Graph[str]":
    """Return the channels between bodies: stated ones, and common seats in a coordination body."""
    named = set(named_bodies(tables))
    graph: nx.Graph[str] = nx.Graph()
    for one, other, via in _channels(tables):
        if one in named and other in named:
            graph.add_edge(one, other, via=via)
    return graph


def named_bodies(tables: Tables) -> list[str]:
    """Return the bodies that are named, sorted: an open body can agree nothing with anyone."""
    rows = tables.bodies.to_pylist()
    return sorted(row["id"] for row in rows if row["kind"] != "openBody")


def _links(rows: Iterator[dict[str, Any]]) -> "nx.DiGraph[str]":
    graph: nx.DiGraph[str] = nx.DiGraph()
    for row in sorted(rows, key=lambda row: str(row["id"])):
        needed, needing, strength = row["target"], row["source"], row["strength"] or 0.0
        known = graph.get_edge_data(needed, needing, default={"strength": -1.0})
        if needed != needing and strength > known["strength"]:
            confidence = 1.0 if row["confidence"] is None else row["confidence"]
            graph.add_edge(needed, needing, strength=strength, confidence=confidence, id=row["id"])
    return graph


def _channels(tables: Tables) -> Iterator[tuple[str, str, str | None]]:
    for row in tables.channels.to_pylist():
        yield row["body_a"], row["body_b"], row["via"]
    seats: dict[str, list[str]] = {}
    for row in tables.members.to_pylist():
        seats.setdefault(row["coordination_body"], []).append(row["body"])
    for coordination_body, members in sorted(seats.items()):
        seated = sorted({*members, coordination_body})
        for index, one in enumerate(seated):
            yield from ((one, other, coordination_body) for other in seated[index + 1 :])
