"""Coordination chains: goal <- measure <- task <- task of the province <- task of the county.

A chain is *broken* at a level where a plan is meant to carry it on and does not: a plan that
carries out the last one of the chain, or one between two of its plans. It is *headless* at a
measure without a lead: its own, one from above, or one below it. Complete is what is neither.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from itertools import chain, islice, pairwise
from math import prod
from typing import Any

import pyarrow.compute as pc

from kg.analysis.lineage import above
from kg.analysis.lines import Line, Relation, lines
from kg.analysis.project import Tables
from kg.display import SHOWN, rows_html
from kg.errors import UnknownNodeError
from kg.ids import BASE, key_of
from kg.model import LEVEL_RANK, Level, Role

MOST = 1000
"""Chains of one answer."""


@dataclass(frozen=True, slots=True)
class Step:
    """An element of a chain; things by IRI.

    ``relation`` and ``confidence`` are those of its link to the element above, ``None`` and 1 at
    the top. ``leads`` are its own, else those of the nearest element above it in its plan, else
    those below it.
    """

    element: str
    relation: Relation | None
    confidence: float
    is_measure: bool
    leads: tuple[str, ...]
    level: str | None
    area: str | None
    policy_areas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """Elements from the top down, and the levels at which the chain is broken, highest first."""

    steps: tuple[Step, ...]
    breaks: tuple[str, ...]

    @property
    def confidence(self) -> float:
        """Return the product of the confidences of the links, 0 to 1."""
        return prod(step.confidence for step in self.steps)

    @property
    def headless(self) -> tuple[str, ...]:
        """Return the measures without a lead."""
        return tuple(step.element for step in self.steps if step.is_measure and not step.leads)

    @property
    def is_complete(self) -> bool:
        """Return whether every level is there and every measure has a lead."""
        return not self.breaks and not self.headless

    @property
    def handoffs(self) -> int:
        """Return how often the lead changes to bodies none of which led before."""
        return sum(1 for _ in self._changes())

    @property
    def boundary_handoffs(self) -> int:
        """Return how many of the hand-offs lead into another area or another policy area."""
        return sum(_crosses(one, other) for one, other in self._changes())

    def _changes(self) -> Iterator[tuple[Step, Step]]:
        led = (step for step in self.steps if step.leads)
        return (pair for pair in pairwise(led) if set(pair[0].leads).isdisjoint(pair[1].leads))


@dataclass(frozen=True, slots=True)
class Chains:
    """Chains; ``truncated``: there are more than these."""

    chains: tuple[Chain, ...]
    truncated: bool

    def _repr_html_(self) -> str:
        rows = [
            {
                "chain": " ← ".join(key_of(step.element) for step in one.steps),
                "broken at": " ".join(one.breaks),
                "headless": " ".join(map(key_of, one.headless)),
                "hand-offs": one.handoffs,
                "confidence": round(one.confidence, 3),
            }
            for one in self.chains[:SHOWN]
        ]
        return rows_html(rows, of=len(self.chains))


def chains(
    tables: Tables,
    *,
    measure: str | None = None,
    within: Set[str] | None = None,
    most: int = MOST,
) -> Chains:
    """Return the chains of *tables*, or those through *measure* alone.

    Args:
        tables: The projection.
        measure: The IRI or ``kind/key`` of a measure or goal.
        within: Those alone that go through one of these elements.
        most: How many at most.

    Raises:
        UnknownNodeError: There is no such measure or goal.

    >>> from kg.analysis.project import tables_of
    >>> rows = {
    ...     "goals": [{"id": "g"}],
    ...     "measures": [{"id": "t"}, {"id": "u"}],
    ...     "contributions": [{"id": "1", "measure": "t", "goal": "g", "confidence": 0.5}],
    ...     "uptake": [{"id": "2", "lower": "u", "upper": "t", "confidence": 0.5}],
    ... }
    >>> [one] = chains(tables_of(rows)).chains
    >>> [step.element for step in one.steps], one.confidence, one.headless
    (['g', 't', 'u'], 0.25, ('t', 'u'))
    """
    known = _Known.of(tables)
    element = None
    if measure is not None:
        element = BASE + measure if measure not in known.elements else measure
        if element not in known.elements:
            raise UnknownNodeError(key=measure)
    every = lines(tables, element)
    covered = (line for line in every if within is None or _elements(line, element) & within)
    found = list(islice(covered, most + 1))
    made = (known.chain(line, alone=element) for line in found[:most])
    return Chains(tuple(made), truncated=len(found) > most)


def _elements(line: Line, alone: str | None) -> set[str]:
    return {name for link in line for name in (link.upper, link.lower)} or {alone or ""}


def _crosses(one: Step, other: Step) -> bool:
    moved = one.area is not None and other.area is not None and one.area != other.area
    fields = set(one.policy_areas), set(other.policy_areas)
    return moved or (all(fields) and fields[0].isdisjoint(fields[1]))


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of elements and plans.

    ``carrying``: a plan -> those that carry it out, directly or through others. ``held``: an
    element -> the levels that it, or something below it, takes up.
    """

    elements: Mapping[str, Mapping[str, Any]]
    measures: frozenset[str]
    leads: Mapping[str, tuple[str, ...]]
    placed: Mapping[str, tuple[str, ...]]
    levels: Mapping[str, Level]
    carrying: Mapping[str, frozenset[str]]
    held: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, tables: Tables) -> "_Known":
        rows = chain(tables.goals.to_pylist(), tables.measures.to_pylist())
        elements = {row["id"]: row for row in rows}
        return cls(
            elements=elements,
            measures=frozenset(tables.measures["id"].to_pylist()),
            leads=_leads(tables),
            placed=_placed(tables),
            levels={
                row["id"]: Level(row["level"])
                for row in tables.documents.to_pylist()
                if row["level"] in LEVEL_RANK
            },
            carrying=_carrying(tables),
            held=_held(tables, elements),
        )

    def chain(self, line: Line, *, alone: str | None) -> Chain:
        """Return *line* as a chain; a line without a link is *alone*."""
        top = line[0].upper if line else alone or ""
        steps = [self._step(top, None, 1.0)]
        steps += [self._step(link.lower, link.relation, link.confidence) for link in line]
        found = self._below(steps[-1].element)
        for one, other in pairwise(steps):
            found |= self._between(one.element, other.element)
        present = {step.level for step in steps}
        broken = sorted(found - present, key=LEVEL_RANK.__getitem__)
        return Chain(tuple(steps), tuple(level.value for level in broken))

    def _step(self, element: str, relation: Relation | None, confidence: float) -> Step:
        row = self.elements.get(element, {})
        is_measure = element in self.measures
        return Step(
            element=element,
            relation=relation,
            confidence=confidence,
            is_measure=is_measure,
            leads=self.leads.get(element, ()) if is_measure else (),
            level=row.get("level"),
            area=row.get("area"),
            policy_areas=self.placed.get(element, ()),
        )

    def _below(self, element: str) -> set[Level]:
        """Return the levels of the plans that carry out that of *element*, further down."""
        plan = self._plan(element)
        own = self.levels.get(plan)
        reached = (self.levels.get(name) for name in self.carrying.get(plan, ()))
        return {
            level
            for level in reached
            if own is not None and level is not None and LEVEL_RANK[level] > LEVEL_RANK[own]
        }

    def _between(self, upper: str, lower: str) -> set[Level]:
        """Return the levels of plans between those of two elements, which *lower* does not reach."""
        last = self._plan(lower)
        end = self.levels.get(last)
        through = {
            self.levels[name]
            for name in self.carrying.get(self._plan(upper), ())
            if name in self.levels and last in self.carrying.get(name, ())
        }
        inside = {
            level
            for level in through & self._below(upper)
            if end is not None and LEVEL_RANK[level] < LEVEL_RANK[end]
        }
        return inside - self.held.get(lower, frozenset())

    def _plan(self, element: str) -> str:
        return str(self.elements.get(element, {}).get("document"))


