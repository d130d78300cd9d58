"""A subgraph as SVG: the cards and lines of the explorer, to print, to scale, to put in a report."""

import math
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from kg.drawing.svg import INK, Picture, Size, element, hint, picture, word
from kg.explore import Subgraph
from kg.model import Edge, Node, Severity
from viz.layout import Box
from viz.lines import LINE_PX
from viz.network import name_of
from viz.style import RELATION_STYLES, SEVERITIES, TYPES

_MARGIN = 24.0
_PAPER = "#ffffff"
_LINES = {"duty": "#7d93ad", "need": "#8a72d1"}
_LINE = "#b3bac7"
_ROUND = {"pill": 18.0, "card": 6.0, "ticket": 0.0}
_BEND = 0.45  # how far a line leaves sideways, as a share of the way


def svg(graph: Subgraph, boxes: Mapping[str, Box], *, lang: str, label: str) -> Picture:
    """Return the nodes of *graph* where *boxes* has them, and the edges between, as one SVG.

    Args:
        graph: What is drawn.
        boxes: Node -> its card, in px.
        lang: The language of hints.
        label: Says to those who do not see the picture what it shows.
    """
    cards = [(node, boxes[node.id]) for node in graph.nodes]
    left = min((box.x - box.width / 2 for _, box in cards), default=0.0) - _MARGIN
    top = min((box.y - box.height / 2 for _, box in cards), default=0.0) - _MARGIN
    right = max((box.x + box.width / 2 for _, box in cards), default=0.0) + _MARGIN
    bottom = max((box.y + box.height / 2 for _, box in cards), default=0.0) + _MARGIN
    lines = [_line(edge, boxes[edge.source], boxes[edge.target]) for edge in graph.edges]
    drawn = [_card(node, box, lang) for node, box in cards]
    moved = f"translate({-left:.1f} {-top:.1f})"
    size = Size(right - left, bottom - top)
    ground = element("rect", width=size.width, height=size.height, fill=_PAPER)
    return picture(size, [ground, element("g", *lines, *drawn, transform=moved)], label=label)


def _line(edge: Edge, source: Box, target: Box) -> Element:
    """Return a line that leaves and arrives sideways, its head at the border of the target."""
    side = 1.0 if target.x >= source.x else -1.0
    if abs(target.x - source.x) < (source.width + target.width) / 2:  # one above the other
        down = 1.0 if target.y >= source.y else -1.0
        start = (source.x, source.y + down * source.height / 2)
        end = (target.x, target.y - down * target.height / 2)
        bends = (start, end)
    else:
        start = (source.x + side * source.width / 2, source.y)
        end = (target.x - side * target.width / 2, target.y)
        reach = _BEND * (end[0] - start[0])
        bends = ((start[0] + reach, start[1]), (end[0] - reach, end[1]))
    way = f"M{_at(start)} C{_at(bends[0])} {_at(bends[1])} {_at(end)}"
    colour = _LINES.get(_tone(edge.relation), _LINE)
    dashes = None if edge.stated else "6 5"
    path = element("path", d=way, fill="none", stroke=colour, stroke_dasharray=dashes)
    return element("g", path, _head(bends[1] if bends[1] != end else start, end, colour))


def _head(before: tuple[float, float], end: tuple[float, float], colour: str) -> Element:
    angle = math.atan2(end[1] - before[1], end[0] - before[0])
    corners = [
        (end[0] - 7 * math.cos(angle + turn), end[1] - 7 * math.sin(angle + turn))
        for turn in (0.4, -0.4)
    ]
    return element("path", d=f"M{_at(end)} L{_at(corners[0])} L{_at(corners[1])} Z", fill=colour)


def _tone(relation: str) -> str:
    style = RELATION_STYLES.get(relation)
    return style.tone if style else "plain"


def _at(point: tuple[float, float]) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"


def _card(node: Node, box: Box, lang: str) -> Element:
    style = TYPES.get(node.type, TYPES["measure"])
    gap = SEVERITIES[node.gap] if node.gap and node.gap != Severity.INFO else None
    left, top = box.x - box.width / 2, box.y - box.height / 2
    frame = element(
        "rect",
        x=left,
        y=top,
        width=box.width,
        height=box.height,
        rx=min(_ROUND[style.form], box.height / 2),
        fill=_PAPER,
        stroke=gap.light if gap else style.light,
        stroke_width=2.4 if gap else 1.2,
    )
    stripe = element("rect", x=left, y=top + 3, width=4, height=box.height - 6, fill=style.light)
    first = box.y - (len(box.lines) - 1) / 2 * LINE_PX + 5
    words = [
        word(line, box.x, first + at * LINE_PX, font_size="14", fill=INK)
        for at, line in enumerate(box.lines)
    ]
    parts = [hint(_told(node, lang)), frame, *([stripe] if style.form == "card" else []), *words]
    return element("g", *parts, *(_mark(box, gap.light, gap.mark) if gap else []))


def _mark(box: Box, colour: str, mark: str) -> list[Element]:
    x, y = box.x + box.width / 2 - 6, box.y - box.height / 2 + 2
    ground = element("circle", cx=x, cy=y, r=9, fill=colour, stroke=_PAPER, stroke_width=2)
    return [ground, word(mark, x, y + 4, font_size="10", fill=_PAPER)]


def _told(node: Node, lang: str) -> str:
    style = TYPES.get(node.type, TYPES["measure"])
    return f"{style.label.to(lang)} · {name_of(node, lang)}"
