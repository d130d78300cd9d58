"""Times of activities of which three guesses are given each: PERT (Malcolm et al. 1959).

Plans state deadlines and no durations, so the guesses come from the user; what the deadlines of a
plan leave is told by `kg.analysis.timing`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

from kg.errors import CyclicDependencyError


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
    blocked = [block for block in nx.strongly_connected_components(network) if len(block) > 1]
    if blocked:
        raise CyclicDependencyError(members=", ".join(sorted(blocked[0])))
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
