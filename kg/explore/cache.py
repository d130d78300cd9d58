"""What is expensive to make is made once for each state of a store, or once for a store."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

from kg.store.port import Store

Made = TypeVar("Made")


class PerGeneration(Generic[Made]):
    """Keeps what *make* gives for a store until the store changes.

    The store itself is held beside the value: an address in memory cannot then be taken by
    another store while its value is still here.
    """

    def __init__(self, make: Callable[[Store], Made], *, stores: int = 2) -> None:
        self._make = make
        self._stores = stores
        self._kept: OrderedDict[int, tuple[Store, str, Made]] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, store: Store) -> Made:
        """Return the value for *store* as it is now; others wait while one makes it."""
        with self._lock:
            generation = store.generation
            kept = self._kept.get(id(store))
            if kept is None or kept[1] != generation:
                kept = (store, generation, self._make(store))
                self._kept[id(store)] = kept
            self._kept.move_to_end(id(store))
            while len(self._kept) > self._stores:
                self._kept.popitem(last=False)
            return kept[2]


class PerStore(Generic[Made]):
    """Keeps what *make* gives for a store, whatever becomes of the store."""

    def __init__(self, make: Callable[[Store], Made], *, stores: int = 2) -> None:
        self._make = make
        self._stores = stores
        self._kept: OrderedDict[int, tuple[Store, Made]] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, store: Store) -> Made:
        """Return the value for *store*."""
        with self._lock:
            if id(store) not in self._kept:
                self._kept[id(store)] = (store, self._make(store))
            self._kept.move_to_end(id(store))
            while len(self._kept) > self._stores:
                self._kept.popitem(last=False)
            return self._kept[id(store)][1]
