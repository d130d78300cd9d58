"""Where each card stands: columns by type, as a plan is read, neighbours near each other.

Ranks come from the type, goals of goals get columns of their own, the order within a column from
the barycentre of the neighbours (Sugiyama, Tagawa, Toda 1981). Deterministic; linear in nodes and
edges but for the sorting.
"""

import math
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from viz.lines import LINE_PX, broken, text_width
from viz.style import TYPES

PAD_X, PAD_Y = 14.0, 9.0
GAP_X, GAP_Y, GAP_LANE, GAP_ROW = 70.0, 20.0, 26.0, 48.0
SWEEPS = 4
_LAST_RANK = 9
_SHORTEST_LANE = 4  # cards; a shorter column is never folded
_STEPS = 3  # columns that one type may take where its own cards are tied to each other
_WIDEST_GAP = 44.0


@dataclass(frozen=True, slots=True)
class Item:
    """What the layout must know of a node."""

    id: str
    type: str
    label: str
    band: int = 0


@dataclass(frozen=True, slots=True)
class Box:
    """A card: its middle, its size and its text broken into lines. All in CSS px."""

    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]


_Folded = Mapping[int, Sequence[Sequence[str]]]  # one band: rank -> lanes


def size(lines: Sequence[str]) -> tuple[float, float]:
    """Return width and height of the card that holds *lines*."""
    width = max((text_width(line) for line in lines), default=0.0)
    return round(width + 2 * PAD_X, 1), round(len(lines) * LINE_PX + 2 * PAD_Y, 1)


def layered(
    items: Sequence[Item], edges: Iterable[tuple[str, str]], *, aspect: float = 1.5
) -> dict[str, Box]:
    """Return id -> box for each item; *aspect* is the width to height to aim at.

    Each band (a level of government, say) is a row of its own, highest first, and all rows share
    their columns. A column that would be too tall is folded into several lanes side by side.
    """
    if not items:
        return {}
    near = _near({item.id for item in items}, edges)
    texts = {item.id: broken(item.label) for item in items}
    sizes = {iri: size(lines) for iri, lines in texts.items()}
    rows = _rows(items, near)
    height = _height(rows, sizes, aspect)
    folded = [{rank: _lanes(row[rank], sizes, height) for rank in row} for row in rows]
    lefts, width = _lefts(folded, sizes)
    gap = _airy(folded, sizes, width / aspect)
    boxes: dict[str, Box] = {}
    top = 0.0
    for row in folded:
        tall = max(_tall(lane, sizes, gap) for lanes in row.values() for lane in lanes)
        for rank, lanes in row.items():
            for lane, middle in zip(lanes, lefts[rank], strict=False):
                boxes |= _stacked(lane, sizes, texts, at=(middle, top + tall / 2, gap))
        top += tall + GAP_ROW
    return boxes


def _rows(items: Sequence[Item], near: Mapping[str, list[str]]) -> list[dict[int, list[str]]]:
    """Return the bands, each as rank -> ids in order."""
    by_band: dict[int, list[Item]] = defaultdict(list)
    for item in items:
        by_band[item.band].append(item)
    return [_ordered(_columns(by_band[band], near), near) for band in sorted(by_band)]


