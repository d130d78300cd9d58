"""Who needs whom: a square a pair, filled where a channel is arranged, hollow where none is.

A design structure matrix (Steward 1981) of bodies: the same ones down and across, in an order that
brings those that need each other together, so that blocks show.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from kg.drawing.letters import ending, width
from kg.drawing.svg import GROUND, INK, QUIET, Picture, Size, element, hint, linked, picture, word

CELL, TOP = 22.0, 30.0
LETTERS = 17
MISSING = ("#f0b8a8", "#e58f77", "#d5654a", "#bf4027", "#8f2113")
ARRANGED = ("#bcd3ee", "#8db3e0", "#5f92cf", "#3a70b3", "#1d4f91")
_NUMBER_PX = 30.0


@dataclass(frozen=True, slots=True)
class Cell:
    """How much two need each other, and whether that is arranged."""

    weight: float
    arranged: bool
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Matrix:
    """Names down and across, and the cells by row and column, each pair in both places."""

    names: tuple[str, ...]
    cells: Mapping[tuple[int, int], Cell]


def matrix_svg(matrix: Matrix, *, label: str) -> Picture:
    """Return the picture.

    >>> told = Matrix(("甲局", "乙局"), {(0, 1): Cell(2, True), (1, 0): Cell(2, True)})
    >>> matrix_svg(told, label="矩阵").count("<rect")
    4
    """
    names = [ending(name, LETTERS) for name in matrix.names]
    left = max((width(name) for name in names), default=0.0) + _NUMBER_PX + 8
    side = CELL * len(names)
    parts = [*_names(names, left), *_cells(matrix, left)]
    return picture(Size(left + side + 4, TOP + side + 4), parts, label=label)


def shade(weight: float, most: float) -> int:
    """Return how dark a cell is, 0 to 4, against the greatest weight of its matrix.

    >>> shade(1, 10), shade(10, 10)
    (0, 4)
    """
    return min(4, int(5 * weight / most))


def _names(names: list[str], left: float) -> Iterator[ET.Element]:
    for place, name in enumerate(names):
        x, y = left + place * CELL, TOP + place * CELL
        yield word(f"{name}", left - _NUMBER_PX, y + 15.5, anchor="end", fill=INK, class_="ink")
        yield word(str(place + 1), left - 8, y + 15.5, anchor="end", fill=QUIET, class_="quiet")
        yield word(
            str(place + 1), x + CELL / 2 - 1, TOP - 9, anchor="middle", fill=QUIET, class_="quiet"
        )
        yield element(
            "rect", x=x, y=y, width=CELL - 2, height=CELL - 2, fill=GROUND, class_="ground"
        )


def _cells(matrix: Matrix, left: float) -> Iterator[ET.Element]:
    most = max((cell.weight for cell in matrix.cells.values()), default=1.0)
    for (row, column), cell in sorted(matrix.cells.items()):
        tone = shade(cell.weight, most)
        look = (
            {"fill": ARRANGED[tone], "class_": f"arranged{tone}"}
            if cell.arranged
            else {"fill": "none", "stroke": MISSING[tone], "class_": f"missing{tone}"}
        )
        box = element(
            "rect",
            hint(f"{matrix.names[row]} × {matrix.names[column]}: {cell.weight:g}"),
            x=left + column * CELL + 2,
            y=TOP + row * CELL + 2,
            width=CELL - 6,
            height=CELL - 6,
            rx=2,
            pointer_events="all",
            stroke_width=None if cell.arranged else 2,
            **look,
        )
        yield linked(box, cell.href)
