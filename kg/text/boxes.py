"""How deep numbered pieces stand in plans whose boxes count anew between the items of a count."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.text.numbering import DEPTH, Numbering

_DEEPEST = 6
_BOX = DEPTH[Numbering.THIRD] + 1  # below the item that it follows
_COUNTS = (Numbering.SECOND, Numbering.THIRD, Numbering.FOURTH)
_WITHIN = _BOX + 1 - DEPTH[Numbering.THIRD]  # added to what is counted in the box

Number = tuple[Numbering, int]


def depths(numbers: Sequence[Number]) -> tuple[int, ...]:
    """Return the depth of each number, 1-6; what a box counts anew stands in the box.

    A box stands under the item before it only where the count of the items goes on behind a box of
    the document: elsewhere it may be about all of them, as at the end of a section. A count that
    begins right behind a box is the box's own everywhere.

    >>> third, box = Numbering.THIRD, Numbering.BOX
    >>> depths([(third, 1), (box, 1), (third, 1), (third, 2), (third, 3), (third, 2)])
    (3, 4, 5, 5, 5, 3)
    >>> depths([(third, 1), (box, 1), (third, 1), (third, 2)])
    (3, 3, 4, 4)
    """
    placed = list(_Count(numbers).places())
    if any(one.goes_on for one in placed):
        return tuple(one.depth for one in placed)
    return tuple(_own_counts(numbers))


def _own_counts(numbers: Sequence[Number]) -> Iterator[int]:
    """Yield the depth of each number, below a box what is counted right behind it."""
    counted: Number | None = None  # the last number of the box that stands open
    behind_box = False
    for numbering, ordinal in numbers:
        begins = behind_box and ordinal == 1 and numbering in _COUNTS
        behind_box = numbering is Numbering.BOX
        if begins or counted == (numbering, ordinal - 1):
            counted = (numbering, ordinal)
        elif behind_box or counted is None or DEPTH[numbering] <= DEPTH[counted[0]]:
            counted = None
        within = DEPTH[Numbering.BOX] + 1 - DEPTH[counted[0]] if counted else 0
        yield min(DEPTH[numbering] + within, _DEEPEST)


@dataclass(frozen=True, slots=True)
class _Place:
    """The depth of a number, and whether it can only go on with the count before the box."""

    depth: int
    goes_on: bool = False


class _Count:
    """The numbers of a document while they are read."""

    def __init__(self, numbers: Sequence[Number]) -> None:
        self._numbers = numbers
        self._outer = 0  # the last 1. outside any box
        self._inner: int | None = None  # the last 1. in the box that stands open

    def places(self) -> Iterator[_Place]:
        """Yield where each number stands."""
        for at, (numbering, ordinal) in enumerate(self._numbers):
            depth = DEPTH[numbering]
            if numbering is Numbering.BOX and self._outer:
                self._inner = 0
                yield _Place(_BOX)
            elif numbering is Numbering.THIRD:
                yield self._item(ordinal, boxed=self._box_follows(at))
            else:
                if depth <= DEPTH[Numbering.THIRD]:
                    self._outer, self._inner = 0, None
                within = _WITHIN if self._inner is not None else 0
                yield _Place(min(depth + within, _DEEPEST))

    def _item(self, ordinal: int, *, boxed: bool) -> _Place:
        """Place a 1.; one that fits both counts and has a box of its own is in none."""
        depth = DEPTH[Numbering.THIRD]
        inner, follows = self._inner, ordinal == self._outer + 1
        fits = inner is not None and ordinal == inner + 1
        if inner is None or (follows and (boxed or not fits)):
            self._outer, self._inner = ordinal, None
            return _Place(depth, goes_on=inner is not None and not fits)
        self._inner = ordinal
        return _Place(depth + _WITHIN)

    def _box_follows(self, at: int) -> bool:
        following = self._numbers[at + 1] if at + 1 < len(self._numbers) else None
        return following is not None and following[0] is Numbering.BOX
