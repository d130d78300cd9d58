"""How much hangs on single bodies: their load, their place between others, and single points.

* *Load*: duties and leads; *overloaded* is what G06 finds.
* *Structural holes* on the network of needs (`kg.analysis.coordination`, weight the need): constraint
  near 0 and a large effective size mean that others meet only through the body.
* *Brokerage* on the network of leads: an edge runs from the lead of a measure to the lead of one that
  requires it, and of one that takes it up; the groups are the levels of the bodies.
* *Single points* are what G18 finds: without the body measures stand alone, or goals lose all that
  serves them.

Left out: open bodies.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Set
from dataclasses import dataclass
from itertools import product
from types import MappingProxyType

import networkx as nx

from kg.analysis.coordination import coordination
from kg.analysis.gaps.hits import Hit, sql_hits
from kg.analysis.gaps.registry import gap_type
from kg.analysis.gaps.single_point import single_points
from kg.analysis.gaps.workbench import Workbench
from kg.analysis.inferred import inferred
from kg.analysis.networks import named_bodies, requires_network
from kg.analysis.positions import BROKER_ROLES, brokerage, structural_holes
from kg.analysis.project import Tables
from kg.display import Naming, Row, Sections, sections_html
from kg.ids import key_of
from kg.model import Role
from kg.settings import Settings

_OVERLOAD = "G06"


@dataclass(frozen=True, slots=True)
class Position:
    """A body with its load and its place; ``constraint`` is ``None`` where it needs nobody.

    ``brokers``: how often it brokers between two that are not linked, by role, those that occur.
    """

    body: str
    leads: int
    duties: int
    overloaded: bool
    constraint: float | None
    effective_size: float | None
    brokers: Mapping[str, int]

    def row(self, name: Naming = key_of) -> Row:
        """Return what a table shows, things as *name* calls them."""
        return {
            "body": name(self.body),
            "leads": self.leads,
            "duties": self.duties,
            "overloaded": self.overloaded,
            "constraint": None if self.constraint is None else round(self.constraint, 3),
            "effective size": None
            if self.effective_size is None
            else round(self.effective_size, 2),
            "brokers": " ".join(f"{role} {number}" for role, number in self.brokers.items()),
        }


@dataclass(frozen=True, slots=True)
class SinglePoint:
    """Bodies of a document on which so many goals, and the things told, hang; ``how`` as G18 has it.

    ``goals``: goals that they alone support; ``bridge``: measures of others fall off without them;
    ``alone``: only measures that they carry by themselves do.
    """

    document: str
    bodies: tuple[str, ...]
    how: str
    goals: int
    things: tuple[str, ...]

    def row(self, name: Naming = key_of) -> Row:
        """Return what a table shows, things as *name* calls them."""
        return {
            "document": name(self.document),
            "bodies": "、".join(map(name, self.bodies)),
            "how": self.how,
            "goals": self.goals,
            "things": len(self.things),
        }


@dataclass(frozen=True, slots=True)
class Robustness:
    """Single points, and the bodies that act, most leads first."""

    single_points: tuple[SinglePoint, ...]
    positions: tuple[Position, ...]

    def sections(self, name: Naming = key_of) -> Sections:
        """Return the tables that show it, things as *name* calls them."""
        return {
            "各单位的负担与位置 load and place of bodies": [
                one.row(name) for one in self.positions
            ],
            "单点依赖 single points": [one.row(name) for one in self.single_points],
        }

    def _repr_html_(self) -> str:
        return sections_html(self.sections())


def robustness(tables: Tables, *, settings: Settings, within: Set[str] | None = None) -> Robustness:
    """Return how much hangs on single bodies.

    Args:
        tables: The projection.
        settings: The thresholds of G06 and G18, and of inference.
        within: Measures, documents or bodies that count; all where ``None``.

    >>> from kg.analysis.project import tables_of
    >>> from kg.settings import Settings
    >>> duty = {"measure": "t", "role": "lead", "id": "1"}
    >>> rows = {
    ...     "measures": [{"id": "t"}],
    ...     "bodies": [{"id": "a"}],
    ...     "responsibilities": [{"body": "a", **duty}],
    ... }
    >>> [
    ...     (one.body, one.leads)
    ...     for one in robustness(tables_of(rows), settings=Settings()).positions
    ... ]
    [('a', 1)]
    """
    with Workbench(tables) as bench:
        points = single_points(bench, settings)
        overloaded = sql_hits(bench, gap_type(_OVERLOAD), settings)
    told = (hit for hit in points if within is None or within & set(hit.subjects))
    return Robustness(
        single_points=tuple(_point(hit) for hit in told),
        positions=_positions(tables, settings, within, {hit.subjects[0] for hit in overloaded}),
    )


def _point(hit: Hit) -> SinglePoint:
    return SinglePoint(hit.subjects[0], hit.bodies, hit.what[0], hit.n, hit.evidence)


def _positions(
    tables: Tables, settings: Settings, within: Set[str] | None, overloaded: Set[str]
) -> tuple[Position, ...]:
    named = set(named_bodies(tables))
    duties, leads = Counter[str](), Counter[str]()
    held = {
        (row["body"], row["measure"], row["role"]) for row in tables.responsibilities.to_pylist()
    }
    for body, measure in {(body, measure) for body, measure, _ in held}:
        if body in named and (within is None or within & {body, measure}):
            duties[body] += 1
            leads[body] += (body, measure, Role.LEAD.value) in held
    holes = structural_holes(_needs(tables, settings, within), weight="weight")
    brokers = _brokers(tables)
    found = (
        Position(
            body=body,
            leads=leads[body],
            duties=number,
            overloaded=body in overloaded,
            constraint=holes[body][0] if body in holes else None,
            effective_size=holes[body][1] if body in holes else None,
            brokers=brokers.get(body, MappingProxyType({})),
        )
        for body, number in duties.items()
    )
    return tuple(sorted(found, key=lambda one: (-one.leads, -one.duties, one.body)))


def _needs(tables: Tables, settings: Settings, within: Set[str] | None) -> "nx.Graph[str]":
    guessed = inferred(tables, most=settings.inferred_most)
    network: nx.Graph[str] = nx.Graph()
    for need in coordination(tables, measures=within, inferred=guessed).required:
        network.add_edge(*need.bodies, weight=need.weight)
    return network


def _brokers(tables: Tables) -> dict[str, Mapping[str, int]]:
    """Return for each body that brokers the roles in which it does, and how often."""
    levels = {row["id"]: row["level"] for row in tables.bodies.to_pylist()}
    counts = brokerage(_leads_network(tables), levels)
    some = {
        body: {role: roles[role] for role in BROKER_ROLES if roles[role]}
        for body, roles in counts.items()
    }
    return {body: MappingProxyType(roles) for body, roles in some.items() if roles}


def _leads_network(tables: Tables) -> "nx.DiGraph[str]":
    named = set(named_bodies(tables))
    leading: dict[str, set[str]] = defaultdict(set)
    for row in tables.responsibilities.to_pylist():
        if row["role"] == Role.LEAD and row["body"] in named:
            leading[row["measure"]].add(row["body"])
    steps = [*requires_network(tables).edges]
    steps += [(row["upper"], row["lower"]) for row in tables.uptake.to_pylist()]
    network: nx.DiGraph[str] = nx.DiGraph()
    for first, then in steps:
        for one, other in product(leading.get(first, ()), leading.get(then, ())):
            if one != other:
                network.add_edge(one, other)
    return network
