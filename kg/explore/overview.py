"""The picture that matters: goals, task groups, named measures and the bodies that lead them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import chain, zip_longest

from kg.explore.edges import edge_id, edges_among
from kg.explore.nodes import Gaps, nodes_of
from kg.explore.sparql import PROLOGUE, values
from kg.explore.subgraph import Subgraph
from kg.explore.terms import RELATIONS, ROLE_RELATIONS, TYPE_RANK, local_name
from kg.ids import key_of
from kg.model import SEVERITY_RANK, Edge, Level, Node, Severity
from kg.store.port import Store
from kg.vocab import NS, Class

_ELEMENTS = (Class.GOAL, Class.TASK_GROUP, Class.PROGRAMME, Class.ACTION, Class.ARRANGEMENT)
_UP = frozenset({"partOf", "realises"})
_LED = ("ledBy", "undertakenBy")
SUMMED = "sum:"  # begins the identifier of an edge that stands for what is hidden
_BODY_SHARE = 3  # at most a third of the picture are bodies
_MOST_GROUPS = 12  # of one document: what a reader takes in at a glance
_LEAST_SHARE = 12  # fewer things of one document would not tell what it is about
_LEVELS = {NS + level.value: rank for rank, level in enumerate(Level)}


@dataclass(frozen=True, slots=True)
class _Structure:
    """How all elements of the chosen documents hang together, shown or not.

    Of the bodies only those that matter are in ``rows``: who leads, and where nobody leads who
    undertakes.
    """

    rows: tuple[tuple[str, str, str], ...]
    parents: Mapping[str, list[str]]

    def shown_above(self, iri: str, shown: Mapping[str, object]) -> list[str]:
        """Return *iri* itself where it is shown, else the nearest shown things above it."""
        seen, layer = {iri}, [iri]
        while layer:
            hits = [one for one in layer if one in shown]
            if hits:
                return hits
            layer = [up for one in layer for up in self.parents.get(one, []) if up not in seen]
            seen.update(layer)
        return []


@dataclass(frozen=True, slots=True)
class _Plan:
    """One document: its elements with their classes, and which group stands in which."""

    document: str
    members: Mapping[str, str]
    above: Mapping[str, str]

    def picked(self, room: int, gaps: Gaps) -> list[str]:
        """Return its main groups, then goals and measures in turn, those with gaps first."""
        groups = self._main_groups()[:room]
        others = [self._of(gaps, cls) for cls in _ELEMENTS if cls != Class.TASK_GROUP]
        turns = chain.from_iterable(zip_longest(*others))
        return [*groups, *(one for one in turns if one is not None)][:room]

    def _of(self, gaps: Gaps, kind: Class) -> list[str]:
        own = [iri for iri, cls in self.members.items() if cls == kind]
        return sorted(own, key=lambda iri: (-_weight(gaps.get(key_of(iri))), iri))

    def _main_groups(self) -> list[str]:
        """Return the groups of the deepest level that is still easy to take in.

        Many plans have one chapter 重点任务 over all that matters: its parts say more than it does.
        """
        groups = {iri for iri, cls in self.members.items() if cls == Class.TASK_GROUP}
        inside: dict[str, list[str]] = defaultdict(list)
        for iri in sorted(groups):
            if self.above.get(iri) in groups:
                inside[self.above[iri]].append(iri)
        level = sorted(iri for iri in groups if self.above.get(iri) not in groups)
        for _ in range(len(groups)):
            below = [part for iri in level for part in inside.get(iri, [iri])]
            if below == level or len(below) > _MOST_GROUPS:
                break
            level = below
        return level


def _weight(severity: Severity | None) -> int:
    return SEVERITY_RANK[severity] + 1 if severity else 0


def overview(store: Store, *, limit: int = 150, gaps: Gaps | None = None) -> Subgraph:
    """Return the picture to open with, at most *limit* nodes.

    Documents come highest level first, then newest first, each with its share of the room; the rest
    is counted by type in ``left_out``. What a hidden task says is told by the group above it:
    such edges are not stated,
    their identifiers begin with `SUMMED`, and the group shows the worst gap of the tasks it hides.
    """
    documents, elements, left_out = _chosen(
        store, room=limit - limit // _BODY_SHARE, gaps=gaps or {}
    )
    structure = _structure(store, documents)
    bodies = _bodies(structure, elements)
    room = limit - len(elements) - (len(documents) if len(documents) > 1 else 0)
    if len(bodies) > room:
        left_out["body"] = len(bodies) - room
    several = documents if len(documents) > 1 else []
    shown = nodes_of(store, [*several, *elements, *bodies[: max(room, 0)]], gaps=gaps)
    direct = edges_among(store, shown)
    known = {edge.id for edge in direct}
    derived = _derived(structure, shown, known=known) + _implementing(store, several, known)
    worst = _rolled_up(structure, shown, gaps or {})
    return Subgraph(
        nodes=tuple(replace(one, gap=worst.get(iri, one.gap)) for iri, one in shown.items()),
        edges=(*direct, *derived),
        truncated=bool(left_out),
        limit=limit,
        left_out=left_out,
    )


def _chosen(store: Store, *, room: int, gaps: Gaps) -> tuple[list[str], list[str], dict[str, int]]:
    """Return documents and elements that fit, and how many of each type do not.

    Each document gets an equal share of the room that those before it have left, and none where
    that is too little to say anything.
    """
    plans = _plans(store)
    documents: list[str] = []
    elements: list[str] = []
    left_out: dict[str, int] = defaultdict(int)
    for place, plan in enumerate(plans):
        free = room - len(elements)
        share = min(free, max(free // (len(plans) - place), _LEAST_SHARE))
        own = plan.picked(share, gaps) if share >= min(_LEAST_SHARE, len(plan.members)) else []
        elements += own
        if own:
            documents.append(plan.document)
        else:
            left_out["document"] += 1
        kept = set(own)
        for element, cls in plan.members.items():
            if element not in kept:
                left_out[local_name(cls)] += 1
    return documents, list(dict.fromkeys(elements)), _in_type_order(left_out)


def _plans(store: Store) -> list[_Plan]:
    """Return the documents with what they state, highest level first, then newest first."""
    table = store.select(
        f"{PROLOGUE}SELECT DISTINCT ?d ?n ?c ?level ?date ?up WHERE {{ {values('c', _ELEMENTS)} "
        "?n a ?c ; qkg:statedIn ?d . OPTIONAL { ?d qkg:atLevel ?level } "
        "OPTIONAL { ?d qkg:issuedOn ?date } OPTIONAL { ?n qkg:partOf ?up . ?up a qkg:TaskGroup } }"
    )
    ranked: dict[str, tuple[int, str, str]] = {}
    members: dict[str, dict[str, str]] = defaultdict(dict)
    above: dict[str, str] = {}
    for document, element, cls, level, date, up in sorted(table.rows, key=str):
        key = (_LEVELS.get(str(level), len(_LEVELS)), _newest_first(str(date or "")), str(document))
        ranked[str(document)] = min(ranked.get(str(document), key), key)
        members[str(document)][str(element)] = str(cls)
        if up is not None and cls == Class.TASK_GROUP:
            above[str(element)] = str(up)
    return [_Plan(one, members[one], above) for one in sorted(ranked, key=lambda d: ranked[d])]


def _in_type_order(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: TYPE_RANK.get(item[0], len(TYPE_RANK))))


def _newest_first(date: str) -> str:
    """Return a word that sorts later dates first and no date last.

    >>> sorted(["2021-01-01", "2023-02-06", ""], key=_newest_first)
    ['2023-02-06', '2021-01-01', '']
    """
    return "".join(chr(ord("9") - ord(c) + ord("0")) if c.isdigit() else c for c in date) or "~"


def _structure(store: Store, documents: Iterable[str]) -> _Structure:
    wanted = [RELATIONS[name].iri for name in (*_UP, *_LED, "contributesTo")]
    table = store.select(
        f"{PROLOGUE}SELECT DISTINCT ?x ?p ?o WHERE {{ {values('d', documents)} "
        f"?x qkg:statedIn ?d . {values('p', wanted)} ?x ?p ?o }}"
    )
    rows = sorted((str(s), local_name(str(p)), str(o)) for s, p, o in table.rows)
    led = {source for source, relation, _ in rows if relation == "ledBy"}
    rows = [row for row in rows if row[1] != "undertakenBy" or row[0] not in led]
    parents: dict[str, list[str]] = defaultdict(list)
    for source, relation, target in rows:
        if relation in _UP:
            parents[source].append(target)
    return _Structure(tuple(rows), parents)


def _bodies(structure: _Structure, elements: Iterable[str]) -> list[str]:
    """Return the bodies of what is shown or hidden below it, those with most duties first."""
    shown = dict.fromkeys(elements)
    counts: dict[str, int] = defaultdict(int)
    for source, relation, body in structure.rows:
        if relation in _LED and structure.shown_above(source, shown):
            counts[body] += 1
    return sorted(counts, key=lambda body: (-counts[body], body))


def _derived(structure: _Structure, shown: Mapping[str, Node], *, known: set[str]) -> list[Edge]:
    """Return the edges that pass through something hidden, each once."""
    found: dict[str, Edge] = {}
    for source, relation, target in structure.rows:
        if source in shown and target in shown:
            continue
        if relation in _UP and source not in shown:
            continue
        ends = structure.shown_above(target, shown) if relation in _UP else [target]
        for start in structure.shown_above(source, shown):
            for end in ends:
                identifier = edge_id(start, relation, end)
                if end in shown and start != end and identifier not in known:
                    found[identifier] = _through(SUMMED + identifier, start, relation, end)
    return [found[identifier] for identifier in sorted(found)]


def _implementing(store: Store, documents: list[str], known: set[str]) -> list[Edge]:
    """Return which document carries out which other, told by the title it cites."""
    if not documents:
        return []
    table = store.select(
        f"{PROLOGUE}SELECT DISTINCT ?d ?e WHERE {{ {values('d', documents)} "
        "?d qkg:implements/^qkg:citedAs ?e }"
    )
    pairs = sorted((str(lower), str(upper)) for lower, upper in table.rows)
    edges = [
        Edge(edge_id(lower, "implements", upper), lower, upper, "implements")
        for lower, upper in pairs
        if upper in documents and lower != upper
    ]
    return [edge for edge in edges if edge.id not in known]


def _through(identifier: str, source: str, relation: str, target: str) -> Edge:
    role = ROLE_RELATIONS.get(relation)
    return Edge(identifier, source, target, relation, stated=False, role=role)


def _rolled_up(structure: _Structure, shown: Mapping[str, Node], gaps: Gaps) -> dict[str, Severity]:
    worst: dict[str, Severity] = {}
    for iri in {source for source, _, _ in structure.rows}:
        severity = gaps.get(key_of(iri))
        for above in structure.shown_above(iri, shown) if severity else []:
            kept = worst.get(above)
            if severity and (kept is None or SEVERITY_RANK[severity] > SEVERITY_RANK[kept]):
                worst[above] = severity
    return worst
