"""Snapshots of a store: one folder of hard links for each state that somebody reads.

They lie beside the data, since hard links need one file system, and are made when the first query
after a write asks, not with each write. One that nobody reads and that is not the newest goes.
"""

import asyncio
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kg.errors import QkgError, StoreError


@dataclass(slots=True, eq=False)
class Snapshot:
    """A folder that workers read; *covers* is how many writes of this process are in it."""

    folder: Path
    covers: int
    readers: int = 0


class Snapshots(Protocol):
    """Where the state to read is."""

    @property
    def newest(self) -> Snapshot | None:
        """Return the last one that was made."""
        ...

    def fresh(self) -> bool:
        """Return whether the newest has all writes that have been carried out by now."""
        ...

    async def refresh(self) -> None:
        """Make one that has all writes that have been carried out by now."""
        ...

    def release(self, snapshot: Snapshot) -> None:
        """Take note that one reader fewer reads it."""
        ...

    def close(self) -> None:
        """Delete them all."""
        ...


class Published:
    """Snapshots of a store that this process writes to."""

    def __init__(
        self, folder: Path, *, make: Callable[[Path], None], finished: Callable[[], int]
    ) -> None:
        """Take over a folder for snapshots; what a killed process left there is deleted.

        Args:
            folder: Where they go; nobody else uses it, since the writer of a store is alone.
            make: Makes a snapshot at a path.
            finished: Returns how many writes have been carried out.
        """
        self.newest: Snapshot | None = None
        self._folder = folder
        self._make = make
        self._finished = finished
        self._number = 0
        self._making: asyncio.Future[None] | None = None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="snapshot")
        shutil.rmtree(folder, ignore_errors=True)

    def fresh(self) -> bool:
        """Return whether the newest has all writes that have been carried out by now."""
        return self.newest is not None and self.newest.covers >= self._finished()

    async def refresh(self) -> None:
        """Make one that has all writes that have been carried out by now.

        Raises:
            StoreError: It cannot be made: the disk is full.
        """
        needed = self._finished()
        while self.newest is None or self.newest.covers < needed:
            # One that is done but not yet taken note of comes back at once, for ever: nobody else runs.
            if self._making is None or self._making.done():
                self._making = asyncio.ensure_future(self._publish())
                self._making.add_done_callback(self._made)
            await asyncio.shield(self._making)

    def release(self, snapshot: Snapshot) -> None:
        """Take note that one reader fewer reads it."""
        snapshot.readers -= 1
        self._tidy(snapshot)

    def close(self) -> None:
        """Delete them all."""
        self._thread.shutdown(wait=True)
        shutil.rmtree(self._folder, ignore_errors=True)

    async def _publish(self) -> None:
        covers = self._finished()  # read before: a write that comes now may be in it as well
        self._number += 1
        folder = self._folder / str(self._number)
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._thread, self._made_at, folder)
        before, self.newest = self.newest, Snapshot(folder, covers)
        if before is not None:
            self._tidy(before)

    def _made_at(self, folder: Path) -> None:
        try:
            self._folder.mkdir(exist_ok=True)
            self._make(folder)
        except OSError as error:
            raise StoreError(address=self._folder, detail=str(error)) from error
        except QkgError:
            shutil.rmtree(folder, ignore_errors=True)  # half of one is none
            raise

    def _made(self, making: asyncio.Future[None]) -> None:
        if self._making is making:
            self._making = None
        if not making.cancelled():
            making.exception()  # whoever asked has it; nobody may be left to ask

    def _tidy(self, snapshot: Snapshot) -> None:
        if snapshot.readers == 0 and snapshot is not self.newest:
            self._thread.submit(shutil.rmtree, snapshot.folder, ignore_errors=True)
