"""A page that shows one subgraph: pyvis generates the data, the template and scripts are ours.

Nothing of a text ever stands in a ``title`` or in an option that pyvis writes unescaped; positions
are given and physics is off. Measured with pyvis 0.3.2: its own page asks outside hosts and runs
what stands in a title; 1,000 nodes take its physics 90 s, given positions under one second.
"""

import base64
import hashlib
from collections import defaultdict
from dataclasses import asdict, dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from kg.explore import Subgraph
from kg.model import LEVEL_RANK, Bilingual, Level, Node
from viz.assets import VIS_NETWORK, asset_text
from viz.layout import Box, Item, layered
from viz.style import table

if TYPE_CHECKING:
    from pyvis.network import Network  # here: the import takes over a second

_LEVELS = frozenset(Level)
_SCRIPTS = (VIS_NETWORK, "card.js", "network.js")
_TITLE = Bilingual("质量强国图谱", "Quality graph")
_STATUS = Bilingual(
    "{nodes} 个节点，{edges} 条关系；虚线为推断。点击卡片看它的关系，滚轮缩放，拖动平移。",
    "{nodes} nodes, {edges} relations; dashed = inferred. Click a card for its relations, "
    "scroll to zoom, drag to move.",
)
_CUT = Bilingual(
    "已达上限 {limit}，另有 {left} 个未画出。", "Cut at {limit}; {left} more not drawn."
)
_TOO_LARGE = Bilingual(
    "共 {nodes} 个节点，超过 {most} 个就不画了：谁也看不清。请在图谱页看“汇总”。",
    "{nodes} nodes: over {most} nothing is drawn, for nobody could read it. "
    "Look at the groups on the explorer page.",
)
_NOTHING = Subgraph((), (), truncated=False, limit=0)
MOST_DRAWN = 2000
"""Nodes of one picture; every renderer that was measured draws a hairball beyond it."""


@dataclass(frozen=True, slots=True)
class _Page:
    """What the template asks for beside what pyvis gives it."""

    lang_tag: str
    status: str
    csp: str = ""
    style_text: str = ""
    script_texts: tuple[str, ...] = ()


def boxes(graph: Subgraph, *, lang: str = "zh", aspect: float = 1.5) -> dict[str, Box]:
    """Return id -> card for each node of *graph*."""
    bands = _bands(graph)
    items = [Item(node.id, node.type, name_of(node, lang), bands[node.id]) for node in graph.nodes]
    return layered(items, [(e.source, e.target) for e in graph.edges], aspect=aspect)


def _bands(graph: Subgraph) -> dict[str, int]:
    """Return id -> row: the level of government; what has none stands by its neighbours."""
    bands = {
        node.id: LEVEL_RANK[Level(node.level)] for node in graph.nodes if node.level in _LEVELS
    }
    near: dict[str, list[int]] = defaultdict(list)
    for edge in graph.edges:
        for one, other in ((edge.source, edge.target), (edge.target, edge.source)):
            if other in bands:
                near[one].append(bands[other])
    last = max(bands.values(), default=0)
    return {node.id: bands.get(node.id, min(near[node.id], default=last)) for node in graph.nodes}


def name_of(node: Node, lang: str) -> str:
    """Return the label in *lang*, the Chinese one where there is no other."""
    return node.label.to(lang) or node.label.zh


def render(graph: Subgraph, *, lang: str = "zh", title: str = "", inline: bool = False) -> str:
    """Return the page as HTML.

    With *inline* it is one file that needs no server and no network: scripts and style stand in
    it, and a content policy in its head allows exactly these by hash. Of more than `MOST_DRAWN`
    nodes none is drawn; the page says so, and where to look instead.
    """
    network = _network(graph if len(graph.nodes) <= MOST_DRAWN else _NOTHING, lang)
    network.heading = title or _TITLE.to(lang)
    network.templateEnv.globals["page"] = asdict(_page(graph, lang=lang, inline=inline))
    return str(network.generate_html())


def _network(graph: Subgraph, lang: str) -> "Network":
    from pyvis.network import Network  # here: the import takes over a second

    network = Network(directed=True, cdn_resources="in_line")
    network.set_template_dir(str(files("viz") / "templates"), "network.html")
    placed = boxes(graph, lang=lang)
    for node in graph.nodes:
        network.add_node(node.id, label=" ", **_card(node, placed[node.id], lang))
    for edge in graph.edges:
        network.add_edge(
            edge.source,
            edge.target,
            key=edge.id,
            relation=edge.relation,
            stated=edge.stated,
            role=edge.role or "",
        )
    network.options = {"physics": {"enabled": False}, "page": {"lang": lang, "style": table()}}
    return network


def _card(node: Node, box: Box, lang: str) -> dict[str, Any]:
    gap = {"gap": node.gap.value} if node.gap else {}
    card = {"type": node.type, "name": name_of(node, lang), "box": asdict(box)}
    return card | gap | {"x": box.x, "y": box.y, "physics": False}


def _page(graph: Subgraph, *, lang: str, inline: bool) -> _Page:
    status = _status(graph, lang)
    tag = "en" if lang == "en" else "zh-CN"
    if not inline:
        return _Page(tag, status)
    style = asset_text("network.css")
    scripts = tuple(asset_text(name) for name in _SCRIPTS)
    policy = (
        f"default-src 'none'; script-src {' '.join(map(_hash, scripts))}; "
        f"style-src {_hash(style)}; img-src data: blob:; base-uri 'none'; form-action 'none'"
    )
    return _Page(tag, status, csp=policy, style_text=style, script_texts=scripts)


def _status(graph: Subgraph, lang: str) -> str:
    if len(graph.nodes) > MOST_DRAWN:
        return _TOO_LARGE.to(lang).format(nodes=len(graph.nodes), most=MOST_DRAWN)
    told = _STATUS.to(lang).format(nodes=len(graph.nodes), edges=len(graph.edges))
    if not graph.truncated:
        return told
    left = sum(graph.left_out.values())
    return f"{told} {_CUT.to(lang).format(limit=graph.limit, left=left)}"


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
