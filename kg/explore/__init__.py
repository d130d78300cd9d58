"""Look around in the graph: nodes, evidence, subgraphs, the overview, search and paths.

Everything here reads a `kg.store.port.Store` and returns values of `kg.model`. One serialiser
(`nodes_of`) makes every node, one (`edges_among`) every edge, so that all answers agree.
"""

from kg.explore.aggregate import Aggregate, Tie, aggregate, worst_by_group
from kg.explore.edges import RelationCount, edge_evidence, edges_among, relation_counts
from kg.explore.evidence import evidence
from kg.explore.nodes import gap_by_key, node, nodes_of
from kg.explore.overview import overview
from kg.explore.paths import Path, paths
from kg.explore.search import Hit, LabelIndex, hits, search
from kg.explore.status import Progress, status
from kg.explore.subgraph import Subgraph, Within, subgraph
from kg.explore.summary import expanded, view
from kg.explore.terms import NODE_TYPES, RELATIONS

__all__ = [
    "NODE_TYPES",
    "RELATIONS",
    "Aggregate",
    "Hit",
    "LabelIndex",
    "Path",
    "Progress",
    "RelationCount",
    "Subgraph",
    "Tie",
    "Within",
    "aggregate",
    "edge_evidence",
    "edges_among",
    "evidence",
    "expanded",
    "gap_by_key",
    "hits",
    "node",
    "nodes_of",
    "overview",
    "paths",
    "relation_counts",
    "search",
    "status",
    "subgraph",
    "view",
    "worst_by_group",
]
