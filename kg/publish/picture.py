"""What a picture shows, for other programs: as a network in GraphML, or as facts in JSON-LD."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

import networkx as nx

from kg.explore import RELATIONS, Subgraph
from kg.explore.sparql import PROLOGUE, among, values
from kg.explore.summary import SUMMED
from kg.publish.network import known, written
from kg.store import Store, formats
from kg.vocab import PREFIXES, RDF_TYPE, RDFS_LABEL, Property

_TOLD = (
    RDF_TYPE,
    RDFS_LABEL,
    PREFIXES["skos"] + "prefLabel",
    str(Property.AT_LEVEL),
    str(Property.STATED_IN),
    str(Property.DUE_YEAR),
)

_SINGLE: Mapping[str, int] = MappingProxyType({})


def graphml(graph: Subgraph, counts: Mapping[str, int] = _SINGLE) -> Iterator[bytes]:
    """Return *graph* as GraphML: nodes by key with label, type and place, edges with their basis.

    Args:
        graph: What is drawn.
        counts: Key of a group, or edge between two -> how many things or relations it stands for.
    """
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    keys = {node.id: node.key for node in graph.nodes}
    for node in graph.nodes:
        told = {
            "label": node.label.zh,
            "label_en": node.label.en or None,
            "type": node.type,
            "level": node.level,
            "area": node.area,
            "document": node.document,
            "year": node.year,
            "gap": node.gap.value if node.gap else None,
            "count": counts.get(node.key),
        }
        network.add_node(node.key, **known(told))
    for edge in graph.edges:
        said = {
            "relation": edge.relation,
            "stated": edge.stated,
            "confidence": edge.confidence,
            "count": counts.get(edge.id),
        }
        network.add_edge(keys[edge.source], keys[edge.target], key=edge.id, **known(said))
    return written(network, ".graphml")


def facts(store: Store, graph: Subgraph) -> bytes:
    """Return as N-Triples what *store* says of the nodes of *graph*, and the edges that it holds.

    An edge that sums up what the picture hides is no fact, and stays out.
    """
    iris = [node.id for node in graph.nodes]
    answer = store.answer(
        f"{PROLOGUE}CONSTRUCT {{ ?n ?p ?o }} WHERE {{ {values('n', iris)} ?n ?p ?o "
        f"{among('p', _TOLD)} }}",
        [formats.N_TRIPLES],
    )
    drawn = {
        f"<{edge.source}> <{RELATIONS[edge.relation].iri}> <{edge.target}> .\n"
        for edge in graph.edges
        if not edge.id.startswith(SUMMED)
    }
    return b"".join(answer.blocks) + "".join(sorted(drawn)).encode()
