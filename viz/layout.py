"""Where each card stands: columns by type, as a plan is read, neighbours near each other.

Ranks come from the type, goals of goals get columns of their own, the order within a column from
the barycentre of the neighbours (Sugiyama, Tagawa, Toda 1981). Deterministic; linear in nodes and
edges but for the sorting.
"""

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from viz.style import TYPES

CHARACTER_PX = 14.0  # width of one CJK character at the cards' font size; ASCII takes half
LINE_PX = 20.0
PAD_X, PAD_Y = 14.0, 9.0
LINE_CHARACTERS = 13
MAX_LINES = 3
GAP_X, GAP_Y, GAP_LANE = 84.0, 20.0, 30.0
SWEEPS = 4
_LAST_RANK = 9
_WORD = re.compile(r"[!-~]+ ?|.", re.DOTALL)
_LONGEST_WORD = 2 * LINE_CHARACTERS
_CLOSING = frozenset("，。、；：？！）》”’」』】〕")
_WIDEST_GAP = 44.0


@dataclass(frozen=True, slots=True)
class Item:
    """What the layout must know of a node."""

    id: str
    type: str
    label: str


@dataclass(frozen=True, slots=True)
class Box:
    """A card: its middle, its size and its text broken into lines. All in CSS px."""

    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]


def text_width(text: str) -> float:
    """Return how wide *text* is at the cards' font size.

    >>> text_width("质量AB")
    42.0
    """
    wide = sum(unicodedata.east_asian_width(mark) in "WFA" for mark in text)
    return CHARACTER_PX * wide + CHARACTER_PX / 2 * (len(text) - wide)


def broken(text: str) -> tuple[str, ...]:
    """Return *text* in lines of like length, at most three, the last one ending in an ellipsis.

    >>> broken("到2025年质量整体水平进一步全面提高")
    ('到2025年质量整体水', '平进一步全面提高')
    """
    tokens = _tokens("".join(m for m in " ".join(text.split()) if unicodedata.category(m) != "Cf"))
    whole = text_width("".join(tokens))
    most = LINE_CHARACTERS * CHARACTER_PX
    wanted = min(MAX_LINES, max(1, math.ceil(whole / most)))
    lines = _filled(tokens, room=min(max(whole / wanted, 4 * CHARACTER_PX), most))
    if len(lines) > wanted:  # like lengths did not fit because a word may not be broken
        lines = _filled(tokens, room=most)
    if len(lines) > MAX_LINES:
        lines = [*lines[: MAX_LINES - 1], lines[MAX_LINES - 1][:-1] + "…"]
    return tuple(line.strip() for line in lines)


def _filled(tokens: Sequence[str], *, room: float) -> list[str]:
    """Return lines of at most about *room* px; no line begins with a closing mark."""
    lines, line = [], ""
    for token in tokens:
        fits = text_width(line + token.rstrip()) <= room + CHARACTER_PX / 2
        if line and not fits and token[0] not in _CLOSING:
            lines.append(line)
            line = ""
        line += token
    return [*lines, line]


def _tokens(text: str) -> list[str]:
    """Return what may not be broken: single CJK characters, words with the blank after them."""
    found = []
    for word in _WORD.findall(text):
        found += [word[at : at + _LONGEST_WORD] for at in range(0, len(word), _LONGEST_WORD)]
    return found


def size(lines: Sequence[str]) -> tuple[float, float]:
    """Return width and height of the card that holds *lines*."""
    width = max((text_width(line) for line in lines), default=0.0)
    return round(width + 2 * PAD_X, 1), round(len(lines) * LINE_PX + 2 * PAD_Y, 1)


def layered(
    items: Sequence[Item], edges: Iterable[tuple[str, str]], *, aspect: float = 1.5
) -> dict[str, Box]:
    """Return id -> box for each item; *aspect* is the width to height to aim at.

    A column that would be too tall is folded into several lanes side by side.
    """
    if not items:
        return {}
    near = _near({item.id for item in items}, edges)
    columns = _columns(items, near)
    order = _ordered(columns, near)
    texts = {item.id: broken(item.label) for item in items}
    sizes = {iri: size(lines) for iri, lines in texts.items()}
    height = _height(order, sizes, aspect)
    boxes: dict[str, Box] = {}
    left = 0.0
    laned = [_lanes(column, sizes, height) for column in order]
    gap = _airy(laned, sizes, aspect)
    for lanes in laned:
        for lane in lanes:
            width = max(sizes[iri][0] for iri in lane)
            boxes |= _stacked(lane, sizes=sizes, texts=texts, at=(left + width / 2, gap))
            left += width + GAP_LANE
        left += GAP_X - GAP_LANE
    return boxes


