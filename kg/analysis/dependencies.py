"""What must come before what: order, cycles, longest chain, reach of a change, and times (PERT).

Sources: design structure matrices (Steward 1981; Yassine 2004) for order, blocks and propagation
cost (MacCormack, Rusnak, Baldwin 2006); PERT/CPM (Malcolm et al. 1959) for times.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

from kg.display import SHOWN, rows_html
from kg.errors import CyclicDependencyError
from kg.ids import key_of

Link = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Cycle:
    """Measures that wait for one another, and the weakest links whose cut sets them in order."""

    members: tuple[str, ...]
    cuts: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class DependencyOrder:
    """The order of a network of dependencies.

    ``levels``: blocks that can start together, first level first; a block of more than one member
    is a cycle. ``longest``: the longest chain of blocks. ``propagation_cost``: share of ordered
    pairs (itself included) in which a change of the first reaches the second.
    """

    levels: tuple[tuple[tuple[str, ...], ...], ...]
    cycles: tuple[Cycle, ...]
    longest: tuple[tuple[str, ...], ...]
    propagation_cost: float

    def _repr_html_(self) -> str:
        rows = [
            {"level": level, "measures": " ↔ ".join(map(key_of, block)), "in cycle": len(block) > 1}
            for level, blocks in enumerate(self.levels, 1)
            for block in blocks
        ]
        share = f"propagation cost {self.propagation_cost:.3f}"
        return rows_html(rows[:SHOWN], caption=share, of=len(rows))


def order(network: "nx.DiGraph[str]") -> DependencyOrder:
    """Return the order of *network*, whose edges run from the needed to the needing.

    >>> order(nx.DiGraph([("a", "b"), ("b", "c"), ("c", "b")])).levels
    ((('a',),), (('b', 'c'),))
    """
    blocks = nx.condensation(network)
    members = {block: tuple(sorted(blocks.nodes[block]["members"])) for block in blocks}
    levels = tuple(
        tuple(sorted(members[block] for block in generation))
        for generation in nx.topological_generations(blocks)
    )
    return DependencyOrder(
        levels=levels,
        cycles=cycles(network),
        longest=_longest(blocks, members),
        propagation_cost=propagation_cost(network),
    )


def cycles(network: "nx.DiGraph[str]") -> tuple[Cycle, ...]:
    """Return the blocks of measures that wait for one another, each with the links to cut.

    The cuts are greedy (a smallest set is NP-hard): the weakest link on a cycle, by strength, then
    confidence, goes first, until none is left.

    >>> cycles(nx.DiGraph([("a", "b"), ("b", "a")]))
    (Cycle(members=('a', 'b'), cuts=(('a', 'b'),)),)
    """
    blocks = (tuple(sorted(block)) for block in nx.strongly_connected_components(network))
    return tuple(
        Cycle(block, _cuts(network.subgraph(block))) for block in sorted(blocks) if len(block) > 1
    )


def propagation_cost(network: "nx.DiGraph[str]") -> float:
    """Return the share of ordered pairs in which the second is reached from the first, 0 to 1.

    Every node reaches itself. Sets of reached nodes are integers, a bit a node: O(V E / 64).

    >>> propagation_cost(nx.DiGraph([("a", "b")]))
    0.75
    """
    size = len(network)
    if not size:
        return 0.0
    bit = {node: 1 << index for index, node in enumerate(network)}
    blocks = nx.condensation(network)
    reached: dict[int, int] = {}
    ones = 0
    for block in reversed(list(nx.topological_sort(blocks))):
        inside = blocks.nodes[block]["members"]
        bits = sum(bit[node] for node in inside)
        for after in blocks.successors(block):
            bits |= reached[after]
        reached[block] = bits
        ones += len(inside) * bits.bit_count()
    return ones / size**2


@dataclass(frozen=True, slots=True)
class Estimate:
    """Three guesses at how long something takes, in any one unit."""

    optimistic: float
    likely: float
    pessimistic: float

    @property
    def expected(self) -> float:
        """Return the expected time, ``(a + 4 m + b) / 6``."""
        return (self.optimistic + 4 * self.likely + self.pessimistic) / 6

    @property
    def variance(self) -> float:
        """Return the variance, ``((b - a) / 6) ** 2``."""
        return ((self.pessimistic - self.optimistic) / 6) ** 2


@dataclass(frozen=True, slots=True)
class Times:
    """When one activity can and must start and end."""

    early_start: float
    early_finish: float
    late_start: float
    late_finish: float

    @property
    def slack(self) -> float:
        """Return how much later it may start without delaying the end."""
        return self.late_start - self.early_start


@dataclass(frozen=True, slots=True)
class Schedule:
    """The times of all activities, the critical ones in order, and the end with its variance."""

    times: Mapping[str, Times]
    critical: tuple[str, ...]
    duration: float
    variance: float


def schedule(estimates: Mapping[str, Estimate], before: Mapping[str, Sequence[str]]) -> Schedule:
    """Return the schedule of activities of which each waits for those *before* it.

    Raises:
        CyclicDependencyError: Some activities wait for one another.

    >>> plan = schedule({"a": Estimate(1, 2, 3), "b": Estimate(2, 2, 2)}, {"b": ["a"]})
    >>> plan.duration, plan.critical
    (4.0, ('a', 'b'))
    """
    network: nx.DiGraph[str] = nx.DiGraph()
    network.add_nodes_from(estimates)
    network.add_edges_from((first, name) for name, firsts in before.items() for first in firsts)
    blocked = cycles(network)
    if blocked:
        raise CyclicDependencyError(members=", ".join(blocked[0].members))
    ordered = list(nx.lexicographical_topological_sort(network))
    times = _times(network, ordered, {name: guess.expected for name, guess in estimates.items()})
    critical = _critical(network, ordered, times)
    return Schedule(
        times=times,
        critical=critical,
        duration=max((spell.early_finish for spell in times.values()), default=0.0),
        variance=sum(estimates[name].variance for name in critical),
    )


_TOLERANCE = 1e-9  # sums of sixths are not exact


def _times(
    network: "nx.DiGraph[str]", ordered: list[str], expected: Mapping[str, float]
) -> dict[str, Times]:
    start: dict[str, float] = {}
    for name in ordered:
        start[name] = max((start[p] + expected[p] for p in network.predecessors(name)), default=0.0)
    end = max((start[name] + expected[name] for name in ordered), default=0.0)
    finish: dict[str, float] = {}
    for name in reversed(ordered):
        finish[name] = min((finish[s] - expected[s] for s in network.successors(name)), default=end)
    return {
        name: Times(
            start[name], start[name] + expected[name], finish[name] - expected[name], finish[name]
        )
        for name in ordered
    }


def _critical(
    network: "nx.DiGraph[str]", ordered: list[str], times: Mapping[str, Times]
) -> tuple[str, ...]:
    """Return one critical path; where several are equally long, the first by name."""
    tight = [name for name in ordered if times[name].slack < _TOLERANCE]
    path: list[str] = []
    for name in tight:
        at_start = not path and times[name].early_start < _TOLERANCE
        follows = bool(path) and network.has_edge(path[-1], name)
        gapless = follows and times[name].early_start - times[path[-1]].early_finish < _TOLERANCE
        if at_start or gapless:
            path.append(name)
    return tuple(path)


def _cuts(block: "nx.DiGraph[str]") -> tuple[Link, ...]:
    rest: nx.DiGraph[str] = nx.DiGraph(block)
    cut: list[Link] = []
    while not nx.is_directed_acyclic_graph(rest):
        inner = [
            link
            for part in nx.strongly_connected_components(rest)
            for link in rest.subgraph(part).edges
        ]
        weakest = min(inner, key=lambda link: (*_weight(rest, link), link))
        rest.remove_edge(*weakest)
        cut.append(weakest)
    return tuple(cut)


def _weight(network: "nx.DiGraph[str]", link: Link) -> tuple[float, float]:
    data = network.edges[link]
    return data.get("strength", 1.0), data.get("confidence", 1.0)


def _longest(
    blocks: "nx.DiGraph[int]", members: Mapping[int, tuple[str, ...]]
) -> tuple[tuple[str, ...], ...]:
    """Return the longest chain; of equally long ones, block by block the first by name."""
    length: dict[int, int] = {}
    following: dict[int, int | None] = {}

    def rank(block: int) -> tuple[int, tuple[str, ...]]:
        return -length[block], members[block]

    for start in reversed(list(nx.topological_sort(blocks))):
        after = min(blocks.successors(start), key=rank, default=None)
        following[start] = after
        length[start] = 1 + (0 if after is None else length[after])
    chain = []
    block: int | None = min(length, key=rank, default=None)
    while block is not None:
        chain.append(members[block])
        block = following[block]
    return tuple(chain)
