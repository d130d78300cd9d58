"""Cut a paragraph into numbered units, with numbers inside the line found by their sequence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.model import Span
from kg.text.clauses import closed, sheltered, trim
from kg.text.decimals import decimals
from kg.text.numbering import DEPTH, MARKER, OUTLINE, Marker, Numbering, marker_at

_BOUNDARY = "。！？；：;:）)〕】]”\n\t"
_GLUED = (Numbering.FIRST, Numbering.SECOND, Numbering.THIRD, Numbering.CHAPTER)
_LEGAL = (Numbering.CHAPTER, Numbering.SECTION, Numbering.ARTICLE)
_LONGEST_OPEN_HEADING = 60
_LONGEST_STEP = 2
_WORDS_IN_ONE = frozenset("合统第之唯万单专归同逐如惟")  # 知行合一、工学结合 holds no number
_HAN = re.compile(r"[\u4e00-\u9fa5]")
_STOP = re.compile(r"[。；！？]")


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of one paragraph with at most one number, at its front."""

    span: Span
    content: Span
    marker: Marker | None
    inline: bool  # its number stands inside the line


def units(text: str, paragraph: Span) -> Iterator[Unit]:
    """Yield the units of *paragraph* in order; together they cover it.

    >>> [
    ...     unit.content.of("一、任务（一）建库。1.采集。2.共享。")
    ...     for unit in units("一、任务（一）建库。1.采集。2.共享。", Span(0, 20))
    ... ]
    ['任务', '建库。', '采集。', '共享。']
    """
    markers = list(_markers(text, paragraph))
    starts = [marker.span.start for marker in markers]
    ends = [*starts, paragraph.end]
    head = trim(text, Span(paragraph.start, ends[0]))
    if head:
        yield Unit(head, head, None, inline=False)
    for marker, end in zip(markers, ends[1:], strict=True):
        span = trim(text, Span(marker.span.start, end))
        content = Span(min(marker.span.end, span.end), span.end)
        yield Unit(span, content, marker, inline=marker.span.start > paragraph.start)


def _markers(text: str, paragraph: Span) -> Iterator[Marker]:
    row = "\t" in paragraph.of(text)
    shelters = closed(text, paragraph)
    sequence = _Sequence(text, paragraph.start)
    for marker in _candidates(text, paragraph):
        first = marker.span.start == paragraph.start
        if not first and (row or sheltered(marker.span.start, shelters)):
            continue
        if row and marker.numbering is not Numbering.BOX:
            continue
        if first or marker.numbering in OUTLINE or sequence.goes_on(marker):
            sequence.take(marker)
            yield marker


def _candidates(text: str, paragraph: Span) -> list[Marker]:
    """Return what looks like a number in *paragraph*, in order."""
    found = [marker_at(hit) for hit in MARKER.finditer(text, paragraph.start, paragraph.end)]
    outline = decimals(text)
    if not outline:
        return found
    inside = [marker for at, marker in outline.items() if paragraph.start <= at < paragraph.end]
    other = [marker for marker in found if marker.span.start not in outline]
    return sorted([*inside, *other], key=lambda marker: marker.span.start)


class _Sequence:
    """The numbers met so far in one paragraph, by kind."""

    def __init__(self, text: str, start: int) -> None:
        self._text = text
        self._last: dict[Numbering, int] = {}
        self._fresh: set[Numbering] = set()  # a higher number came since: may start at 1 again
        self._outer = 0  # the last 1. before a box, in which the count begins anew
        self._end = start  # of the last number

    def take(self, marker: Marker) -> None:
        """Remember *marker* as the last one."""
        depth = DEPTH[marker.numbering]
        if marker.numbering is Numbering.BOX:
            self._outer = self._last.get(Numbering.THIRD, 0)
        self._last[marker.numbering] = marker.ordinal
        self._fresh.discard(marker.numbering)
        self._fresh.update(kind for kind in self._last if DEPTH[kind] > depth)
        self._end = marker.span.end

    def goes_on(self, marker: Marker) -> bool:
        """Return whether a number inside the line continues its sequence or opens a new one."""
        known = self._last.get(marker.numbering)
        step = marker.ordinal - known if known is not None else 0
        before = self._text[: marker.span.start].rstrip(" \u3000")[-1:]
        if marker.numbering in (Numbering.DASH, Numbering.FIFTH):
            return before in _BOUNDARY
        if marker.numbering is Numbering.ORDINAL:
            return _ordinal_goes_on(marker, before, known)
        if marker.numbering in _LEGAL:
            return self._text[marker.span.start - 1] in " \u3000" or before in _BOUNDARY
        if before in _BOUNDARY:
            behind_box = marker.numbering is Numbering.THIRD and marker.ordinal == self._outer + 1
            return marker.ordinal == 1 or known is None or 1 <= step <= _LONGEST_STEP or behind_box
        if marker.numbering not in _GLUED:
            return marker.numbering is Numbering.BOX and known is not None
        return step == 1 or self._opens(marker, before, known)

    def _opens(self, marker: Marker, before: str, known: int | None) -> bool:
        """Return whether a number glued to the words before it starts a sequence."""
        if known is None and marker.numbering is Numbering.FIRST and not _HAN.match(before):
            return True
        if marker.ordinal == 1 and before in _WORDS_IN_ONE:
            return False
        between = self._text[self._end : marker.span.start]
        open_heading = len(between) <= _LONGEST_OPEN_HEADING and not _STOP.search(between)
        if known is None:
            return open_heading and bool(self._last)
        return marker.ordinal == 1 and (open_heading or marker.numbering in self._fresh)


def _ordinal_goes_on(marker: Marker, before: str, known: int | None) -> bool:
    if known is None or marker.ordinal == 1:
        return marker.ordinal == 1 and before in _BOUNDARY
    return marker.ordinal == known + 1 and before in _BOUNDARY + "，,"
