"""What would be different if: the plan as it is beside the plan under some changes.

What is lost and won is told of goals carried, hops headed, measures led (`kg.analysis.standing`) and
of findings. Nothing is written, and the tables that are given stay as they are.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from kg.analysis.coordination import Congruence, coordination
from kg.analysis.gaps import findings_of
from kg.analysis.overlay import Change, Merge, overlaid
from kg.analysis.project import Tables
from kg.analysis.rows import rows_of
from kg.analysis.standing import Standing
from kg.display import sections_html
from kg.ids import finding_key, iri, key_of
from kg.model import Bilingual, Finding, Node, Severity
from kg.settings import Settings

Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Hop:
    """A link of a chain, from the measure below to the goal or measure above."""

    lower: Node
    upper: Node


@dataclass(frozen=True, slots=True)
class Left:
    """A measure that loses or gains somebody, and how many below it do so with it.

    Those below are not told one by one: what changes at the root changes them.
    """

    measure: Node
    below: int


@dataclass(frozen=True, slots=True)
class Regraded:
    """A finding that stays, with another severity."""

    finding: Finding
    was: Severity


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What some changes would make different.

    ``goals_uncovered`` were carried and no longer are; ``goals_covered`` the other way round; the
    same holds for hops and for measures with a lead or any body (their own, or from above).
    ``counts_before`` and ``counts_after``: gap type -> severity -> number of findings.
    """

    changes: tuple[Change, ...]
    goals_uncovered: tuple[Node, ...]
    goals_covered: tuple[Node, ...]
    chains_broken: tuple[Hop, ...]
    chains_mended: tuple[Hop, ...]
    without_lead: tuple[Left, ...]
    with_lead: tuple[Left, ...]
    without_actor: tuple[Left, ...]
    with_actor: tuple[Left, ...]
    appeared: tuple[Finding, ...]
    gone: tuple[Finding, ...]
    regraded: tuple[Regraded, ...]
    counts_before: Counts
    counts_after: Counts
    congruence_before: Congruence
    congruence_after: Congruence

    @property
    def is_empty(self) -> bool:
        """Return whether nothing at all would be different."""
        lists = (self.goals_uncovered, self.goals_covered, self.chains_broken, self.chains_mended)
        more = (self.without_lead, self.with_lead, self.without_actor, self.with_actor)
        found = (self.appeared, self.gone, self.regraded)
        same = self.congruence_before == self.congruence_after
        return same and not any((*lists, *more, *found))

    def _repr_html_(self) -> str:
        return sections_html(sections(self, "zh"))


def whatif(
    tables: Tables,
    changes: Iterable[Change],
    *,
    settings: Settings,
    before: Sequence[Finding] | None = None,
) -> WhatIf:
    """Return what *changes* would make different in *tables*.

    Args:
        tables: The plan as it is.
        changes: One after the other; things by IRI.
        settings: The thresholds of the gap catalogue.
        before: The findings of *tables* where they are known; found anew where ``None``.

    Raises:
        UnknownNodeError: A thing is not there, or an earlier change took it away.
        SameBodyError: A body would be merged, or have a channel, with itself.

    >>> from kg.analysis.overlay import Remove
    >>> from kg.analysis.project import tables_of
    >>> duty = {"id": "1", "measure": "t", "body": "a", "role": "lead"}
    >>> rows = {
    ...     "bodies": [{"id": "a", "label": "甲局"}],
    ...     "measures": [{"id": "t", "label_zh": "推进共享"}],
    ...     "responsibilities": [duty],
    ... }
    >>> found = whatif(tables_of(rows), [Remove("a")], settings=Settings())
    >>> [one.measure.id for one in found.without_lead]
    ['t']
    """
    made = tuple(changes)
    after = overlaid(tables, made)
    known = list(before) if before is not None else findings_of(tables, settings=settings)
    found = findings_of(after, settings=settings) if made else known
    first, second = Standing.of(tables), Standing.of(after)
    named = _nodes(tables, first.differing(second))
    renamed = {finding.id: _renamed(finding, made) for finding in known}
    ids = {finding.id: finding for finding in found}
    old = {renamed[finding.id]: finding for finding in known}
    return WhatIf(
        changes=made,
        goals_uncovered=_some(named, first.carried - second.carried),
        goals_covered=_some(named, second.carried - first.carried),
        chains_broken=_hops(named, first.headed - second.headed),
        chains_mended=_hops(named, second.headed - first.headed),
        without_lead=_roots(tables, named, first.led - second.led),
        with_lead=_roots(tables, named, second.led - first.led),
        without_actor=_roots(tables, named, first.acted - second.acted),
        with_actor=_roots(tables, named, second.acted - first.acted),
        appeared=tuple(finding for finding in found if finding.id not in old),
        gone=tuple(finding for finding in known if renamed[finding.id] not in ids),
        regraded=tuple(
            Regraded(finding, old[finding.id].severity)
            for finding in found
            if finding.id in old and old[finding.id].severity != finding.severity
        ),
        counts_before=counts(known),
        counts_after=counts(found),
        congruence_before=coordination(tables).congruence,
        congruence_after=coordination(after).congruence,
    )


