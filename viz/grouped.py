"""An aggregate as a picture: a card for each group, its name telling how many things it stands for."""

from kg.explore import Aggregate, Subgraph, Tie
from kg.ids import BASE, key_of
from kg.model import Bilingual, Edge, Group, Node
from viz.style import LEVELS, TYPES

_KEY = "group/"
_NO_LEVEL = Bilingual("未标层级", "no level")


def key_of_group(group: Group) -> str:
    """Return the key by which a page knows a group; nothing in the store has it.

    >>> key_of_group(Group("task", "province"))
    'group/task@province@'
    """
    area = key_of(group.area) if group.area else ""
    return f"{_KEY}{group.type}@{group.level or ''}@{area}"


def grouped(found: Aggregate, *, limit: int) -> Subgraph:
    """Return the groups as nodes and their ties as edges, so that they are drawn like all else."""
    nodes = tuple(_node(group, count, found) for group, count in found.counts.items())
    left_out = {"area": found.left_out} if found.left_out else {}
    ties = tuple(_edge(tie) for tie in found.ties)
    return Subgraph(nodes, ties, truncated=bool(left_out), limit=limit, left_out=left_out)


def counts_of(found: Aggregate) -> dict[str, int]:
    """Return key of a group, or edge of a tie -> how many things or relations it stands for."""
    things = {key_of_group(group): count for group, count in found.counts.items()}
    return things | {edge_of_tie(tie): tie.count for tie in found.ties}


def edge_of_tie(tie: Tie) -> str:
    """Return the identifier of the edge of a tie."""
    return f"{key_of_group(tie.source)}~{tie.relation}~{key_of_group(tie.target)}"


def _node(group: Group, count: int, found: Aggregate) -> Node:
    area = found.areas.get(group.area) if group.area else None
    return Node(
        id=BASE + key_of_group(group),
        key=key_of_group(group),
        type=group.type,
        label=_label(group, count, area),
        level=group.level,
        area=area.zh if area else None,
        gap=found.worst.get(group),
    )


def _label(group: Group, count: int, area: Bilingual | None) -> Bilingual:
    level = LEVELS.get(group.level or "", _NO_LEVEL)
    kind = TYPES[group.type].label
    place = area or level
    return Bilingual(
        f"{place.zh} {kind.zh} {count:,}", f"{place.en or place.zh}: {kind.en} {count:,}"
    )


def _edge(tie: Tie) -> Edge:
    source, target = (BASE + key_of_group(one) for one in (tie.source, tie.target))
    return Edge(edge_of_tie(tie), source, target, tie.relation)
