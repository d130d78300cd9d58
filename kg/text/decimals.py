"""Decimal outline numbers: 3 总体布局, 3.1 空间结构, 3.1.1 优化…; told from 1.5万亿元 by their sequence."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from kg.model import Span
from kg.text.numbering import OUTLINE, Marker, Numbering

_HAN = "\u4e00-\u9fa5"
# A quantity at the start of a wrapped line; 个人, 家庭, 项目, 年轻 are no units.
UNIT = (
    r"(?!万|亿|千|百|个(?!人|体|性)|倍|元|公里|公顷|公斤|米|吨|亩|平方|立方|度|摄氏|名(?!优|城|品)|"
    r"家(?!庭)|项(?!目)|年(?!轻|度)|月|日|号|版|级|以上|以下|左右|至|和|与|、|时|分钟|小时|代)"
)
# Opens with the digit, what must not stand before it is asked then: the engine skips to digits.
_NUMBER = re.compile(
    r"(?P<parts>\d(?<![\dA-Za-z.．/\-—－~～〔第]\d)\d?(?:[.．]\d{1,2}){1,3})(?![\d.．%％‰]\d?)"
    rf"[、.．]?(?P<gap>[ \t\u3000]*){UNIT}(?=[{_HAN}“《])"
)
_TOP = re.compile(
    rf"^[ \u3000]*(?P<part>\d{{1,2}})(?:[.．、][ \u3000]*|[ \u3000]+){UNIT}(?=[{_HAN}“])", re.M
)
_FINAL = "。！？；：!?;:"
_LONGEST_STEP = 2

Place = tuple[int, ...]


@lru_cache(maxsize=4)
def decimals(text: str) -> Mapping[int, Marker]:
    """Return the decimal numbers of a *text* that number its parts, by where they stand.

    >>> line = "3.1 优化布局。投入1.5万亿元。3.2 完善体系。"
    >>> [marker.ordinal for marker in decimals(line).values()]
    [1, 2]
    """
    found = list(_chained(text))
    firsts = [(place[0], span.start) for place, span in found if place[-1] == 1 and len(place) == 2]
    tops = _tops(text, firsts)
    below = {span.start: Marker(span, OUTLINE[len(p) - 1], p[-1]) for p, span in found}
    return MappingProxyType(dict(sorted({**tops, **below}.items())))


def _chained(text: str) -> Iterator[tuple[Place, Span]]:
    """Yield the numbers that follow from one another, or that nothing but a heading can hold."""
    found = [(_place(hit), hit) for hit in _NUMBER.finditer(text)]
    found = [(place, hit) for place, hit in found if all(place)]
    last: Place | None = None
    for at, (place, hit) in enumerate(found):
        after = last is not None and follows(last, place)
        before = any(follows(place, later) for later, _ in found[at + 1 : at + 2])
        if _opens_line(text, hit.start()):
            good = after or before or _alone(text, hit)
        else:
            good = after and (bool(hit["gap"]) or _behind_stop(text, hit.start()))
            good = good or (last is None and before and _behind_stop(text, hit.start()))
        if good:
            last = place
            yield place, Span(*hit.span())


def _place(hit: re.Match[str]) -> Place:
    return tuple(int(part) for part in re.split("[.．]", hit["parts"]))


def follows(one: Sequence[int], other: Sequence[int]) -> bool:
    """Return whether the number *other* can come next after *one*.

    >>> follows((3, 1), (3, 1, 1)), follows((3, 1, 2), (3, 2)), follows((3, 1), (5, 8))
    (True, True, False)
    """
    if len(other) > len(one):
        deeper = tuple(other[len(one) :])
        return tuple(other[: len(one)]) == tuple(one) and all(part == 1 for part in deeper)
    at = len(other) - 1
    if tuple(one[:at]) == tuple(other[:at]):
        return 1 <= other[at] - one[at] <= _LONGEST_STEP
    return other[at] == 1 and follows(one, other[:at])


def _opens_line(text: str, at: int) -> bool:
    head = text[max(0, at - 8) : at].rstrip(" \u3000")
    return not head or head[-1] in "\n\f\r"


def _behind_stop(text: str, at: int) -> bool:
    head = text[max(0, at - 8) : at].rstrip(" \u3000\n")
    return head[-1:] in _FINAL


def _alone(text: str, hit: re.Match[str]) -> bool:
    """Return whether a number that opens a line is set off: blank behind, an end before."""
    before = text[max(0, hit.start() - 80) : hit.start()]
    head = before.rstrip()
    if not hit["gap"] or not head or head[-1] in _FINAL:
        return bool(hit["gap"])
    above = head[head.rfind("\n") + 1 :].lstrip(" \u3000")
    chapter = _TOP.match(above)
    return before[len(head) :].count("\n") > 1 or (
        chapter is not None and int(chapter["part"]) == _place(hit)[0]
    )


def _tops(text: str, firsts: Sequence[tuple[int, int]]) -> dict[int, Marker]:
    """Return the numbers of the chapters: 3 总体布局 stands right before 3.1."""
    made: dict[int, Marker] = {}
    found = list(_TOP.finditer(text)) if firsts else []
    ends = [*(hit.start() for hit in found), len(text)][1:]
    last = 0
    for hit, end in zip(found, ends, strict=True):
        own, at = int(hit["part"]), hit.start("part")
        parted = any(part == own and hit.end() < first < end for part, first in firsts)
        if parted or (last and own == last + 1 and hit[0][-1].isspace()):
            last = own
            made[at] = Marker(Span(at, hit.end()), Numbering.TOP, own)
    return made
