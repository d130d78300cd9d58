"""Which measure of the plan above a measure takes up: likeness of words, or the text says so.

Likeness is the cosine of sublinear TF-IDF vectors over character 1- to 3-grams (Salton and Buckley
1988), the mean of the titles alone and the titles with all that stands below them. Titles alone miss
what is said in other words; all words together tie a chapter to whichever of its parts is longest
(推动经济质量效益型发展 to 强化质量惠民服务, 0.66 against 0.34 in the mean).

A plan is compared with its parent only, never all with all. Time grows with the product of their
units (200 x 200: some 20 ms), memory with their sum.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy  # scipy.sparse loads when it is first used

from kg.extract.rules import rule

_TITLE = re.compile(r"《([^《》]+)》")
_LONGEST_GRAM = 3
_ROWS_AT_ONCE = 256  # so that the table of scores never grows with both sides
_PLACES = 4


@dataclass(frozen=True, slots=True)
class Element:
    """A measure of a document, in the order of the text; *parent* is the one it is part of."""

    id: str
    words: str
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """A measure that can take up another: its title, and the words of all that stands below it."""

    id: str
    title: str
    below: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two units, the lower one first, and how alike they are: 0 to 1."""

    lower: str
    upper: str
    score: float


@dataclass(frozen=True, slots=True)
class Alignment:
    """Pairs that are alike enough to be linked, and the best of each unit that has no link."""

    links: tuple[Likeness, ...] = ()
    candidates: tuple[Likeness, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A clause that says what it takes up: the title of a document, and the words for the item."""

    clause: str
    title: str
    topic: str


def units_of(elements: Sequence[Element]) -> tuple[Unit, ...]:
    """Return what can be compared: each heading with all below it, and each clause under none.

    A heading that only frames (重点任务) is no unit; clauses right below it are.

    >>> [unit.title for unit in units_of([Element("a", "重点任务"), Element("b", "培育品牌", "a")])]
    ['培育品牌']
    """
    below: dict[str, list[Element]] = defaultdict(list)
    for element in elements:
        if element.parent is not None:
            below[element.parent].append(element)
    frames = {element.id for element in elements if below[element.id] and _frames(element)}
    known = {element.id for element in elements}
    return tuple(
        Unit(element.id, element.words, tuple(_under(element.id, below)))
        for element in elements
        if element.id not in frames
        and (below[element.id] or element.parent in frames or element.parent not in known)
    )


def align(
    lower: Sequence[Unit], upper: Sequence[Unit], *, threshold: float, candidates: int
) -> Alignment:
    """Return which units of a plan take up which of the plan above.

    Args:
        lower: The units of the plan.
        upper: Those of the plan above.
        threshold: The least likeness of a link.
        candidates: How many pairs to keep for a unit without a link.

    >>> found = align(
    ...     [Unit("l", "提升旅游服务质量")],
    ...     [Unit("u", "提升旅游服务品质"), Unit("v", "培育品牌")],
    ...     threshold=0.5,
    ...     candidates=3,
    ... )
    >>> [(pair.lower, pair.upper) for pair in found.links]
    [('l', 'u')]
    """
    links: list[Likeness] = []
    kept: list[Likeness] = []
    for at, scores in _scores(lower, upper):
        best = sorted(np.flatnonzero(scores).tolist(), key=lambda to: (-scores[to], to))
        pairs = [Likeness(lower[at].id, upper[to].id, float(scores[to])) for to in best]
        own = [pair for pair in pairs if pair.score >= threshold]
        links += own
        kept += () if own else pairs[:candidates]
    return Alignment(tuple(links), tuple(kept))


def citations(elements: Sequence[Element]) -> Iterator[Citation]:
    """Yield what the clauses of a plan say that they take up.

    >>> clause = Element("c", "落实《云溪省标准提升方案》关于制定分级标准的部署")
    >>> [(found.title, found.topic) for found in citations([clause])]
    [('云溪省标准提升方案', '制定分级标准')]
    """
    stated = rule("align", "align.stated")
    for element in elements:
        for found in stated.finditer(element.words):
            for title in _TITLE.findall(found["documents"]):
                yield Citation(element.id, title, found["topic"])


def nearest(topic: str, units: Sequence[Unit], *, threshold: float) -> Likeness | None:
    """Return the unit whose title is most like *topic*, where it is alike enough.

    >>> nearest("制定分级标准", [Unit("u", "制定分级标准")], threshold=0.5).score
    1.0
    """
    if not units:
        return None
    titles = [unit.title for unit in units]
    vectors = gram_vectors([topic, *titles])
    scores = (vectors[[0]] @ vectors[1:].T).toarray()[0]
    best = int(np.argmax(scores))
    score = round(float(scores[best]), _PLACES)
    return Likeness(topic, units[best].id, score) if score >= threshold else None


def _frames(element: Element) -> bool:
    return rule("align", "align.frame").search(element.words) is not None


def _under(
    element: str, below: Mapping[str, Sequence[Element]], met: frozenset[str] = frozenset()
) -> Iterator[str]:
    met = met | {element}
    for child in below.get(element, ()):
        if child.id not in met:  # a loop of parents (dirty data) ends here
            yield child.words
            yield from _under(child.id, below, met)


def _scores(lower: Sequence[Unit], upper: Sequence[Unit]) -> Iterator[tuple[int, Any]]:
    if not lower or not upper:
        return
    every = (*lower, *upper)
    titles = gram_vectors([unit.title for unit in every])
    wholes = gram_vectors(["\n".join((unit.title, *unit.below)) for unit in every])
    vectors = scipy.sparse.hstack([titles, wholes], format="csr") / np.sqrt(2)
    above = vectors[len(lower) :].T.tocsr()
    for start in range(0, len(lower), _ROWS_AT_ONCE):
        stop = min(start + _ROWS_AT_ONCE, len(lower))
        block = (vectors[start:stop] @ above).toarray().round(_PLACES)
        yield from enumerate(block, start)


def gram_vectors(texts: Sequence[str]) -> Any:
    """Return one row a text, of length 1: (1 + ln tf) (1 + ln (1 + n) / (1 + df))."""
    counts = [_grams(words) for words in texts]
    places: dict[str, int] = {}
    columns = [places.setdefault(gram, len(places)) for count in counts for gram in count]
    values = 1 + np.log([n for count in counts for n in count.values()], dtype=float)
    ends = np.cumsum([0, *map(len, counts)])
    found = scipy.sparse.csr_array((values, columns, ends), shape=(len(counts), len(places)))
    documents = np.bincount(columns, minlength=len(places))
    found = found @ scipy.sparse.diags_array(
        1 + np.log((1 + len(counts)) / (1 + documents)), format="csr"
    )
    lengths = np.sqrt(found.multiply(found).sum(axis=1))
    return (scipy.sparse.diags_array(1 / np.where(lengths > 0, lengths, 1)) @ found).tocsr()


def _grams(words: str) -> Counter[str]:
    squeezed = "".join(words.split())
    sizes = range(1, _LONGEST_GRAM + 1)
    return Counter(squeezed[i : i + n] for n in sizes for i in range(len(squeezed) - n + 1))
