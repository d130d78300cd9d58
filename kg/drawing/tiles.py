"""A map of the provinces: a tile each, as they lie to each other, so that small ones are seen too."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from xml.etree import ElementTree as ET

from kg.drawing.svg import GROUND, INK, QUIET, Picture, Size, element, hint, linked, picture

TILE, GAP = 74.0, 6.0

PROVINCES: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "黑龙江": (0, 8),
        "吉林": (1, 8),
        "辽宁": (2, 8),
        "内蒙古": (1, 5),
        "北京": (2, 6),
        "天津": (2, 7),
        "河北": (3, 6),
        "山西": (3, 5),
        "山东": (3, 7),
        "新疆": (2, 0),
        "甘肃": (2, 3),
        "宁夏": (2, 4),
        "青海": (3, 2),
        "西藏": (4, 1),
        "陕西": (3, 4),
        "四川": (4, 3),
        "重庆": (4, 4),
        "河南": (4, 5),
        "安徽": (4, 6),
        "江苏": (4, 7),
        "上海": (4, 8),
        "湖北": (5, 5),
        "湖南": (5, 4),
        "贵州": (5, 3),
        "云南": (5, 2),
        "江西": (5, 6),
        "浙江": (5, 7),
        "福建": (6, 7),
        "广东": (6, 5),
        "广西": (6, 4),
        "海南": (7, 5),
    }
)
"""Row and column of each of the 31, by its short name: neighbours on the ground stay neighbours
where a grid lets them. Drawn by us after the administrative divisions of GB/T 2260."""

_SHADES = ("#e3edf7", "#bcd3ee", "#8db3e0", "#4f86c6", "#1d4f91")
_DARK_FROM = 3


@dataclass(frozen=True, slots=True)
class Tile:
    """What is told of a province: its *share* (0..1, None where nothing is known), and a few words."""

    area: str
    share: float | None
    words: tuple[str, ...]
    alert: int = 0
    href: str | None = None


def tiles_svg(tiles: Sequence[Tile], *, label: str) -> Picture:
    """Return the map; a province that is not told of stays pale.

    >>> told = tiles_svg([Tile("浙江", 0.8, ("80 %",))], label="承接")
    >>> told.count("<rect"), "80 %" in told
    (31, True)
    """
    known = {tile.area: tile for tile in tiles}
    rows, columns = (1 + max(place[axis] for place in PROVINCES.values()) for axis in (0, 1))
    size = Size(columns * (TILE + GAP), rows * (TILE + GAP))
    return picture(size, [_tile(area, known.get(area)) for area in PROVINCES], label=label)


def _tile(area: str, tile: Tile | None) -> ET.Element:
    row, column = PROVINCES[area]
    x, y = column * (TILE + GAP) + GAP / 2, row * (TILE + GAP) + GAP / 2
    shade = None if tile is None or tile.share is None else min(4, int(5 * tile.share))
    fill = GROUND if shade is None else _SHADES[shade]
    ink = "#ffffff" if shade is not None and shade >= _DARK_FROM else INK
    box = element(
        "rect",
        x=x,
        y=y,
        width=TILE,
        height=TILE,
        rx=6,
        fill=fill,
        class_="none" if shade is None else f"share{shade}",
    )
    name = element(
        "text",
        x=x + 9,
        y=y + 22,
        fill=ink if tile else QUIET,
        font_weight="600",
        text=area,
    )
    if tile is None:
        return element("g", box, name)
    words = [*_words(tile, x, y, ink), *_alert(tile, x, y)]
    return linked(element("g", hint("\n".join((area, *tile.words))), box, name, *words), tile.href)


def _words(tile: Tile, x: float, y: float, ink: str) -> Iterator[ET.Element]:
    for line, words in enumerate(tile.words[:2]):
        yield element("text", x=x + 9, y=y + 43 + 18 * line, fill=ink, font_size=12, text=words)


def _alert(tile: Tile, x: float, y: float) -> Iterator[ET.Element]:
    """Yield how many findings of high severity there are, at the corner."""
    if tile.alert:
        centre = x + TILE - 14
        yield element("circle", cx=centre, cy=y + 15, r=10, fill="#bf4027")
        number = "99+" if tile.alert > 99 else str(tile.alert)
        yield element(
            "text",
            x=centre,
            y=y + 19,
            text_anchor="middle",
            fill="#ffffff",
            font_size=11,
            text=number,
        )
