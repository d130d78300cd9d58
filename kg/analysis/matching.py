"""Which element of one version is which of the other: one to one, by words first, then likeness.

What agrees in every trait is the same, and what is called the same, once on either side. The rest is matched so that the sum of
scores is greatest (linear assignment; Crouse 2016, as in SciPy), among pairs that reach `LEAST`. The
score is the cosine of TF-IDF vectors over character 1- to 3-grams of the titles, with a bonus for the
same number in the text, for parents that are matched with each other, and for the same kind. Pairs
below the threshold are never weighed, so each group of elements that are linked by some pair is
assigned by itself.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import scipy  # scipy.sparse loads when it is first used

from kg.analysis.versions import Item
from kg.extract.align import gram_vectors

LEAST = 0.5
_ALIKE = 0.2  # below this two titles have nothing to do with each other, wherever they stand
_SAME_NUMBER, _SAME_PARENT, _SAME_KIND = 0.2, 0.15, 0.05

Pair = tuple[Item, Item]


def matched(old: Sequence[Item], new: Sequence[Item]) -> list[Pair]:
    """Return which item of *old* is which of *new*, in the order of *old*; documents are matched.

    >>> matched([], [])
    []
    """
    pairs = _all_the_same(old, new)
    done = {item.id for item, _ in pairs}, {item.id for _, item in pairs}
    rest = [
        [item for item in side if item.id not in ids]
        for side, ids in zip((old, new), done, strict=True)
    ]
    pairs += _called_the_same(*rest)
    for family in ("measures", "goals", "targets"):
        known = {one.id: other.id for one, other in pairs}
        met = set(known.values())
        left = [item for item in old if item.family == family and item.id not in known]
        right = [item for item in new if item.family == family and item.id not in met]
        if left and right:
            pairs += _assigned(left, right, known)
    place = {item.id: index for index, item in enumerate(old)}
    return sorted(pairs, key=lambda pair: place[pair[0].id])


def _all_the_same(old: Sequence[Item], new: Sequence[Item]) -> list[Pair]:
    """Return the pairs that agree in every trait; of several such on a side the first with the first."""
    headings = [{item.id: item.plain for item in side} for side in (old, new)]
    waiting: dict[object, list[Item]] = defaultdict(list)
    for item in reversed(new):
        waiting[_place(item, headings[1])].append(item)
    places = ((item, _place(item, headings[0])) for item in old)
    return [(item, waiting[place].pop()) for item, place in places if waiting.get(place)]


def _place(item: Item, headings: Mapping[str, str]) -> tuple[object, ...]:
    return (*item.traits, headings.get(item.parent) if item.parent else None)


def _called_the_same(old: Sequence[Item], new: Sequence[Item]) -> Iterator[Pair]:
    named: list[dict[tuple[str, str], list[Item]]] = []
    for items in (old, new):
        by_name: dict[tuple[str, str], list[Item]] = defaultdict(list)
        for item in items:
            by_name[item.kind, item.plain].append(item)
        named.append(by_name)
    for name, found in named[0].items():
        other = named[1].get(name, [])
        if len(found) == len(other) == 1:
            yield found[0], other[0]


def _assigned(left: Sequence[Item], right: Sequence[Item], known: Mapping[str, str]) -> list[Pair]:
    scores = _scores(left, right, known)
    size = len(left)
    graph = scipy.sparse.coo_array(
        (scores.data, (scores.row, scores.col + size)), shape=(size + len(right),) * 2
    )
    _, group = scipy.sparse.csgraph.connected_components(graph, directed=False)
    cells: dict[int, list[tuple[int, int, float]]] = defaultdict(list)
    found = (places.tolist() for places in (scores.row, scores.col, scores.data))
    for row, column, score in zip(*found, strict=True):
        cells[int(group[row])].append((row, column, score))
    return [
        (left[row], right[column]) for members in cells.values() for row, column in _best(members)
    ]


def _best(cells: Sequence[tuple[int, int, float]]) -> Iterator[tuple[int, int]]:
    """Yield the one-to-one pairs of greatest sum; a pair without a cell is no pair."""
    from scipy.optimize import linear_sum_assignment  # 0.2 s to load; only a comparison needs it

    rows = sorted({row for row, _, _ in cells})
    columns = sorted({column for _, column, _ in cells})
    place_row = {row: index for index, row in enumerate(rows)}
    place_column = {column: index for index, column in enumerate(columns)}
    weights = np.zeros((len(rows), len(columns)))
    for row, column, score in cells:
        weights[place_row[row], place_column[column]] = score
    chosen = (places.tolist() for places in linear_sum_assignment(weights, maximize=True))
    for row, column in zip(*chosen, strict=True):
        if weights[row, column] > 0:
            yield rows[row], columns[column]


def _scores(
    left: Sequence[Item], right: Sequence[Item], known: Mapping[str, str]
) -> "scipy.sparse.coo_array":
    grams = scipy.sparse.csr_array(gram_vectors([item.plain for item in (*left, *right)]))
    alike = scipy.sparse.coo_array(grams[: len(left)] @ grams[len(left) :].T)
    kept: list[tuple[int, int, float]] = []
    cells = (places.tolist() for places in (alike.row, alike.col, alike.data))
    for row, column, cosine in zip(*cells, strict=True):
        if cosine >= _ALIKE:
            score = cosine + _bonus(left[row], right[column], known)
            if score >= LEAST:
                kept.append((row, column, score))
    data = [score for _, _, score in kept]
    places = [row for row, _, _ in kept], [column for _, column, _ in kept]
    return scipy.sparse.coo_array((data, places), shape=(len(left), len(right)))


def _bonus(one: Item, other: Item, known: Mapping[str, str]) -> float:
    same_number = bool(one.number) and one.number == other.number
    same_parent = one.parent is not None and known.get(one.parent) == other.parent
    return (
        _SAME_NUMBER * same_number
        + _SAME_PARENT * same_parent
        + _SAME_KIND * (one.kind == other.kind)
    )
