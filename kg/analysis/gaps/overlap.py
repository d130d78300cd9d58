"""G22: two measures of one area that say nearly the same under different leads."""

from dataclasses import dataclass
from typing import Any

import networkx as nx

from kg.analysis.gaps.hits import Hit
from kg.analysis.gaps.workbench import Workbench, rule_text
from kg.analysis.likeness import alike
from kg.model import Severity
from kg.settings import Settings

_TIED = (
    "select lower as one, upper as other from uptake union select lower, upper from implementing"
)


@dataclass(frozen=True, slots=True)
class _Unit:
    """A measure with a lead: what it is and stands under."""

    id: str
    document: str | None
    leads: frozenset[str]
    above: frozenset[str]
    confidence: float


def overlaps(bench: Workbench, settings: Settings) -> list[Hit]:
    """Return a hit for each set of measures that say nearly the same and are led apart.

    Left out are pairs of which one takes up the other, those of a plan and one that it carries out,
    and those under two that overlap as a whole.
    """
    tied = {frozenset((row["one"], row["other"])) for row in bench.rows(_TIED)}
    rows = bench.rows(rule_text("g22.sql"))
    units = [_unit(row) for row in rows]
    words, places = [row["words"] for row in rows], [row["place"] for row in rows]
    pairs = {
        (units[at], units[to]): score
        for at, to, score in alike(words, threshold=settings.gap_overlap, places=places)
        if _apart(units[at], units[to], tied)
    }
    found = {frozenset((one.id, other.id)) for one, other in pairs}
    network: nx.Graph[str] = nx.Graph()
    known: dict[str, _Unit] = {}
    for (one, other), score in pairs.items():
        if not _inside(one, other, found):
            known |= {one.id: one, other.id: other}
            network.add_edge(one.id, other.id, score=score)
    return [_hit(network.subgraph(members), known) for members in nx.connected_components(network)]


def _unit(row: dict[str, Any]) -> _Unit:
    return _Unit(
        id=row["id"],
        document=row["document"],
        leads=frozenset(row["leads"]),
        above=frozenset(row["above"]),
        confidence=row["confidence"],
    )


def _apart(one: _Unit, other: _Unit, tied: set[frozenset[str | None]]) -> bool:
    """Return whether two that say the same are led apart, and neither stands for the other."""
    if one.leads & other.leads or one.id in other.above or other.id in one.above:
        return False
    pairs = {frozenset((one.id, other.id)), frozenset((one.document, other.document))}
    return not pairs & tied


def _inside(one: _Unit, other: _Unit, pairs: set[frozenset[str]]) -> bool:
    """Return whether two that stand above this pair are one of *pairs* themselves."""
    higher = {frozenset((a, b)) for a in one.above for b in other.above}
    own = frozenset((one.id, other.id))
    return any(pair in pairs for pair in higher if pair != own)


def _hit(network: Any, known: dict[str, _Unit]) -> Hit:
    members = [known[name] for name in sorted(network)]
    return Hit(
        subjects=tuple(unit.id for unit in members),
        severity=Severity.MEDIUM,
        confidence=min(unit.confidence for unit in members),
        bodies=tuple(sorted(set().union(*(unit.leads for unit in members)))),
        n=round(100 * min(score for _, _, score in network.edges(data="score"))),
    )
