"""When measures can and must be done: a bar a measure, years across, what is needed before what.

A bar begins where the plan was issued or what is needed can be finished; its dark part is the least
time, its light part the slack up to the latest day that leaves others their time.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor
from xml.etree import ElementTree as ET

from kg.drawing.letters import shortened, width
from kg.drawing.svg import INK, QUIET, RULE, Picture, Size, element, hint, linked, picture, word

ROW, HEAD, FOOT = 26.0, 44.0, 14.0
BAR = 12.0
YEAR_PX = 130.0
LETTERS = 22
PLAIN, CRITICAL, LATE = "#3a70b3", "#8f4a9c", "#bf4027"
_TONES = {"plain": PLAIN, "critical": CRITICAL, "late": LATE}
_PAD = 12.0
_LEAST_PX = 3.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A measure: *tone* ``plain``, ``critical`` or ``late``; times are years, 2025.5 mid-2025.

    ``before``: places in the list of those that it needs.
    """

    name: str
    note: str
    start: float
    finish: float
    latest: float | None = None
    due: float | None = None
    tone: str = "plain"
    href: str | None = None
    before: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Horizon:
    """A year at whose end goals are to be reached."""

    year: int
    name: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """Bars from above down, and the horizons that they stand before."""

    bars: tuple[Bar, ...]
    horizons: tuple[Horizon, ...] = ()


def timeline_svg(told: Timeline, *, label: str) -> Picture:
    """Return the picture.

    >>> bar = Bar("制定标准", "", start=2025.0, finish=2025.5, latest=2026.0)
    >>> timeline_svg(Timeline((bar,)), label="时间表").count("<rect")
    2
    """
    scale = _Scale.of(told)
    size = Size(scale.right + _PAD, HEAD + ROW * len(told.bars) + FOOT)
    parts = [
        *_years(scale, size.height),
        *_horizons(told.horizons, scale, size.height),
        *_needs(told.bars, scale),
        *(_row(bar, place, scale) for place, bar in enumerate(told.bars)),
    ]
    return picture(size, parts, label=label)


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where a year stands."""

    left: float
    first: int
    last: int

    @classmethod
    def of(cls, told: Timeline) -> "_Scale":
        ends = [
            end
            for bar in told.bars
            for end in (bar.start, bar.finish, bar.latest, bar.due)
            if end is not None
        ]
        ends += [one.year + 1 for one in told.horizons if _is_near(one.year, ends)]
        names = max((width(shortened(bar.name, LETTERS)) for bar in told.bars), default=0.0)
        first = floor(min(ends, default=0.0))
        return cls(names + 2 * _PAD, first, max(ceil(max(ends, default=0.0)), first + 1))

    def x(self, year: float) -> float:
        return self.left + (year - self.first) * YEAR_PX

    @property
    def right(self) -> float:
        return self.x(self.last)


def _is_near(year: int, ends: Sequence[float]) -> bool:
    """Return whether a horizon lies so near to the bars that the picture still shows them well."""
    return bool(ends) and year + 1 <= max(ends) + 3


def _years(scale: _Scale, height: float) -> Iterator[ET.Element]:
    for year in range(scale.first, scale.last + 1):
        x = scale.x(year)
        yield element("line", x1=x, x2=x, y1=HEAD - 8, y2=height - FOOT, stroke=RULE, class_="rule")
        if year < scale.last:
            yield word(str(year), x + YEAR_PX / 2, HEAD - 14, fill=QUIET, class_="quiet")


def _horizons(horizons: Sequence[Horizon], scale: _Scale, height: float) -> Iterator[ET.Element]:
    for horizon in horizons:
        x = scale.x(horizon.year + 1)
        if x <= scale.right:
            yield element(
                "line",
                hint(horizon.name),
                x1=x,
                x2=x,
                y1=18,
                y2=height - FOOT,
                stroke=INK,
                stroke_dasharray="2 3",
                class_="ink",
            )
            yield word(horizon.name, x - 4, 14, anchor="end", fill=INK, class_="ink")


def _row(bar: Bar, place: int, scale: _Scale) -> ET.Element:
    y = HEAD + place * ROW
    colour = _TONES[bar.tone]
    name = word(
        shortened(bar.name, LETTERS),
        scale.left - _PAD,
        y + ROW / 2 + 4.5,
        anchor="end",
        fill=INK,
        class_="ink",
    )
    parts = [hint(f"{bar.name}\n{bar.note}".strip()), linked(name, bar.href)]
    if bar.latest is not None and bar.latest > bar.finish:
        parts.append(_span((bar.finish, bar.latest), y, scale, fill=colour, opacity=0.28))
    parts.append(_span((bar.start, bar.finish), y, scale, fill=colour))
    if bar.due is not None:
        parts.append(_deadline(scale.x(bar.due), y + ROW / 2, colour, is_late=bar.tone == "late"))
    return element("g", *parts, class_=bar.tone)


def _span(
    ends: tuple[float, float], y: float, scale: _Scale, *, fill: str, opacity: float | None = None
) -> ET.Element:
    x = scale.x(ends[0])
    long = max(scale.x(ends[1]) - x, _LEAST_PX)
    top = y + (ROW - BAR) / 2
    return element("rect", x=x, y=top, width=long, height=BAR, rx=2, fill=fill, opacity=opacity)


def _deadline(x: float, y: float, colour: str, *, is_late: bool) -> ET.Element:
    """Return a diamond, filled where there is time enough."""
    points = f"{x - 5:.1f},{y:.1f} {x:.1f},{y - 5:.1f} {x + 5:.1f},{y:.1f} {x:.1f},{y + 5:.1f}"
    fill = "#ffffff" if is_late else colour
    return element("polygon", points=points, fill=fill, stroke=colour, stroke_width=1.6)


def _needs(bars: Sequence[Bar], scale: _Scale) -> Iterator[ET.Element]:
    """Yield a line from the end of what is needed down or up to the beginning of what needs it."""
    for place, bar in enumerate(bars):
        for other in bar.before:
            x, y = scale.x(bars[other].finish), HEAD + other * ROW + ROW / 2
            down = HEAD + place * ROW + ROW / 2
            end = scale.x(bar.start)
            turn = max(x + 7, min(end - 5, x + 18))
            way = f"M{x:.1f},{y:.1f}H{turn:.1f}V{down:.1f}H{end:.1f}"
            yield element("path", d=way, fill="none", stroke=QUIET, opacity=0.6, class_="need")
