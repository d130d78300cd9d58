"""G18: a body without which measures of a plan stand alone, or goals have nothing that serves them.

Two networks. *Who acts for what*, one for each document: bodies and the measures that they have a
duty of their own for; a body at which it falls apart is a cut vertex (articulation point, Hopcroft
and Tarjan 1973). *What serves what*, over everything: from a root to each body, on to each measure
that it acts for (itself, above or below), on to what that serves and to the goals above; a body on
every path to a goal dominates it (Cooper, Harvey, Kennedy 2001). Nodes, but no single points: a
coordination body, for to hold things together is what it is for; an open body (市级相关部门) and a
class of governments (区县人民政府), which stand for many.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import networkx as nx

from kg.analysis.gaps.hits import Hit
from kg.analysis.gaps.workbench import Workbench
from kg.model import Severity
from kg.settings import Settings

_ROOT = ""
_Place = tuple[str, str]  # a document and a body in it
_Node = str | _Place  # a measure, or a body in its document
_Block = frozenset[_Node]

_DUTIES = """
select m.document, h.body, h.measure, h.confidence
from holders h join measures m on m.id = h.measure
where m.document is not null order by h.measure, h.body"""
_PATHS = """
select body as one, measure as other, '' as root from acting
union select d.body, a.ancestor, '' from above a join duties d on d.measure = a.element
union select s.measure, coalesce(k.mate, s.goal), null
from serving s left join kin k on k.goal = s.goal
union select a.element, a.ancestor, null from above a join goals g on g.id = a.element
where a.distance > 0
union  -- who acts for these is not written: that is no reason to say that it is another's
select '', s.measure, null from serving s
where s.measure not in (select measure from acting)
  and s.measure not in (select a.ancestor from above a join duties d on d.measure = a.element)