def _near(members: set[str], edges: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    near: dict[str, set[str]] = defaultdict(set)
    for source, target in edges:
        if source in members and target in members and source != target:
            near[source].add(target)
            near[target].add(source)
    return {iri: sorted(others) for iri, others in near.items()}


def _columns(items: Sequence[Item], near: Mapping[str, list[str]]) -> list[list[str]]:
    """Return the ids by column: rank first, then type, then the order in which they came."""
    by_rank: dict[int, list[Item]] = defaultdict(list)
    for item in items:
        style = TYPES.get(item.type)
        by_rank[style.rank if style else _LAST_RANK].append(item)
    columns = []
    for rank in sorted(by_rank):
        row = by_rank[rank]
        types = list(dict.fromkeys(item.type for item in row))
        row.sort(key=lambda item: (types.index(item.type), not near.get(item.id)))
        columns.append([item.id for item in row])
    return columns


def _ordered(columns: list[list[str]], near: Mapping[str, list[str]]) -> list[list[str]]:
    """Return the columns with each node moved towards the middle of its neighbours."""
    order = [list(column) for column in columns]
    for sweep in range(SWEEPS):
        place = {iri: _place(at, column) for column in order for at, iri in enumerate(column)}
        for column in order if sweep % 2 == 0 else reversed(order):
            column.sort(key=lambda iri: _barycentre(iri, near, place))
            place.update({iri: _place(at, column) for at, iri in enumerate(column)})
    return order


def _place(at: int, column: Sequence[str]) -> float:
    return (at + 0.5) / len(column)


def _barycentre(iri: str, near: Mapping[str, list[str]], place: Mapping[str, float]) -> float:
    others = near.get(iri, [])
    if not others:
        return 2.0  # what hangs on nothing goes to the foot of the column
    return sum(place[other] for other in others) / len(others)


def _height(
    order: Sequence[Sequence[str]], sizes: Mapping[str, tuple[float, float]], aspect: float
) -> float:
    """Return how tall a lane may be so that the whole is about *aspect* times as wide as tall."""
    widths = [max(sizes[iri][0] for iri in column) + GAP_LANE for column in order]
    heights = [sum(sizes[iri][1] + GAP_Y for iri in column) for column in order]
    fixed = len(order) * (GAP_X - GAP_LANE)
    tallest = max(heights)
    height = max(size[1] for size in sizes.values()) + GAP_Y
    while height < tallest:
        lanes = [-(-int(tall) // max(int(height), 1)) for tall in heights]
        width = fixed + sum(n * wide for n, wide in zip(lanes, widths, strict=True))
        if width <= aspect * height:
            break
        height *= 1.1
    return height


def _airy(
    laned: Sequence[Sequence[Sequence[str]]],
    sizes: Mapping[str, tuple[float, float]],
    aspect: float,
) -> float:
    """Return the gap between cards: wider where a small picture would else be a thin band."""
    lanes = [lane for column in laned for lane in column]
    width = sum(max(sizes[iri][0] for iri in lane) + GAP_LANE for lane in lanes)
    tallest = max(lanes, key=lambda lane: sum(sizes[iri][1] for iri in lane))
    free = width / aspect - sum(sizes[iri][1] for iri in tallest)
    return max(GAP_Y, min(_WIDEST_GAP, free / max(len(tallest) - 1, 1)))


def _lanes(
    column: Sequence[str], sizes: Mapping[str, tuple[float, float]], height: float
) -> list[list[str]]:
    whole = sum(sizes[iri][1] + GAP_Y for iri in column)
    count = max(1, -(-int(whole) // max(int(height), 1)))
    room = whole / count
    tops: list[tuple[int, str]] = []
    top = 0.0
    for iri in column:
        middle = top + (sizes[iri][1] + GAP_Y) / 2
        tops.append((min(int(middle / room), count - 1), iri))
        top += sizes[iri][1] + GAP_Y
    return [[iri for _, iri in lane] for _, lane in groupby(tops, key=lambda pair: pair[0])]


def _stacked(
    lane: Sequence[str],
    *,
    sizes: Mapping[str, tuple[float, float]],
    texts: Mapping[str, tuple[str, ...]],
    at: tuple[float, float],
) -> dict[str, Box]:
    """Return the boxes of one lane; *at* is its middle and the gap between cards, in px."""
    middle, gap = at
    whole = sum(sizes[iri][1] for iri in lane) + gap * (len(lane) - 1)
    top = -whole / 2
    boxes = {}
    for iri in lane:
        width, tall = sizes[iri]
        boxes[iri] = Box(round(middle, 1), round(top + tall / 2, 1), width, tall, texts[iri])
        top += tall + gap
    return boxes
