"""What a service reads that only reads: the store as it was when the service began.

Workers come and go, and each opens the files for itself; another process may write to them all the
while. So the service takes a view of its own at the beginning, by hard links, and all its workers
read that. Whoever takes one deletes those that killed services have left: a view is held by a lock
that ends with its process.
"""

import fcntl
import os
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

from kg.errors import QkgError, StoreError
from kg.store.embedded.disk import Opened, generation_of, open_folder
from kg.store.embedded.place import DATA
from kg.store.workers.snapshots import Snapshot

VIEWS = "views"
_TURN, _HELD = "turn", "held"


@dataclass(frozen=True, slots=True)
class View:
    """A folder that is ours for as long as we hold its lock."""

    folder: Path
    lock: int

    @classmethod
    def taken(cls, views: Path) -> "View":
        """Return a new one below *views*, which nobody holds is deleted.

        Raises:
            OSError: Nothing can be written there.
        """
        views.mkdir(exist_ok=True)
        turn = _opened(views / _TURN)
        try:
            fcntl.flock(turn, fcntl.LOCK_EX)  # else one that is just being made would be deleted
            for left in views.iterdir():
                if left.is_dir() and not _is_held(left):
                    shutil.rmtree(left, ignore_errors=True)
            folder = views / secrets.token_hex(4)
            folder.mkdir()
            lock = _opened(folder / _HELD)
            fcntl.flock(lock, fcntl.LOCK_EX)
        finally:
            os.close(turn)
        return cls(folder, lock)

    def close(self) -> None:
        """Delete it."""
        shutil.rmtree(self.folder, ignore_errors=True)
        os.close(self.lock)


@dataclass(frozen=True, slots=True)
class Frozen:
    """The one state that a service reads; without a view, the data themselves."""

    newest: Snapshot
    opened: Opened
    view: View | None

    @classmethod
    def of(cls, folder: Path) -> "Frozen":
        """Return the store in *folder* as it is now.

        Where nothing can be written there, as on a disk that is mounted to be read, the data
        themselves are read. Once another process has written to them, queries fail.

        Raises:
            StoreUnavailableError: It cannot be opened.
        """
        try:
            view = View.taken(folder / VIEWS)
        except OSError:
            return cls._without_view(folder)
        try:
            opened = open_folder(folder, read_only=True, view=view.folder / DATA)
        except OSError:
            view.close()
            return cls._without_view(folder)
        except QkgError:
            view.close()
            raise
        return cls(Snapshot(view.folder / DATA, covers=0), opened, view)

    @classmethod
    def _without_view(cls, folder: Path) -> "Frozen":
        return cls(Snapshot(folder / DATA, covers=0), open_folder(folder, read_only=True), None)

    def fresh(self) -> bool:
        """Return whether the files still are what was opened."""
        if self.view is not None:
            return True
        return generation_of(self.newest.folder.parent) == self.opened.generation.word

    async def refresh(self) -> None:
        """Return only if they are.

        Raises:
            StoreError: Another process has written to them.
        """
        if not self.fresh():
            detail = "another process has written to it since; start the service again"
            raise StoreError(address=self.newest.folder.parent, detail=detail)

    def release(self, snapshot: Snapshot) -> None:
        """Take note that one reader fewer reads it."""
        snapshot.readers -= 1

    def close(self) -> None:
        """Let go of the view."""
        if self.view is not None:
            self.view.close()


def _opened(lock: Path) -> int:
    return os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)


def _is_held(folder: Path) -> bool:
    """Return whether the process that took a view still lives."""
    lock = _opened(folder / _HELD)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(lock)
    return False
