"""How far goals are reached, by the rules of GRL (ITU-T Z.151; evaluation as in jUCMNav).

Values run from -100 (denied) to 100 (satisfied). What a goal is broken down into gives its first
value, contributions add to it, dependencies put a lid on it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

FULL = 100
TOLERANCE = 10  # without one fully satisfied contributor a sum comes no nearer than this to 100


@dataclass(frozen=True, slots=True)
class Support:
    """A contribution: its weight and the value of what contributes, both -100 to 100."""

    weight: int
    value: int

    @property
    def effect(self) -> int:
        """Return weight times value in per cent, cut towards zero."""
        return int(self.weight * self.value / FULL)


def satisfaction(
    *,
    parts: Sequence[int] = (),
    how: Literal["and", "or"] = "and",
    supports: Sequence[Support] = (),
    needs: Sequence[int] = (),
) -> int:
    """Return how far a goal is reached.

    Args:
        parts: Values of what it is broken down into.
        how: Whether all *parts* are needed (the least counts) or any will do (the greatest).
        supports: What contributes to it.
        needs: Values of what it depends on; it cannot be better than the worst of them.

    >>> satisfaction(parts=[75, 50, 100])
    50
    """
    start = (min(parts) if how == "and" else max(parts)) if parts else None
    value = _supported(start, [support.effect for support in supports])
    return min([value, *needs])


def _supported(start: int | None, effects: Sequence[int]) -> int:
    first = start or 0
    total = sum(effects)
    value = max(-FULL, min(FULL, first + total))
    near = FULL - TOLERANCE
    if value >= near and total > 0 and FULL not in (first, *effects):
        return max(first, near)
    if value <= -near and total < 0 and -FULL not in (first, *effects):
        return min(first, -near)
    return value
