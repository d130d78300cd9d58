"""Targets: what is measured, comparator, value, unit and year."""

import re
from collections.abc import Iterator

from kg.extract.measures.tasks import skip_adverbs
from kg.extract.measures.wording import Clause, Flat, flat, mention
from kg.extract.rules import lexicon, rule
from kg.model import Kind, Mention, Scalar, Span

_COMPARATORS = {
    "达到": ">=",
    "达": ">=",
    "超过": ">=",
    "突破": ">=",
    "不低于": ">=",
    "不少于": ">=",
    "至少": ">=",
    "以上": ">=",
    "不超过": "<=",
    "不高于": "<=",
    "控制在": "<=",
    "以下": "<=",
    "以内": "<=",
}
_SPANS_OF_TIME = ("天", "小时", "分钟")
_FOUR_DIGITS = re.compile(r"20\d\d")


def stated(text: str, clause: Clause, horizon: Mention | None) -> Iterator[Mention]:
    """Yield the target that a goal states with a number, the whole clause being its span."""
    words = clause.words
    of_things = list(made(text, clause))
    if of_things:
        yield from of_things
        return
    if _quantity(words) is None:
        yield from _relative(text, clause, horizon)
        return
    for start, end in _each(words):
        found = _quantity(words[start:end])
        if found is None:
            continue
        attrs = _attrs(found, words[start : start + found.start()], horizon)
        if "约束性" in words or "预期性" in words:
            attrs["binding"] = "约束性" in words
        span = clause.flat.part(start, end)
        yield mention(Kind.TARGET, text, span, by="target.quantity", attrs=attrs)


def _each(words: str) -> list[tuple[int, int]]:
    """Return where each target stands that a goal states: several may be joined by 、.

    >>> _each("实现占比达40%、规模突破9亿元")
    [(2, 8), (9, 16)]
    """
    start = len("实现") if words.startswith("实现") else 0
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
    }
    year = _FOUR_DIGITS.search(str(horizon.attrs["value"])) if horizon else None
    if year:
        attrs["year"] = int(year[0])
    yield mention(Kind.TARGET, text, clause.span, by="target.relative", attrs=attrs)


def made(text: str, clause: Clause) -> Iterator[Mention]:
    """Yield the target in a task that makes a number of things (新建30个平台).

    The verb is part of it where the number comes last (修复岸线90公里), and right behind a horizon
    (到2030年建成3个园区).
    """
    words = clause.words
    verb = _making(words)
    if verb == 0:
        return
    found = rule("targets", "target.quantity").regex.match(words, verb)
    if found is None or not found["unit"] or not words[found.end() :]:
        yield from _counted(text, clause, verb)
        return
    if found["unit"] in _SPANS_OF_TIME:
        return  # 制定7天无理由退货细则
    end = _noun_end(words, found.end())
    start = 0 if _is_stated(clause) else found.start("value")
    attrs = _attrs(found, words[found.end() : end], clause.time)
    yield mention(Kind.TARGET, text, clause.flat.part(start, end), by="target.make", attrs=attrs)


def _making(words: str) -> int:
    """Return where the verb of making at the front of *words* ends, 0 where none stands there."""
    verbs = lexicon("targets", "target.make")
    at = skip_adverbs(words)
    verb = verbs.end(words, at)
    hoped = rule("targets", "target.hoped").search(words) if verb == at else None
    if hoped:
        verb = verbs.end(words, hoped.end())
        return verb if verb > hoped.end() else 0
    return verb if verb > at else 0


def _is_stated(clause: Clause) -> bool:
    """Return whether the clause says what there will be by then, right behind its horizon."""
    time = clause.time
    if time is None or time.attrs["role"] != "horizon":
        return False
    return time.span.end == clause.span.start or clause.words.startswith("建成")


def _counted(text: str, clause: Clause, verb: int) -> Iterator[Mention]:
    """Yield the target of a task whose number comes last (新增标准5项)."""
    words = clause.words
    if rule("targets", "target.no-count").search(words):
        return
    start = verb if words.startswith("实施") else 0
    counts = [
        found
        for found in rule("targets", "target.quantity").regex.finditer(words, verb + 1)
        if found["unit"] and words[found.end() : found.end() + 1] in ("", "、", "和", "及")
    ]
    if not counts or counts[-1].end() < len(words):
        return
    for found in counts:
        attrs = _attrs(found, words[max(start, verb) : found.start()], clause.time)
        span = clause.flat.part(start, found.end())
        yield mention(Kind.TARGET, text, span, by="target.make", attrs=attrs)
        start = found.end() + 1


def _noun_end(words: str, at: int) -> int:
    stop = re.compile(
        r"[，。；]|、(?![^，、]{1,12}的)|以上|左右|(?<=.{4})(?:开展|进行|实现)"
    ).search(words, at)
    return stop.start() if stop else len(words)


def _quantity(words: str) -> re.Match[str] | None:
    """Return the last quantity in *words* that is no year and no part of a name (5G)."""
    hits = [
        hit
        for hit in rule("targets", "target.quantity").finditer(words)
        if not _FOUR_DIGITS.fullmatch(hit["value"]) or hit["unit"]
    ]
    hits = [hit for hit in hits if hit["unit"] or hit["comparator"] or hit["bound"]]
    return hits[-1] if hits else None


def _attrs(found: re.Match[str], name: str, horizon: Mention | None) -> dict[str, Scalar]:
    range_ = re.search(r"[—－\-~至到]", found["value"])
    sign = _COMPARATORS.get(found["bound"] or "") or _COMPARATORS.get(found["comparator"] or "")
    attrs: dict[str, Scalar] = {
        "name": name.strip("，、的约为"),
        "comparator": "range" if range_ else sign or "=",
        "value": found["value"].replace(",", ""),
        "unit": found["unit"],
    }
    year = _FOUR_DIGITS.search(str(horizon.attrs["value"])) if horizon else None
    return {**attrs, "year": int(year[0])} if year else attrs


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
