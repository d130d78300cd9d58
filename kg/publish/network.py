"""The facts as one network, for programs that draw and measure networks: GraphML and GEXF.

A node is a document's element, a body or a document; an edge is one fact between two of them. What
only RDF can say (mentions, provisions, records of builds) stays out.
"""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import networkx as nx
import pyarrow as pa

from kg.analysis.project import Tables
from kg.errors import FormatError
from kg.markup import xml_text


class Edges(NamedTuple):
    """Which columns of a table are the two ends of an edge, and what the edge is called.

    ``relation`` is a column that names it, or the name itself where no column is called so.
    """

    source: str
    target: str
    relation: str


NODES: Mapping[str, str] = MappingProxyType(
    {"measures": "", "goals": "goal", "targets": "target", "bodies": "", "documents": "document"}
)
"""Table -> what its rows are; ``""`` where the column ``kind`` tells."""

EDGES: Mapping[str, Edges] = MappingProxyType(
    {
        "parents": Edges("child", "parent", "partOf"),
        "responsibilities": Edges("body", "measure", "role"),
        "dependencies": Edges("source", "target", "kind"),
        "contributions": Edges("measure", "goal", "contributesTo"),
        "conflicts": Edges("one", "other", "conflictsWith"),
        "quantifying": Edges("target", "goal", "quantifies"),
        "uptake": Edges("lower", "upper", "takesUp"),
        "implementing": Edges("lower", "upper", "implements"),
        "channels": Edges("body_a", "body_b", "coordinatesWith"),
        "members": Edges("body", "coordination_body", "memberOf"),
        "coordinating": Edges("coordinator", "body", "coordinates"),
        "evaluations": Edges("arrangement", "subject", "evaluates"),
    }
)

_LABELS = ("label_zh", "label", "title")
_WRITERS: Mapping[str, Callable[["nx.MultiDiGraph[str]"], Iterator[str]]] = MappingProxyType(
    {".graphml": nx.generate_graphml, ".gexf": nx.generate_gexf}
)

NETWORK_ENDINGS = tuple(_WRITERS)


def whole_network(tables: Tables) -> "nx.MultiDiGraph[str]":
    """Return all elements, bodies and documents, and every fact between two of them.

    Nodes carry ``label``, ``type`` and what else their table knows; edges ``relation`` and, where
    they have one, ``confidence``, ``strength`` and ``basis``. A channel has no direction of its own.

    >>> from kg.analysis.project import tables_of
    >>> duty = {"id": "r", "body": "b", "measure": "m", "role": "lead"}
    >>> facts = {"measures": [{"id": "m"}], "bodies": [{"id": "b"}], "responsibilities": [duty]}
    >>> [
    ...     (*ends, told["relation"])
    ...     for *ends, told in whole_network(tables_of(facts)).edges(data=True)
    ... ]
    [('b', 'm', 'lead')]
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    named = tables.named()
    for table, kind in NODES.items():
        graph.add_nodes_from(_nodes(named[table], kind))
    for table, edges in EDGES.items():
        graph.add_edges_from(
            (source, target, told)
            for source, target, told in _edges(named[table], edges)
            if source in graph and target in graph
        )
    return graph


def network_file(tables: Tables, ending: str) -> Iterator[bytes]:
    """Yield the whole network in the format of *ending*, one of `NETWORK_ENDINGS`.

    Raises:
        FormatError: No format of networks has this ending.
    """
    if ending not in _WRITERS:
        raise FormatError(given=ending, known=" ".join(_WRITERS))
    yield from written(whole_network(tables), ending)


def written(network: "nx.MultiDiGraph[str]", ending: str) -> Iterator[bytes]:
    """Yield *network*, its attributes as `known` returns them, in the format of *ending*."""
    yield b'<?xml version="1.0" encoding="utf-8"?>\n'
    for line in _WRITERS[ending](network):
        yield f"{line}\n".encode()


def _nodes(table: pa.Table, kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    label = next(name for name in _LABELS if name in table.column_names)
    for row in table.to_pylist():
        told = {"label": row.pop(label), "type": kind or row.pop("kind"), **row}
        yield told.pop("id"), known(told)


def _edges(table: pa.Table, edges: Edges) -> Iterator[tuple[str, str, dict[str, Any]]]:
    rows = table.to_pylist()
    for row in rows:
        source, target = row.pop(edges.source), row.pop(edges.target)
        relation = row.pop(edges.relation, edges.relation)
        yield source, target, known({"relation": relation, **row})


def known(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return what has a value, for these formats know no empty one, as XML can hold it."""
    return {
        name: xml_text(value) if isinstance(value, str) else value
        for name, value in told.items()
        if value is not None
    }
