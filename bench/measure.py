"""What a measure is, and how a function is timed on a machine that others use too."""

import gc
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Result:
    """One figure: its name, value and unit, and how many times the peer's it is, where one ran."""

    measure: str
    value: float
    unit: str
    ratio: float | None = None


Measure = Callable[[], Iterator[Result]]


def cpu_seconds(work: Callable[[], object], *, times: int = 3) -> float:
    """Return the least CPU time of *times* runs, after one that warms up."""
    work()
    found = []
    for _ in range(times):
        gc.collect()
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return max(min(found), 1e-9)
