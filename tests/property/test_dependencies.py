"""Order, cycles, longest chain, reach and times against brute force on small random networks."""

from itertools import pairwise, permutations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.analysis.dependencies import cycles, order, propagation_cost
from kg.analysis.pert import Estimate, schedule
from kg.errors import CyclicDependencyError

NODES = "abcdef"
links = st.lists(
    st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)).filter(
        lambda pair: pair[0] != pair[1]
    ),
    max_size=12,
    unique=True,
)
forward = links.map(lambda pairs: sorted({(min(pair), max(pair)) for pair in pairs}))


def network_of(pairs: list[tuple[str, str]]) -> "nx.DiGraph[str]":
    """Return a network over all nodes with these links."""
    network: nx.DiGraph[str] = nx.DiGraph()
    network.add_nodes_from(NODES)
    network.add_edges_from(pairs)
    return network


def reaches(pairs: list[tuple[str, str]], start: str, end: str) -> bool:
    """Return whether a walk leads from *start* to *end*, found by trying all."""
    met, ahead = {start}, [start]
    while ahead:
        here = ahead.pop()
        after = [b for a, b in pairs if a == here and b not in met]
        met.update(after)
        ahead += after
    return end in met


def longest_by_trying(pairs: list[tuple[str, str]]) -> int:
    """Return how many nodes the longest chain has, found by trying every order of every subset."""
    known = set(pairs)
    return max(
        size
        for size in range(1, len(NODES) + 1)
        for chain in permutations(NODES, size)
        if all(step in known for step in pairwise(chain))
    )


@given(links)
def test_a_block_holds_exactly_what_reaches_one_another(pairs: list[tuple[str, str]]) -> None:
    found = {frozenset(cycle.members) for cycle in cycles(network_of(pairs))}
    expected = {
        frozenset(b for b in NODES if reaches(pairs, a, b) and reaches(pairs, b, a)) for a in NODES
    }
    assert found == {block for block in expected if len(block) > 1}


@given(links)
def test_without_the_cut_links_nothing_waits_for_itself(pairs: list[tuple[str, str]]) -> None:
    network = network_of(pairs)
    cuts = [link for cycle in cycles(network) for link in cycle.cuts]
    network.remove_edges_from(cuts)
    assert cycles(network) == ()
    assert set(cuts) <= set(pairs)


@given(links)
def test_every_link_leads_to_a_later_level_or_stays_in_its_block(
    pairs: list[tuple[str, str]],
) -> None:
    found = order(network_of(pairs))
    place = {
        name: (level, block)
        for level, blocks in enumerate(found.levels)
        for block in blocks
        for name in block
    }
    assert sorted(place) == sorted(NODES)
    for needed, needing in pairs:
        assert place[needed] == place[needing] or place[needed][0] < place[needing][0]


@given(links)
def test_propagation_cost_is_the_share_of_pairs_that_a_walk_joins(
    pairs: list[tuple[str, str]],
) -> None:
    ones = sum(reaches(pairs, a, b) for a in NODES for b in NODES)
    assert propagation_cost(network_of(pairs)) == ones / len(NODES) ** 2


@given(forward)
def test_the_longest_chain_is_as_long_as_trying_all_finds(pairs: list[tuple[str, str]]) -> None:
    chain = order(network_of(pairs)).longest
    assert len(chain) == longest_by_trying(pairs)
    assert all((a, b) in pairs for (a,), (b,) in pairwise(chain))


@given(forward, st.lists(st.integers(1, 9), min_size=len(NODES), max_size=len(NODES)))
def test_a_schedule_ends_when_its_longest_path_ends(
    pairs: list[tuple[str, str]], days: list[int]
) -> None:
    lasting = dict(zip(NODES, days, strict=True))
    before = {name: [a for a, b in pairs if b == name] for name in NODES}
    plan = schedule({name: Estimate(n, n, n) for name, n in lasting.items()}, before)
    finish: dict[str, int] = {}
    for name in NODES:  # links run forward, so this order is a right one
        finish[name] = lasting[name] + max((finish[a] for a in before[name]), default=0)
    assert plan.duration == pytest.approx(max(finish.values()))
    assert sum(lasting[name] for name in plan.critical) == pytest.approx(plan.duration)
    assert all(spell.slack > -1e-9 for spell in plan.times.values())


def test_activities_that_wait_for_one_another_have_no_schedule() -> None:
    one = Estimate(1, 1, 1)
    with pytest.raises(CyclicDependencyError, match="a, b"):
        schedule({"a": one, "b": one}, {"a": ["b"], "b": ["a"]})
