"""Things with a place in the text, in its order, so that one can ask which lie at another place."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from itertools import accumulate
from operator import attrgetter
from typing import Generic, TypeVar

from kg.model import Mention, Span

T = TypeVar("T")
_start: Callable[[Span], int] = attrgetter("start")
_end: Callable[[Span], int] = attrgetter("end")


class InOrder(Generic[T]):
    """Things by where they stand; of those that begin at one place the order given stays.

    Two bisections find the few that can overlap a place, as long as no thing spans much of the
    text: to look through all of them for each place made long texts slow.

    >>> spans = InOrder([Span(0, 9), Span(2, 4), Span(6, 8)], span=lambda one: one)
    >>> spans.touching(Span(3, 5))
    [Span(start=0, end=9), Span(start=2, end=4)]
    """

    def __init__(self, things: Iterable[T], *, span: Callable[[T], Span]) -> None:
        self.things = sorted(things, key=lambda one: span(one).start)
        self.spans = [span(one) for one in self.things]
        self.starts = list(map(_start, self.spans))
        self._reach = list(accumulate(map(_end, self.spans), max))  # of each and those before it

    def touching(self, span: Span) -> list[T]:
        """Return the things that share a character with *span*."""
        return [self.things[at] for at in self._near(span) if self.spans[at].overlaps(span)]

    def inside(self, span: Span) -> list[T]:
        """Return the things that *span* covers."""
        return [self.things[at] for at in self._near(span) if span.covers(self.spans[at])]

    def around(self, span: Span) -> list[T]:
        """Return the things that cover *span*."""
        return [self.things[at] for at in self._near(span) if self.spans[at].covers(span)]

    def any_touches(self, span: Span) -> bool:
        """Return whether one of the things shares a character with *span*."""
        at = bisect_left(self.starts, span.end)
        return at > 0 and self._reach[at - 1] > span.start

    def first_behind(self, place: int) -> T | None:
        """Return the first thing that ends behind *place*, ``None`` where all end before."""
        at = bisect_right(self._reach, place)
        return self.things[at] if at < len(self.things) else None

    def _near(self, span: Span) -> range:
        first = bisect_right(self._reach, span.start)
        return range(first, bisect_left(self.starts, span.end, first))


def mentions_in_order(mentions: Iterable[Mention]) -> InOrder[Mention]:
    """Return *mentions* in the order of the text."""
    return InOrder(mentions, span=attrgetter("span"))


def spans_in_order(spans: Iterable[Span]) -> InOrder[Span]:
    """Return *spans* in the order of the text."""
    return InOrder(spans, span=lambda one: one)
