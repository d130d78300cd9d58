"""Where work is done that falls into pieces: on this machine, so many at once, or on a cluster.

An engine is named as Spark names a master: ``local[2]``, ``local-cluster[2,1,1024]`` (workers, cores
and megabytes of each), ``spark://host:7077``. Without a name work stays on this machine.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from typing import Protocol, TypeVar

from kg.engine.local import local_mapper

_Item = TypeVar("_Item")
_Made = TypeVar("_Made")


class Mapper(Protocol):
    """Does one thing with each of many items; what is done must be a function at module level."""

    def map(self, work: Callable[[_Item], _Made], items: Iterable[_Item]) -> Iterator[_Made]:
        """Yield what *work* makes of each item, in their order; only so many are under way at once.

        Raises:
            EngineError: The engine failed; what *work* raises comes through as it is.
        """


def mapper(engine: str | None = None, *, jobs: int = 1) -> AbstractContextManager[Mapper]:
    """Return what maps on *engine*, else on this machine, *jobs* items at once.

    >>> with mapper() as here:
    ...     list(here.map(len, ["ab", "c"]))
    [2, 1]

    Raises:
        EngineError: There is no engine of this name, or it cannot be reached.
    """
    if engine is None:
        return local_mapper(jobs)
    from kg.engine.spark import spark_mapper  # a library and a Java that not everybody has

    return spark_mapper(engine)
