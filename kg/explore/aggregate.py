"""A graph that is too large to be drawn: groups of things by type, level and area, with counts.

The groups of a census are added up to the finest grain that can still be looked at. From a group one
goes on to its plans, and from a plan to the things in it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kg.explore.nodes import nodes_of
from kg.explore.sparql import iri_of
from kg.explore.terms import TYPE_RANK
from kg.ids import iri
from kg.model import SEVERITY_RANK, Bilingual, Census, Finding, Group, Node, Place, Severity
from kg.store.port import Store

_MOST_PLANS = 50
_NOWHERE: Place = (None, None)
_NONE: Mapping[Group, Severity] = MappingProxyType({})


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


def aggregate(
    store: Store,
    census: Census,
    *,
    within: Place = _NOWHERE,
    limit: int = 150,
    worst: Mapping[Group, Severity] = _NONE,
) -> Aggregate:
    """Return the groups of one level and one area, of all where none is named.

    Where groups by area would be more than *limit*, all areas of a level are taken together; with a
    level named, the areas with most things are kept.

    Args:
        store: Where the names of areas and plans are.
        census: What there is in it.
        within: A level and the key of an area.
        limit: Groups at most.
        worst: The worst severity found in each group of the census.

    Raises:
        UnknownNodeError: What should be an area cannot be a key.
    """
    level, area = within
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
        worst=_worst(grain, worst),
        left_out=len({group.area for group in fine if group not in grain}),
        plans=_plans(store, plans),
        plan_count=len(plans),
    )


def worst_by_group(census: Census, findings: Iterable[Finding]) -> dict[Group, Severity]:
    """Return the worst severity among *findings* for the group of each subject."""
    worst: dict[Group, Severity] = {}
    for finding in findings:
        for subject in finding.subjects:
            if (group := _group_of(census, subject)) is not None:
                _note(worst, group, finding.severity)
    return worst


def _note(worst: dict[Group, Severity], group: Group, severity: Severity) -> None:
    known = worst.get(group)
    if known is None or SEVERITY_RANK[severity] > SEVERITY_RANK[known]:
        worst[group] = severity


def _within(group: Group, place: Place) -> bool:
    level, area = place
    return level in (None, group.level) and area in (None, group.area)


def _grain(fine: Mapping[Group, int], place: Place, limit: int) -> dict[Group, Group]:
    """Return which group each fine group is drawn in; what does not fit is not in it."""
    if len(fine) <= limit:
        return {group: group for group in fine}
    if place == _NOWHERE:
        return {group: Group(group.type, group.level) for group in fine}
    sizes: Counter[str | None] = Counter()
    groups: dict[str | None, list[Group]] = defaultdict(list)
    for group, count in fine.items():
        sizes[group.area] += count
        groups[group.area].append(group)
    kept: dict[Group, Group] = {}
    for area, _ in sorted(sizes.items(), key=lambda item: (-item[1], str(item[0]))):
        if len(kept) + len(groups[area]) > limit:
            break
        kept.update((group, group) for group in groups[area])
    return kept


def _ties(census: Census, grain: Mapping[Group, Group]) -> tuple[Tie, ...]:
    counts: Counter[tuple[Group, str, Group]] = Counter()
    for (source, relation, target), count in census.ties.items():
        one, other = grain.get(source), grain.get(target)
        if one is not None and other is not None and one != other:
            counts[one, relation, other] += count
    ordered = sorted(counts.items(), key=lambda item: str(item[0]))
    return tuple(Tie(*ends, count) for ends, count in ordered)


def _worst(
    grain: Mapping[Group, Group], severities: Mapping[Group, Severity]
) -> dict[Group, Severity]:
    worst: dict[Group, Severity] = {}
    for group, severity in severities.items():
        if group in grain:
            _note(worst, grain[group], severity)
    return worst


def _group_of(census: Census, node: Node) -> Group | None:
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
