"""Mapping on this machine: in this process, or in others with a bounded number of items under way."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from itertools import islice
from typing import TypeVar

_AHEAD = 8  # items under way for each process: enough that none waits, and memory stays flat

_Item = TypeVar("_Item")
_Made = TypeVar("_Made")


class Here:
    """Maps in this process, one item after the other."""

    def map(self, work: Callable[[_Item], _Made], items: Iterable[_Item]) -> Iterator[_Made]:
        """Yield what *work* makes of each item."""
        return map(work, items)


class Processes:
    """Maps in the processes of a pool."""

    def __init__(self, pool: ProcessPoolExecutor, jobs: int) -> None:
        self._pool = pool
        self._most = jobs * _AHEAD

    def map(self, work: Callable[[_Item], _Made], items: Iterable[_Item]) -> Iterator[_Made]:
        """Yield what *work* makes of each item, in their order; *items* are taken as they are needed."""
        rest = iter(items)
        waiting: deque[Future[_Made]] = deque(
            self._pool.submit(work, item) for item in islice(rest, self._most)
        )
        while waiting:
            made = waiting.popleft().result()
            waiting.extend(self._pool.submit(work, item) for item in islice(rest, 1))
            yield made


@contextmanager
def local_mapper(jobs: int) -> Iterator[Here | Processes]:
    """Give a mapper in *jobs* processes; one is this process itself."""
    if jobs == 1:
        yield Here()
        return
    with ProcessPoolExecutor(max_workers=jobs) as pool:
        yield Processes(pool, jobs)
