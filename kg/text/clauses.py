"""Cut text at its marks, but never inside quotation marks, book marks or brackets.

Half-width marks count like full-width ones, unless they stand between Latin letters or digits
(1,000; 10:30; GB/T 19001-2016), where they are part of the word.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from kg.model import Span

OPENERS = "“‘《〈（【〔「『(["
CLOSERS = "”’》〉）】〕」』)]"
SENTENCE_MARKS = "。！？!?"
CLAUSE_MARKS = "，；：,;:"
_PARTNER = dict(zip(CLOSERS, OPENERS, strict=True))
_EDGE = re.compile("[" + re.escape(OPENERS + CLOSERS) + "]")
_CLOSER = re.compile("[" + re.escape(CLOSERS) + "]")
_WORD = re.compile(r"[0-9A-Za-z]")
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


@lru_cache(maxsize=4096)
def _cut(text: str, start: int, end: int, marks: str) -> tuple[Span, ...]:
    return tuple(_stretches(text, Span(start, end), marks))


def _stretches(text: str, span: Span, marks: str) -> Iterator[Span]:
    shelters = iter(closed(text, span))
    shelter = next(shelters, None)
    start = span.start
    for token in _any_of(marks).finditer(text, start, span.end):
        at = token.start()
        while shelter is not None and shelter.end <= at:
            shelter = next(shelters, None)
        if shelter is not None and shelter.start <= at:
            continue
        if not _inside_word(text, at):
            found = _stretch(text, start, at)
            if found is not None:
                yield found
            start = at + 1
    last = _stretch(text, start, span.end)
    if last is not None:
        yield last


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
    if text[at] not in ",:;!?":
        return False
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return bool(_WORD.match(before) and _WORD.match(after))