def _near(members: set[str], edges: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    near: dict[str, set[str]] = defaultdict(set)
    for source, target in edges:
        if source in members and target in members and source != target:
            near[source].add(target)
            near[target].add(source)
    return {iri: sorted(others) for iri, others in near.items()}


def _columns(items: Sequence[Item], near: Mapping[str, list[str]]) -> dict[int, list[str]]:
    """Return rank -> ids: by type, then in the order in which they came.

    Cards of one type that are tied to each other stand in columns of their own, or the line between
    two of them would run through a third.
    """
    by_type_rank: dict[int, list[Item]] = defaultdict(list)
    for item in items:
        style = TYPES.get(item.type)
        by_type_rank[style.rank if style else _LAST_RANK].append(item)
    columns: dict[int, list[str]] = {}
    for rank in sorted(by_type_rank):
        types = list(dict.fromkeys(item.type for item in by_type_rank[rank]))
        in_order = sorted(by_type_rank[rank], key=lambda item: types.index(item.type))
        steps = _steps([item.id for item in in_order], near)
        for item in in_order:
            columns.setdefault(rank * _STEPS + steps[item.id], []).append(item.id)
    return columns


def _steps(column: Sequence[str], near: Mapping[str, list[str]]) -> dict[str, int]:
    """Return how far each id stands from the middle of those it is tied to within *column*."""
    members = set(column)
    ties = {iri: [other for other in near.get(iri, ()) if other in members] for iri in column}
    if sum(map(len, ties.values())) >= 2 * len(column):  # nearly all with all: no middle to see
        return dict.fromkeys(column, 0)
    steps: dict[str, int] = {}
    for centre in sorted(column, key=lambda iri: -len(ties[iri])):
        if centre in steps:
            continue
        steps[centre] = 0
        waiting = deque([centre])
        while waiting:
            iri = waiting.popleft()
            for other in ties[iri]:
                if other not in steps:
                    steps[other] = min(steps[iri] + 1, _STEPS - 1)
                    waiting.append(other)
    return steps


def _ordered(
    columns: Mapping[int, list[str]], near: Mapping[str, list[str]]
) -> dict[int, list[str]]:
    """Return the columns with each node moved towards the middle of its neighbours."""
    order = {rank: list(column) for rank, column in columns.items()}
    for sweep in range(SWEEPS):
        place = {iri: _place(at, col) for col in order.values() for at, iri in enumerate(col)}
        ranks = sorted(order, reverse=sweep % 2 == 1)
        for column in (order[rank] for rank in ranks):
            column.sort(key=lambda iri: _barycentre(iri, near, place))
            place.update({iri: _place(at, column) for at, iri in enumerate(column)})
    return order


def _place(at: int, column: Sequence[str]) -> float:
    return (at + 0.5) / len(column)


def _barycentre(iri: str, near: Mapping[str, list[str]], place: Mapping[str, float]) -> float:
    others = [place[other] for other in near.get(iri, []) if other in place]
    if not others:
        return 2.0  # what hangs on nothing goes to the foot of the column
    return sum(others) / len(others)


def _height(
    rows: Sequence[Mapping[int, Sequence[str]]],
    sizes: Mapping[str, tuple[float, float]],
    aspect: float,
) -> float:
    """Return how tall a lane may be so that the whole is largest in a frame of this *aspect*."""
    tallest = max(_tall(column, sizes, GAP_Y) for row in rows for column in row.values())
    height = min(tallest, _SHORTEST_LANE * (max(tall for _, tall in sizes.values()) + GAP_Y))
    tried = []
    while True:
        folded = [{rank: _lanes(row[rank], sizes, height) for rank in row} for row in rows]
        _, width = _lefts(folded, sizes)
        talls = [
            max(_tall(lane, sizes, GAP_Y) for lanes in row.values() for lane in lanes)
            for row in folded
        ]
        whole = sum(talls) + GAP_ROW * (len(talls) - 1)
        tried.append((min(aspect / width, 1 / whole), height))
        if height > tallest:
            return max(tried)[1]
        height *= 1.12


def _lefts(
    folded: Sequence[_Folded], sizes: Mapping[str, tuple[float, float]]
) -> tuple[dict[int, list[float]], float]:
    """Return rank -> the middle of each of its lanes, the same for all rows, and the width."""
    middles: dict[int, list[float]] = {}
    left = 0.0
    for rank in sorted({rank for row in folded for rank in row}):
        middles[rank] = []
        for at in range(max(len(row.get(rank, ())) for row in folded)):
            lanes = [row[rank][at] for row in folded if len(row.get(rank, ())) > at]
            width = max(sizes[iri][0] for lane in lanes for iri in lane)
            middles[rank].append(left + width / 2)
            left += width + GAP_LANE
        left += GAP_X - GAP_LANE
    return middles, left - GAP_X


def _tall(lane: Sequence[str], sizes: Mapping[str, tuple[float, float]], gap: float) -> float:
    return sum(sizes[iri][1] for iri in lane) + gap * (len(lane) - 1)


def _airy(
    folded: Sequence[_Folded], sizes: Mapping[str, tuple[float, float]], height: float
) -> float:
    """Return the gap between cards: wider where a small picture would else be a thin band."""
    lanes = [lane for row in folded for lanes in row.values() for lane in lanes]
    longest = max(lanes, key=lambda lane: _tall(lane, sizes, GAP_Y))
    free = height / len(folded) - sum(sizes[iri][1] for iri in longest)
    return max(GAP_Y, min(_WIDEST_GAP, free / max(len(longest) - 1, 1)))


def _lanes(
    column: Sequence[str], sizes: Mapping[str, tuple[float, float]], height: float
) -> list[list[str]]:
    whole = sum(sizes[iri][1] + GAP_Y for iri in column)
    count = max(1, math.ceil((whole - GAP_Y) / max(height, 1.0)))
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
    sizes: Mapping[str, tuple[float, float]],
    texts: Mapping[str, tuple[str, ...]],
    *,
    at: tuple[float, float, float],
) -> dict[str, Box]:
    """Return the boxes of one lane; *at*: its middle in x and y, and the gap between cards."""
    middle, centre, gap = at
    top = centre - _tall(lane, sizes, gap) / 2
    boxes = {}
    for iri in lane:
        width, tall = sizes[iri]
        y = round(top + tall / 2, 1)
        boxes[iri] = Box(round(middle, 1), y, width, tall, texts[iri])
        top += tall + gap
    return boxes
