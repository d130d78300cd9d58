"""What tables name: the tasks of ledgers and their groups, the targets of tables of indicators."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.measures.prescribe import tasks_of
from kg.extract.measures.wording import mention
from kg.extract.rows import Row, Table, bare, column, filled, tables
from kg.extract.rules import rule
from kg.model import Kind, Mention, Scalar, Span
from kg.text.clauses import sentences

_TARGET = "table.target"
GROUP = "table.group"
"""The rule of the groups that tables name; they hold the rows from their first to the next group."""

_YEAR = re.compile(r"20\d\d")
_VALUE = re.compile(
    r"[≥≤<>＞＜~～约]?\s*-?\d[\d.,]*\s*(?:[—－\-~～]\s*\d[\d.,]*)?\s*[%％‰]?\S{0,4}"
)
_UNIT_IN_NAME = re.compile(r"[（(](?:单位[：:]?)?(?P<unit>[^（()）]{1,10})[）)]$")
_PART = re.compile(r"(?:[一二三四五六七八九十]{1,3}[、.．]?|（[一二三四五六七八九十]{1,3}）)$")
_SHORTEST_CELL = 4
_LONGEST_GROUP = 80
_DEPTH = 4  # of the widest column of groups: below the headings of the text and of the table


@dataclass(frozen=True, slots=True)
class _Targets:
    """The columns of a table of indicators."""

    indicator: int
    values: tuple[tuple[int, int], ...]  # columns of what is to be reached, each with its year or 0
    baseline: int | None
    unit: int | None
    kind: int | None  # 约束性, 预期性


def find(text: str) -> Iterator[Mention]:
    """Yield the task groups, tasks and targets in the tables of *text*."""
    for table in tables(text):
        targets = _target_columns(table)
        if targets is not None:
            for row in table.rows:
                yield from _target(text, row, targets, table)
        elif shares := _shares(table):
            yield from _shared_out(text, table, shares)
        else:
            yield from _ledger(text, table)


def measuring(table: Table) -> bool:
    """Return whether the rows of *table* are to name tasks or targets: a list of people is not.

    >>> measuring(Table(("序号", "姓名", "职务"), ())), measuring(Table(("序号", "任务"), ()))
    (False, True)
    """
    return bool(
        _shares(table)
        or any(column(table, f"table.{one}") is not None for one in ("task", "indicator"))
    )


# ------------------------------------------------------------------- ledgers


def _ledger(text: str, table: Table) -> Iterator[Mention]:
    test = rule("tables", "table.task")
    named = [at for at, name in enumerate(table.names) if test.search(bare(name))]
    wide = [at for at, name in enumerate(table.names) if _sorts(name) and at not in named]
    columns = sorted([*wide, *named])
    if not named:
        column_of_checks = column(table, "table.indicator")
        if column_of_checks is None:
            return
        columns = sorted([*columns, column_of_checks])
    seen: dict[int, str] = {}
    ordinal = 0
    for row in filled(text, table.rows, columns[:-1]):
        written = [at for at in columns if at < len(row.cells) and row.cells[at]]
        if not written:
            continue
        groups = _parts_table(text, row, written)
        shallowest = _DEPTH - 1 if groups else _DEPTH
        groups = groups or written[:-1]
        for depth, at in enumerate(groups, shallowest):
            words = row.cells[at].of(text)
            if seen.get(at) == words or not _can_head(words):
                continue
            seen = {other: known for other, known in seen.items() if other < at} | {at: words}
            ordinal += 1
            attrs: dict[str, Scalar] = {"ordinal": ordinal, "depth": depth}
            yield mention(Kind.TASK_GROUP, text, row.cells[at], by=GROUP, attrs=attrs)
        if groups != written:
            yield from _tasks(text, row.cells[written[-1]])


def _sorts(name: str) -> bool:
    return rule("tables", "table.group").search(bare(name)) is not None


def _parts_table(text: str, row: Row, written: Sequence[int]) -> list[int]:
    """Return the one cell of a row that only heads those below it: 一、 before it, nobody behind."""
    first = row.cells[0].of(text)
    if len(written) != 1 or written[0] == 0 or not _PART.match(first):
        return []
    behind = [cell for cell in row.cells[written[0] + 1 :] if cell]
    return [] if any(not _VALUE.fullmatch(cell.of(text)) for cell in behind) else list(written)


def _can_head(words: str) -> bool:
    return 2 <= len(words) <= _LONGEST_GROUP and "。" not in words[:-1]


def _tasks(text: str, cell: Span) -> Iterator[Mention]:
    if len(cell) < _SHORTEST_CELL:
        return
    found = [made for sentence in sentences(text, cell) for made in tasks_of(text, sentence)]
    if not any(made.kind is Kind.TASK for made in found):
        attrs: dict[str, Scalar] = {"task_kind": "directive"}
        yield mention(Kind.TASK, text, cell, by="table.task", attrs=attrs)
    yield from found


# ------------------------------------------------------------------- targets


def _target_columns(table: Table) -> _Targets | None:
    indicator = column(table, "table.indicator")
    if indicator is None:
        return None
    names = [(at, name) for at, name in enumerate(table.names) if not name.startswith("其中")]
    years = [(at, int(year[0])) for at, name in names if (year := _YEAR.search(name))]
    values = years or [(at, 0) for at, name in names if re.search("目标|数值|任务", name)]
    values = [(at, year) for at, year in values if at != indicator]
    if not values:
        return None
    # 2020年, 2025年: from there to here; 目标值 over both years: two targets
    wanted = [one for one in values if "目标" in table.names[one[0]]] or values[-1:]
    before = [at for at, _ in values if at not in {column for column, _ in wanted}]
    return _Targets(
        indicator=indicator,
        values=tuple(wanted),
        baseline=before[0] if before else column(table, "table.baseline"),
        unit=column(table, "table.unit"),
        kind=column(table, "table.kind"),
    )


def _target(text: str, row: Row, columns: _Targets, table: Table) -> Iterator[Mention]:
    """Yield the targets of one row, from the name of the indicator to the value."""
    if columns.indicator >= len(row.cells) or not row.cells[columns.indicator]:
        return
    name = row.cells[columns.indicator]
    for at, year in columns.values:
        value = row.cells[at] if at < len(row.cells) else name
        if value.start <= name.start or _VALUE.fullmatch(value.of(text)) is None:
            continue
        attrs = _told(name.of(text), value.of(text), _unit(text, row, columns, table.names[at]))
        if year:
            attrs["year"] = year
        if columns.baseline is not None and _has(row, columns.baseline):
            attrs["baseline"] = row.cells[columns.baseline].of(text)
        if columns.kind is not None and _has(row, columns.kind):
            attrs["binding"] = "约束" in row.cells[columns.kind].of(text)
        yield mention(Kind.TARGET, text, Span(name.start, value.end), by=_TARGET, attrs=attrs)


def _told(name: str, value: str, unit: str | None) -> dict[str, Scalar]:
    """Return what a *name* and a *value* say; the unit may stand in brackets behind the name."""
    inside = _UNIT_IN_NAME.search(name)
    own = re.sub(r"[\d.,≥≤<>＞＜~～约\-—－\s]", "", value)
    return {
        "name": name[: inside.start()] if inside else name,
        "comparator": _comparator(value),
        "value": re.sub(r"[^\d.\-—~～]", "", value),
        "unit": unit or (inside["unit"] if inside else own),
        "table": True,
    }


def _unit(text: str, row: Row, columns: _Targets, name: str) -> str | None:
    """Return the unit in its own column, or in brackets in the head of the value."""
    if columns.unit is not None and _has(row, columns.unit):
        return row.cells[columns.unit].of(text)
    inside = _UNIT_IN_NAME.search(name)
    return inside["unit"] if inside and not _YEAR.search(inside["unit"]) else None


def _has(row: Row, at: int) -> bool:
    return at < len(row.cells) and bool(row.cells[at])


def _comparator(value: str) -> str:
    if value[0] in "≥>＞" or "以上" in value:
        return ">="
    return "<=" if value[0] in "≤<＜" or "以下" in value or "以内" in value else "="


# ------------------------------------------------------------------- targets shared out


def _shares(table: Table) -> tuple[int, ...]:
    """Return the columns of what each place has to reach, none where the rows are no places."""
    if column(table, "table.place") is None:
        return ()
    test = rule("tables", "table.share")
    return tuple(at for at, name in enumerate(table.names) if test.search(bare(name)))


def _shared_out(text: str, table: Table, shares: Sequence[int]) -> Iterator[Mention]:
    place = column(table, "table.place") or 0
    test = rule("tables", "table.share")
    for row in table.rows:
        for at in shares:
            named = test.search(bare(table.names[at]))
            if not (_has(row, place) and _has(row, at)) or named is None:
                continue
            value = row.cells[at].of(text)
            if _VALUE.fullmatch(value):
                where = "".join(row.cells[place].of(text).split())
                attrs = _told(where + named["name"], value, None)
                yield mention(Kind.TARGET, text, row.cells[at], by="table.share", attrs=attrs)
