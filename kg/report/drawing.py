"""The matrix of who needs whom, drawn as SVG that needs no style sheet, no script and no file."""

from collections.abc import Iterator
from html import escape

from kg.report.model import Matrix

CELL, TOP, LETTERS = 22, 30, 17
LETTER = 11.5  # px, the width of a Chinese character; others take half of it
FONTS = "Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, SimHei, sans-serif"
QUIET, SELF = "#5b6875", "#eef1f4"
MISSING = ("#f0b8a8", "#e58f77", "#d5654a", "#bf4027", "#8f2113")
ARRANGED = ("#bcd3ee", "#8db3e0", "#5f92cf", "#3a70b3", "#1d4f91")


def matrix_svg(matrix: Matrix, *, lang: str) -> str:
    """Return the drawing; "" where no two bodies need each other.

    The darker a cell, the more the two need each other: hollow where no channel is arranged, filled
    where one is.
    """
    if not matrix.bodies:
        return ""
    names = [ending(body.to(lang), LETTERS) for body in matrix.bodies]
    left = round(max(wide(name) for name in names) * LETTER) + 34
    size = CELL * len(names)
    parts = [*_names(names, left), *_cells(matrix, left, lang)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {left + size + 4} {TOP + size + 4}" '
        f'width="{left + size + 4}" height="{TOP + size + 4}" role="img" '
        f'font-family="{FONTS}" font-size="{LETTER}">{"".join(parts)}</svg>'
    )


def shade(weight: float, matrix: Matrix) -> int:
    """Return how dark a cell is, 0 to 4: its weight against the greatest of *matrix*."""
    most = max(max(row) for row in matrix.cells)
    return min(4, int(5 * weight / most))


def shortened(text: str, letters: int) -> str:
    """Return *text* cut to as many Chinese *letters*; Latin ones count half.

    >>> shortened("质量强国建设协调推进领导小组", 6), shortened("abcdef", 3)
    ('质量强国建…', 'abcdef')
    """
    if wide(text) <= letters:
        return text
    kept = text
    while wide(kept) > letters - 1:
        kept = kept[:-1]
    return kept + "…"


def ending(text: str, letters: int) -> str:
    """Return *text* cut to as many Chinese *letters* from its front: names of bodies differ behind.

    >>> ending("云岭省临江市青禾县农业农村局", 9)
    '…青禾县农业农村局'
    """
    if wide(text) <= letters:
        return text
    kept = text
    while wide(kept) > letters - 1:
        kept = kept[1:]
    return "…" + kept


def wide(text: str) -> float:
    """Return how wide *text* is, in Chinese letters."""
    return sum(0.55 if letter.isascii() else 1.0 for letter in text)


def _names(names: list[str], left: int) -> Iterator[str]:
    for place, name in enumerate(names, start=1):
        y = TOP + (place - 1) * CELL
        x = left + (place - 1) * CELL
        yield (
            f'<text x="{left - 8}" y="{y + 15}" text-anchor="end" fill="{QUIET}">'
            f"{escape(name)}  {place}</text>"
            f'<text x="{x + CELL // 2 - 1}" y="{TOP - 9}" text-anchor="middle" fill="{QUIET}">'
            f"{place}</text>"
            f'<rect x="{x}" y="{y}" width="{CELL - 2}" height="{CELL - 2}" fill="{SELF}"/>'
        )


def _cells(matrix: Matrix, left: int, lang: str) -> Iterator[str]:
    for row, weights in enumerate(matrix.cells):
        for column, weight in enumerate(weights):
            if not weight:
                continue
            ink = f'fill="none" stroke="{MISSING[shade(weight, matrix)]}" stroke-width="2"'
            if (row, column) in matrix.arranged:
                ink = f'fill="{ARRANGED[shade(weight, matrix)]}"'
            one, other = (escape(matrix.bodies[place].to(lang)) for place in (row, column))
            yield (
                f'<rect x="{left + column * CELL + 2}" y="{TOP + row * CELL + 2}" '
                f'width="{CELL - 6}" height="{CELL - 6}" rx="2" {ink}>'
                f"<title>{one} × {other}: {weight:.0f}</title></rect>"
            )