def counts(findings: Iterable[Finding]) -> dict[str, dict[str, int]]:
    """Return gap type -> severity -> number of findings, sorted by type."""
    found = Counter((finding.type, finding.severity.value) for finding in findings)
    by_type: dict[str, dict[str, int]] = {}
    for (kind, severity), number in sorted(found.items()):
        by_type.setdefault(kind, {})[severity] = number
    return by_type


def sections(found: WhatIf, lang: str) -> dict[str, list[dict[str, object]]]:
    """Return the answer as named lists of rows, for a table on a terminal or in a notebook."""
    measures = ("without_lead", "with_lead", "without_actor", "with_actor")
    told: dict[str, list[dict[str, object]]] = {
        "congruence": [
            {"": when, "needs": one.needs, "met": one.met, "plain": round(one.plain, 3),
             "weighted": round(one.weighted, 3)}
            for when, one in (
                ("before", found.congruence_before), ("after", found.congruence_after)
            )
        ]
    }  # fmt: skip
    for name in ("goals_uncovered", "goals_covered"):
        told[name] = [
            {"key": node.key, "label": node.label.to(lang)} for node in getattr(found, name)
        ]
    for name in measures:
        told[name] = [
            {"key": one.measure.key, "label": one.measure.label.to(lang), "below": one.below}
            for one in getattr(found, name)
        ]
    for name in ("chains_broken", "chains_mended"):
        told[name] = [
            {"lower": hop.lower.label.to(lang), "upper": hop.upper.label.to(lang)}
            for hop in getattr(found, name)
        ]
    told["appeared"] = [_row(finding, lang) for finding in found.appeared]
    told["gone"] = [_row(finding, lang) for finding in found.gone]
    told["regraded"] = [{**_row(one.finding, lang), "was": one.was.value} for one in found.regraded]
    return told


def _row(finding: Finding, lang: str) -> dict[str, object]:
    return {
        "severity": finding.severity.value,
        "type": finding.type,
        "reason": finding.reason.to(lang),
    }


def _renamed(finding: Finding, changes: Iterable[Change]) -> str:
    """Return the id that a finding has once bodies are merged, so that the same gap stays the same."""
    names = [node.id for node in finding.subjects]
    for change in changes:
        if isinstance(change, Merge):
            names = [change.kept if name == change.gone else name for name in names]
    if names == [node.id for node in finding.subjects]:
        return finding.id
    return iri("finding", finding_key(finding.type, *dict.fromkeys(names)))


def _nodes(tables: Tables, names: Iterable[str]) -> dict[str, Node]:
    wanted = pa.array(sorted(names), type=pa.string())
    found: dict[str, Node] = {}
    for name, kind in (("measures", None), ("goals", "goal")):
        table = getattr(tables, name)
        for row in table.filter(pc.is_in(table["id"], wanted)).to_pylist():
            found[row["id"]] = _node(row, kind)
    return found


def _node(row: Mapping[str, Any], kind: str | None) -> Node:
    key = key_of(row["id"])
    zh = row["label_zh"] or key
    return Node(
        id=row["id"],
        key=key,
        type=kind or row["kind"] or "measure",
        label=Bilingual(zh, row["label_en"] or zh),
        level=row["level"],
        area=row["area"],
        document=row["document"],
        year=row["due_year"],
    )


def _known(named: Mapping[str, Node], name: str) -> Node:
    """Return the node; a link can lead to what no table has."""
    key = key_of(name)
    return named.get(name) or Node(name, key, key.split("/")[0], Bilingual(key, key))


def _some(named: Mapping[str, Node], names: Iterable[str]) -> tuple[Node, ...]:
    return tuple(_known(named, name) for name in sorted(names))


def _roots(tables: Tables, named: Mapping[str, Node], names: Collection[str]) -> tuple[Left, ...]:
    """Return those of *names* above which there is none of them, with how many stand below."""
    rows = [
        (element, ancestor)
        for element, ancestor in rows_of(tables.above, "element", "ancestor")
        if element != ancestor and element in names and ancestor in names
    ]
    under = {element for element, _ in rows}
    below = Counter(ancestor for _, ancestor in rows)
    # two that are part of each other have no root: each is told
    looped = {element for element, _ in set(rows).intersection((up, low) for low, up in rows)}
    roots = (set(names) - under) | looped
    return tuple(Left(_known(named, name), below[name]) for name in sorted(roots))


def _hops(named: Mapping[str, Node], pairs: Iterable[tuple[str, str]]) -> tuple[Hop, ...]:
    return tuple(Hop(_known(named, low), _known(named, up)) for low, up in sorted(pairs))
