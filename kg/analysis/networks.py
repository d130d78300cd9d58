"""The networks that graph rules work on.

* `requires_network`: nodes are duties; an edge runs from the one that is needed to the one that needs
  it and carries ``strength``, ``confidence`` and ``id`` of the strongest dependency between the two.
  Left out: dependencies of other kinds, and those inside one duty.
* `dependency_network`: the same for dependencies of all kinds.
* `assignment_network`: nodes are bodies and measures (``part``); an edge is a body's own duty for a
  measure, with ``role`` and ``weight`` (lead 3, responsible 2, other 1). Left out: open bodies.
* `channel_network`: nodes are bodies; an edge is an arranged way to coordinate, ``via`` what arranges
  it. Left out: open bodies.

A *duty* is a measure that has bodies of its own. Texts state duties for a heading or an item and
dependencies for a clause in it; so a clause stands for the duty it belongs to, and a measure for
itself where no one has a duty for it.
"""

from collections.abc import Iterator
from types import MappingProxyType
from typing import Any

import networkx as nx
import pyarrow.compute as pc

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
    rows = (row for row in tables.dependencies.to_pylist() if row["kind"] == REQUIRES)
    return _links(rows, duty_of(tables))


def dependency_network(tables: Tables) -> "nx.DiGraph[str]":
    """Return all dependencies, whatever their kind: an edge from the needed to the needing."""
    return _links(iter(tables.dependencies.to_pylist()), duty_of(tables))


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


def duty_of(tables: Tables) -> dict[str, str]:
    """Return for each measure its duty: the nearest measure, itself or above it, that has bodies.

    A measure with no bodies at all, its own or above, has none.
    """
    held = tables.responsibilities["measure"]
    holding = held.filter(pc.is_in(held, tables.measures["id"]))
    above = tables.above.filter(pc.is_in(tables.above["ancestor"], holding))
    order = [("distance", "descending"), ("ancestor", "descending")]
    farthest_first = above.sort_by(order).select(["element", "ancestor"]).to_pydict()
    return dict(zip(farthest_first["element"], farthest_first["ancestor"], strict=True))


def named_bodies(tables: Tables) -> list[str]:
    """Return the bodies that are named, sorted: an open body can agree nothing with anyone."""
    rows = tables.bodies.to_pylist()
    return sorted(row["id"] for row in rows if row["kind"] != "openBody")


def _links(rows: Iterator[dict[str, Any]], duty: dict[str, str]) -> "nx.DiGraph[str]":
    graph: nx.DiGraph[str] = nx.DiGraph()
    for row in sorted(rows, key=lambda row: str(row["id"])):
        needed, needing = (duty.get(row[end], row[end]) for end in ("target", "source"))
        strength = row["strength"] or 0.0
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
