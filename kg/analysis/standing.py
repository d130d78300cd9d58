"""What a plan has as it stands: goals that are carried, hops that are headed, measures with somebody.

A *hop* is one link of a coordination chain: a measure that serves a goal, or one that takes up
another. It is headed where every measure at its ends has a lead: its own, one from above, or one
below it. A goal is *carried* where some measure that serves it, or a part of it, has a body likewise.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

import pyarrow.compute as pc

from kg.analysis.project import Tables
from kg.analysis.rows import rows_of
from kg.model import Role


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds in some tables: goals carried, hops headed, measures led and acted for."""

    carried: frozenset[str]
    headed: frozenset[tuple[str, str]]
    led: frozenset[str]
    acted: frozenset[str]

    @classmethod
    def of(cls, tables: Tables) -> "Standing":
        """Return what holds in *tables*."""
        measures = frozenset(tables.measures["id"].to_pylist())
        family = _Family.of(tables)
        led = family.under(_held(tables, Role.LEAD.value))
        acted = family.under(_held(tables))
        with_lead, with_body = led | family.over(led), acted | family.over(acted)
        serving = list(_serving(tables))
        carrying = {goal for measure, goal in serving if measure in with_body}
        hops = {*serving, *rows_of(tables.uptake, "lower", "upper")}
        ends = {hop: measures.intersection(hop) for hop in hops}
        return cls(
            carried=frozenset(family.over(carrying)).intersection(tables.goals["id"].to_pylist()),
            headed=frozenset(hop for hop, own in ends.items() if own and own <= with_lead),
            led=measures & led,
            acted=measures & acted,
        )

    def differing(self, other: "Standing") -> set[str]:
        """Return the goals and measures of which something holds in one and not in the *other*."""
        hops = self.headed ^ other.headed
        single = (self.carried ^ other.carried) | (self.led ^ other.led)
        return {*single, *(self.acted ^ other.acted), *(end for hop in hops for end in hop)}


@dataclass(frozen=True, slots=True)
class _Family:
    """Who stands above and below whom, each under (and over) itself too."""

    above: Mapping[str, Collection[str]]
    below: Mapping[str, Collection[str]]

    @classmethod
    def of(cls, tables: Tables) -> "_Family":
        above: dict[str, list[str]] = defaultdict(list)
        below: dict[str, list[str]] = defaultdict(list)
        for element, ancestor in rows_of(tables.above, "element", "ancestor"):
            above[element].append(ancestor)
            below[ancestor].append(element)
        return cls(above, below)

    def under(self, names: Iterable[str]) -> set[str]:
        return {one for name in names for one in (name, *self.below.get(name, ()))}

    def over(self, names: Iterable[str]) -> set[str]:
        return {one for name in names for one in (name, *self.above.get(name, ()))}


def _held(tables: Tables, role: str | None = None) -> set[str]:
    """Return the measures for which somebody has a duty of their own, in *role* where given."""
    duties = tables.responsibilities
    chosen = duties if role is None else duties.filter(pc.equal(duties["role"], role))
    return set(chosen["measure"].to_pylist())


def _serving(tables: Tables) -> Iterator[tuple[str, str]]:
    """Yield what serves what; below zero it hinders, and a missing strength is +1."""
    ends = rows_of(tables.contributions, "measure", "goal", "strength")
    yield from ((one, goal) for one, goal, strength in ends if strength is None or strength > 0)
