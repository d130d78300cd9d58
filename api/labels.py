"""The indexes of names that an application searches, made ready when it starts."""

import sys
import time
from pathlib import Path
from threading import Lock
from typing import Annotated

from fastapi import Depends, Request

from api.deps import ShownDep
from kg.explore import LabelIndex
from kg.questions import Questions

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


class Labels:
    """The index of names of each edition of the store, made with the first question."""

    def __init__(self) -> None:
        """Begin with none."""
        self._kept: dict[Path, LabelIndex] = {}
        self._lock = Lock()

    def of(self, shown: Questions) -> LabelIndex:
        """Return the index of one edition: in its home, or in memory as the store itself.

        A service that only reads sees the store as it was when it started; it has one of its own.
        """
        with self._lock:
            if shown.home.path not in self._kept:
                path = shown.home.labels(read_only=shown.settings.read_only)
                in_memory = shown.store.address == "memory:"
                self._kept[shown.home.path] = LabelIndex(
                    None if in_memory else path, progress=Told()
                )
            return self._kept[shown.home.path]

    def close(self) -> None:
        """Let go of every file."""
        for index in self._kept.values():
            index.close()


def labels(request: Request, found: ShownDep) -> LabelIndex:
    """Return the index of the names that whoever asks may see."""
    kept: Labels = request.app.state.labels
    return kept.of(found)


LabelsDep = Annotated[LabelIndex, Depends(labels)]
