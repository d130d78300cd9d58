"""Lines of a page to paragraphs: what repeats on every page goes, what was broken is joined."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

_EDGE = 2  # lines at the top and at the bottom of a page that can be furniture
_FEWEST_PAGES = 2  # one page shows no repetition
_PAGE_NUMBER = re.compile(
    r"[-—–－·•\s]*(?:第\s*)?\d{1,4}\s*(?:页)?(?:\s*[/／,，]?\s*共?\s*\d{1,4}\s*页?)?[-—–－·•\s]*"
)
_DIGITS = re.compile(r"\d+")
_HEADING = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十百]{1,4}[章节条篇]"
    r"|\d{1,3}[.．、](?!\d)|[（(]\d{1,2}[）)]|[①-⑳]|专栏\s*\d|——|附件"
)
_ENDS = "。；：！？”）"


@dataclass(frozen=True, slots=True)
class Cell:
    """A part of a line that stands apart, and where it starts."""

    text: str
    left: float


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line; places in points from the left edge of the page, nan where unknown."""

    text: str
    left: float = math.nan
    right: float = math.nan
    height: float = math.nan
    cells: tuple[Cell, ...] = ()  # where the line is a row of a table


def without_furniture(pages: Sequence[Sequence[Line]]) -> Iterator[Line]:
    """Yield the lines of all *pages* without running heads, feet and page numbers.

    >>> [line.text for line in without_furniture([[Line("质量第一"), Line("— 1 —")]])]
    ['质量第一']
    """
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_shape(page[at].text) for at in _edges(page)})
    often = max(_FEWEST_PAGES, math.ceil(len(pages) / 2))
    for page in pages:
        edges = set(_edges(page))
        for at, line in enumerate(page):
            furniture = at in edges and (
                seen[_shape(line.text)] >= often or _PAGE_NUMBER.fullmatch(line.text)
            )
            if not furniture:
                yield line


def with_columns(lines: Iterable[Line]) -> Iterator[Line]:
    r"""Yield *lines*, those of a table with an empty cell where the page leaves one.

    The row with the most cells, which is the header as a rule, says where the columns start.

    >>> head = Line("甲\t乙\t丙", cells=(Cell("甲", 0), Cell("乙", 50), Cell("丙", 90)))
    >>> row = Line("1\t3", cells=(Cell("1", 0), Cell("3", 90)))
    >>> [line.text for line in with_columns([head, row])][1]
    '1\t\t3'
    """
    table: list[Line] = []
    for line in lines:
        if line.cells:
            table.append(line)
            continue
        yield from _aligned(table)
        table = []
        yield line
    yield from _aligned(table)


def _aligned(table: Sequence[Line]) -> Iterator[Line]:
    starts = [cell.left for cell in max((line.cells for line in table), key=len, default=())]
    for line in table:
        row = [""] * len(starts)
        for cell in line.cells:
            column = min(range(len(starts)), key=lambda at: abs(starts[at] - cell.left))
            row[column] = f"{row[column]} {cell.text}".strip()
        yield replace(line, text="\t".join(row).rstrip("\t"))


def paragraphs(lines: Iterable[Line]) -> Iterator[str]:
    """Yield paragraphs: lines that fill the page are joined with the next, unless that is indented.

    The margins are those of most lines outside tables. Rows of tables stay lines of their own.
    """
    given = list(lines)
    left, right = _margins([line for line in given if not line.cells])
    current = ""
    before: Line | None = None
    for line in given:
        if before and _goes_on(before, line, left=left, right=right):
            current += (" " if _words_meet(current, line.text) else "") + line.text
        else:
            if before:
                yield current
            current = line.text
        before = line
    if before:
        yield current


def _edges(page: Sequence[Line]) -> list[int]:
    count = len(page)
    return sorted({at for at in (*range(_EDGE), *range(count - _EDGE, count)) if 0 <= at < count})


def _shape(text: str) -> str:
    return _DIGITS.sub("#", "".join(text.split()))


def _margins(lines: Sequence[Line]) -> tuple[float, float]:
    """Return where most lines start, and where full lines end."""
    lefts = Counter(round(line.left) for line in lines if not math.isnan(line.left))
    rights = sorted(line.right for line in lines if not math.isnan(line.right))
    if not rights:
        return math.nan, math.nan
    often = [place for place, count in lefts.items() if count >= 0.15 * len(rights)]
    left = min(often) if often else lefts.most_common(1)[0][0]
    return float(left), rights[int(len(rights) * 0.9)]


def _goes_on(before: Line, line: Line, *, left: float, right: float) -> bool:
    if "\t" in before.text or "\t" in line.text or math.isnan(line.left):
        return False
    if abs(before.height - line.height) > 0.35 * max(before.height, line.height):
        return False
    full = before.right >= right - 2.2 * before.height
    indented = line.left > left + line.height
    if not full or indented:
        return False
    return not (_HEADING.match(line.text) and before.text[-1] in _ENDS)


def _words_meet(before: str, after: str) -> bool:
    return (
        before[-1:].isascii()
        and before[-1:].isalpha()
        and after[:1].isascii()
        and after[:1].isalpha()
    )
