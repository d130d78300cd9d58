"""Structural holes and brokerage against the definitions, on small random networks."""

from itertools import permutations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.analysis.positions import BROKER_ROLES, brokerage, structural_holes

NODES = "abcdef"
weighted = st.dictionaries(
    st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)).filter(
        lambda pair: pair[0] < pair[1]
    ),
    st.floats(0.1, 9.0),
    max_size=12,
)
directed = st.sets(
    st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)).filter(
        lambda pair: pair[0] != pair[1]
    ),
    max_size=14,
)


def burt(ties: dict[tuple[str, str], float], node: str) -> tuple[float, float]:
    """Return constraint and effective size, sum by sum as Burt writes them."""

    def tie(one: str, other: str) -> float:
        return ties.get((min(one, other), max(one, other)), 0.0)

    def share(one: str, other: str) -> float:
        return tie(one, other) / sum(tie(one, third) for third in NODES)

    def relative(one: str, other: str) -> float:
        return tie(one, other) / max(tie(one, third) for third in NODES)

    near = [other for other in NODES if tie(node, other)]
    constraint = sum(
        (share(node, other) + sum(share(node, q) * share(q, other) for q in near)) ** 2
        for other in near
    )
    size = sum(1 - sum(share(node, q) * relative(other, q) for q in near) for other in near)
    return constraint, size


@given(weighted)
def test_structural_holes_are_the_sums_that_burt_writes(ties: dict[tuple[str, str], float]) -> None:
    network: nx.Graph[str] = nx.Graph()
    network.add_nodes_from(NODES)
    network.add_weighted_edges_from((a, b, weight) for (a, b), weight in ties.items())
    found = structural_holes(network, weight="weight")
    assert set(found) == {node for pair in ties for node in pair}
    for node, values in found.items():
        assert values == pytest.approx(burt(ties, node))


ROLE_OF = {
    (True, True): "coordinator",
    (False, True): "gatekeeper",
    (True, False): "representative",
}


@given(directed, st.lists(st.integers(1, 3), min_size=6, max_size=6))
def test_brokers_are_counted_on_every_open_path(
    edges: set[tuple[str, str]], numbers: list[int]
) -> None:
    groups = dict(zip(NODES, numbers, strict=True))
    network: nx.DiGraph[str] = nx.DiGraph()
    network.add_nodes_from(NODES)
    network.add_edges_from(edges)
    expected = {node: dict.fromkeys(BROKER_ROLES, 0) for node in NODES}
    for a, v, b in permutations(NODES, 3):
        if {(a, v), (v, b)} <= edges and (a, b) not in edges:
            same = groups[a] == groups[v], groups[v] == groups[b]
            other = "itinerant" if groups[a] == groups[b] else "liaison"
            expected[v][ROLE_OF.get(same, other)] += 1
    assert brokerage(network, groups) == expected
