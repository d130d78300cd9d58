"""Mapping on this machine: one item after the other, or so many at once.

Threads are enough: reading, the one thing that computes for long, does so in a process of its own
(`kg.confined`), for which a thread waits.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice
from typing import TypeVar

_AHEAD = 8  # items under way for each thread: enough that none waits, and memory stays flat

_Item = TypeVar("_Item")
_Made = TypeVar("_Made")


class Here:
    """Maps one item after the other."""

    def map(self, work: Callable[[_Item], _Made], items: Iterable[_Item]) -> Iterator[_Made]:
        """Yield what *work* makes of each item."""
        return map(work, items)


class Threads:
    """Maps in the threads of a pool."""

    def __init__(self, pool: ThreadPoolExecutor, jobs: int) -> None:
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
def local_mapper(jobs: int) -> Iterator[Here | Threads]:
    """Give a mapper that has *jobs* items in work at once."""
    if jobs == 1:
        yield Here()
        return
    with ThreadPoolExecutor(jobs) as pool:
        try:
            yield Threads(pool, jobs)
        finally:
            pool.shutdown(cancel_futures=True)  # nobody asks for the rest
