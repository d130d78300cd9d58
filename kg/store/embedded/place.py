"""Where a database lies, and how another one comes into its place, whole or not at all."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.store.embedded.engine import opened

DATA, HOLDER = "data", "holder"
_NEW, _OLD = "data.new", "data.old"


@dataclass(frozen=True, slots=True)
class InFolder:
    """A folder with the database, and for a while the new one or the old one beside it.

    The new one is whole before the old one goes. Should a process be killed between, `recover` and
    `tidy` end what it began.
    """

    folder: Path
    frozen: Path | None = None  # the database, where this process only reads it

    @property
    def data(self) -> Path:
        """Return the folder of the database."""
        return self.frozen or self.folder / DATA

    def leave(self) -> None:
        """Say that we write here no more."""
        if self.frozen is None:
            (self.folder / HOLDER).unlink(missing_ok=True)

    def beside(self) -> ox.Store:
        """Return an empty database."""
        shutil.rmtree(self.folder / _NEW, ignore_errors=True)
        return ox.Store(str(self.folder / _NEW))

    def swap(self) -> ox.Store:
        """Return the new database, which has come into its place; both must be closed before.

        Raises:
            StoreUnavailableError: The folder cannot be used.
        """
        (self.folder / DATA).rename(self.folder / _OLD)
        self.recover()
        quads = opened(self.folder / DATA, holder=self.folder / HOLDER, read_only=False)
        self.tidy()
        return quads

    def recover(self) -> None:
        """Bring the new database into the place of one that is gone; to be called before it opens."""
        if not (self.folder / DATA).exists() and (self.folder / _NEW).exists():
            (self.folder / _NEW).rename(self.folder / DATA)

    def tidy(self) -> None:
        """Remove what a killed process left; to be called by whoever has the database open."""
        for left in (_NEW, _OLD):
            shutil.rmtree(self.folder / left, ignore_errors=True)
