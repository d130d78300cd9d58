"""A text in stretches, each of one look: what was found in it, and what is doubtful there."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

Span = tuple[int, int]
"""A stretch of the whole text, half-open, in code points."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that stand together: the place of the fact and of the doubt in what was given.

    ``first``: the doubt begins with these words.
    """

    words: str
    fact: int | None = None
    doubt: int | None = None
    first: bool = False


def stretches(
    text: str, *, start: int, facts: Sequence[Span], doubts: Sequence[Span]
) -> list[Stretch]:
    """Return *text*, which begins at *start* of the whole, in stretches; none of it is lost.

    Where facts lie in one another the innermost is told: a body in the words of its task.

    >>> [one.words for one in stretches("甲局牵头办", start=0, facts=[(0, 5), (0, 2)], doubts=[])]
    ['甲局', '牵头办']
    """
    told = _painted(text, start, facts)
    doubted = _painted(text, start, doubts)
    made: list[Stretch] = []
    seen: set[int] = set()
    place = 0
    for (fact, doubt), letters in groupby(zip(told, doubted, strict=True)):
        length = sum(1 for _ in letters)
        first = doubt is not None and doubt not in seen
        if doubt is not None:
            seen.add(doubt)
        made.append(Stretch(text[place : place + length], fact, doubt, first=first))
        place += length
    return made


def _painted(text: str, start: int, spans: Sequence[Span]) -> list[int | None]:
    """Return for each code point which span is told there: the longest are painted over."""
    painted: list[int | None] = [None] * len(text)
    order = sorted(range(len(spans)), key=lambda at: spans[at][0] - spans[at][1])
    for at in order:
        begin = min(max(spans[at][0] - start, 0), len(text))
        end = min(max(spans[at][1] - start, begin), len(text))
        painted[begin:end] = [at] * (end - begin)
    return painted
