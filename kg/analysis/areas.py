"""Policy areas: what of a plan belongs to each, and which of them work on one thing apart.

An area is a field of policy (产业, 财政, 金融, 科技 …). What belongs to it, by declared rules:

* a measure or goal that the text places there (财政、金融等政策与质量政策协同: *named*), or whose name
  holds one of the area's words (``words`` of ontology/authorities/policy_areas.tsv);
* a body whose name holds one of the area's words for bodies (``bodies``), where it acts for
  anything in the plan;
* a measure that a body of the area leads, by itself or for a heading above it.

An area is *empty* where a plan names it and nothing but the naming measures belongs to it. Two areas
work *apart* on a thing where two dependent measures (a stated dependency, or an inferred one on any
ground but a common goal), each of one of the two areas alone, have no body in common and no lead of
one has a channel to a lead of the other.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from itertools import product
from typing import Any

from kg import authorities
from kg.analysis.inferred import Inferred
from kg.analysis.networks import channel_network, dependency_network
from kg.analysis.project import Tables
from kg.analysis.rows import rows_of
from kg.display import Naming, Row, Sections, sections_html
from kg.ids import key_of
from kg.model import Role

Pair = tuple[str, str]
Members = dict[str, set[str]]
GOAL_GROUND = "sharedGoal"  # two measures of one goal need not touch one thing


@dataclass(frozen=True, slots=True)
class PolicyArea:
    """A policy area and what belongs to it, by IRI; ``named``: the measures and goals that name it."""

    id: str
    label: str
    named: tuple[str, ...]
    measures: tuple[str, ...]
    goals: tuple[str, ...]
    bodies: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Return whether a plan names it and nothing else belongs to it."""
        others = {*self.measures, *self.goals}.difference(self.named)
        return bool(self.named) and not others and not self.bodies

    def row(self, name: Naming = key_of) -> Row:
        """Return what a table shows, things as *name* calls them."""
        return {
            "area": self.label,
            "named": len(self.named),
            "measures": len(self.measures),
            "goals": len(self.goals),
            "bodies": len(self.bodies),
            "empty": self.is_empty,
        }


@dataclass(frozen=True, slots=True)
class AreaPair:
    """Two policy areas whose measures depend on each other; ``apart``: those without a link.

    ``ties`` and ``apart`` are pairs of duties, the first in the first area; ``things``: what the
    inferred ones among ``apart`` have in common.
    """

    areas: Pair
    labels: Pair
    ties: tuple[Pair, ...]
    apart: tuple[Pair, ...]
    things: tuple[str, ...]

    def row(self, name: Naming = key_of) -> Row:
        """Return what a table shows, things as *name* calls them."""
        return {
            "area": self.labels[0],
            "with": self.labels[1],
            "ties": len(self.ties),
            "apart": len(self.apart),
            "on": "、".join(self.things),
        }


@dataclass(frozen=True, slots=True)
class PolicyAreas:
    """The policy areas to which anything belongs, most measures first, and the pairs that are tied."""

    areas: tuple[PolicyArea, ...]
    pairs: tuple[AreaPair, ...]

    def sections(self, name: Naming = key_of) -> Sections:
        """Return the tables that show it, things as *name* calls them."""
        return {
            "政策领域 policy areas": [area.row(name) for area in self.areas],
            "相互牵连的领域 areas that are tied": [pair.row(name) for pair in self.pairs],
        }

    def _repr_html_(self) -> str:
        return sections_html(self.sections())


def policy_areas(
    tables: Tables, *, inferred: Iterable[Inferred] = (), within: Set[str] | None = None
) -> PolicyAreas:
    """Return the policy areas of *tables*.

    Args:
        tables: The projection.
        inferred: Dependencies that count beside those that are stated.
        within: The measures and goals that count, all where ``None``.

    >>> from kg.analysis.project import tables_of
    >>> rows = {
    ...     "policy_areas": [{"id": "f", "label_zh": "财政"}, {"id": "t", "label_zh": "人才"}],
    ...     "measures": [{"id": "m", "label_zh": "推动财政、人才政策与质量政策协同"}],
    ...     "placements": [{"element": "m", "policy_area": "f"}],
    ... }
    >>> [(area.label, area.named, area.is_empty) for area in policy_areas(tables_of(rows)).areas]
    [('人才', (), False), ('财政', ('m',), True)]
    """
    known = _Known.of(tables, within)
    found = [known.area(row) for row in tables.policy_areas.to_pylist()]
    held = [one for one in found if one.named or one.measures or one.goals or one.bodies]
    ranked = sorted(held, key=lambda one: (-len(one.measures), one.label))
    return PolicyAreas(tuple(ranked), _pairs(tables, held, inferred, known.measures))


