"""Page numbers that a page break left, on a line of their own or in front of one: 滚动实施⏎31三年行动计划."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache

from kg.model import Span
from kg.text.decimals import UNIT

# From the first of all blanks that part two lines: begun at each of them, a page of blanks takes its square.
_BREAK = r"(?<!\s)[^\S\n\f]*+[\n\f]\s*+"
_CANDIDATE = re.compile(rf"{_BREAK}(?P<page>[1-9]\d{{0,2}}) ?{UNIT}(?=[\u4e00-\u9fa5“])")
_GOES_ON = re.compile(r"[\u4e00-\u9fa5，、]\s*\Z")  # inside a sentence
CONTENTS_LINE = re.compile(r"(?:\.\.\.\.+|……+|····+)[ \u3000]*[\divxIVX—－-]{0,5}$")
"""A line of a table of contents, up to its page."""
_LARGEST_STEP = 3  # a page may end with a paragraph, its number on a line of its own
_FEWEST = 2  # one number can be a quantity


_LINE = re.compile(rf"{_BREAK}(?P<page>[-—–－·] ?\d{{1,3}} ?[-—–－·])(?=\s*[\n\f])")
_BARE = re.compile(rf"{_BREAK}(?P<page>[1-9]\d{{0,2}})(?=[ \t\r\u3000]*[\n\f])")
_FINAL = "。！？；："
_NEAR = 60  # characters before and behind a number that are looked at
_LONGEST_CELL = 15  # without a mark; longer ones are running text


def page_marks(text: str, span: Span) -> Sequence[Span]:
    r"""Return the page numbers inside *span*, lines of their own and those torn into a line.

    >>> [
    ...     one.of("推广检测，建设\n- 3 -\n平台。")
    ...     for one in page_marks("推广检测，建设\n- 3 -\n平台。", Span(0, 16))
    ... ]
    ['- 3 -']
    """
    marks = all_page_marks(text)
    if not marks:
        return ()
    first = bisect_left(marks, span.start, key=lambda mark: mark.start)
    return marks[first : bisect_right(marks, span.end, key=lambda mark: mark.end)]


@lru_cache(maxsize=4)
def all_page_marks(text: str) -> Sequence[Span]:
    """Return every page number that stands in *text* between its words, in order."""
    lines = [Span(*hit.span("page")) for hit in _LINE.finditer(text)]
    lines += (Span(*hit.span("page")) for hit in _BARE.finditer(text) if _parts_words(text, hit))
    return tuple(sorted([*lines, *torn_numbers(text)], key=lambda mark: mark.start))


def _parts_words(text: str, bare: re.Match[str]) -> bool:
    """Return whether a number on a line of its own stands between lines of running text.

    Where no blank line sets it off, only inside a sentence: 1⏎推广检测。 numbers what is behind it.
    """
    before = text[max(0, bare.start() - _NEAR) : bare.start()].strip().splitlines()
    behind = text[bare.end() : bare.end() + _NEAR].strip().splitlines()
    if not before or not behind or not (_is_running(before[-1]) and _is_running(behind[0])):
        return False
    set_off = bare[0].count("\n") > 1 or "\f" in bare[0]
    return set_off or before[-1][-1] not in _FINAL


def _is_running(words: str) -> bool:
    return len(words) >= _LONGEST_CELL or any(mark in words for mark in "，。；")


def torn_numbers(text: str) -> tuple[Span, ...]:
    r"""Return the page numbers of *text* that stand at the front of a line inside a sentence.

    They count up through the text, as no quantities do.

    >>> page = "推广检测，建设\n31平台，完善\n服务，改进\n32标准。"
    >>> [number.of(page) for number in torn_numbers(page)]
    ['31', '32']
    >>> torn_numbers("推广检测，建设\n31平台。")
    ()
    """
    found = [hit for hit in _CANDIDATE.finditer(text) if _goes_on(text, hit.start())]
    runs: list[list[re.Match[str]]] = []
    for hit in found:
        page = int(hit["page"])
        run = next((one for one in runs if 1 <= page - int(one[-1]["page"]) <= _LARGEST_STEP), None)
        if run is None:
            runs.append([hit])
        else:
            run.append(hit)
    longest = max(runs, key=len, default=[])
    return tuple(Span(*hit.span("page")) for hit in longest) if len(longest) >= _FEWEST else ()


def _goes_on(text: str, at: int) -> bool:
    """Return whether the line that ends at *at* ends inside a sentence."""
    return _GOES_ON.search(text, max(0, at - _NEAR), at) is not None
