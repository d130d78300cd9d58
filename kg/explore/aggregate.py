"""A graph that is too large to be drawn: groups of things by type, level and area, with counts.

Grouped queries count; the groups of documents are then added up to the finest grain that can still
be looked at. From a group one goes on to its plans, and from a plan to the things in it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.explore.cache import PerGeneration
from kg.explore.nodes import nodes_of
from kg.explore.sparql import PROLOGUE, among, iri_of, values
from kg.explore.terms import RELATIONS, ROLE_RELATIONS, TYPE_RANK, local_name
from kg.ids import iri
from kg.model import SEVERITY_RANK, Bilingual, Finding, Node, Severity
from kg.store.port import Store
from kg.vocab import NS, Class

_MOST_PLANS = 50
_STATED = (
    Class.GOAL,
    Class.TARGET,
    Class.TASK_GROUP,
    Class.TASK,
    Class.PROGRAMME,
    Class.ACTION,
    Class.ARRANGEMENT,
)
_BODIES = (Class.COORDINATION_BODY, Class.DEPARTMENT, Class.OPEN_BODY, Class.BODY)
_BETWEEN = (
    "partOf",
    "realises",
    "contributesTo",
    "requires",
    "sharesResourceWith",
    "jointlyProducesWith",
    "takesUp",
)

_Place = tuple[str | None, str | None]  # level, IRI of the area
_NOWHERE: _Place = (None, None)


@dataclass(frozen=True, slots=True)
class Group:
    """Things of one type, at one level, in one area; without an area: in all areas of the level."""

    type: str
    level: str | None
    area: str | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """How many relations of one kind go from the things of one group to those of another."""

    source: Group
    relation: str
    target: Group
    count: int


@dataclass(frozen=True, slots=True)
class Aggregate:
    """Groups with their counts, the ties between them, and the plans that they come from.

    ``areas`` names the areas of groups by IRI, ``worst`` has the worst severity found in a group.
    ``left_out`` is how many areas did not fit, ``plans`` the first of ``plan_count``.
    """

    counts: Mapping[Group, int]
    ties: tuple[Tie, ...]
    areas: Mapping[str, Bilingual]
    worst: Mapping[Group, Severity]
    left_out: int
    plans: tuple[Node, ...]
    plan_count: int


@dataclass(frozen=True, slots=True)
class _Census:
    """What the grouped queries count, at the finest grain: one area, one type."""

    documents: Mapping[str, _Place]
    bodies: Mapping[str, Group]
    counts: Mapping[Group, int]
    ties: Mapping[tuple[Group, str, Group], int]


def aggregate(
    store: Store,
    *,
    level: str | None = None,
    area: str | None = None,
    limit: int = 150,
    findings: Iterable[Finding] = (),
) -> Aggregate:
    """Return the groups of one *level* and one *area* (a key), of all where none is named.

    Where groups by area would be more than *limit*, all areas of a level are taken together; with a
    *level* named, the areas with most things are kept.

    Raises:
        UnknownNodeError: *area* cannot be a key.
    """
    census = _CENSUS.of(store)
    place = (level, iri_of(area) if area else None)
    fine = {group: n for group, n in census.counts.items() if _within(group, place)}
    grain = _grain(fine, place, limit)
    counts: Counter[Group] = Counter()
    for group, count in fine.items():
        if group in grain:
            counts[grain[group]] += count
    plans = [one for one, at in census.documents.items() if _within(Group("document", *at), place)]
    return Aggregate(
        counts=dict(sorted(counts.items(), key=lambda item: _order(item[0]))),
        ties=_ties(census, grain),
        areas=_names(store, {group.area for group in counts}),
        worst=_worst(census, grain, findings),
        left_out=len({group.area for group in fine.keys() - grain.keys()}),
        plans=_plans(store, plans),
        plan_count=len(plans),
    )


def _within(group: Group, place: _Place) -> bool:
    level, area = place
    return level in (None, group.level) and area in (None, group.area)


def _grain(fine: Mapping[Group, int], place: _Place, limit: int) -> dict[Group, Group]:
    """Return which group each fine group is drawn in; what does not fit is not in it."""
    if len(fine) <= limit:
        return {group: group for group in fine}
    if place == _NOWHERE:
        return {group: Group(group.type, group.level) for group in fine}
    sizes: Counter[str | None] = Counter()
    for group, count in fine.items():
        sizes[group.area] += count
    kept: dict[Group, Group] = {}
    for area, _ in sorted(sizes.items(), key=lambda item: (-item[1], str(item[0]))):
        own = [group for group in fine if group.area == area]
        if len(kept) + len(own) > limit:
            break
        kept.update((group, group) for group in own)
    return kept


def _ties(census: _Census, grain: Mapping[Group, Group]) -> tuple[Tie, ...]:
    counts: Counter[tuple[Group, str, Group]] = Counter()
    for (source, relation, target), count in census.ties.items():
        if source in grain and target in grain and grain[source] != grain[target]:
            counts[grain[source], relation, grain[target]] += count
    ordered = sorted(counts.items(), key=lambda item: str(item[0]))
    return tuple(Tie(*ends, count) for ends, count in ordered)


def _worst(
    census: _Census, grain: Mapping[Group, Group], findings: Iterable[Finding]
) -> dict[Group, Severity]:
    worst: dict[Group, Severity] = {}
    for finding in findings:
        for subject in finding.subjects:
            own = _group_of(census, subject)
            group = grain.get(own) if own else None
            if group is None:
                continue
            known = worst.get(group)
            if known is None or SEVERITY_RANK[finding.severity] > SEVERITY_RANK[known]:
                worst[group] = finding.severity
    return worst


def _group_of(census: _Census, node: Node) -> Group | None:
    """Return the group of a subject; the key of an element begins with that of its document."""
    if node.id in census.bodies:
        return census.bodies[node.id]
    document = node.key.rpartition("/")[2].partition(".")[0]
    place = census.documents.get(iri("document", document))
    return Group(node.type, *place) if place else None


def _names(store: Store, areas: Iterable[str | None]) -> dict[str, Bilingual]:
    known = nodes_of(store, sorted(area for area in areas if area))
    return {one: node.label for one, node in known.items()}


def _plans(store: Store, documents: Iterable[str]) -> tuple[Node, ...]:
    found = nodes_of(store, sorted(documents)[:_MOST_PLANS]).values()
    return tuple(sorted(found, key=lambda node: (node.label.zh, node.key)))


def _order(group: Group) -> tuple[int, str, str]:
    return TYPE_RANK[group.type], group.level or "", group.area or ""


def _counted(store: Store) -> _Census:
    documents = _documents(store)
    bodies = _bodies(store)
    counts: Counter[Group] = Counter(bodies.values())
    counts.update(Group("document", *place) for place in documents.values())
    for document, cls, count in store.select(_ELEMENTS).rows:
        counts[_stated(documents, cls, document)] += int(count or 0)
    ties: Counter[tuple[Group, str, Group]] = Counter()
    for document, cls, prop, other, kind, count in store.select(_RELATIONS).rows:
        ends = (_stated(documents, cls, document), _stated(documents, kind, other))
        ties[ends[0], local_name(str(prop)), ends[1]] += int(count or 0)
    for document, cls, prop, body, count in store.select(_DUTIES).rows:
        if (held := bodies.get(str(body))) is not None:
            ties[_stated(documents, cls, document), local_name(str(prop)), held] += int(count or 0)
    return _Census(documents, bodies, counts, ties)


def _stated(documents: Mapping[str, _Place], cls: object, document: object) -> Group:
    return Group(local_name(str(cls)), *documents.get(str(document), _NOWHERE))


def _documents(store: Store) -> dict[str, _Place]:
    rows = store.select(_PLACES).rows
    return {str(one): _place(level, area) for one, level, area in sorted(rows, key=str)}


def _bodies(store: Store) -> dict[str, Group]:
    """Return body -> its group; the more special class of two comes first and wins."""
    rank = {str(cls): at for at, cls in enumerate(_BODIES)}
    rows = sorted(store.select(_HOLDERS).rows, key=lambda row: (-rank[str(row[1])], str(row)))
    return {
        str(body): Group(local_name(str(cls)), *_place(level, area))
        for body, cls, level, area in rows
    }


def _place(level: object, area: object) -> _Place:
    return (str(level).removeprefix(NS) if level else None, str(area) if area else None)


_CENSUS = PerGeneration(_counted)
_PLACES = f"""{PROLOGUE}SELECT DISTINCT ?d ?level ?area WHERE {{
  ?d a qkg:Document OPTIONAL {{ ?d qkg:atLevel ?level }} OPTIONAL {{ ?d qkg:appliesIn ?area }} }}"""
_HOLDERS = f"""{PROLOGUE}SELECT DISTINCT ?b ?c ?level ?area WHERE {{ {values("c", _BODIES)}
  ?b a ?c OPTIONAL {{ ?b qkg:atLevel ?level }} OPTIONAL {{ ?b qkg:areaOf ?area }} }}"""
_ELEMENTS = f"""{PROLOGUE}SELECT ?d ?c (COUNT(DISTINCT ?n) AS ?count) WHERE {{
  {values("c", _STATED)} ?n a ?c ; qkg:statedIn ?d }} GROUP BY ?d ?c"""
_RELATIONS = f"""{PROLOGUE}SELECT ?d ?c ?p ?e ?k (COUNT(*) AS ?count) WHERE {{
  {values("p", [RELATIONS[name].iri for name in _BETWEEN])}
  ?x ?p ?y . ?x a ?c ; qkg:statedIn ?d {among("c", _STATED)}
  ?y a ?k ; qkg:statedIn ?e {among("k", _STATED)} }} GROUP BY ?d ?c ?p ?e ?k"""
_DUTIES = f"""{PROLOGUE}SELECT ?d ?c ?p ?b (COUNT(*) AS ?count) WHERE {{
  {values("p", [RELATIONS[name].iri for name in ROLE_RELATIONS])}
  ?x ?p ?b . ?x a ?c ; qkg:statedIn ?d {among("c", _STATED)} }} GROUP BY ?d ?c ?p ?b"""
