"""Which goal a task group serves: nearest by TF-IDF of character 1-3-grams, marked as inferred.

Source of the method: sublinear TF-IDF with cosine (Salton and Buckley 1988), taken as the mean of
the title alone and the title with its tasks: many tasks drown a title that says it all
(推进质量治理现代化), a title alone may share no word with its goal (强化质量惠民服务).

A gram is one number, so that counting is sorting: twenty times faster than counting strings, which
was a quarter of all the work on a document.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.model import Mention, Relation, RelationKind

_FLOOR = 0.085  # below it, on the shipped plans, groups and goals only share common words
_MOST_GROUPS = 400  # with more, one document is a collection and its goals are not its own
_BITS = 21  # hold any code point; three of them fit into 64
_ROWS_AT_ONCE = 64  # bounds the memory that a long document takes
_DIGITS = 6  # of a score: sums in any order agree to that

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def contributions(
    groups: Sequence[Mention],
    tasks: Sequence[Mention],
    goals: Sequence[Mention],
    lineage: Callable[[int], Sequence[Mention]],
) -> Iterator[Relation]:
    """Yield the goal that each task group serves most likely, and for each goal its best group.

    Args:
        groups: the task groups; those of safeguards serve the plan as a whole and are left out.
        tasks: the tasks, whose words count for every group above them.
        goals: the goals.
        lineage: gives the groups over a place, the nearest first.
    """
    groups = [group for group in groups if not group.attrs.get("safeguard")]
    if not goals or not groups or len(groups) > _MOST_GROUPS:
        return
    wordings = _wordings(groups, tasks, lineage)
    titles = [group.text for group in groups]
    cosines = _cosines([goal.text for goal in goals], [*wordings, *titles])
    scores = (cosines[: len(groups)] + cosines[len(groups) :]) / 2
    # Of equals the first counts, group or goal.
    nearest = zip(range(len(groups)), scores.argmax(axis=1).tolist(), strict=True)
    best = zip(scores.argmax(axis=0).tolist(), range(len(goals)), strict=True)
    for at, goal in sorted({*nearest, *best}):
        score = float(scores[at, goal])
        if score >= _FLOOR:
            yield Relation(
                RelationKind.CONTRIBUTES_TO,
                groups[at].id,
                goals[goal].id,
                "relation.contributes",
                stated=False,
                confidence=round(min(0.9, 0.5 + score), 2),
            )


def _wordings(
    groups: Sequence[Mention],
    tasks: Sequence[Mention],
    lineage: Callable[[int], Sequence[Mention]],
) -> list[str]:
    words = {group.id: [group.text] for group in groups}
    for task in tasks:
        for group in lineage(task.span.start):
            if group.id in words:
                words[group.id].append(task.text)
    return ["\n".join(words[group.id]) for group in groups]


@dataclass(frozen=True, slots=True)
class _Vectors:
    """Sparse vectors of length one: entry *i* says that text ``owners[i]`` holds ``grams[i]``.

    Grams are numbered from 0 to *size*.
    """

    size: int
    grams: Ints
    owners: Ints
    values: Floats
    starts: Ints  # where the entries of each text begin, and the end of the last

    def of(self, start: int, end: int) -> slice:
        """Return where the entries of the texts from *start* to *end* stand."""
        return slice(int(self.starts[start]), int(self.starts[end]))


def _cosines(goals: Sequence[str], others: Sequence[str]) -> Floats:
    """Return the cosine of each of *others* (rows) with each goal (columns)."""
    vectors = _vectors([*goals, *others])
    end = int(vectors.starts[len(goals)])
    order = np.argsort(vectors.grams[:end], kind="stable")
    known, owners = vectors.grams[order], vectors.owners[order]
    values = vectors.values[order]
    # Of each gram, where its entries in the goals begin and how many they are.
    first = np.searchsorted(known, np.arange(vectors.size))
    many = np.bincount(known, minlength=vectors.size)
    found = np.zeros((len(others), len(goals)))
    for row in range(0, len(others), _ROWS_AT_ONCE):
        rows = found[row : row + _ROWS_AT_ONCE]
        part = vectors.of(len(goals) + row, len(goals) + row + len(rows))
        grams, holders = vectors.grams[part], vectors.owners[part] - len(goals) - row
        count = many[grams]
        pair = np.repeat(np.arange(len(grams)), count)
        # The entries first, first + 1, … of every gram that goals have too.
        shared = np.arange(len(pair)) + (first[grams] - (np.cumsum(count) - count))[pair]
        products = vectors.values[part][pair] * values[shared]
        cell = holders[pair] * len(goals) + owners[shared]
        rows += np.bincount(cell, products, minlength=rows.size).reshape(rows.shape)
    return np.round(found, _DIGITS)


def _vectors(texts: Sequence[str]) -> _Vectors:
    grams, holders = _grams(texts)
    known, numbers = np.unique(grams, return_inverse=True)
    # A text and one of its grams as one number: so that counting is one more sorting.
    entries, counts = np.unique(holders * len(known) + numbers, return_counts=True)
    owners, grams = np.divmod(entries, max(len(known), 1))
    rarity = np.log((1 + len(texts)) / (1 + np.bincount(grams, minlength=len(known)))) + 1
    values = (1 + np.log(counts)) * rarity[grams]
    lengths = np.sqrt(np.bincount(owners, values * values, minlength=len(texts)))
    starts = np.searchsorted(owners, np.arange(len(texts) + 1))
    return _Vectors(len(known), grams, owners, values / lengths[owners], starts)


def _grams(texts: Sequence[str]) -> tuple[Ints, Ints]:
    """Return the 1-, 2- and 3-grams of *texts* without blanks, as numbers, and whose each is."""
    squeezed = ["".join(words.split()) for words in texts]
    codes = np.frombuffer("".join(squeezed).encode("utf-32-le", "surrogatepass"), "<u4")
    one = codes.astype(np.int64) + 1
    owners = np.repeat(np.arange(len(texts)), [len(words) for words in squeezed])
    two = (one[:-1] << _BITS) + one[1:]
    three = (two[:-1] << _BITS) + one[2:]
    in_two, in_three = owners[1:] == owners[:-1], owners[2:] == owners[:-2]
    return (
        np.concatenate([one, two[in_two], three[in_three]]),
        np.concatenate([owners, owners[1:][in_two], owners[2:][in_three]]),
    )
