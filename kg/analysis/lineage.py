"""Which element stands above which: the closure of ``partOf`` and ``realises``."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

import pyarrow as pa

ABOVE_SCHEMA = pa.schema(
    [("element", pa.string()), ("ancestor", pa.string()), ("distance", pa.int64())]
)


def above(elements: Iterable[str], parents: Iterable[tuple[str, str]]) -> list[dict[str, object]]:
    """Return a row for each element and ancestor with the fewest steps between, itself at 0.

    Elements that only *parents* names are included. A loop of parents (dirty data) ends where it
    comes back to an element already met.

    >>> [(row["ancestor"], row["distance"]) for row in above(["b"], [("b", "a")])]
    [('a', 0), ('b', 0), ('a', 1)]
    """
    up: dict[str, list[str]] = defaultdict(list)
    named = set(elements)
    for child, parent in parents:
        up[child].append(parent)
        named.update((child, parent))
    return [
        {"element": element, "ancestor": ancestor, "distance": distance}
        for element in sorted(named)
        for ancestor, distance in _climb(element, up)
    ]


def _climb(element: str, up: dict[str, list[str]]) -> Iterator[tuple[str, int]]:
    met = {element}
    layer, distance = [element], 0
    while layer:
        yield from ((ancestor, distance) for ancestor in layer)
        layer = sorted({parent for node in layer for parent in up.get(node, ())} - met)
        met.update(layer)
        distance += 1
