"""The index of names that an application searches, in its home, made ready when it starts."""

import sys
import time
from typing import Annotated

from fastapi import Depends, Request

from kg.explore import LabelIndex
from kg.home import Home
from kg.settings import Settings
from kg.store.port import Store

_TOLD_EVERY_S = 5.0


class Told:
    """Says on standard error how far the index is, where making it takes long."""

    def __init__(self) -> None:
        self._last = time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        """Say that *done* of *total* graphs have been read, every few seconds."""
        now = time.monotonic()
        if done == 1:
            self._last = now
        if now - self._last >= _TOLD_EVERY_S:
            self._last = now
            percent = 100 * done // total
            sys.stderr.write(f"正在建立搜索索引 making the search index: {percent} %\n")


def label_index(settings: Settings, store: Store) -> LabelIndex:
    """Return the index for *store*: in the home, or in memory as the store itself.

    A service that only reads sees the store as it was when it started; it has an index of its own.
    """
    if store.address == "memory:":
        return LabelIndex(progress=Told())
    return LabelIndex(Home(settings.home).labels(read_only=settings.read_only), progress=Told())


def labels(request: Request) -> LabelIndex:
    """Return the index that this application keeps."""
    kept: LabelIndex = request.app.state.labels
    return kept


LabelsDep = Annotated[LabelIndex, Depends(labels)]
