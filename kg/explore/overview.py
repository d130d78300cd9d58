"""The picture that matters: goals, task groups, named measures and the bodies that lead them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

from kg.explore.cache import PerGeneration
from kg.explore.nodes import Gaps, nodes_of
from kg.explore.sparql import PROLOGUE, among, iri_of, values
from kg.explore.subgraph import Subgraph
from kg.explore.summary import LED, Structure, structure, summed_up
from kg.explore.terms import TYPE_RANK, local_name
from kg.ids import key_of
from kg.model import SEVERITY_RANK, Level, Severity
from kg.store.port import Store
from kg.vocab import NS, Class

_ELEMENTS = (Class.GOAL, Class.TASK_GROUP, Class.PROGRAMME, Class.ACTION, Class.ARRANGEMENT)
_BODY_SHARE = 3  # at most a third of the picture are bodies
_MOST_GROUPS = 12  # of one document: what a reader takes in at a glance
_LEAST_SHARE = 12  # fewer things of one document would not tell what it is about
_LEVELS = {NS + level.value: rank for rank, level in enumerate(Level)}


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


def overview(
    store: Store, *, limit: int = 150, gaps: Gaps | None = None, document: str | None = None
) -> Subgraph:
    """Return the picture to open with, at most *limit* nodes; of one *document* where it is named.

    Documents come highest level first, then newest first, each with its share of the room; the rest
    is counted by type in ``left_out``. What a hidden task says is told by the group above it:
    such edges are not stated,
    their identifiers begin with `SUMMED`, and the group shows the worst gap of the tasks it hides.
    """
    only = iri_of(document) if document else None
    plans = _plans(store, only) if only else _PLANS.of(store)
    room = limit - limit // _BODY_SHARE
    documents, elements, left_out = _chosen(plans, room=room, gaps=gaps or {})
    known = structure(store, documents)
    bodies = _bodies(known, elements)
    several = documents if len(documents) > 1 else []
    room = max(0, limit - len(elements) - len(several))
    if len(bodies) > room:
        left_out["body"] = len(bodies) - room
    shown = nodes_of(store, [*several, *elements, *bodies[:room]], gaps=gaps)
    nodes, edges = summed_up(store, shown, known, gaps=gaps)
    return Subgraph(nodes, edges, bool(left_out), limit, left_out)


def _chosen(
    plans: Sequence[_Plan], *, room: int, gaps: Gaps
) -> tuple[list[str], list[str], dict[str, int]]:
    """Return documents and elements that fit, and how many of each type do not.

    Each document gets an equal share of the room that those before it have left, and none where
    that is too little to say anything.
    """
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


def _plans(store: Store, document: str | None = None) -> list[_Plan]:
    """Return the documents with what they state, highest level first, then newest first.

    Three plain questions: as one with its OPTIONALs they took four times as long at 10 million triples.
    """
    members: dict[str, dict[str, str]] = defaultdict(dict)
    for stated_in, element, cls in sorted(store.select(_members(document)).rows):
        members[str(stated_in)][str(element)] = str(cls)
    above = {str(one): str(up) for one, up in sorted(store.select(_nested(document)).rows)}
    ranked: dict[str, tuple[int, str, str]] = {}
    for one, level, date in store.select(_dated(document)).rows:
        key = (_LEVELS.get(str(level), len(_LEVELS)), _newest_first(str(date or "")), str(one))
        ranked[str(one)] = min(ranked.get(str(one), key), key)
    last = len(_LEVELS), _newest_first("")
    order = sorted(members, key=lambda one: ranked.get(one, (*last, one)))
    return [_Plan(one, members[one], above) for one in order]


def _members(document: str | None) -> str:
    known, open_ = values("c", _ELEMENTS), ""
    if document:
        known, open_ = values("d", [document]), among("c", _ELEMENTS)
    return f"{PROLOGUE}SELECT ?d ?n ?c {{ {known} ?n a ?c ; qkg:statedIn ?d {open_} }}"


def _nested(document: str | None) -> str:
    within = f"{values('d', [document])} ?n qkg:statedIn ?d ." if document else ""
    return (
        f"{PROLOGUE}SELECT ?n ?up {{ {within} "
        "?n a qkg:TaskGroup ; qkg:partOf ?up . ?up a qkg:TaskGroup }"
    )


def _dated(document: str | None) -> str:
    which = values("d", [document]) if document else ""
    return (
        f"{PROLOGUE}SELECT ?d ?level ?date {{ {which} ?d a qkg:Document "
        "OPTIONAL { ?d qkg:atLevel ?level } OPTIONAL { ?d qkg:issuedOn ?date } }"
    )


_PLANS = PerGeneration(_plans)


def _in_type_order(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: TYPE_RANK.get(item[0], len(TYPE_RANK))))


def _newest_first(date: str) -> str:
    """Return a word that sorts later dates first and no date last.

    >>> sorted(["2021-01-01", "2023-02-06", ""], key=_newest_first)
    ['2023-02-06', '2021-01-01', '']
    """
    return "".join(chr(ord("9") - ord(c) + ord("0")) if c.isdigit() else c for c in date) or "~"


def _bodies(known: Structure, elements: Iterable[str]) -> list[str]:
    """Return the bodies of what is shown or hidden below it, those with most duties first."""
    shown = dict.fromkeys(elements)
    counts: dict[str, int] = defaultdict(int)
    for source, relation, body in known.rows:
        if relation in LED and known.shown_above(source, shown):
            counts[body] += 1
    return sorted(counts, key=lambda body: (-counts[body], body))
