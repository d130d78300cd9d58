"""What a service reads that only reads: the store as it was when the service began.

Workers come and go, and each opens the files for itself; another process may write to them all the
while. So the service takes a view of its own at the beginning, by hard links, and all its workers
read that.
"""

from dataclasses import dataclass
from pathlib import Path

from kg.errors import QkgError, StoreError
from kg.store.embedded.disk import Opened, generation_of, open_folder
from kg.store.embedded.place import DATA
from kg.store.embedded.views import VIEWS, View
from kg.store.workers.snapshots import Snapshot


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
