"""Gap rules that need more than SQL; catalogue.toml names them in ``how``."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import chain, pairwise
from types import MappingProxyType

import networkx as nx

from kg.analysis.dependencies import cycles as cyclic_blocks
from kg.analysis.gaps.hits import Hit, sql_hits
from kg.analysis.gaps.overlap import overlaps
from kg.analysis.gaps.registry import gap_type
from kg.analysis.gaps.single_point import single_points
from kg.analysis.gaps.workbench import Workbench
from kg.analysis.networks import requires_network
from kg.analysis.timing import WINDOW, TimeConflict, conflicts, windows
from kg.model import Severity
from kg.settings import Settings

_LARGE = 3


def cycles(bench: Workbench, _settings: Settings) -> list[Hit]:
    """Return a hit for each set of measures that wait for one another.

    Subjects: the two ends of the weakest link (the needed one first), then the other members.
    """
    network = requires_network(bench.tables)
    blocks = cyclic_blocks(network)
    leads: dict[str, set[str]] = {}
    for row in bench.rows_of("acting", "measure", chain(*(block.members for block in blocks))):
        if row["role"] == "lead":
            leads.setdefault(row["measure"], set()).add(row["body"])
    hits = []
    for block in blocks:
        inside = network.subgraph(block.members).edges(data=True)
        leading = set().union(*(leads.get(member, set()) for member in block.members))
        weakest = block.cuts[0]
        severe = len(block.members) >= _LARGE or len(leading) > 1
        hits.append(
            Hit(
                subjects=(*weakest, *(name for name in block.members if name not in weakest)),
                severity=Severity.HIGH if severe else Severity.MEDIUM,
                confidence=min(data["confidence"] for _, _, data in inside),
                evidence=tuple(sorted(data["id"] for _, _, data in inside)),
                n=len(block.members),
            )
        )
    return hits


def time_conflicts(bench: Workbench, settings: Settings) -> list[Hit]:
    """Return a hit for each measure that needs one due later, and for each that has not time enough.

    Subjects: the measure, the one that it requires, and what that waits for in turn.
    """
    late = sql_hits(bench, replace(gap_type("G17"), how="g17.sql", thresholds=()), settings)
    told = {hit.subjects[0] for hit in late}
    network = requires_network(bench.tables)
    found = conflicts(network, windows(bench.tables, network, least=settings.least_years))
    short = [one for one in found if one.kind == WINDOW and one.path[-1] not in told]
    return late + [_too_short(one, network) for one in short]


def _too_short(conflict: TimeConflict, network: "nx.DiGraph[str]") -> Hit:
    links = [network.edges[link] for link in pairwise(conflict.path)]
    return Hit(
        subjects=tuple(reversed(conflict.path)),
        severity=Severity.MEDIUM,
        confidence=min(data["confidence"] for data in links),
        evidence=tuple(sorted(data["id"] for data in links)),
        what=("too-long",),
    )


Rule = Callable[[Workbench, Settings], list[Hit]]

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "cycles": cycles,
        "overlaps": overlaps,
        "single_points": single_points,
        "time_conflicts": time_conflicts,
    }
)
