"""Invented words of plans, drawn with a long tail: few are everywhere, most are rare.

Ranks follow Zipf's law with exponent 1, about what the titles of real plans show.
"""

import tomllib
from bisect import bisect
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate, product
from pathlib import Path
from random import Random
from typing import Generic, TypeVar

_T = TypeVar("_T")
_WORDS: dict[str, list[str]] = tomllib.loads(
    Path(__file__).with_name("words.toml").read_text("utf-8")
)
INDUSTRIES = tuple(_WORDS["industries"])
FIELDS = tuple(_WORDS["fields"])
STATES = tuple(_WORDS["states"])
OPEN_BODIES = tuple(_WORDS["open_bodies"])


class Zipf(Generic[_T]):
    """Things to draw from, each one with a weight of one over its rank."""

    def __init__(self, things: Sequence[_T]) -> None:
        """Take *things*, the most frequent first."""
        self._things = things

    @cached_property
    def _sums(self) -> list[float]:
        return list(accumulate(1 / rank for rank in range(1, len(self._things) + 1)))

    def one(self, chance: Random) -> _T:
        """Return one of the things.

        >>> Zipf(["often", "seldom"]).one(Random(1))
        'often'
        """
        return self._things[bisect(self._sums, chance.random() * self._sums[-1])]

    def some(self, chance: Random, count: int) -> list[_T]:
        """Return *count* different things, fewer where there are not so many."""
        found: dict[_T, None] = {}
        wanted = min(count, len(self._things))
        while len(found) < wanted:
            found[self.one(chance)] = None
        return list(found)


def _titles() -> list[str]:
    parts = product(_WORDS["verbs"], INDUSTRIES, _WORDS["aspects"])
    titles = ["".join(part) for part in parts]
    Random("titles").shuffle(titles)
    return titles


TITLES = Zipf(_titles())
INDICATOR = Zipf([f"{what}{share}" for share in _WORDS["measures"] for what in INDUSTRIES])
DEPARTMENT = Zipf(_WORDS["departments"])
