"""Cut text at its marks, but never inside quotation marks, book marks or brackets.

Half-width marks count like full-width ones, unless they stand between Latin letters or digits
(1,000; 10:30; GB/T 19001-2016), where they are part of the word.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import repeat

from kg.model import Span

OPENERS = "“‘《〈（【〔「『(["
CLOSERS = "”’》〉）】〕」』)]"
SENTENCE_MARKS = "。！？!?"
CLAUSE_MARKS = "，；：,;:"
_PARTNER = dict(zip(CLOSERS, OPENERS, strict=True))
_EDGE = re.compile("[" + re.escape(OPENERS + CLOSERS) + "]")
_CLOSER = re.compile("[" + re.escape(CLOSERS) + "]")
_WORD = re.compile(r"[0-9A-Za-z]")
_HALF_WIDTH = ",:;!?"
_BLANK = " \t\n\f\r\u3000\xa0"
_STRAYED = CLOSERS + _BLANK


def closed(text: str, span: Span) -> Sequence[Span]:
    """Return the outermost closed pairs of quotation marks, book marks and brackets in *span*.

    An opener that is never closed shelters nothing: half of a torn bracket must not swallow the
    rest of a document.

    >>> closed("“一（二）”，（三", Span(0, 9))
    [Span(start=0, end=6)]
    """
    if _CLOSER.search(text, span.start, span.end) is None:
        return ()
    stack: list[tuple[str, int]] = []
    waiting = dict.fromkeys(OPENERS, 0)
    pairs: list[Span] = []
    for token in _EDGE.finditer(text, span.start, span.end):
        mark = token[0]
        if mark in OPENERS:
            stack.append((mark, token.start()))
            waiting[mark] += 1
        else:
            partner = _PARTNER[mark]
            if waiting[partner]:
                opener, opened = "", 0
                while opener != partner:
                    opener, opened = stack.pop()
                    waiting[opener] -= 1
                while pairs and pairs[-1].start > opened:
                    pairs.pop()
                pairs.append(Span(opened, token.end()))
    return pairs


def cut(text: str, span: Span, marks: str) -> tuple[Span, ...]:
    """Return the stretches of *span* between *marks*, without the marks and the blanks around.

    Measures, duties and coverage cut the same sentences one after the other, so what was cut last
    is kept.

    >>> [part.of("甲，乙（丙，丁）") for part in cut("甲，乙（丙，丁）", Span(0, 8), CLAUSE_MARKS)]
    ['甲', '乙（丙，丁）']
    """
    return _cut(text, span.start, span.end, marks)


@lru_cache(maxsize=16384)  # enough for 300,000 characters, longer than plans are
def _cut(text: str, start: int, end: int, marks: str) -> tuple[Span, ...]:
    cuts = [found.start() for found in _any_of(marks).finditer(text, start, end)]
    shelters = closed(text, Span(start, end)) if cuts else ()
    if shelters:
        cuts = [at for at in cuts if not sheltered(at, shelters)]
    cuts = [at for at in cuts if text[at] not in _HALF_WIDTH or not _inside_word(text, at)]
    found = map(_stretch, repeat(text), [start, *(at + 1 for at in cuts)], [*cuts, end])
    return tuple([one for one in found if one is not None])


def sheltered(place: int, shelters: Sequence[Span]) -> bool:
    """Return whether *place* is inside one of *shelters*, which are in order and lie apart."""
    at = bisect_left(shelters, place, key=lambda shelter: shelter.start) - 1
    return at >= 0 and place < shelters[at].end


def near(span: Span, shelters: Sequence[Span]) -> Sequence[Span]:
    """Return those of *shelters* that overlap *span*; both their starts and ends are in order.

    >>> near(Span(3, 6), [Span(0, 3), Span(5, 9), Span(9, 12)])
    [Span(start=5, end=9)]
    """
    first = bisect_right(shelters, span.start, key=lambda shelter: shelter.end)
    return shelters[first : bisect_left(shelters, span.end, key=lambda shelter: shelter.start)]


def sentences(text: str, span: Span) -> tuple[Span, ...]:
    """Return the sentences of *span* without their final marks."""
    return cut(text, span, SENTENCE_MARKS)


def clauses(text: str, span: Span) -> tuple[Span, ...]:
    """Return the clauses of a sentence, cut at commas, semicolons and colons."""
    return cut(text, span, CLAUSE_MARKS)


def trim(text: str, span: Span) -> Span:
    """Return *span* without the blanks at its ends."""
    start, end = span.start, span.end
    while start < end and text[start] in _BLANK:
        start += 1
    while end > start and text[end - 1] in _BLANK:
        end -= 1
    # A span that needs no trimming is given back: most need none, and there are very many.
    return span if (start, end) == (span.start, span.end) else Span(start, end)


@cache
def _any_of(marks: str) -> re.Pattern[str]:
    return re.compile("[" + re.escape(marks) + "]")


def _stretch(text: str, start: int, end: int) -> Span | None:
    # A closing mark that strayed behind a full stop (。”) belongs to the sentence before it.
    while start < end and text[start] in _STRAYED:
        start += 1
    while end > start and text[end - 1] in _BLANK:
        end -= 1
    return Span(start, end) if start < end else None


def _inside_word(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return bool(_WORD.match(before) and _WORD.match(after))
