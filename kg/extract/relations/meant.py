"""Which measure of a plan the words of a cue mean: the one that holds most of their bigrams.

A measure must hold half of them, so it holds one of the rarer half; only measures with one of these
are compared (prefix filtering: Chaudhuri, Ganti and Kaushik, ICDE 2006).
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import accumulate

from kg.extract.words import places
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
        """Return the measures like *condition*, the likest first: minus the score, and which."""
        pairs = _pairs(condition)
        telling = sorted(pairs, key=self._joined.count)[: len(pairs) // 2 + 1]
        holding = {self._at(place) for pair in telling for place in places(self._joined, pair)}
        scored = [(-_alike(pairs, self._words[at]), at) for at in holding]
        return sorted(one for one in scored if one[0] <= -_ALIKE)

    def _at(self, place: int) -> int:
        """Return which measure has the character at *place* of the joined words."""
        return bisect_right(self._starts, place) - 1

    @cached_property
    def _words(self) -> Sequence[str]:
        return ["".join(measure.text.split()) for measure in self._all]

    @cached_property
    def _joined(self) -> str:
        # One text, which is looked through as fast as memory: an index of bigrams took longer to
        # make than most documents have questions for.
        return "\n".join(self._words)

    @cached_property
    def _starts(self) -> Sequence[int]:
        return [0, *accumulate(len(words) + 1 for words in self._words)]


def _alike(pairs: set[str], words: str) -> float:
    """Return which share of *pairs*, the bigrams of a condition, *words* hold."""
    own = _pairs(words)
    shared = len(pairs & own)
    # Words beyond the condition count against a long task, a little.
    return shared / len(pairs) - 0.1 * (1 - shared / max(1, len(own)))


def _pairs(words: str) -> set[str]:
    return {words[i : i + 2] for i in range(len(words) - 1)}