def _leads(tables: Tables) -> dict[str, tuple[str, ...]]:
    """Return measure -> those who lead it: by itself, the nearest above it, or those below it."""
    duties = tables.responsibilities
    own: dict[str, set[str]] = defaultdict(set)
    for row in duties.filter(pc.equal(duties["role"], Role.LEAD.value)).to_pylist():
        own[row["measure"]].add(row["body"])
    nearest: dict[str, tuple[int, set[str]]] = {}
    below: dict[str, set[str]] = defaultdict(set)
    for row in tables.above.to_pylist():
        element, ancestor, distance = row["element"], row["ancestor"], row["distance"]
        below[ancestor] |= own.get(element, set())
        if ancestor in own:
            known = nearest.get(element, (distance + 1, set()))
            if distance < known[0]:
                nearest[element] = (distance, own[ancestor])
            elif distance == known[0]:
                nearest[element] = (distance, known[1] | own[ancestor])
    named = below | {element: bodies for element, (_, bodies) in nearest.items()}
    return {element: tuple(sorted(bodies)) for element, bodies in named.items() if bodies}


def _placed(tables: Tables) -> dict[str, tuple[str, ...]]:
    """Return element -> the policy areas that it or what stands above it is placed in."""
    own: dict[str, set[str]] = defaultdict(set)
    for row in tables.placements.to_pylist():
        own[row["element"]].add(row["policy_area"])
    found: dict[str, set[str]] = defaultdict(set)
    for row in tables.above.to_pylist():
        if row["ancestor"] in own:
            found[row["element"]] |= own[row["ancestor"]]
    return {element: tuple(sorted(names)) for element, names in found.items()}


def _carrying(tables: Tables) -> dict[str, frozenset[str]]:
    pairs = tables.implementing.rename_columns(["child", "parent"])
    found: dict[str, set[str]] = defaultdict(set)
    for row in above(pairs["child"], pairs).to_pylist():
        if row["distance"]:
            found[str(row["ancestor"])].add(str(row["element"]))
    return {plan: frozenset(names) for plan, names in found.items()}


def _held(tables: Tables, elements: Mapping[str, Mapping[str, Any]]) -> dict[str, frozenset[str]]:
    own: dict[str, set[str]] = defaultdict(set)
    for row in tables.uptake.to_pylist():
        level = elements.get(row["upper"], {}).get("level")
        own[row["lower"]].update([level] if level else [])
    found: dict[str, set[str]] = defaultdict(set)
    for row in tables.above.to_pylist():
        found[row["ancestor"]] |= own.get(row["element"], set())
    return {element: frozenset(levels) for element, levels in found.items() if levels}
