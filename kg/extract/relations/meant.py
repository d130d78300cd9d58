"""Which measure of a plan the words of a cue mean: the one that holds most of their bigrams.

A measure must hold half of them, so it holds one of the rarer half; only measures with one of these
are compared (prefix filtering: Chaudhuri, Ganti and Kaushik, ICDE 2006).
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from kg.model import Mention

_ALIKE = 0.5  # share of the bigrams of the condition that a measure must have


class Measures:
    """The task groups and tasks of a document, found by their words; groups come first."""

    def __init__(self, groups: Sequence[Mention], tasks: Sequence[Mention] = ()) -> None:
        self._all = (*groups, *tasks)
        self._asked: dict[str, Sequence[tuple[float, int]]] = {}

    def meant(
        self, condition: str, *, but: Callable[[Mention], bool] | None = None
    ) -> tuple[float, Mention | None]:
        """Return how alike *condition* and the measure that it names are, and that measure.

        Args:
            condition: what the text says of the measure.
            but: tells the measures that cannot be meant.

        >>> from kg.model import Kind, Span
        >>> group = Mention("g", Kind.TASK_GROUP, Span(0, 4), "建设平台", "group.heading")
        >>> score, found = Measures([group]).meant("平台建设")
        >>> score, found.id
        (0.63, 'g')
        """
        if condition not in self._asked:
            self._asked[condition] = self._ranked(condition)
        for score, at in self._asked[condition]:
            if but is None or not but(self._all[at]):
                return round(-score, 2), self._all[at]
        return 0.0, None

    def _ranked(self, condition: str) -> Sequence[tuple[float, int]]:
        """Return the measures like *condition* by place, the likest first, each with minus its score."""
        pairs = _pairs(condition)
        rarest = sorted(pairs, key=lambda pair: len(self._holders.get(pair, ())))
        telling = rarest[: len(pairs) // 2 + 1]
        found: list[tuple[float, int]] = []
        for words in {words for pair in telling for words in self._holders.get(pair, ())}:
            score = _alike(pairs, words)
            if score >= _ALIKE:
                found += [(-score, at) for at in self._places[words]]
        return sorted(found)

    @cached_property
    def _places(self) -> Mapping[str, Sequence[int]]:
        """Where the measures of the same words stand in the list."""
        places: dict[str, list[int]] = defaultdict(list)
        for at, measure in enumerate(self._all):
            places["".join(measure.text.split())].append(at)
        return places

    @cached_property
    def _holders(self) -> Mapping[str, Sequence[str]]:
        """The words that hold a bigram."""
        holders: dict[str, list[str]] = defaultdict(list)
        for words in self._places:
            for pair in _pairs(words):
                holders[pair].append(words)
        return holders


def _alike(pairs: set[str], words: str) -> float:
    """Return which share of *pairs*, the bigrams of a condition, *words* hold."""
    own = _pairs(words)
    shared = len(pairs & own)
    # Words beyond the condition count against a long task, a little.
    return shared / len(pairs) - 0.1 * (1 - shared / max(1, len(own)))


def _pairs(words: str) -> set[str]:
    return {words[i : i + 2] for i in range(len(words) - 1)}
