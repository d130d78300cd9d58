"""On random plans: the chains are every longest way down, each told once."""

from collections import Counter
from collections.abc import Mapping

import networkx as nx
from hypothesis import HealthCheck, assume, given
from hypothesis import settings as hypothesis_settings

from kg.analysis.chains import chains
from kg.analysis.project import tables_of

from .test_gap_twins import Rows, plans

SLOWLY = hypothesis_settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
Network = "nx.DiGraph[str]"


def under(rows: Rows) -> Mapping[str, set[str]]:
    """Return element -> itself and all that stands below it, walked step by step."""
    network = nx.DiGraph((row["parent"], row["child"]) for row in rows["parents"])
    network.add_nodes_from(row["id"] for table in ("measures", "goals") for row in rows[table])
    return {node: {node, *nx.descendants(network, node)} for node in network}


def ways_down(rows: Rows) -> tuple[Network, Network]:
    """Return all links, and those that a chain from the top follows, from above to below."""
    goals = {row["id"] for row in rows["goals"]}
    own = [(row["upper"], row["lower"]) for row in rows["uptake"]]
    serving = [row for row in rows["contributions"] if row["strength"] > 0]  # type: ignore[operator]
    below = under(rows)
    taken = {upper for upper, _ in own}
    own += [(row["goal"], row["measure"]) for row in serving if row["goal"] in goals]
    rising = {lower for _, lower in own}
    parts = [
        (row["parent"], row["child"])
        for row in rows["parents"]
        if any(row["parent"] in below[name] for name in rising)
    ]
    followed = [part for part in parts if below[part[1]] & taken]
    return nx.DiGraph(own + parts), nx.DiGraph(own + followed)


def longest_ways(network: Network, start: str) -> list[tuple[str, ...]]:
    ends = [node for node in network if not network.out_degree(node)]
    if start in ends:
        return [(start,)]
    return [tuple(way) for end in ends for way in nx.all_simple_paths(network, start, end)]


@SLOWLY
@given(rows=plans())
def test_the_chains_are_the_longest_ways_from_the_tops(rows: Rows) -> None:
    every, followed = ways_down(rows)
    assume(nx.is_directed_acyclic_graph(every))
    tops = [node for node in every if every.out_degree(node) and not every.in_degree(node)]
    wanted = {way for top in tops if top in followed for way in longest_ways(followed, top)}
    found = Counter(tuple(s.element for s in one.steps) for one in chains(tables_of(rows)).chains)
    assert set(found) == wanted
    assert set(found.values()) <= {1}


@SLOWLY
@given(rows=plans())
def test_every_measure_has_a_chain_and_is_in_it(rows: Rows) -> None:
    tables = tables_of(rows)
    for row in rows["measures"]:
        name = str(row["id"])
        found = chains(tables, measure=name).chains
        assert found
        for one in found:
            elements = [step.element for step in one.steps]
            assert elements.count(name) == 1
            assert len(set(elements)) == len(elements)
            assert 0 <= one.boundary_handoffs <= one.handoffs < len(elements)
            links = (step.confidence for step in one.steps)
            assert one.confidence <= min(links)
