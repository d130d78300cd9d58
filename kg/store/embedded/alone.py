"""What the product keeps, without the graphs that clients write under other names.

The engine can be given a list of graphs as the default graph, and then looks into each of them for
each pattern: with the 558 graphs of a nation of a million triples a question takes hundreds of times
as long as over all graphs merged. So where both kinds are there, what names no graph is asked of a
copy without the graphs of others. It is made of hard links, in some 30 ms; to take graphs away takes
50 µs a triple, so the next copy is made of the last one where a few graphs were written.
"""

from collections.abc import Iterable
from pathlib import Path
from threading import Lock

import pyoxigraph as ox

from kg.errors import StoreUnavailableError
from kg.ids import BASE
from kg.store.changes import Graphs
from kg.store.embedded.engine import graph_name
from kg.store.embedded.linking import linked
from kg.store.embedded.place import DATA, InFolder
from kg.store.embedded.views import VIEWS, View
from kg.store.generation import Generation

_FEW = 20  # graphs; a triple is carried over in some 20 µs


class OursAlone:
    """A database without the graphs of others; its files go when nobody holds it any more."""

    def __init__(self, view: View, quads: ox.Store) -> None:
        """Take over the files of *view*, which *quads* are read from."""
        self.quads = quads
        self._view = view

    def __del__(self) -> None:
        """Delete the files, once the library has let go of them."""
        del self.quads
        self._view.close()


class Copies:
    """The newest copy, made anew when somebody asks after a write."""

    def __init__(self, place: InFolder) -> None:
        """Make no copy yet of the database at *place*."""
        self._place = place
        self._newest: OursAlone | None = None
        self._word = ""
        self._lock = Lock()

    def newest(self, quads: ox.Store, generation: Generation) -> OursAlone | None:
        """Return *quads* as they are now without the graphs of others.

        ``None`` where no copy can be made: there is no room, or no right to write.
        """
        with self._lock:
            changes = generation.changes(self._word)
            touched = _ours(changes.graphs)
            try:
                if self._newest is None or touched is None or len(touched) > _FEW:
                    self._newest = self._without_others(quads)
                elif touched:
                    self._newest = self._carried_on(self._newest, touched, quads)
            except (OSError, StoreUnavailableError):
                self._newest = None
            self._word = changes.word
            return self._newest

    def close(self) -> None:
        """Let go of the newest."""
        self._newest = None

    def _without_others(self, quads: ox.Store) -> OursAlone:
        made = self._made(quads, frozen=self._place.frozen)
        for graph in list(made.quads.named_graphs()):
            if not graph.value.startswith(BASE):
                made.quads.remove_graph(graph)
        return made

    def _carried_on(
        self, last: OursAlone, touched: Iterable[str | None], quads: ox.Store
    ) -> OursAlone:
        made = self._made(last.quads)
        for graph in map(graph_name, touched):
            made.quads.remove_graph(graph)
            made.quads.extend(quads.quads_for_pattern(None, None, None, graph))
        return made

    def _made(self, quads: ox.Store, *, frozen: Path | None = None) -> OursAlone:
        """Return a copy; a *frozen* one is linked, as the library would leave out what is in the log."""
        view = View.taken(self._place.data.parent / VIEWS)
        folder = view.folder / DATA
        try:
            if frozen is None:
                quads.backup(str(folder))
            else:
                linked(frozen, folder)
            return OursAlone(view, ox.Store(str(folder)))
        except BaseException:
            view.close()
            raise


def _ours(graphs: Graphs) -> list[str | None] | None:
    """Return which of *graphs* are ours or the default graph, ``None`` where that is not known."""
    if graphs is None:
        return None
    return [graph for graph in graphs if graph is None or graph.startswith(BASE)]