@dataclass(frozen=True, slots=True)
class _Known:
    """Elements and bodies by name, who acts for what, and what the text places where."""

    measures: Mapping[str, str]
    goals: Mapping[str, str]
    bodies: Mapping[str, str]
    led: Mapping[str, Set[str]]  # body -> what it leads, what stands below that included
    placed: Mapping[str, Set[str]]  # policy area -> elements

    @classmethod
    def of(cls, tables: Tables, within: Set[str] | None) -> "_Known":
        measures = _names(tables.measures, "label_zh", within)
        goals = _names(tables.goals, "label_zh", within)
        below: Members = defaultdict(set)
        for row in tables.above.to_pylist():
            below[row["ancestor"]].add(row["element"])
        acting = [row for row in tables.responsibilities.to_pylist() if row["measure"] in measures]
        led: Members = defaultdict(set)
        for row in acting:
            if row["role"] == Role.LEAD:
                led[row["body"]] |= below[row["measure"]] & measures.keys()
        placed: Members = defaultdict(set)
        for row in tables.placements.to_pylist():
            if row["element"] in measures or row["element"] in goals:
                placed[row["policy_area"]].add(row["element"])
        bodies = _names(tables.bodies, "label", {row["body"] for row in acting})
        return cls(measures, goals, bodies, led, placed)

    def area(self, row: Mapping[str, Any]) -> PolicyArea:
        """Return the policy area of *row* with what belongs to it."""
        label = row["label_zh"] or key_of(row["id"])
        words, body_words = _words().get(label, ((label,), ()))
        bodies = _holding(self.bodies, body_words)
        led = set().union(*(self.led.get(body, ()) for body in bodies))
        placed = self.placed.get(row["id"], set())
        return PolicyArea(
            id=row["id"],
            label=label,
            named=tuple(sorted(placed)),
            measures=tuple(
                sorted(_holding(self.measures, words) | led | placed & self.measures.keys())
            ),
            goals=tuple(sorted(_holding(self.goals, words) | placed & self.goals.keys())),
            bodies=tuple(sorted(bodies)),
        )


def _names(table: Any, column: str, wanted: Collection[str] | None) -> dict[str, str]:
    pairs = rows_of(table, "id", column)
    return {name: label or "" for name, label in pairs if wanted is None or name in wanted}


def _words() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    return {area.label.zh: (area.words, area.bodies) for area in authorities.policy_areas()}


def _holding(names: Mapping[str, str], words: Collection[str]) -> set[str]:
    return {name for name, label in names.items() if any(word in label for word in words)}


def _pairs(
    tables: Tables,
    areas: Collection[PolicyArea],
    inferred: Iterable[Inferred],
    measures: Collection[str],
) -> tuple[AreaPair, ...]:
    """Return the pairs of areas that are tied, most ties apart first."""
    belonging: Members = defaultdict(set)
    for area in areas:
        for measure in area.measures:
            belonging[measure].add(area.id)
    linked = _Linked.of(tables)
    ties: dict[Pair, dict[Pair, Set[str]]] = defaultdict(dict)
    for (one, other), things in _ties(tables, inferred).items():
        if one in measures and other in measures:
            for areas_, pair in _between(one, other, belonging):
                ties[areas_][pair] = things
    labels = {area.id: area.label for area in areas}
    made = [_pair(areas_, found, labels, linked) for areas_, found in ties.items()]
    return tuple(sorted(made, key=lambda pair: (-len(pair.apart), -len(pair.ties), pair.labels)))


def _between(
    one: str, other: str, belonging: Mapping[str, Set[str]]
) -> Iterator[tuple[Pair, Pair]]:
    """Yield each two areas of which each holds one end alone, with the ends in their order."""
    first, second = belonging.get(one, set()), belonging.get(other, set())
    for a, b in product(first - second, second - first):
        yield ((a, b), (one, other)) if a < b else ((b, a), (other, one))


def _pair(
    areas: Pair,
    found: Mapping[Pair, Set[str]],
    labels: Mapping[str, str],
    linked: "_Linked",
) -> AreaPair:
    apart = sorted(pair for pair in found if linked.are_apart(*pair))
    return AreaPair(
        areas=areas,
        labels=(labels[areas[0]], labels[areas[1]]),
        ties=tuple(sorted(found)),
        apart=tuple(apart),
        things=tuple(sorted({thing for pair in apart for thing in found[pair]})),
    )


def _ties(tables: Tables, inferred: Iterable[Inferred]) -> dict[Pair, set[str]]:
    """Return the dependent pairs of duties, smaller first, and what they have in common."""
    edges = dependency_network(tables).edges
    ties: dict[Pair, set[str]] = {(min(edge), max(edge)): set() for edge in edges}
    for one in inferred:
        if one.ground != GOAL_GROUND:
            ties.setdefault(one.measures, set()).update(one.things)
    return ties


@dataclass(frozen=True, slots=True)
class _Linked:
    """Who acts for a duty, who leads it, and which bodies have a channel."""

    acting: Mapping[str, Set[str]]
    leading: Mapping[str, Set[str]]
    channels: Any

    @classmethod
    def of(cls, tables: Tables) -> "_Linked":
        acting: Members = defaultdict(set)
        leading: Members = defaultdict(set)
        for row in tables.responsibilities.to_pylist():
            acting[row["measure"]].add(row["body"])
            if row["role"] == Role.LEAD:
                leading[row["measure"]].add(row["body"])
        return cls(acting, leading, channel_network(tables))

    def are_apart(self, one: str, other: str) -> bool:
        """Return whether two duties have bodies, none in common, and no channel between leads.

        Where a plan names no body for one of them, nothing can be said.
        """
        sides = self.acting.get(one, set()), self.acting.get(other, set())
        if not all(sides) or sides[0] & sides[1]:
            return False
        leads = product(self.leading.get(one) or sides[0], self.leading.get(other) or sides[1])
        return not any(self.channels.has_edge(a, b) for a, b in leads)
