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
    order = np.argsort(vectors.grams[:end].astype(np.min_scalar_type(vectors.size)), kind="stable")
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
    # A gram and its text as one number, so that one sorting counts them.
    entries, counts = np.unique(_grams(texts), return_counts=True)
    grams, owners = np.divmod(entries, len(texts))
    grams = np.cumsum(np.diff(grams, prepend=grams[:1]) != 0)  # numbered in their order
    holders = np.bincount(grams)
    rarity = np.log((1 + len(texts)) / (1 + holders)) + 1
    values = (1 + np.log(counts)) * rarity[grams]
    lengths = np.sqrt(np.bincount(owners, values * values, minlength=len(texts)))
    values /= lengths[owners]
    # Small numbers are sorted by counting, ten times faster.
    order = np.argsort(owners.astype(np.min_scalar_type(len(texts))), kind="stable")
    starts = np.searchsorted(owners[order], np.arange(len(texts) + 1))
    return _Vectors(len(holders), grams[order], owners[order], values[order], starts)


def _grams(texts: Sequence[str]) -> Ints:
    """Return every 1-, 2- and 3-gram of *texts* without blanks: its number and its text in one.

    A gram is read as the digits of a number, one for each character that the texts hold; 64 bits
    are enough for a hundred thousand different characters in a thousand texts.
    """
    squeezed = ["".join(words.split()) for words in texts]
    codes = np.frombuffer("".join(squeezed).encode("utf-32-le", "surrogatepass"), "<u4")
    known, digits = np.unique(codes, return_inverse=True)
    base = len(known) + 1
    one = digits.astype(np.int64) + 1
    two = one[:-1] * base + one[1:]
    three = two[:-1] * base + one[2:]
    owners = np.repeat(np.arange(len(texts)), [len(words) for words in squeezed])
    in_two, in_three = owners[1:] == owners[:-1], owners[2:] == owners[:-2]
    return np.concatenate(
        [
            one * len(texts) + owners,
            (two * len(texts) + owners[1:])[in_two],
            (three * len(texts) + owners[2:])[in_three],
        ]
    )
