"""Which elements stand elsewhere in another version of a plan.

An element is *moved* where it stands under another element, or has changed places with its
neighbours: it is outside the longest run that kept its order.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

from kg.analysis.matching import Pair


def moved(pairs: Sequence[Pair]) -> set[str]:
    """Return the old ids of what stands elsewhere: under another parent, or out of its old order."""
    known = {one.id: other.id for one, other in pairs}
    met = set(known.values())
    found: set[str] = set()
    siblings: dict[tuple[str, str | None], list[Pair]] = defaultdict(list)
    for one, other in pairs:
        # what has lost its parent, or found a new one, has not been moved itself
        gone = one.parent is not None and one.parent not in known
        made = other.parent is not None and other.parent not in met
        at_home = (known.get(one.parent) if one.parent else None) == other.parent
        if at_home or (gone and made):
            siblings[one.family, one.parent].append((one, other))
        else:
            found.add(one.id)
    for group in siblings.values():
        ordered = sorted(group, key=lambda pair: (pair[0].start, pair[0].id))
        kept = _longest_run([(other.start, other.id) for _, other in ordered])
        found.update(pair[0].id for index, pair in enumerate(ordered) if index not in kept)
    return found


def _longest_run(places: Sequence[tuple[int, str]]) -> set[int]:
    """Return the indices of a longest increasing run (Fredman 1975, O(n log n))."""
    ends: list[tuple[int, str]] = []
    last: list[int] = []
    before: list[int | None] = []
    for index, place in enumerate(places):
        at = bisect_left(ends, place)
        before.append(last[at - 1] if at else None)
        ends[at : at + 1] = [place]
        last[at : at + 1] = [index]
    kept: set[int] = set()
    index_: int | None = last[-1] if last else None
    while index_ is not None:
        kept.add(index_)
        index_ = before[index_]
    return kept
