"""The ways in which plans number their units: 第一章, 一、, （一）, 1., （1）, ①, 一是, ——, 专栏1."""

import re
from dataclasses import dataclass
from enum import StrEnum

from kg.model import Span

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_CN = "一二三四五六七八九十百"


class Numbering(StrEnum):
    """A style of numbering; the order is from the whole to the part."""

    CHAPTER = "chapter"
    SECTION = "section"
    ARTICLE = "article"
    FIRST = "一、"
    SECOND = "（一）"
    THIRD = "1."
    FOURTH = "（1）"
    FIFTH = "①"
    ORDINAL = "一是"
    DASH = "——"
    BOX = "专栏"
    TOP = "1"  # and its parts: kg.text.decimals
    PART = "1.1"
    POINT = "1.1.1"
    DETAIL = "1.1.1.1"


OUTLINE = (Numbering.TOP, Numbering.PART, Numbering.POINT, Numbering.DETAIL)

DEPTH = {
    Numbering.CHAPTER: 1,
    Numbering.SECTION: 2,
    Numbering.ARTICLE: 3,
    Numbering.FIRST: 1,
    Numbering.SECOND: 2,
    Numbering.THIRD: 3,
    Numbering.FOURTH: 4,
    Numbering.FIFTH: 5,
    Numbering.ORDINAL: 5,
    Numbering.DASH: 6,
    Numbering.BOX: 3,
    Numbering.TOP: 1,
    Numbering.PART: 2,
    Numbering.POINT: 3,
    Numbering.DETAIL: 4,
}

_STYLES = {
    Numbering.CHAPTER: rf"第(?P<chapter>[{_CN}\d]+)[编章篇](?![^\s]{{0,4}}[节条])[ \t\u3000、]*",
    Numbering.SECTION: rf"第(?P<section>[{_CN}\d]+)节[ \t\u3000、]*",
    Numbering.ARTICLE: rf"第(?P<article>[{_CN}\d]+)条[ \t\u3000、]*",
    # 第一、二产业 and 一、二、三次产业 are lists, not numbers.
    Numbering.FIRST: rf"(?<![第{_CN}])(?<![{_CN}]、)(?P<first>[{_CN}]{{1,3}})[、.．](?![{_CN}][、是])[ \u3000]*",
    Numbering.SECOND: rf"(?<!第)[（(](?P<second>[{_CN}]{{1,3}})[）)](?![项款条])[ \u3000、.]*",
    Numbering.FOURTH: r"(?<!第)[（(](?P<fourth>\d{1,2})[）)](?![项款条])[ \u3000]*",
    # 1.2025年前 and 1.5G网络 count; 1.5 and 1.5GW are figures.
    Numbering.THIRD: r"(?<![\d.A-Za-z\-—－])(?P<third>\d{1,2})[.．、﹒]"
    r"(?:(?!\d)|(?=20\d\d ?年|5G[\u4e00-\u9fa5]))[ \u3000]*",
    Numbering.FIFTH: r"(?P<fifth>[①-⑳])[ \u3000]*",
    Numbering.ORDINAL: rf"(?<![第{_CN}统之唯])(?P<ordinal>[{_CN}]{{1,3}})(?:是|要)(?!否)[ \u3000]*",
    Numbering.DASH: r"(?P<dash>——|──|—－|—(?=[\u4e00-\u9fa5]))[ \u3000]*",
    Numbering.BOX: rf"专栏[ ]?(?P<box>\d{{1,2}}|[{_CN}]{{1,3}})[ \t\u3000：:]*",
}
# What every number begins with: told at a glance, so that no style is tried at most places.
_FIRST = rf"(?=[第{_CN}（(\d①-⑳—─专])"
MARKER = re.compile(f"{_FIRST}(?:{'|'.join(_STYLES.values())})")
_BY_NAME = {name.name.lower(): name for name in Numbering}


@dataclass(frozen=True, slots=True)
class Marker:
    """A number in front of a unit; ``span`` includes the blanks after it."""

    span: Span
    numbering: Numbering
    ordinal: int


def marker_at(found: re.Match[str]) -> Marker:
    """Return what a match of `MARKER` says."""
    name = found.lastgroup or ""
    numbering = _BY_NAME[name]
    ordinal = 0 if numbering is Numbering.DASH else number(found[name])
    return Marker(Span(*found.span()), numbering, ordinal)


def number(words: str) -> int:
    """Return the value of a Chinese, Arabic or circled numeral below 1,000.

    >>> [number(words) for words in ("八", "十二", "二十", "三十一", "12", "③", "一百零五")]
    [8, 12, 20, 31, 12, 3, 105]
    """
    if words.isdecimal():
        return int(words)
    if "①" <= words <= "⑳":
        return ord(words) - ord("①") + 1
    total, last = 0, 0
    for char in words:
        if char == "百":
            total, last = total + (last or 1) * 100, 0
        elif char == "十":
            total, last = total + (last or 1) * 10, 0
        else:
            last = _DIGITS.get(char, 0)
    return total + last
