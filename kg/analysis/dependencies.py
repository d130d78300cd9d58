"""What must come before what: order, cycles, longest chain, and reach of a change.

Sources: design structure matrices (Steward 1981; Yassine 2004) for order, blocks and propagation
cost (MacCormack, Rusnak, Baldwin 2006).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import networkx as nx

from kg.analysis.inferred import Inferred, inferred
from kg.analysis.networks import requires_network
from kg.analysis.project import Tables
from kg.analysis.timing import TimeConflict, Window, conflicts, windows
from kg.display import SHOWN, Naming, Row, Sections, rows_html, sections_html
from kg.ids import key_of

Link = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Cycle:
    """Measures that wait for one another, and the weakest links whose cut sets them in order."""

    members: tuple[str, ...]
    cuts: tuple[Link, ...]

    def row(self, name: Naming = key_of) -> Row:
        """Return what a table shows, things as *name* calls them."""
        cuts = (" → ".join(map(name, link)) for link in self.cuts)
        return {"cycle": " ↔ ".join(map(name, self.members)), "cut": "；".join(cuts)}


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


@dataclass(frozen=True, slots=True)
class Dependencies:
    """What must come before what in some plans, with the times that their deadlines leave.

    ``inferred``: dependencies that no text states; they bind measures but set no order, so the rest
    is of stated ones alone.
    """

    order: DependencyOrder
    windows: tuple[Window, ...]
    conflicts: tuple[TimeConflict, ...]
    inferred: tuple[Inferred, ...]

    def sections(self, name: Naming = key_of) -> Sections:
        """Return the tables that show it, things as *name* calls them."""
        return {
            "先后次序 order": [window.row(name) for window in self.windows],
            "循环 cycles": [cycle.row(name) for cycle in self.order.cycles],
            "时序冲突 time conflicts": [conflict.row(name) for conflict in self.conflicts],
            "推断的依赖 inferred": [one.row(name) for one in self.inferred],
        }

    def _repr_html_(self) -> str:
        return sections_html(self.sections())


def dependencies(
    tables: Tables, *, most: int, least: float, measures: Collection[str] | None = None
) -> Dependencies:
    """Return the dependencies of *tables*.

    Args:
        tables: The projection.
        most: How many duties may have a thing in common for it to tie them (`kg.analysis.inferred`).
        least: The years that a measure takes at the least.
        measures: These only, where given.

    >>> from kg.analysis.project import tables_of
    >>> link = {"id": "d", "source": "b", "target": "a", "kind": "requires"}
    >>> rows = {
    ...     "measures": [{"id": "a", "due_year": 2027}, {"id": "b", "due_year": 2026}],
    ...     "dependencies": [link],
    ... }
    >>> found = dependencies(tables_of(rows), most=5, least=0.5)
    >>> found.order.longest, [one.path for one in found.conflicts]
    ((('a',), ('b',)), [('a', 'b')])
    """
    network = requires_network(tables)
    guessed = inferred(tables, most=most)
    if measures is not None:
        network = network.subgraph(set(network).intersection(measures)).copy()
        guessed = tuple(one for one in guessed if set(one.measures) <= set(measures))
    times = windows(tables, network, least=least)
    return Dependencies(order(network), times, conflicts(network, times), guessed)


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
