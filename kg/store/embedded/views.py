"""Folders for what is read beside the data, each of one process and for as long as it lives.

Whoever takes one deletes those that killed processes have left: a view is held by a lock that ends
with its process.
"""

import fcntl
import os
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

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
