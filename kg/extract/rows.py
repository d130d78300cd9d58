"""Tables in a text: lines of tab-separated cells, or cells on lines of their own, under a head.

A head has one row or two (目标值 over 2025年 and 2030年); a cell of a wider column that is left empty
below the first of its rows means the same as above. Where a copy put every cell on a line, the numbers
of the rows (序号, 1, 2, …) tell how many lines are a row. Between the rows may stand lines that part them
(一、健全标准体系), since a cell over the whole width is no row any more.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import count, islice, takewhile

from kg.extract.dutyrules import duty_rules
from kg.extract.rules import rule
from kg.model import Span
from kg.text.clauses import trim

_LINE = re.compile(r"[^\n\r\f]+")
_FIRST_NAME = re.compile(r"^[ \u3000]*(?:序号|编号)[ \u3000\r]*$", re.M)
_MOST_COLUMNS = 10
_LONGEST_NAME = 20  # characters in the head of a column
_LONGEST_PARTING = 40
_LONGEST_SECOND = 14
_FEWEST_NAMES = 2
_NUMBER = re.compile(r"[\d.．、（()）一二三四五六七八九十]{1,6}")
_RULE = re.compile(r"[\s|:\-—–─]*")  # |---|---| of a table in plain text
_TOTAL = re.compile(r"[\s\d.,%（）()分]*(?:总分|合计|总计|小计)[\s\d.,%（）()分]*")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its line, and its cells without the blanks around them."""

    span: Span
    cells: tuple[Span, ...]

    def words(self, text: str) -> list[str]:
        """Return what the cells say."""
        return [cell.of(text) for cell in self.cells]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its head: the names of its columns, without blanks, and its rows below."""

    names: tuple[str, ...]
    rows: tuple[Row, ...]


@lru_cache(maxsize=4)  # measures, duties and coverage ask for the same text
def tables(text: str) -> tuple[Table, ...]:
    r"""Return the tables of *text* that have a head, in their order.

    >>> found = tables("序号\t任务\t责任单位\n1\t推进共享\t市财政局")
    >>> found[0].names, len(found[0].rows)
    (('序号', '任务', '责任单位'), 1)
    """
    return tuple(_tables(text))


def column(table: Table, identifier: str) -> int | None:
    """Return the first column whose name the rule of this identifier knows."""
    test = rule("tables", identifier)
    return next((at for at, name in enumerate(table.names) if test.search(bare(name))), None)


def named_body(name: str) -> bool:
    """Return whether a column of this *name* holds bodies that have a duty.

    >>> named_body("责任单位"), named_body("单位")
    (True, False)
    """
    return len(name) < _LONGEST_NAME and any(
        label.search(name + "：") for label, _ in duty_rules().labels
    )


def bare(name: str) -> str:
    """Return the *name* of a column without what it says of units in brackets.

    >>> bare("指标名称（单位：%）")
    '指标名称'
    """
    return re.sub(r"[（(][^）)]*[）)]", "", name)


def _tables(text: str) -> Iterator[Table]:
    names: tuple[str, ...] = ()
    rows: list[Row] = []
    end = 0
    for row in sorted([*_rows(text), *_fallen_rows(text)], key=lambda row: row.span):
        if not _goes_on(text, end, row.span.start):
            yield from _made(names, rows)
            names, rows = (), []
        words = ["".join(cell.split()) for cell in row.words(text)]
        if names and not rows and _is_second_head(names, words):
            names = _over(names, words)
        elif _is_head(words):
            yield from _made(names, rows)
            names, rows = tuple(words), []
        elif names:
            rows.append(row)
        end = row.span.end
    yield from _made(names, rows)


def _made(names: tuple[str, ...], rows: Sequence[Row]) -> Iterator[Table]:
    if names and rows:
        yield Table(names, tuple(rows))


def _rows(text: str) -> Iterator[Row]:
    if "\t" not in text:
        return
    for line in _LINE.finditer(text):
        if "\t" not in line[0] or _RULE.fullmatch(line[0]) or _TOTAL.fullmatch(line[0]):
            continue
        cells, at = [], line.start()
        for part in line[0].split("\t"):
            cells.append(trim(text, Span(at, at + len(part))))
            at += len(part) + 1
        yield Row(Span(line.start(), line.end()), tuple(cells))


def _fallen_rows(text: str) -> Iterator[Row]:
    """Yield the head and the rows of tables whose cells stand on lines of their own."""
    for first in _FIRST_NAME.finditer(text):
        near = islice(_lines(text, first.start()), _MOST_COLUMNS + 1)
        names = list(takewhile(lambda line: line.of(text) != "1", near))
        if len(names) <= _MOST_COLUMNS and _is_head([name.of(text) for name in names]):
            yield from _numbered(text, first.start(), len(names))


def _numbered(text: str, start: int, width: int) -> Iterator[Row]:
    """Yield the head at *start* and the rows behind it, *width* lines each, while they are numbered."""
    lines = _lines(text, start)
    for number in count():
        cells = tuple(islice(lines, width))
        if len(cells) < width or (number and cells[0].of(text) != str(number)):
            return
        yield Row(Span(cells[0].start, cells[-1].end), cells)


def _lines(text: str, start: int) -> Iterator[Span]:
    """Yield the lines from *start* on without the blanks around them, no empty ones."""
    return filter(None, (trim(text, Span(*line.span())) for line in _LINE.finditer(text, start)))


def _goes_on(text: str, end: int, start: int) -> bool:
    """Return whether nothing but lines that part the rows of one table stand between two places."""
    between = [line.strip() for line in text[end:start].split("\n") if line.strip()]
    if len(between) > 1:
        return all(_RULE.fullmatch(line) for line in between)
    return all(len(line) <= _LONGEST_PARTING and "。" not in line for line in between)


def _is_head(words: Sequence[str]) -> bool:
    named = [word for word in words if word]
    if len(named) < _FEWEST_NAMES or any(len(bare(word)) > _LONGEST_NAME for word in named):
        return False
    test = rule("tables", "table.head")
    known = sum(test.search(bare(word)) is not None or named_body(bare(word)) for word in named)
    return known >= _FEWEST_NAMES and known * 2 >= len(named)


def _is_second_head(names: Sequence[str], words: Sequence[str]) -> bool:
    """Return whether a row below the head names columns too: only where the first left them open."""
    if not any(words):
        return False
    if any(len(word) > _LONGEST_SECOND for word in words):
        return False
    first = words[0]
    if first and _NUMBER.fullmatch(first):
        return False
    test = rule("tables", "table.head")
    return all(
        not word
        or (at < len(names) and word == names[at])
        or _year(word)
        or test.search(word) is not None
        or named_body(word)
        for at, word in enumerate(words)
    )


def _year(word: str) -> bool:
    return re.fullmatch(r"(?:到|至)?20\d\d年?(?:目标|数值|值|现状|基数|实际)?", word) is not None


def _over(upper: Sequence[str], lower: Sequence[str]) -> tuple[str, ...]:
    """Return the names of columns whose head has two rows, the wider name before the narrower."""
    names: list[str] = []
    wide = ""
    for at in range(max(len(upper), len(lower))):
        above = upper[at] if at < len(upper) else ""
        below = lower[at] if at < len(lower) else ""
        wide = above or wide
        joined = below and below != wide and not named_body(below)
        names.append(wide + below if joined else below or above)
    return tuple(names)


def filled(text: str, rows: Sequence[Row], columns: Sequence[int]) -> Iterator[Row]:
    """Yield *rows* with what stands above in those *columns* where they are left empty."""
    above: dict[int, Span] = {}
    for row in rows:
        cells = list(row.cells)
        for place, at in enumerate(columns):
            if at >= len(cells):
                continue
            if cells[at]:
                above[at] = cells[at]
                for narrower in columns[place + 1 :]:
                    above.pop(narrower, None)
            elif at in above:
                cells[at] = above[at]
        yield replace(row, cells=tuple(cells))
