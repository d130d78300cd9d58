"""The surroundings of a node, some steps out, cut fairly and with an account of what was cut."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain, zip_longest

from kg.explore.edges import edges_among
from kg.explore.nodes import Gaps, node, nodes_of
from kg.explore.sparql import PROLOGUE, among, values
from kg.explore.terms import DRAWN, RELATION_RANK, RELATIONS, TYPE_RANK, local_name
from kg.model import Edge, Node
from kg.store.port import Store

MAX_DEPTH = 5
_READ_MIN = 2_000  # neighbours read of one step, so that a hub cannot fill the memory
_BATCH = 200


@dataclass(frozen=True, slots=True)
class Subgraph:
    """Some nodes and all edges of the chosen relations between them.

    ``left_out`` counts by relation the neighbours that were in reach but past ``limit``.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    truncated: bool
    limit: int
    left_out: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reach:
    """Which way to go: relation names, each with the directions ``out`` and ``in`` it is followed.

    >>> Reach.of(["ledBy", "in:partOf"]).directions
    {'ledBy': ('out', 'in'), 'partOf': ('in',)}
    """

    directions: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, relations: Collection[str]) -> "Reach":
        """Return the reach of names such as ``partOf``, ``out:partOf`` and ``in:partOf``.

        Names that are no relation are dropped; no name at all stands for all that is drawn.
        """
        found: dict[str, tuple[str, ...]] = {}
        for given in relations or DRAWN:
            direction, _, name = given.rpartition(":")
            if name in RELATIONS and direction in {"", "out", "in"}:
                ways = (direction,) if direction else ("out", "in")
                found[name] = tuple(dict.fromkeys((*found.get(name, ()), *ways)))
        return cls(found)


@dataclass(frozen=True, slots=True)
class Within:
    """How far and how much of the surroundings is wanted; no types and no relations mean all."""

    depth: int = 1
    relations: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    limit: int = 300


NEAR = Within()


@dataclass(frozen=True, slots=True)
class _Step:
    relation: str
    direction: str
    target: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The nodes around one, itself the first, and how many were past the limit, by relation."""

    nodes: tuple[Node, ...]
    left_out: Mapping[str, int]


def subgraph(
    store: Store, key: str, *, within: Within = NEAR, gaps: Gaps | None = None
) -> Subgraph:
    """Return what lies *within* so many steps of a node, itself among it, and what joins it.

    Raises:
        UnknownNodeError: Nothing in the graph has this key.
    """
    found = surroundings(store, key, within=within, gaps=gaps)
    names = tuple(Reach.of(within.relations).directions)
    edges = edges_among(store, (node.id for node in found.nodes), relations=names)
    return Subgraph(
        nodes=found.nodes,
        edges=tuple(edges),
        truncated=bool(found.left_out),
        limit=within.limit,
        left_out=found.left_out,
    )


def surroundings(
    store: Store, key: str, *, within: Within = NEAR, gaps: Gaps | None = None
) -> Surroundings:
    """Return the nodes *within* so many steps of a node.

    Where a step has too many neighbours each relation gives in turn, so that none is crowded out;
    within a relation types come in reading order, then labels.

    Raises:
        UnknownNodeError: Nothing in the graph has this key.
    """
    start = node(store, key, gaps=gaps)
    limit = within.limit
    reach = Reach.of(within.relations)
    kept = {start.id: start}
    frontier = [start.id]
    left_out: dict[str, int] = defaultdict(int)
    for _ in range(min(within.depth, MAX_DEPTH)):
        steps = [s for s in _steps(store, frontier, reach, room=limit) if s.target not in kept]
        known = nodes_of(store, dict.fromkeys(s.target for s in steps), gaps=gaps)
        wanted = {i: n for i, n in known.items() if not within.types or n.type in within.types}
        frontier = _taken(steps, wanted, room=limit - len(kept), left_out=left_out)
        kept.update((iri, wanted[iri]) for iri in frontier)
        if not frontier:
            break
    ordered = dict(sorted(left_out.items(), key=lambda item: RELATION_RANK[item[0]]))
    return Surroundings(tuple(kept.values()), ordered)


def _steps(store: Store, frontier: list[str], reach: Reach, *, room: int) -> list[_Step]:
    found: dict[_Step, None] = {}
    for direction, pattern in (("out", "?f ?p ?n"), ("in", "?n ?p ?f")):
        names = [name for name, ways in reach.directions.items() if direction in ways]
        for name, target in _neighbours(store, frontier, names, pattern=pattern, room=room):
            found[_Step(name, direction, target)] = None
    return list(found)


def _neighbours(
    store: Store, frontier: list[str], names: list[str], *, pattern: str, room: int
) -> Iterable[tuple[str, str]]:
    if not names:
        return
    properties = [RELATIONS[name].iri for name in names]
    for start in range(0, len(frontier), _BATCH):
        table = store.select(
            f"{PROLOGUE}SELECT DISTINCT ?p ?n WHERE {{ "
            f"{values('f', frontier[start : start + _BATCH])} {pattern} {among('p', properties)} }} "
            f"LIMIT {max(_READ_MIN, 20 * room)}"
        )
        for prop, target in table.rows:
            yield local_name(str(prop)), str(target)


def _taken(
    steps: list[_Step], wanted: Mapping[str, Node], *, room: int, left_out: dict[str, int]
) -> list[str]:
    """Return which nodes are kept, one relation after the other; count the rest in *left_out*."""
    queues: dict[tuple[int, str], list[_Step]] = defaultdict(list)
    for step in steps:
        if step.target in wanted:
            queues[RELATION_RANK[step.relation], step.direction].append(step)
    for queue in queues.values():
        queue.sort(key=lambda step: _order(wanted[step.target]))
    rounds = zip_longest(*(queues[name] for name in sorted(queues)))
    kept: dict[str, None] = {}
    lost: dict[str, str] = {}
    for step in chain.from_iterable(rounds):
        if step is None or step.target in kept:
            continue
        if len(kept) < room:
            kept[step.target] = None
        else:
            lost.setdefault(step.target, step.relation)
    for relation in lost.values():
        left_out[relation] += 1
    return list(kept)


def _order(found: Node) -> tuple[int, str, str]:
    return TYPE_RANK.get(found.type, len(TYPE_RANK)), found.label.zh, found.key
