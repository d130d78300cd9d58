"""The words of a clause without the blanks of page layout, and the mentions made from them."""

import re
from typing import NamedTuple

from kg.model import Attrs, Kind, Mention, Span
from kg.text.clauses import trim
from kg.text.pages import page_marks

_BLANKS = " \t\n\r\f\u3000\xa0"
_OPENS_PAGE = frozenset("0123456789-—–－·")
_BLANK = re.compile(f"[{_BLANKS}]")


class Flat(NamedTuple):
    r"""The words of a span without blanks, and where each of them stands in the text.

    Scraped lines break anywhere (基\\n础), so words are looked for in the flat form. A tuple, since
    every clause makes some: twice as fast as a frozen dataclass.
    """

    words: str
    span: Span
    places: tuple[int, ...] | None  # None: no blanks, place = span.start + index

    def place(self, index: int) -> int:
        """Return the offset in the text of the flat character at *index*."""
        if self.places is None:
            return self.span.start + index
        return self.places[index] if index < len(self.places) else self.span.end

    def part(self, start: int, end: int) -> Span:
        """Return the span in the text of the flat characters from *start* to *end*."""
        if start >= end:
            return Span(self.place(start), self.place(start))
        return Span(self.place(start), self.place(end - 1) + 1)


def flat(text: str, span: Span) -> Flat:
    r"""Return the flat form of *span*.

    >>> flat("质\n量", Span(0, 3)).words
    '质量'
    """
    words = span.of(text)
    if _BLANK.search(words) is None and words[:1] not in _OPENS_PAGE:
        return Flat(words, span, None)
    marks = page_marks(text, span)
    if marks and marks[0].start == span.start:
        span = trim(text, Span(marks[0].end, span.end))
    gone = {at for mark in marks for at in range(mark.start, mark.end)}
    kept = [at for at in range(span.start, span.end) if text[at] not in _BLANKS and at not in gone]
    return Flat("".join([text[at] for at in kept]), span, tuple(kept))


class Clause(NamedTuple):
    """One clause, peeled: its own words, the time before them, whether a subject came off."""

    flat: Flat
    time: Mention | None = None
    subject: bool = False
    joined: bool = False  # opens with 以及: goes on with the objects of the clause before
    bare: bool = False  # 必须, 要 without a subject: the clause before it is the topic

    @property
    def words(self) -> str:
        """Return the clause's own words without blanks."""
        return self.flat.words

    @property
    def span(self) -> Span:
        """Return where the clause's own words stand."""
        return self.flat.span


def mention(kind: Kind, text: str, span: Span, *, by: str, attrs: Attrs | None = None) -> Mention:
    """Return a mention whose identifier says what it is and where, the same in every run."""
    identifier = f"{kind}:{span.start}-{span.end}"
    return Mention(identifier, kind, span, span.of(text), by, attrs=attrs or {})
