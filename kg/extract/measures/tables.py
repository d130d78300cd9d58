"""Tables: lines of tab-separated cells under a head that names the columns."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.measures.prescribe import tasks_of
from kg.extract.measures.wording import mention
from kg.extract.rules import rule
from kg.model import Kind, Mention, Scalar, Span
from kg.text.clauses import trim
from kg.text.segment import Block, BlockKind, sentences

_YEAR = re.compile(r"20\d\d")
_VALUE = re.compile(
    r"[≥≤<>＞＜~～约]?\s*-?\d[\d.,]*\s*(?:[—－\-~～]\s*\d[\d.,]*)?\s*[%％‰]?\S{0,4}"
)
_SHORTEST_CELL = 4


@dataclass(frozen=True, slots=True)
class _Head:
    """The columns of a table that say something: where tasks, indicators, units, values stand."""

    tasks: tuple[int, ...] = ()  # from the widest column to the most specific
    indicator: int | None = None
    unit: int | None = None
    values: tuple[int, ...] = ()
    years: tuple[int, ...] = ()  # of the values, 0 where the head names none
    kind: int | None = None  # 约束性, 预期性


def find(text: str, blocks: Sequence[Block]) -> Iterator[Mention]:
    """Yield the tasks and targets in the tables of *text*."""
    head: _Head | None = None
    before: Block | None = None
    for block in blocks:
        if block.kind is not BlockKind.ROW:
            continue
        if before is None or text[before.span.end : block.span.start].strip():
            head = None
        cells = _cells(text, block.span)
        found = _head(text, cells)
        if found is not None:
            head = found
        elif head is not None:
            yield from _row(text, cells, head)
        before = block


def _cells(text: str, span: Span) -> list[Span]:
    cells, start = [], span.start
    for part in span.of(text).split("\t"):
        cells.append(trim(text, Span(start, start + len(part))))
        start += len(part) + 1
    return cells


def _head(text: str, cells: Sequence[Span]) -> _Head | None:
    words = [cell.of(text) for cell in cells]
    test = rule("tables", "table.task")
    tasks = tuple(at for at, word in enumerate(words) if test.search(word))
    indicator = _column(words, "table.indicator")
    if not tasks and indicator is None:
        return None
    others = sum(rule("tables", "table.other").search(word) is not None for word in words)
    if others == 0 or any(len(word) > 14 for word in words):
        return None
    years = [(at, int(year[0])) for at, word in enumerate(words) if (year := _YEAR.search(word))]
    values = years or [(at, 0) for at, word in enumerate(words) if "目标" in word or "数值" in word]
    return _Head(
        tasks=tasks if indicator is None else (),
        indicator=indicator,
        unit=_column(words, "table.unit"),
        values=tuple(at for at, _ in values if at != indicator),
        years=tuple(year for at, year in values if at != indicator),
        kind=_column(words, "table.kind"),
    )


def _column(words: Sequence[str], identifier: str) -> int | None:
    test = rule("tables", identifier)
    return next((at for at, word in enumerate(words) if test.search(word)), None)


def _row(text: str, cells: Sequence[Span], head: _Head) -> Iterator[Mention]:
    written = [cells[at] for at in head.tasks if at < len(cells) and cells[at]]
    if written:
        yield from _tasks(text, written[-1])
    if head.indicator is not None and head.values and head.values[-1] < len(cells):
        yield from _target(text, cells, head)


def _tasks(text: str, cell: Span) -> Iterator[Mention]:
    if len(cell) < _SHORTEST_CELL:
        return
    found = [made for sentence in sentences(text, cell) for made in tasks_of(text, sentence)]
    if not any(made.kind is Kind.TASK for made in found):
        attrs: dict[str, Scalar] = {"task_kind": "directive"}
        yield mention(Kind.TASK, text, cell, by="table.task", attrs=attrs)
    yield from found


def _target(text: str, cells: Sequence[Span], head: _Head) -> Iterator[Mention]:
    if head.indicator is None:
        return
    name, value = cells[head.indicator], cells[head.values[-1]]
    number = _VALUE.fullmatch(value.of(text))
    if not name or number is None or value.end <= name.start:
        return
    attrs: dict[str, Scalar] = {
        "name": name.of(text),
        "comparator": _comparator(value.of(text)),
        "value": re.sub(r"[^\d.\-—~～]", "", value.of(text)),
        "unit": _unit(text, cells, head, value.of(text)),
        "table": True,
    }
    if head.years[-1]:
        attrs["year"] = head.years[-1]
    if len(head.values) > 1 and cells[head.values[0]]:
        attrs["baseline"] = cells[head.values[0]].of(text)
    if head.kind is not None and head.kind < len(cells):
        attrs["binding"] = "约束" in cells[head.kind].of(text)
    yield mention(Kind.TARGET, text, Span(name.start, value.end), by="table.target", attrs=attrs)


def _unit(text: str, cells: Sequence[Span], head: _Head, value: str) -> str:
    if head.unit is not None and head.unit < len(cells):
        return cells[head.unit].of(text)
    return re.sub(r"[\d.,≥≤<>＞＜~～约\-—－\s]", "", value)


def _comparator(value: str) -> str:
    if value[0] in "≥>＞" or "以上" in value:
        return ">="
    return "<=" if value[0] in "≤<＜" or "以下" in value or "以内" in value else "="
