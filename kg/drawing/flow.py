"""What flows from goals through task groups to bodies (Sankey 1898): how wide, how much.

Stations of a column stand in the order of their neighbours' middles (barycentre; Sugiyama, Tagawa,
Toda 1981), so that few ribbons cross. What does not fit is put together in one last station, which
says how many it stands for.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from kg.drawing.letters import shortened, width
from kg.drawing.svg import INK, QUIET, Picture, Size, element, hint, linked, picture

COLUMN, THICK = 300.0, 12.0
HEAD, FOOT, GAP = 40.0, 12.0, 10.0
LEAST_PX, UNIT_PX = 3.0, 7.0
LETTERS = 15
SWEEPS = 6
_TALLEST = 900.0


@dataclass(frozen=True, slots=True)
class Station:
    """Something that streams run into and out of; *colour* is its own."""

    id: str
    name: str
    column: int
    colour: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Stream:
    """How much runs from one station to another in a later column."""

    source: str
    target: str
    amount: float


@dataclass(frozen=True, slots=True)
class Flow:
    """Stations of columns with headings, and what runs between them."""

    headings: tuple[str, ...]
    stations: tuple[Station, ...]
    streams: tuple[Stream, ...]


@dataclass(frozen=True, slots=True)
class _Placed:
    """Where each station begins and how tall it is, in px."""

    top: Mapping[str, float]
    tall: Mapping[str, float]
    unit: float


def flow_svg(flow: Flow, *, label: str) -> Picture:
    """Return the picture.

    >>> goal, body = Station("g", "目标", 0, "#0072b2"), Station("b", "部门", 1, "#344054")
    >>> told = Flow(("目标", "部门"), (goal, body), (Stream("g", "b", 2),))
    >>> flow_svg(told, label="流向").count("<path")
    1
    """
    columns = _ordered(flow)
    placed = _placed(flow, columns)
    left = (
        max(
            (width(shortened(one.name, LETTERS)) for one in flow.stations if one.column == 0),
            default=0,
        )
        + 24
    )
    right = (
        max(
            (
                width(shortened(one.name, LETTERS))
                for one in flow.stations
                if one.column == len(flow.headings) - 1
            ),
            default=0,
        )
        + 24
    )
    bottom = max((placed.top[one] + placed.tall[one] for one in placed.top), default=HEAD)
    size = Size(left + COLUMN * (len(flow.headings) - 1) + THICK + right, bottom + FOOT)
    parts = [
        *_headings(flow.headings, left),
        *_ribbons(flow, placed, left),
        *(_station(one, placed, left, last=len(flow.headings) - 1) for one in flow.stations),
    ]
    return picture(size, parts, label=label)


def gathered(flow: Flow, *, most: int, rest: str) -> Flow:
    """Return *flow* with at most so many stations a column, the smaller ones put together.

    Args:
        flow: What is told.
        most: How many of a column stay by themselves.
        rest: What those together are called; ``{n}`` is how many they are.

    >>> three = [Station(word, word, 0, "#000") for word in "abc"] + [Station("t", "t", 1, "#000")]
    >>> told = Flow(
    ...     ("", ""), tuple(three), tuple(Stream(w, "t", n) for n, w in enumerate("abc", 1))
    ... )
    >>> [(one.name, one.id) for one in gathered(told, most=1, rest="{n} more").stations]
    [('c', 'c'), ('2 more', 'rest-0'), ('t', 't')]
    """
    amounts = _amounts(flow)
    kept: dict[str, str] = {}
    stations: list[Station] = []
    for column in range(len(flow.headings)):
        here = sorted(
            (one for one in flow.stations if one.column == column), key=lambda one: -amounts[one.id]
        )
        stays = here if len(here) <= most + 1 else here[:most]
        kept |= {one.id: one.id for one in stays}
        stations += stays
        if over := here[len(stays) :]:
            gathering = f"rest-{column}"
            kept |= {one.id: gathering for one in over}
            stations.append(Station(gathering, rest.format(n=len(over)), column, QUIET))
    joined: dict[tuple[str, str], float] = defaultdict(float)
    for stream in flow.streams:
        joined[kept[stream.source], kept[stream.target]] += stream.amount
    streams = (Stream(*ends, amount) for ends, amount in joined.items())
    return Flow(flow.headings, tuple(stations), tuple(streams))


def _amounts(flow: Flow) -> dict[str, float]:
    """Return how much runs through each station: what comes in or what goes out, if that is more."""
    into: dict[str, float] = defaultdict(float)
    out: dict[str, float] = defaultdict(float)
    for stream in flow.streams:
        out[stream.source] += stream.amount
        into[stream.target] += stream.amount
    return {one.id: max(into[one.id], out[one.id]) for one in flow.stations}


def _ordered(flow: Flow) -> list[list[str]]:
    """Return the stations of each column, those with like neighbours beside each other."""
    amounts = _amounts(flow)
    columns: list[list[str]] = [[] for _ in flow.headings]
    for one in sorted(flow.stations, key=lambda one: (-amounts[one.id], one.id)):
        columns[one.column].append(one.id)
    ties: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for stream in flow.streams:
        ties[stream.source].append((stream.target, stream.amount))
        ties[stream.target].append((stream.source, stream.amount))
    place = _places(columns)
    for sweep in range(SWEEPS):
        for column in columns[:: -1 if sweep % 2 else 1]:
            column.sort(key=lambda one: (_middle(one, ties, place), one))
            place = _places(columns)
    return columns


def _places(columns: Sequence[Sequence[str]]) -> dict[str, float]:
    return {one: (at + 0.5) / len(column) for column in columns for at, one in enumerate(column)}


def _middle(
    one: str, ties: Mapping[str, Sequence[tuple[str, float]]], place: Mapping[str, float]
) -> float:
    total = sum(amount for _, amount in ties[one])
    return sum(place[other] * amount for other, amount in ties[one]) / total if total else 1.0


def _placed(flow: Flow, columns: Sequence[Sequence[str]]) -> _Placed:
    amounts = _amounts(flow)
    fullest = max((sum(amounts[one] for one in column) for column in columns), default=0.0)
    unit = min(UNIT_PX, _TALLEST / fullest) if fullest else UNIT_PX
    tall = {one: max(amounts[one] * unit, LEAST_PX) for one in amounts}
    heights = [sum(tall[one] + GAP for one in column) for column in columns]
    top: dict[str, float] = {}
    for column, height in zip(columns, heights, strict=True):
        y = HEAD + (max(heights) - height) / 2
        for one in column:
            top[one] = y
            y += max(tall[one], 14.0) + GAP if tall[one] < 14.0 else tall[one] + GAP
    return _Placed(top, tall, unit)


def _headings(headings: Sequence[str], left: float) -> Iterator[ET.Element]:
    last = len(headings) - 1
    for column, heading in enumerate(headings):
        x = left + column * COLUMN + (0 if column == 0 else THICK if column == last else THICK / 2)
        anchor = "end" if column == 0 else "start" if column == last else "middle"
        yield element(
            "text", x=x, y=20, text_anchor=anchor, fill=QUIET, text=heading, class_="quiet"
        )


def _ribbons(flow: Flow, placed: _Placed, left: float) -> Iterator[ET.Element]:
    stations = {one.id: one for one in flow.stations}
    gone: dict[str, float] = defaultdict(float)
    come: dict[str, float] = defaultdict(float)
    for stream in sorted(
        flow.streams, key=lambda one: (placed.top[one.source], placed.top[one.target])
    ):
        source, target = stations[stream.source], stations[stream.target]
        thick = max(stream.amount * placed.unit, 0.8)
        x, y = left + source.column * COLUMN + THICK, placed.top[source.id] + gone[source.id]
        end, down = left + target.column * COLUMN, placed.top[target.id] + come[target.id]
        gone[source.id] += stream.amount * placed.unit
        come[target.id] += stream.amount * placed.unit
        yield element(
            "path",
            hint(f"{source.name} → {target.name}: {stream.amount:g}"),
            d=_ribbon(x, y, end, down, thick),
            fill=source.colour,
            opacity=0.28,
            class_="stream",
        )


def _ribbon(x: float, y: float, end: float, down: float, thick: float) -> str:
    bend = (x + end) / 2
    return (
        f"M{x:.1f},{y:.1f}C{bend:.1f},{y:.1f} {bend:.1f},{down:.1f} {end:.1f},{down:.1f}"
        f"v{thick:.1f}C{bend:.1f},{down + thick:.1f} {bend:.1f},{y + thick:.1f} {x:.1f},{y + thick:.1f}Z"
    )


def _station(one: Station, placed: _Placed, left: float, *, last: int) -> ET.Element:
    x, y, tall = left + one.column * COLUMN, placed.top[one.id], placed.tall[one.id]
    ends = one.column in (0, last)
    at = x - 8 if one.column == 0 else x + THICK + 8
    name = element(
        "text",
        x=at,
        y=y + tall / 2 + 4.5,
        text_anchor="end" if one.column == 0 else "start",
        fill=INK,
        text=shortened(one.name, LETTERS if ends else LETTERS - 1),
        class_="ink",
    )
    box = element("rect", x=x, y=y, width=THICK, height=tall, rx=1.5, fill=one.colour)
    return linked(element("g", hint(one.name), box, name), one.href)
