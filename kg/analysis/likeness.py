"""Which texts say nearly the same: all pairs at or above a likeness, without comparing all with all.

Likeness is the Dice coefficient (Dice 1945) of the sets of characters and pairs of neighbouring
characters: it hangs on the two texts alone, so a document that is added changes no pair that was
found before (weights by rarity would). Two sets this alike share one of their rarest grams (prefix
filter: Chaudhuri, Ganti, Kaushik 2006; Bayardo, Ma, Srikant 2007), so only texts that do are
compared; unlike MinHash it misses none. Most of those differ in more grams than they may, which 256
bits a set tell: each gram turns one over, so two sets differ in at least as many grams as bits.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from kg.analysis.arrays import Codes

_SLACK = 1e-9  # 0.8 / 1.2 * 12 must not become 9
_WORDS, _BITS = 4, 64
_POINT_BITS = 21  # of a character in Unicode
_AT_ONCE = 1 << 20  # pairs that are looked at together: bounds the memory


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


def alike(
    texts: Sequence[str], *, threshold: float, places: Sequence[Hashable] | None = None
) -> Iterator[tuple[int, int, float]]:
    """Yield each pair of indices of *texts* whose likeness is *threshold* or more, and how much.

    Args:
        texts: What is compared.
        threshold: Above 0, at most 1.
        places: Where each text belongs: only those of one place are compared.

    >>> list(alike(["提升旅游质量", "编纂港口志", "提升旅游质量。"], threshold=0.8))
    [(0, 2, 1.0)]
    """
    flat, starts = _grams_of(texts)
    same: dict[tuple[Hashable, bytes], list[int]] = defaultdict(list)
    for at, place in enumerate(places or [None] * len(texts)):
        if len(found := flat[starts[at] : starts[at + 1]]):
            same[place, found.tobytes()].append(at)
    for group in same.values():
        yield from ((a, b, 1.0) for n, a in enumerate(group) for b in group[n + 1 :])
    distinct = sorted(same, key=lambda one: len(one[1]))
    sets = [np.frombuffer(found, np.int64) for _, found in distinct]
    for one, other in _candidates(sets, [place for place, _ in distinct], threshold):
        common = len(np.intersect1d(sets[one], sets[other], assume_unique=True))
        score = 2 * common / (len(sets[one]) + len(sets[other]))
        if score >= threshold:
            pairs = ((a, b) for a in same[distinct[one]] for b in same[distinct[other]])
            yield from ((min(pair), max(pair), score) for pair in pairs)


def _grams_of(texts: Sequence[str]) -> tuple[Codes, Codes]:
    """Return the grams of all texts, numbered, sorted within each, and where those of each begin.

    Numbers and not strings: millions of small objects all over the memory are what grew worst.
    """
    points = np.frombuffer("".join(texts).encode("utf-32-le"), np.uint32).astype(np.int64)
    owner = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    known, back = np.unique(points, return_inverse=True)
    counts = np.array([chr(point).isalnum() for point in known.tolist()], np.bool_)[back]
    points, owner = points[counts], owner[counts]
    together = owner[1:] == owner[:-1]
    pairs = (points[:-1] + 1 << _POINT_BITS | points[1:])[together]
    owners = np.concatenate([owner, owner[1:][together]])
    encoded = pa.array(np.concatenate([points, pairs])).dictionary_encode()
    bits = len(encoded.dictionary).bit_length()
    both = np.sort(owners << bits | encoded.indices.to_numpy())  # one number sorts faster than two
    new = np.ones(len(both), np.bool_)
    new[1:] = both[1:] != both[:-1]
    both = both[new]
    return both & (1 << bits) - 1, np.searchsorted(both >> bits, np.arange(len(texts) + 1))


@dataclass(frozen=True, slots=True)
class _Sets:
    """Sets of grams, shortest first: their sizes, and each gram of each set by its rarity.

    ``key`` stands for a gram in a place; ``nth`` counts the grams of a set, the rarest is 0.
    """

    sizes: Codes
    rows: Codes
    key: Codes
    nth: Codes
    bits: npt.NDArray[np.uint64]

    @classmethod
    def of(cls, sets: Sequence[Codes], places: Sequence[Hashable]) -> "_Sets":
        """Return the sets with their places, sorted by size."""
        sizes = np.array([len(found) for found in sets], np.int64)
        rows = np.repeat(np.arange(len(sets)), sizes)
        codes = np.concatenate(sets)
        counts = np.bincount(codes)
        bits = len(counts).bit_length()
        rarity = np.empty(len(counts), np.int64)
        rarity[np.argsort(counts, kind="stable")] = np.arange(len(counts))
        rarest_first = np.sort(rows << bits | rarity[codes]) & (1 << bits) - 1
        known: dict[Hashable, int] = {}
        numbers = np.array([known.setdefault(place, len(known)) for place in places], np.int64)
        ends = np.cumsum(sizes)
        return cls(
            sizes=sizes,
            rows=rows,
            key=numbers[rows] * len(counts) + rarest_first,
            nth=np.arange(len(rows)) - np.repeat(ends - sizes, sizes),
            bits=_bits(codes, ends - sizes),
        )


def _bits(codes: Codes, starts: Codes) -> npt.NDArray[np.uint64]:
    """Return for each set the bits that its grams turn over, in words of 64."""
    place = codes % (_WORDS * _BITS)
    turned = np.uint64(1) << (place % _BITS).astype(np.uint64)
    words = [np.where(place // _BITS == word, turned, np.uint64(0)) for word in range(_WORDS)]
    return np.stack([np.bitwise_xor.reduceat(word, starts) for word in words], axis=1)


def _candidates(
    distinct: Sequence[Codes], places: Sequence[Hashable], threshold: float
) -> Iterator[tuple[int, int]]:
    """Yield pairs of indices, the shorter set first, that hold all pairs as alike as *threshold*."""
    if not distinct:
        return
    sets, size = _Sets.of(distinct, places), len(distinct)
    least = _ceil(sets.sizes * threshold / (2 - threshold))  # length of the other, and in common
    common = _ceil(sets.sizes * threshold)  # with one that is no shorter
    listed = sets.nth <= (sets.sizes - common)[sets.rows]
    index = np.sort(sets.key[listed] * size + sets.rows[listed])
    asking = sets.nth <= (sets.sizes - least)[sets.rows]
    rows, key = sets.rows[asking], sets.key[asking] * size
    first = np.searchsorted(index, key + np.searchsorted(sets.sizes, least)[rows])
    counts = np.searchsorted(index, key + rows) - first
    found = [np.empty(0, np.int64)]
    for part in _parts(counts):
        longer = np.repeat(rows[part], counts[part])
        shorter = index[_runs(first[part], counts[part])] % size
        different = np.bitwise_count(sets.bits[shorter] ^ sets.bits[longer]).sum(axis=1)
        most = (1 - threshold) * (sets.sizes[shorter] + sets.sizes[longer]) + _SLACK
        near = different <= most
        found.append(np.unique(longer[near] * size + shorter[near]))
    longer, shorter = np.divmod(np.unique(np.concatenate(found)), size)
    yield from zip(shorter.tolist(), longer.tolist(), strict=True)


def _ceil(values: npt.NDArray[np.floating]) -> Codes:
    ceiled: Codes = np.ceil(values - _SLACK).astype(np.int64)
    return ceiled


def _parts(counts: Codes) -> Iterator[slice]:
    """Yield slices of *counts* whose sums are bounded (a single one may be larger)."""
    sums = np.cumsum(counts)
    start = 0
    while start < len(counts):
        done = sums[start - 1] if start else 0
        end = max(int(np.searchsorted(sums, done + _AT_ONCE, side="right")), start + 1)
        yield slice(start, end)
        start = end


def _runs(first: Codes, counts: Codes) -> Codes:
    """Return ``first[0], first[0] + 1, …`` *counts* times each, one run after the other."""
    ends = np.cumsum(counts)
    return np.arange(ends[-1]) - np.repeat(ends - counts - first, counts)
