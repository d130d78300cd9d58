"""A store on disk as it was at one instant, kept by hard links for as long as somebody holds it."""

from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox

from kg.store.embedded.engine import opened
from kg.store.embedded.place import DATA, InFolder
from kg.store.embedded.reader import EmbeddedReader
from kg.store.embedded.views import View
from kg.store.generation import FrozenGeneration


class Instant(EmbeddedReader):
    """What a store held then; the files go with it."""

    def __init__(
        self, quads: ox.Store, *, view: View, word: str, service_allow: Sequence[str]
    ) -> None:
        """Take over the files of *view*, which *quads* are read from."""
        self._view = view
        super().__init__(
            quads,
            address=str(view.folder),
            generation=FrozenGeneration(word),
            service_allow=service_allow,
            place=InFolder(view.folder, frozen=view.folder / DATA),
        )

    def __del__(self) -> None:
        """Delete the files, once the library has let go of them."""
        self.close()
        self._view.close()


def instant_of(
    quads: ox.Store, views: Path, *, word: str, service_allow: Sequence[str]
) -> Instant | None:
    """Return *quads* as they are now; ``None`` where there is no room, or no right to write."""
    try:
        view = View.taken(views)
    except OSError:
        return None
    try:
        quads.backup(str(view.folder / DATA))
        copy = opened(view.folder / DATA, holder=view.folder, read_only=True)
    except OSError:
        view.close()
        return None
    return Instant(copy, view=view, word=word, service_allow=service_allow)
