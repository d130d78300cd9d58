"""Gap rules that need more than SQL; catalogue.toml names them in ``how``."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from kg.analysis.dependencies import cycles as cyclic_blocks
from kg.analysis.gaps.hits import Hit
from kg.analysis.gaps.overlap import overlaps
from kg.analysis.gaps.single_point import single_points
from kg.analysis.gaps.workbench import Workbench
from kg.analysis.networks import requires_network
from kg.model import Severity
from kg.settings import Settings

_LARGE = 3


def cycles(bench: Workbench, _settings: Settings) -> list[Hit]:
    """Return a hit for each set of measures that wait for one another.

    Subjects: the two ends of the weakest link (the needed one first), then the other members.
    """
    network = requires_network(bench.tables)
    leads: dict[str, set[str]] = {}
    for row in bench.rows("select measure, body from acting where role = 'lead'"):
        leads.setdefault(row["measure"], set()).add(row["body"])
    hits = []
    for block in cyclic_blocks(network):
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


Rule = Callable[[Workbench, Settings], list[Hit]]

RULES: Mapping[str, Rule] = MappingProxyType(
    {"cycles": cycles, "overlaps": overlaps, "single_points": single_points}
)
