"""A stretch of text without its line breaks, with the way back to the offsets it came from."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from kg.model import Span
from kg.text.pages import page_marks

_BLANK = re.compile(r"\s")
_LINE = re.compile(r"[^\n\r\f]+")
_SENTENCE_LINE = re.compile(r"。\s*$")


class Flat(NamedTuple):
    """Characters without white space, and where each of them stands in the text.

    A tuple, since every clause makes some: twice as fast as a frozen dataclass.
    """

    text: str
    at: Sequence[int]  # a range where nothing was left out

    def span(self, start: int, end: int) -> Span:
        """Return the stretch of the text that characters *start* to *end* cover."""
        return Span(self.at[start], self.at[end - 1] + 1)

    def behind(self, start: int) -> "Flat":
        """Return what follows its first *start* characters."""
        return Flat(self.text[start:], self.at[start:])

    def fragments(self, start: int, end: int) -> tuple[Span, ...]:
        """Return the runs of neighbouring characters, more than one where a line was torn in."""
        if end > start and self.at[end - 1] - self.at[start] == end - start - 1:
            return (self.span(start, end),)
        found: list[Span] = []
        for at in self.at[start:end]:
            if found and found[-1].end == at:
                found[-1] = Span(found[-1].start, at + 1)
            else:
                found.append(Span(at, at + 1))
        return tuple(found)


def flatten(
    text: str, span: Span, holes: Sequence[Span] = (), *, listed: frozenset[int] = frozenset()
) -> Flat:
    r"""Return the characters of *span* without white space and without the *holes*.

    White space at the places *listed* tells the items of a list apart and is read as 、.

    >>> flatten("工业和信\n息化部", Span(0, 8)).text
    '工业和信息化部'
    >>> flatten("财政局 教育局", Span(0, 7), listed=frozenset({3})).text
    '财政局、教育局'
    """
    if not holes and not _BLANK.search(text, span.start, span.end):
        return Flat(span.of(text), range(span.start, span.end))  # as most clauses are
    skipped = {i for hole in (*holes, *page_marks(text, span)) for i in range(hole.start, hole.end)}
    at = [
        i
        for i in range(span.start, span.end)
        if (not text[i].isspace() or i in listed) and i not in skipped
    ]
    return Flat("".join(["、" if i in listed else text[i] for i in at]), tuple(at))


def torn_lines(text: str, span: Span) -> tuple[Span, ...]:
    """Return the lines inside *span* that a page layout put there: a sentence's end of its own.

    Reading order of a pdf tears a clause set in another font apart: the last line of the paragraph
    lands between its halves. Such a line ends with 。 while the list around it has not ended.

    >>> clause = "（商务部、工业和信" + chr(10) + "业基本形成。" + chr(10) + "息化部负责）"
    >>> [line.of(clause) for line in torn_lines(clause, Span(0, len(clause)))]
    ['业基本形成。']
    """
    lines = [Span(m.start(), m.end()) for m in _LINE.finditer(text, span.start, span.end)]
    return tuple(line for line in lines[1:-1] if _SENTENCE_LINE.search(line.of(text)))
