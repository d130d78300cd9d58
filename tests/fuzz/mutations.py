"""Cases made of sound ones: each is known again by its target and number.

Hypothesis takes longer to think of a case than a clause takes to be read; here it is a few µs.
"""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

Words = TypeVar("Words", bytes, str)

_MOST_CHANGES = 6
_LONGEST_REPEAT = 40


def mutated(random: Random, seeds: Sequence[Words], pieces: Sequence[Words]) -> Words:
    """Return one of *seeds* after a few changes: cut, doubled, swapped, torn, mixed with *pieces*."""
    case = random.choice(seeds)
    for _ in range(random.randrange(_MOST_CHANGES)):
        case = _changed(random, case, seeds, pieces)
    return case


def _changed(random: Random, case: Words, seeds: Sequence[Words], pieces: Sequence[Words]) -> Words:
    start, end = sorted((random.randint(0, len(case)), random.randint(0, len(case))))
    match random.randrange(6):
        case 0:
            return case[:start] + case[end:]
        case 1:
            return case[:end] + case[start:]
        case 2:
            return case[:start] + random.choice(pieces) + case[start:]
        case 3:
            other = random.choice(seeds)
            return case[:start] + other[random.randint(0, len(other)) :]
        case 4:
            piece = random.choice(pieces) * random.randrange(1, _LONGEST_REPEAT)
            return case[:start] + piece + case[end:]
        case _:
            return case[:start] + case[start:end][::-1] + case[end:]
