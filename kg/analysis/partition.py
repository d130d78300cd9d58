"""Which bodies a picture of coordination shows, and in what order."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
import scipy  # scipy.sparse loads when it is first used

from kg.analysis.coordination import Need


def heaviest(needs: Iterable[Need], most: int) -> set[str]:
    """Return the bodies, so many at the most, that need others most.

    >>> pair = {"shared": 1, "arranged": True}
    >>> needs = [Need(("a", "b"), weight=2.0, **pair), Need(("b", "c"), weight=1.0, **pair)]
    >>> sorted(heaviest(needs, 2))
    ['a', 'b']
    """
    weight: dict[str, float] = defaultdict(float)
    for need in needs:
        for body in need.bodies:
            weight[body] += need.weight
    return set(sorted(weight, key=lambda body: (-weight[body], body))[:most])


def ordered(bodies: Iterable[str], needs: Sequence[Need]) -> list[str]:
    """Return *bodies* so that those that need each other stand together.

    Parts that need nothing of each other one after another, the largest first; within a part by
    Cuthill and McKee (1969), which keeps the squares near the diagonal.

    >>> pair = {"weight": 1.0, "shared": 1, "arranged": True}
    >>> needs = [Need(("a", "d"), **pair), Need(("b", "c"), **pair), Need(("c", "e"), **pair)]
    >>> ordered("abcde", needs)
    ['b', 'c', 'e', 'a', 'd']
    """
    names = sorted(bodies)
    if not names:
        return []
    place = {body: at for at, body in enumerate(names)}
    ends = np.array([[place[body] for body in need.bodies] for need in needs]).reshape(-1, 2)
    rows, columns = np.concatenate([ends, ends[:, ::-1]]).T
    ties = scipy.sparse.csr_array(
        (np.ones(len(rows)), (rows, columns)), shape=(len(names), len(names))
    )
    _, part = scipy.sparse.csgraph.connected_components(ties, directed=False)
    size = np.bincount(part)
    along = np.empty(len(names), dtype=int)
    along[
        scipy.sparse.csgraph.reverse_cuthill_mckee(
            scipy.sparse.csr_matrix(ties), symmetric_mode=True
        )[::-1]
    ] = range(len(names))
    order = sorted(range(len(names)), key=lambda at: (-size[part[at]], part[at], along[at]))
    return [names[at] for at in order]
