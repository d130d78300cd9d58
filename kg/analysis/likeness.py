"""Which texts say nearly the same: all pairs at or above a likeness, without comparing all with all.

Likeness is the Dice coefficient (Dice 1945) of the sets of characters and pairs of neighbouring
characters: it hangs on the two texts alone, so a document that is added changes no pair that was
found before (weights by rarity would). Two sets this alike share one of their rarest grams (prefix
filter: Chaudhuri, Ganti, Kaushik 2006; Bayardo, Ma, Srikant 2007), so only texts that do are
compared; unlike MinHash it misses none.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from math import ceil

_SLACK = 1e-9  # 0.8 / 1.2 * 12 must not become 9


def grams(text: str) -> frozenset[str]:
    """Return the characters of *text* and their neighbouring pairs; signs and spaces do not count.

    >>> sorted(grams("质量 强县"))
    ['县', '强', '强县', '质', '质量', '量', '量强']
    """
    plain = "".join(char for char in text if char.isalnum())
    return frozenset(plain).union(plain[at : at + 2] for at in range(len(plain) - 1))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the Dice coefficient of two sets of grams, 0 to 1; nothing is like nothing.

    >>> likeness(grams("提升质量"), grams("提升质量"))
    1.0
    """
    size = len(one) + len(other)
    return 2 * len(one & other) / size if size else 0.0


def alike(texts: Sequence[str], *, threshold: float) -> Iterator[tuple[int, int, float]]:
    """Yield each pair of places in *texts* whose likeness is *threshold* or more, and how much.

    >>> list(alike(["提升旅游质量", "编纂港口志", "提升旅游质量。"], threshold=0.8))
    [(0, 2, 1.0)]
    """
    sets = [grams(text) for text in texts]
    same: dict[frozenset[str], list[int]] = defaultdict(list)
    for at, found in enumerate(sets):
        if found:
            same[found].append(at)
    for places in same.values():
        yield from ((a, b, 1.0) for n, a in enumerate(places) for b in places[n + 1 :])
    for one, other, score in _near(list(same), threshold):
        yield from ((min(a, b), max(a, b), score) for a in same[one] for b in same[other])


def _near(
    sets: list[frozenset[str]], threshold: float
) -> Iterator[tuple[frozenset[str], frozenset[str], float]]:
    """Yield pairs of different *sets*, the shorter one first."""
    counts = Counter(gram for found in sets for gram in found)
    shorter: dict[str, list[frozenset[str]]] = defaultdict(list)
    for found in sorted(sets, key=lambda one: (len(one), sorted(one))):
        by_rarity = sorted(found, key=lambda gram: (counts[gram], gram))
        least = ceil(len(found) * threshold / (2 - threshold) - _SLACK)  # length, and in common
        near = {one: None for gram in by_rarity[: len(found) - least + 1] for one in shorter[gram]}
        for other in near:
            if len(other) >= least and (score := likeness(other, found)) >= threshold:
                yield other, found, score
        common = ceil(len(found) * threshold - _SLACK)  # with one that is no shorter
        for gram in by_rarity[: len(found) - common + 1]:
            shorter[gram].append(found)
