"""Things with a place in the text, in its order, so that one can ask which lie at another place."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import accumulate
from operator import attrgetter
from typing import Generic, TypeVar

from kg.model import Mention, Span

T = TypeVar("T")
_start: Callable[[Span], int] = attrgetter("start")
_end: Callable[[Span], int] = attrgetter("end")


class InOrder(Generic[T]):
    """Things in the order in which they begin; each has its place in *spans*.

    Two bisections find the few that can overlap a place, as long as no thing spans much of the
    text: to look through all of them for each place made long texts slow.

    >>> spans = spans_in_order([Span(6, 8), Span(0, 9), Span(2, 4)])
    >>> spans.touching(Span(3, 5))
    [Span(start=0, end=9), Span(start=2, end=4)]
    """

    def __init__(self, things: Sequence[T], spans: Sequence[Span]) -> None:
        self.things = things
        self._spans = spans

    @cached_property
    def starts(self) -> Sequence[int]:
        """Where the things begin."""
        return list(map(_start, self._spans))  # not made before the first question: few are asked

    @cached_property
    def _reach(self) -> Sequence[int]:
        """How far each of the things and those before it reach."""
        return list(accumulate(map(_end, self._spans), max))

    def touching(self, span: Span) -> list[T]:
        """Return the things that share a character with *span*."""
        return [self.things[at] for at in self._near(span) if self._spans[at].overlaps(span)]

    def inside(self, span: Span) -> list[T]:
        """Return the things that *span* covers."""
        return [self.things[at] for at in self._near(span) if span.covers(self._spans[at])]

    def around(self, span: Span) -> list[T]:
        """Return the things that cover *span*."""
        return [self.things[at] for at in self._near(span) if self._spans[at].covers(span)]

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
    """Return *mentions* in the order of the text; those that begin at one place stay as they are."""
    things = sorted(mentions, key=attrgetter("span.start"))
    return InOrder(things, [mention.span for mention in things])


def spans_in_order(spans: Iterable[Span]) -> InOrder[Span]:
    """Return *spans* in the order of the text."""
    things = sorted(spans, key=_start)
    return InOrder(things, things)
