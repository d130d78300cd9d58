"""Which goal a task group serves: nearest by TF-IDF of character 1-3-grams, marked as inferred.

Source of the method: sublinear TF-IDF with cosine (Salton and Buckley 1988), taken as the mean of
the title alone and the title with its tasks: many tasks drown a title that says it all
(推进质量治理现代化), a title alone may share no word with its goal (强化质量惠民服务).
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

from kg.model import Mention, Relation, RelationKind

_FLOOR = 0.085  # below it, on the shipped plans, groups and goals only share common words
_MOST_GROUPS = 400  # with more, one document is a collection and its goals are not its own


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
    vectors = _vectors([goal.text for goal in goals], wordings + titles)
    served = _inverted(vectors[0])
    whole, alone = vectors[1][: len(groups)], vectors[1][len(groups) :]
    best: dict[int, tuple[float, int]] = {}
    pairs: dict[tuple[int, int], float] = {}
    for at in range(len(groups)):
        scores = _mean(_scores(whole[at], served), _scores(alone[at], served))
        for goal, score in scores.items():
            best[goal] = max(best.get(goal, (0.0, 0)), (score, -at))
        nearest = min(scores, key=lambda goal: (-scores[goal], goal), default=None)
        if nearest is not None:
            pairs[at, nearest] = scores[nearest]
    pairs |= {(-at, goal): score for goal, (score, at) in best.items()}
    for (at, goal), score in sorted(pairs.items()):
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
    words = {group.id: group.text for group in groups}
    for task in tasks:
        for group in lineage(task.span.start):
            if group.id in words:
                words[group.id] += "\n" + task.text
    return [words[group.id] for group in groups]


Vector = Mapping[str, float]


def _vectors(goals: Sequence[str], groups: Sequence[str]) -> tuple[list[Vector], list[Vector]]:
    counts = [_grams(words) for words in (*goals, *groups)]
    documents = Counter(gram for count in counts for gram in count)
    weights = {gram: math.log((1 + len(counts)) / (1 + n)) + 1 for gram, n in documents.items()}
    made = [_normal({g: (1 + _log(n)) * weights[g] for g, n in c.items()}) for c in counts]
    return made[: len(goals)], made[len(goals) :]


@cache
def _log(count: int) -> float:
    return math.log(count)


def _grams(words: str) -> Counter[str]:
    squeezed = "".join(words.split())
    return Counter(squeezed[i : i + n] for n in (1, 2, 3) for i in range(len(squeezed) - n + 1))


def _normal(vector: Mapping[str, float]) -> Vector:
    length = math.sqrt(sum(value * value for value in vector.values())) or 1.0
    return {gram: value / length for gram, value in vector.items()}


def _inverted(vectors: Sequence[Vector]) -> Mapping[str, list[tuple[int, float]]]:
    found: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for at, vector in enumerate(vectors):
        for gram, value in vector.items():
            found[gram].append((at, value))
    return found


def _scores(vector: Vector, served: Mapping[str, Sequence[tuple[int, float]]]) -> dict[int, float]:
    """Return the cosine with each goal that shares a gram, rounded so that sums in any order agree."""
    scores: dict[int, float] = defaultdict(float)
    for gram, value in vector.items():
        for at, other in served.get(gram, ()):
            scores[at] += value * other
    return {at: round(score, 6) for at, score in scores.items()}


def _mean(one: Mapping[int, float], other: Mapping[int, float]) -> dict[int, float]:
    return {at: (one.get(at, 0.0) + other.get(at, 0.0)) / 2 for at in {*one, *other}}