order by 1, 2"""
_LINKS = """
select k.mate as goal, min(coalesce(s.confidence, 1.0)) as confidence
from serving s join kin k on k.goal = s.goal group by k.mate"""
_NO_POINTS = """
select id from bodies where kind in ('coordinationBody', 'openBody')
or regexp_matches(label, '^[省市县区州盟旗乡镇（）、]{2,}(人民)?政府$')"""


@dataclass(frozen=True, slots=True)
class _Cut:
    """Measures that fall off without a body, and whether other bodies act in what falls off."""

    measures: frozenset[str]
    others: bool


@dataclass(frozen=True, slots=True)
class _Parts:
    """A joint of a network, and how many nodes hang on it through each of its blocks."""

    joint: _Node
    sizes: dict[_Block, int]


@dataclass(frozen=True, slots=True)
class _Fallen:
    """What hangs on a body in a document: measures and goals (``goals`` of the ``things``)."""

    document: str
    body: str
    severity: Severity
    things: frozenset[str]
    goals: int
    confidence: float


@dataclass(frozen=True, slots=True)
class _Served:
    """How many goals of each document are served, and the least sure link to each goal."""

    goals: Mapping[str, int]
    confidence: Mapping[str, float]


def single_points(bench: Workbench, settings: Settings) -> list[Hit]:
    """Return a hit for each body on which goals or the measures of others hang alone.

    Bodies that only carry measures by themselves make one hit for each document: one matter, one
    department is the rule, and what is alone there is to be known, not to be mended.
    """
    found = _fallen(bench, settings)
    alone: dict[str, list[_Fallen]] = defaultdict(list)
    for one in found:
        if one.severity is Severity.LOW:
            alone[one.document].append(one)
    each = [[one] for one in found if one.severity is not Severity.LOW]
    return [_hit(together) for together in (*each, *alone.values())]


def _hit(together: list[_Fallen]) -> Hit:
    bodies = tuple(one.body for one in together)
    return Hit(
        subjects=(together[0].document, *bodies),
        severity=together[0].severity,
        confidence=min(one.confidence for one in together),
        bodies=bodies,
        evidence=tuple(sorted(set().union(*(one.things for one in together)))),
        n=sum(one.goals for one in together),
        searched=(together[0].document,),
        what=(_how(together[0]),),
    )


def _how(one: _Fallen) -> str:
    """Return the code of what hangs on a body; those of one hit hang alike."""
    if one.goals:
        return "goals"
    return "alone" if one.severity is Severity.LOW else "bridge"


def _fallen(bench: Workbench, settings: Settings) -> list[_Fallen]:
    certain: dict[tuple[str, str, str], float] = {
        (row["document"], row["body"], row["measure"]): row["confidence"]
        for row in bench.rows(_DUTIES)
    }
    cuts = _cuts(certain)
    lost, served = _goals(bench)
    spared = {row["id"] for row in bench.rows(_NO_POINTS)}
    fallen = []
    for document, body in sorted(cuts.keys() | lost.keys()):
        if body not in spared:
            cut = cuts.get((document, body), _Cut(frozenset(), others=False))
            goals = lost.get((document, body), [])
            share = len(goals) / max(served.goals[document], 1)
            sure = [certain[document, body, measure] for measure in cut.measures]
            sure += [served.confidence[goal] for goal in goals if goal in served.confidence]
            severity = _severity(cut, share, settings)
            things = cut.measures | set(goals)
            confidence = min(sure, default=1.0)
            fallen.append(_Fallen(document, body, severity, things, len(goals), confidence))
    return fallen


def _severity(cut: _Cut, share: float, settings: Settings) -> Severity:
    if share >= settings.gap_single_point:
        return Severity.HIGH
    return Severity.MEDIUM if share or cut.others else Severity.LOW


def _cuts(duties: Iterable[tuple[str, str, str]]) -> dict[_Place, _Cut]:
    """Return for each cut vertex that is a body what falls off without it: all but the largest part."""
    network: nx.Graph[_Node] = nx.Graph()
    network.add_edges_from(((document, body), measure) for document, body, measure in duties)
    found_blocks: Any = nx.biconnected_components(network)  # the stubs have lists of sets
    blocks: list[_Block] = [frozenset(block) for block in found_blocks]
    joints = frozenset(nx.articulation_points(network))
    tree: nx.Graph[_Node | _Block] = nx.Graph()  # of blocks and the joints between them
    for block in blocks:
        for joint in block & joints:
            tree.add_edge(block, joint)
    found = {}
    for parts in _parts(tree, joints):
        place = parts.joint
        if isinstance(place, tuple):
            whole = max(
                parts.sizes, key=lambda block: (parts.sizes[block], sorted(map(str, block)))
            )
            fallen = [block for block in parts.sizes if block is not whole]
            measures = {node for block in fallen for node in block if network.has_edge(place, node)}
            others = any(parts.sizes[block] > 1 for block in fallen)  # more than the measure itself
            found[place] = _Cut(frozenset(str(node) for node in measures), others=others)
    return found


def _parts(tree: "nx.Graph[_Node | _Block]", joints: frozenset[_Node]) -> Iterator[_Parts]:
    """Yield for each joint the blocks around it, and how many nodes each leads to."""
    for members in nx.connected_components(tree):
        root = min(members, key=str)
        up = {root: root} | {below: above for above, below in nx.bfs_edges(tree, root)}
        below = {node: len(node - joints) if isinstance(node, frozenset) else 1 for node in members}
        for node in reversed(up):  # from the leaves to the root
            if node != root:
                below[up[node]] += below[node]
        for joint in joints.intersection(members):
            sizes = {
                block: below[block] if up[block] == joint else below[root] - below[joint]
                for block in tree[joint]
                if isinstance(block, frozenset)
            }
            yield _Parts(joint, sizes)


def _goals(bench: Workbench) -> tuple[dict[_Place, list[str]], _Served]:
    """Return the goals that each body dominates, and how many of each document are served."""
    network: nx.DiGraph[str] = nx.DiGraph()
    network.add_node(_ROOT)
    bodies = set()
    for row in bench.rows(_PATHS):
        if row["root"] is not None:
            bodies.add(row["one"])
            network.add_edge(_ROOT, row["one"])
        network.add_edge(row["one"], row["other"])
    nearest = nx.immediate_dominators(network, _ROOT)
    lost: dict[_Place, list[str]] = defaultdict(list)
    served: dict[str, int] = defaultdict(int)
    confidence = {row["goal"]: row["confidence"] for row in bench.rows(_LINKS)}
    for row in bench.rows("select id, document from goals where document is not null order by id"):
        if row["id"] in nearest:
            served[row["document"]] += 1
            body = _body_above(row["id"], nearest, bodies)
            if body is not None:
                lost[row["document"], body].append(row["id"])
    return lost, _Served(served, confidence)


def _body_above(goal: str, nearest: Mapping[str, str | None], bodies: set[str]) -> str | None:
    at: str | None = goal
    while at and at not in bodies:
        at = nearest.get(at)
    return at or None
