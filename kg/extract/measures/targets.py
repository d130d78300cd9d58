"""Targets: what is measured, comparator, value, unit and year."""

import re
from collections.abc import Iterator

from kg.extract.measures.made import made
from kg.extract.measures.quantities import described, last_quantity, year_of
from kg.extract.measures.wording import Clause, Flat, flat, mention
from kg.extract.rules import rule
from kg.model import Kind, Mention, Scalar, Span

_WISHED = re.compile("(?:力争|争取|确保)(?:实现)?|实现|带动(?=相关)")


def stated(text: str, clause: Clause, horizon: Mention | None) -> Iterator[Mention]:
    """Yield the target that a goal states with a number, the whole clause being its span."""
    words = clause.words
    of_things = list(made(text, clause, whole=True))
    if of_things:
        yield from of_things
        return
    if last_quantity(words) is None:
        yield from _relative(text, clause, horizon)
        return
    for start, end in _each(words):
        found = last_quantity(words[start:end])
        if found is None:
            continue
        attrs = described(found, words[start : start + found.start()], horizon)
        if "约束性" in words or "预期性" in words:
            attrs["binding"] = "约束性" in words
        span = clause.flat.part(start, end)
        yield mention(Kind.TARGET, text, span, by="target.quantity", attrs=attrs)


def _each(words: str) -> list[tuple[int, int]]:
    """Return where each target stands that a goal states: several may be joined by 、.

    >>> _each("实现占比达40%、规模突破9亿元"), _each("力争总量达9件")
    ([(2, 8), (9, 16)], [(2, 7)])
    """
    wished = _WISHED.match(words)
    start = wished.end() if wished else 0
    joints = [found.start() for found in rule("targets", "target.joint").finditer(words)]
    return list(zip([start, *(at + 1 for at in joints)], [*joints, len(words)], strict=True))


def _relative(text: str, clause: Clause, horizon: Mention | None) -> Iterator[Mention]:
    found = rule("targets", "target.relative").search(clause.words)
    if found is None:
        return
    attrs: dict[str, Scalar] = {
        "name": clause.words[: found.start()],
        "comparator": "<=" if found["comparator"] in ("不高于", "低于") else ">=",
        "value": found["value"],
        "unit": "",
        **year_of(horizon),
    }
    yield mention(Kind.TARGET, text, clause.span, by="target.relative", attrs=attrs)


# ------------------------------------------------------------------- tables whose cells ran together


def table_start(text: str, span: Span) -> int | None:
    """Return where a table of targets begins in *span*, ``None`` where there is none."""
    words = span.of(text)
    head = rule("targets", "target.table").search(words)
    if head is None:
        return None
    cell = rule("targets", "target.table-cell").regex.search(words, head.end())
    if cell is None:
        return None
    stop = max(words.rfind(mark, 0, head.start()) for mark in "。；")
    return span.start + stop + 1


def table(text: str, span: Span) -> Iterator[Mention]:
    """Yield the targets of a flattened table and the years of its head."""
    words = flat(text, span)
    head = rule("targets", "target.table").search(words.words)
    at = head.end() if head else 0
    years = list(_years(text, words, at))
    yield from years
    at = max([at, *(_end(words, year) for year in years)])
    for cell in rule("targets", "target.table-cell").regex.finditer(words.words, at):
        yield _cell(text, words, cell, years)


def _years(text: str, words: Flat, at: int) -> Iterator[Mention]:
    made_by = rule("times", "time.year")
    for year in made_by.regex.finditer(words.words, at, at + 30):
        yield mention(
            Kind.TIME,
            text,
            words.part(*year.span()),
            by=made_by.id,
            attrs={"role": "year", "value": year[0]},
        )


def _end(words: Flat, year: Mention) -> int:
    return words.words.find(year.text) + len(year.text)


def _cell(text: str, words: Flat, cell: re.Match[str], years: list[Mention]) -> Mention:
    start = cell.start()
    number = re.match(r".*?\d{1,2}[.．、]", words.words[start : cell.end("name")])
    category = rule("targets", "target.table-category").search(
        words.words[start : cell.end("name")]
    )
    if number or category:
        start += number.end() if number else category.end() if category else 0
    while words.words[start] in ".．、":
        start += 1
    name = words.words[start : cell.end("name")]
    attrs: dict[str, Scalar] = {
        "name": name,
        "comparator": "=",
        "value": cell["values"],
        "unit": cell["unit"],
        "table": True,
    }
    if years:
        attrs["year"] = int(str(years[-1].attrs["value"])[:4])
    return mention(
        Kind.TARGET, text, words.part(start, cell.end()), by="target.table-cell", attrs=attrs
    )
