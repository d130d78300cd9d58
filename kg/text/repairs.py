"""The repairs and marks of ``repairs.toml``: read, checked, and carried out on a draft."""

import functools
import re
import sys
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources
from itertools import islice, pairwise
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from kg.errors import RuleError
from kg.model import Bilingual, Issue, Span
from kg.text.alignment import Change, Draft
from kg.text.byteshift import undo_shift
from kg.text.characters import HAN, MARKS, simplified, simplified_char
from kg.text.lines import join_lines
from kg.text.pinyin import drop_readings

_FILE = "repairs.toml"
_REPEATS = 4  # a mark can depend on the one next to it; runs are taken whole, so this is plenty
_MOST_CHANGES = 500_000  # of one repair: 300 MB; the longest plan we know needs 20,000
_STRETCH = 1_000_000  # characters looked at as numbers at a time: 10 MB
_MOST_MARKS = 200  # places of one kind that are reported; a text with more is lost anyway

_RADICALS = dict(
    zip(
        "⺝⺠⺬⺼⻁⻄⻅⻆⻉⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⺮⺜⺫⻡",
        "月民示肉虎西见角贝车長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙竹日目首",
        strict=True,
    )
)
_SPACED = re.compile(r" (?:[^ ] ){5}")  # six characters with a space after each hold this
_BARRED = re.compile(r"^[^|\n]*(?:\|[^|\n]*){2,}$", re.M)
_RADICAL = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")


@dataclass(frozen=True, slots=True)
class Repair:
    """One repair: a pattern with what comes in its place, or a function."""

    name: str
    reason: Bilingual
    changes: Callable[[str], Iterable[Change]]
    needs: re.Pattern[str] | None = None
    repeat: bool = False
    in_place: bool = False  # puts one character in the place of one
    examples: tuple[tuple[str, str], ...] = ()
    unchanged: tuple[str, ...] = ()

    def fits(self, alphabet: str) -> bool:
        """Return whether a text of these characters can need this repair."""
        return self.needs is None or self.needs.search(alphabet) is not None

    def run(self, draft: Draft) -> None:
        """Carry the repair out on *draft*: whole, or not at all where it has too much to do."""
        for _ in range(_REPEATS if self.repeat else 1):
            changes = list(islice(self.changes(draft.text), _MOST_CHANGES + 1))
            if len(changes) > _MOST_CHANGES:
                draft.refused.add(self.name)
                return
            draft.apply(self.name, changes)
            if not changes:
                return


@dataclass(frozen=True, slots=True)
class Mark:
    """A pattern of what cannot be repaired."""

    code: str
    reason: Bilingual
    pattern: re.Pattern[str]
    needs: re.Pattern[str] | None = None
    examples: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()

    def issues(self, text: str) -> Iterator[Issue]:
        """Yield an issue for each place in *text* that this pattern finds, the first 200."""
        for match in islice(self.pattern.finditer(text), _MOST_MARKS):
            yield Issue(self.code, self.reason, Span(*match.span()))


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All repairs, in order, and all marks."""

    repairs: tuple[Repair, ...] = field(default_factory=tuple)
    marks: tuple[Mark, ...] = field(default_factory=tuple)


@functools.cache
def catalogue() -> Catalogue:
    """Return the repairs and marks that ship with the product.

    Raises:
        RuleError: The file has a repair that cannot be used.

    >>> catalogue().repairs[0].name
    'line-end'
    """
    text = resources.files("kg.text").joinpath(_FILE).read_text(encoding="utf-8")
    data = tomllib.loads(text)
    return Catalogue(
        tuple(_repair(row) for row in data["repair"]), tuple(_mark(row) for row in data["mark"])
    )


def alphabet_of(text: str) -> str:
    """Return the distinct characters of *text* in order, on which the cheap tests are made.

    >>> alphabet_of("质量质量")
    '质量'
    """
    seen = np.zeros(sys.maxunicode + 1 if text else 0, dtype=np.bool_)
    last = 0
    for start in range(0, len(text), _STRETCH):
        codes = _codes(text[start : start + _STRETCH])
        seen[codes] = True  # ten times faster than a set of as many one-letter strings
        last = max(last, int(codes.max()))
    found = np.flatnonzero(seen[: last + 1]).astype("<u4")
    return found.tobytes().decode("utf-32-le", "surrogatepass")


def _codes(text: str) -> NDArray[np.uint32]:
    """Return the code points of *text*."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")


def unify_radicals(text: str) -> Iterator[Change]:
    """Yield the character for each radical and compatibility form that has one.

    NFKC covers U+2F00-2FD5 and U+F900-FAFF; the forms of U+2E80-2EFF that are whole characters of
    modern text come from a table of our own.
    """
    for match in _RADICAL.finditer(text):
        char = match[0]
        unified = _RADICALS.get(char) or unicodedata.normalize("NFKC", char)
        if unified != char and len(unified) == 1:
            yield Change(match.start(), match.end(), unified)


