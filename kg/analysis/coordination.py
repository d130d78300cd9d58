"""Coordination required against coordination arranged.

``CR = TA · TD · TAᵀ`` (Cataldo et al. 2006, 2008): TA says which body acts for which duty, TD which
duty depends on which (unit diagonal: two bodies on one duty need each other), CA which bodies have
a channel. Congruence is the share of needs that are met.

A *duty* is an element that has bodies of its own. A clause under it that names none belongs to it
and is not counted again; a dependency between clauses is one between their duties. Dependencies
count in both directions, since coordination is mutual. Open bodies are left out.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np
import scipy.sparse as sp

from kg.analysis.networks import channel_network, duty_of, named_bodies
from kg.analysis.project import Tables
from kg.display import SHOWN, rows_html
from kg.ids import key_of

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Congruence:
    """Ordered pairs of bodies that need each other, and how many of them have a channel."""

    needs: int
    met: int
    weight: float
    weight_met: float

    @property
    def plain(self) -> float:
        """Return the share of pairs that have a channel; 1.0 where nothing is needed."""
        return self.met / self.needs if self.needs else 1.0

    @property
    def weighted(self) -> float:
        """Return the same, each pair counted as often as it is needed."""
        return self.weight_met / self.weight if self.weight else 1.0


def requirements(assignment: Any, dependence: Any) -> Any:
    """Return ``TA · TD · TAᵀ`` (bodies x bodies) of TA (bodies x tasks) and TD (tasks x tasks).

    >>> requirements([[1, 0], [0, 1]], [[1, 1], [0, 1]]).toarray().tolist()
    [[1, 1], [0, 1]]
    """
    acting = sp.csr_array(assignment)
    return sp.csr_array(acting @ sp.csr_array(dependence) @ acting.T)


def congruence(required: Any, arranged: Any) -> Congruence:
    """Return how far the *arranged* channels cover the *required* ones (both bodies x bodies)."""
    needs = _between(required)
    met = _between(sp.csr_array(required).multiply(sp.csr_array(arranged) > 0))
    return Congruence(len(needs), len(met), float(needs.sum()), float(met.sum()))


@dataclass(frozen=True, slots=True)
class Need:
    """Two bodies that need each other.

    ``weight`` is CR: ``shared`` duties that both act for, plus dependent pairs of duties, one on
    each side. ``arranged``: they have a channel.
    """

    bodies: Pair
    weight: float
    shared: int
    arranged: bool


@dataclass(frozen=True, slots=True)
class Coordination:
    """Who needs whom, heaviest first, and the channels that are arranged."""

    required: tuple[Need, ...]
    arranged: tuple[Pair, ...]
    congruence: Congruence

    @property
    def missing(self) -> tuple[Need, ...]:
        """Return the needs without a channel."""
        return tuple(need for need in self.required if not need.arranged)

    def _repr_html_(self) -> str:
        rows = [
            {
                "body": key_of(need.bodies[0]),
                "with": key_of(need.bodies[1]),
                "need": int(need.weight),
                "shared": need.shared,
                "arranged": need.arranged,
            }
            for need in self.required[:SHOWN]
        ]
        share = f"congruence {self.congruence.plain:.3f} / {self.congruence.weighted:.3f}"
        return rows_html(rows, caption=share, of=len(self.required))


def coordination(tables: Tables, *, measures: Collection[str] | None = None) -> Coordination:
    """Return the coordination required and arranged, over *measures* only where given.

    >>> from kg.analysis.project import tables_of
    >>> duty = {"measure": "t", "role": "lead"}
    >>> rows = {
    ...     "measures": [{"id": "t"}],
    ...     "bodies": [{"id": "a"}, {"id": "b"}],
    ...     "responsibilities": [
    ...         {"id": "1", "body": "a", **duty},
    ...         {"id": "2", "body": "b", **duty},
    ...     ],
    ... }
    >>> found = coordination(tables_of(rows))
    >>> [need.bodies for need in found.missing]
    [('a', 'b')]
    """
    bodies = {body: row for row, body in enumerate(named_bodies(tables))}
    duties = _duties(tables, measures)
    columns = {duty: column for column, duty in enumerate(sorted(set(duties.values())))}
    acting = _acting(tables, bodies, columns)
    shared = requirements(acting, sp.eye_array(len(columns), dtype=np.int64))
    required = requirements(acting, _dependence(tables, duties, columns))
    channels = channel_network(tables)
    arranged = _matrix([(bodies[a], bodies[b]) for a, b in channels.edges], len(bodies))
    names = list(bodies)
    return Coordination(
        required=_needs(required, shared, arranged, names),
        arranged=tuple(sorted((min(pair), max(pair)) for pair in channels.edges)),
        congruence=congruence(required, arranged),
    )


def structural_holes(
    network: "nx.Graph[str]", *, weight: str | None = None
) -> dict[str, tuple[float, float]]:
    """Return Burt's constraint and effective size of each node that has neighbours.

    Source: Burt 1992; Borgatti, Connections 20(1).
    """
    linked = [node for node in network if network.degree(node)]
    # Without a list of nodes networkx 3.6.1 takes a matrix path whose weighted effective size is
    # wrong: 5.52 for node G of its own test, where UCINET and igraph have 5.47.
    constraint = nx.constraint(network, nodes=linked, weight=weight)
    size = nx.effective_size(network, nodes=linked, weight=weight)
    return {node: (constraint[node], size[node]) for node in linked}


BROKER_ROLES = ("coordinator", "itinerant", "gatekeeper", "representative", "liaison")


def brokerage(
    network: "nx.DiGraph[str]", groups: Mapping[str, Hashable]
) -> dict[str, dict[str, int]]:
    """Return how often each node brokers between two that are not linked, by kind of broker.

    For an open path ``a -> v -> b``: coordinator AAA, itinerant ABA, gatekeeper ABB (v lets in),
    representative AAB (v speaks for its own), liaison ABC. Source: Gould, Fernandez 1989.

    >>> brokerage(nx.DiGraph([("a", "v"), ("v", "b")]), {"a": 1, "v": 1, "b": 2})["v"][
    ...     "representative"
    ... ]
    1
    """
    counts = {node: dict.fromkeys(BROKER_ROLES, 0) for node in network}
    for broker in network:
        for giver in network.predecessors(broker):
            for taker in network.successors(broker):
                open_path = len({giver, broker, taker}) == 3
                if open_path and not network.has_edge(giver, taker):
                    role = _broker_role(groups[giver], groups[broker], groups[taker])
                    counts[broker][role] += 1
    return counts


def _broker_role(giver: Hashable, broker: Hashable, taker: Hashable) -> str:
    if giver == taker:
        return "coordinator" if broker == giver else "itinerant"
    if broker == taker:
        return "gatekeeper"
    return "representative" if broker == giver else "liaison"


def _duties(tables: Tables, measures: Collection[str] | None) -> dict[str, str]:
    duties = duty_of(tables)
    if measures is None:
        return duties
    return {measure: duty for measure, duty in duties.items() if measure in measures}


def _acting(tables: Tables, bodies: Mapping[str, int], duties: Mapping[str, int]) -> Any:
    acting = {
        (bodies[row["body"]], duties[row["measure"]])
        for row in tables.responsibilities.to_pylist()
        if row["body"] in bodies and row["measure"] in duties
    }
    return _ones(acting, (len(bodies), len(duties)))


def _dependence(tables: Tables, duties: Mapping[str, str], columns: Mapping[str, int]) -> Any:
    marks = {(column, column) for column in columns.values()}
    for row in tables.dependencies.to_pylist():
        if row["source"] in duties and row["target"] in duties:
            one, other = columns[duties[row["source"]]], columns[duties[row["target"]]]
            marks |= {(one, other), (other, one)}
    return _ones(marks, (len(columns), len(columns)))


def _matrix(pairs: Collection[tuple[int, int]], size: int) -> Any:
    return _ones({*pairs, *((b, a) for a, b in pairs)}, (size, size))


def _ones(cells: Collection[tuple[int, int]], shape: tuple[int, int]) -> Any:
    rows = [row for row, _ in cells]
    columns = [column for _, column in cells]
    return sp.csr_array((np.ones(len(rows), dtype=np.int64), (rows, columns)), shape=shape)


def _between(weights: Any) -> Any:
    """Return what is above zero off the diagonal, as a flat array."""
    cells = sp.coo_array(weights)
    return cells.data[(cells.row != cells.col) & (cells.data > 0)]


def _needs(required: Any, shared: Any, arranged: Any, names: list[str]) -> tuple[Need, ...]:
    upper = sp.coo_array(sp.triu(required, k=1))
    together: dict[Pair, int] = defaultdict(int)
    common = sp.coo_array(sp.triu(shared, k=1))
    for row, column, count in zip(common.row, common.col, common.data, strict=True):
        together[names[row], names[column]] = int(count)
    needs = [
        Need(
            bodies=(names[row], names[column]),
            weight=float(count),
            shared=together[names[row], names[column]],
            arranged=bool(arranged[row, column] > 0),
        )
        for row, column, count in zip(upper.row, upper.col, upper.data, strict=True)
    ]
    return tuple(sorted(needs, key=lambda need: (-need.weight, need.bodies)))
