"""Relations between nodes: which there are, how sure they are, how many of each."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from kg import ids
from kg.errors import UnknownNodeError
from kg.explore.evidence import TextOf, evidence_of
from kg.explore.sparql import PROLOGUE, among, iri_of, values
from kg.explore.terms import (
    DRAWN,
    GENERAL,
    NODE_TYPES,
    RELATION_RANK,
    RELATIONS,
    ROLE_RELATIONS,
    local_name,
)
from kg.model import Edge, Evidence
from kg.store.port import Store
from kg.vocab import KIND_OF_DEPENDENCY, NS, SHORTCUT_OF_ROLE, Class, Property, role_iri

_BATCH = 200
_KINDS = {kind: NS + relation for relation, kind in KIND_OF_DEPENDENCY.items()}
_ROLES = {role_iri(role): prop for role, prop in SHORTCUT_OF_ROLE.items()}
_CLASSES = {
    Class.CONTRIBUTION: Property.CONTRIBUTES_TO,
    Class.UPTAKE: Property.TAKES_UP,
}
_STANDS_FOR = {str(word): str(prop) for word, prop in (_KINDS | _ROLES | _CLASSES).items()}
_STATED = frozenset({"", "stated", "rule", "position"})  # the words, or a sentence of the document


@dataclass(frozen=True, slots=True)
class RelationCount:
    """How many neighbours a node has by one relation, ``out`` from it or ``in`` to it."""

    relation: str
    direction: str
    count: int


@dataclass(slots=True)
class _Support:
    """What the links behind one edge add up to: the best of them counts."""

    links: list[str]
    mentions: set[str]
    stated: bool = False
    confidence: float = 0.0


_Pair = tuple[str, str, str]  # source, relation, target


def relation_counts(
    store: Store, key: str, *, relations: Collection[str] = tuple(RELATIONS)
) -> list[RelationCount]:
    """Return how many neighbours the node has, by relation and direction, in reading order."""
    iri = iri_of(key)
    wanted = [RELATIONS[name].iri for name in relations if name in RELATIONS]
    counts = []
    for direction, pattern in (("out", f"<{iri}> ?p ?n"), ("in", f"?n ?p <{iri}>")):
        table = store.select(
            f"{PROLOGUE}SELECT ?p (COUNT(DISTINCT ?n) AS ?count) WHERE {{ "
            f"{pattern} {among('p', wanted)} ?n a ?c {among('c', NODE_TYPES)} }} GROUP BY ?p"
        )
        counts += [
            RelationCount(local_name(str(prop)), direction, int(count or 0))
            for prop, count in table.rows
        ]
    told = [count for count in counts if not _counted_better(count, counts)]
    return sorted(told, key=lambda c: (RELATION_RANK[c.relation], c.direction))


def edges_among(
    store: Store, iris: Iterable[str], *, relations: Collection[str] = DRAWN
) -> list[Edge]:
    """Return all edges of *relations* whose two ends are both in *iris*, sorted by identifier."""
    members = set(iris)
    pairs = sorted(_pairs(store, members, relations))
    support = _support(store, {source for source, _, _ in pairs})
    return sorted((_edge(pair, support.get(pair)) for pair in pairs), key=lambda edge: edge.id)


def edge_evidence(store: Store, edge: str, *, text_of: TextOf | None = None) -> list[Evidence]:
    """Return the words behind an edge, given by its identifier ``source~relation~target``.

    Raises:
        UnknownNodeError: It is not such an identifier.
    """
    parts = edge.split("~")
    if len(parts) != 3 or parts[1] not in RELATIONS:
        raise UnknownNodeError(key=edge)
    source, target = iri_of(parts[0]), iri_of(parts[2])
    found = _support(store, {source}).get((source, parts[1], target))
    return evidence_of(store, found.links, text_of=text_of) if found else []


def edge_id(source: str, relation: str, target: str) -> str:
    """Return the identifier of the edge between two IRIs.

    >>> edge_id(ids.iri("task", "t"), "ledBy", ids.iri("body", "b"))
    'task/t~ledBy~body/b'
    """
    return f"{ids.key_of(source)}~{relation}~{ids.key_of(target)}"


def _pairs(store: Store, members: set[str], relations: Collection[str]) -> set[_Pair]:
    wanted = [RELATIONS[name].iri for name in relations if name in RELATIONS]
    ordered = sorted(members)
    found: set[_Pair] = set()
    for start in range(0, len(ordered), _BATCH):
        table = store.select(
            f"{PROLOGUE}SELECT DISTINCT ?s ?p ?o WHERE {{ "
            f"{values('s', ordered[start : start + _BATCH])} ?s ?p ?o {among('p', wanted)} }}"
        )
        for source, prop, target in table.rows:
            if target in members and source != target:
                found.add((str(source), local_name(str(prop)), str(target)))
    return {pair for pair in found if not _said_better(pair, found)}


def _counted_better(count: RelationCount, others: Iterable[RelationCount]) -> bool:
    special = GENERAL.get(count.relation, frozenset())
    same_way = (o for o in others if o.relation in special and o.direction == count.direction)
    return bool(special) and count.count <= sum(other.count for other in same_way)


def _said_better(pair: _Pair, found: set[_Pair]) -> bool:
    source, relation, target = pair
    return any(
        (source, special, target) in found or (target, special, source) in found
        for special in GENERAL.get(relation, ())
    )


def _edge(pair: _Pair, support: _Support | None) -> Edge:
    source, relation, target = pair
    return Edge(
        id=edge_id(*pair),
        source=source,
        target=target,
        relation=relation,
        stated=support.stated if support else True,
        confidence=round(support.confidence, 4) if support else 1.0,
        evidence=len(support.mentions) if support else 0,
        role=ROLE_RELATIONS.get(relation),
    )


def _support(store: Store, sources: Collection[str]) -> dict[_Pair, _Support]:
    """Return what responsibilities and other links say about the edges that leave *sources*."""
    found: dict[_Pair, _Support] = defaultdict(lambda: _Support(links=[], mentions=set()))
    ordered = sorted(sources)
    for start in range(0, len(ordered), _BATCH):
        batch = ordered[start : start + _BATCH]
        for row in _link_rows(store, batch):
            link, source, relation, target, basis, confidence, mention = row
            prop = _STANDS_FOR.get(str(relation), str(relation))
            entry = found[(str(source), local_name(prop), str(target))]
            if link not in entry.links:
                entry.links.append(str(link))
            if mention is not None:
                entry.mentions.add(str(mention))
            word = str(basis or "").rpartition("#")[2]
            entry.stated = entry.stated or word in _STATED
            sure = float(confidence) if isinstance(confidence, int | float) else 1.0
            entry.confidence = max(entry.confidence, sure)
    return found


# Each pattern binds the link, its two ends and ?r: the property that the link stands for, or what
# stands for that one: its role, its kind of dependency, its class.
_LINKS = (
    f"?link qkg:responsibilityFor ?s ; qkg:heldBy ?o ; qkg:inRole ?r {among('r', _ROLES)}",
    "?link qkg:linkFrom ?s ; qkg:linkTo ?o ; qkg:shortcut ?r .",
    f"?link qkg:linkFrom ?s ; qkg:linkTo ?o ; qkg:ofKind ?r {among('r', _KINDS)}",
    f"?link qkg:linkFrom ?s ; qkg:linkTo ?o ; a ?r {among('r', _CLASSES)}",
    f"?link qkg:connects ?s , ?o . BIND(<{Property.COORDINATES_WITH}> AS ?r)",
)


def _link_rows(store: Store, sources: Sequence[str]) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for pattern in _LINKS:
        table = store.select(
            f"{PROLOGUE}SELECT DISTINCT ?link ?s ?r ?o ?basis ?confidence ?m WHERE {{ "
            f"{values('s', sources)} {pattern} OPTIONAL {{ ?link qkg:basis ?basis }} "
            "OPTIONAL { ?link qkg:confidence ?confidence } OPTIONAL { ?link qkg:evidencedBy ?m } }"
        )
        rows += table.rows
    return sorted(rows, key=str)