def simplify(text: str) -> Iterator[Change]:
    """Yield the Simplified form of each stretch that has one.

    The converter runs over the whole text only where one of its distinct characters has another
    form; for a text in Simplified characters that is a few thousand characters in place of a
    million.
    """
    distinct = alphabet_of(text)
    if "".join(map(simplified_char, distinct)) == distinct:
        return
    new = simplified(text)
    for at in range(0, len(text), _STRETCH):
        before, after = text[at : at + _STRETCH], new[at : at + _STRETCH]
        changed = np.concatenate([[False], _codes(before) != _codes(after), [False]])
        edges = np.flatnonzero(changed[1:] != changed[:-1]).tolist()
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            yield Change(at + start, at + end, after[start:end])


def part_cells(text: str) -> Iterator[Change]:
    """Yield a tab for each bar in lines with as many bars, two or more, that follow one another."""
    rows = [(hit.start(), hit.end(), hit[0].count("|")) for hit in _BARRED.finditer(text)]
    joined = {
        at
        for at, ((_, end, bars), (start, _, others)) in enumerate(pairwise(rows))
        if (start, others) == (end + 1, bars)
    }
    for at, (start, end, _) in enumerate(rows):
        if at in joined or at - 1 in joined:
            for bar in re.finditer(r"\|", text[start:end]):
                yield Change(start + bar.start(), start + bar.end(), "\t")


def _close_up(pattern: re.Pattern[str]) -> Callable[[str], Iterator[Change]]:
    def changes(text: str) -> Iterator[Change]:
        if _SPACED.search(text) is None:
            return  # it takes a tenth of the time that the pattern takes
        for match in pattern.finditer(text):
            for at in range(match.start(), match.end()):
                if text[at] == " ":
                    yield Change(at, at + 1, "")

    return changes


_FUNCTIONS: Mapping[str, Callable[[str], Iterable[Change]]] = MappingProxyType(
    {
        "drop_readings": drop_readings,
        "join_lines": join_lines,
        "part_cells": part_cells,
        "simplify": simplify,
        "undo_shift": undo_shift,
        "unify_radicals": unify_radicals,
    }
)


def _repair(row: Mapping[str, object]) -> Repair:
    name = str(row["name"])
    return Repair(
        name=name,
        reason=Bilingual(str(row["zh"]), str(row["en"])),
        changes=_changes(name, row),
        needs=_compiled(name, row.get("needs")),
        repeat=bool(row.get("repeat", False)),
        in_place=bool(row.get("in_place", False)),
        examples=tuple((str(pair[0]), str(pair[1])) for pair in _rows(row, "examples")),
        unchanged=tuple(map(str, _rows(row, "unchanged"))),
    )


def _mark(row: Mapping[str, object]) -> Mark:
    code = str(row["code"])
    pattern = _compiled(code, row["pattern"])
    if pattern is None:
        raise RuleError(file=_FILE, rule=code, detail="no pattern")
    return Mark(
        code=code,
        reason=Bilingual(str(row["zh"]), str(row["en"])),
        pattern=pattern,
        needs=_compiled(code, row.get("needs")),
        examples=tuple(map(str, _rows(row, "examples"))),
        unchanged=tuple(map(str, _rows(row, "unchanged"))),
    )


def _rows(row: Mapping[str, object], key: str) -> list[str]:
    rows = row.get(key, [])
    return rows if isinstance(rows, list) else []


def _changes(name: str, row: Mapping[str, object]) -> Callable[[str], Iterable[Change]]:
    function = row.get("function")
    pattern = _compiled(name, row.get("pattern"))
    if function == "close_up" and pattern is not None:
        return _close_up(pattern)
    if isinstance(function, str) and function in _FUNCTIONS:
        return _FUNCTIONS[function]
    table = row.get("map")
    after = row.get("after")
    if pattern is None or not (isinstance(table, dict) or isinstance(after, str)):
        detail = "needs `function`, or `pattern` with `after` or `map`"
        raise RuleError(file=_FILE, rule=name, detail=detail)
    chars = {str(old): str(new) for old, new in table.items()} if isinstance(table, dict) else {}
    return _substitution(pattern, chars, after if isinstance(after, str) else None)


def _substitution(
    pattern: re.Pattern[str], chars: Mapping[str, str], after: str | None
) -> Callable[[str], Iterator[Change]]:
    group = 1 if pattern.groups else 0
    table = str.maketrans(dict(chars))

    def changes(text: str) -> Iterator[Change]:
        for match in pattern.finditer(text):
            new = match[group].translate(table) if after is None else after
            yield Change(match.start(group), match.end(group), new)

    return changes


def _compiled(name: str, pattern: object) -> re.Pattern[str] | None:
    if pattern is None:
        return None
    source = str(pattern).replace("{HAN}", HAN).replace("{MARKS}", MARKS)
    try:
        return re.compile(source)
    except re.error as error:
        raise RuleError(file=_FILE, rule=name, detail=str(error)) from error
