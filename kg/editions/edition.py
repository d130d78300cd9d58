"""A store that holds what everybody may see of another one, and follows it."""

import tempfile
from collections.abc import Collection
from pathlib import Path

from kg import uptake
from kg.analysis.gaps import findings
from kg.editions.shown import SHARED, Shown, decisions_quads
from kg.rdf.decisions import DECISION_GRAPH
from kg.rdf.runs import RUN_GRAPH
from kg.rdf.statuses import STATUS_GRAPH
from kg.review import marks
from kg.settings import Settings
from kg.store import Body, Store, formats
from kg.store.lines import in_graph, quads_of


class Edition:
    """The public edition of *whole*, kept in *store*; one thread at a time brings it up to date."""

    def __init__(self, whole: Store, store: Store, *, settings: Settings, scratch: Path) -> None:
        """Begin with nothing.

        Args:
            whole: What is followed.
            store: An empty store, which nobody else writes to.
            settings: By which uptake and findings are worked out.
            scratch: A folder for a file that is long.
        """
        self.store = store
        self._whole, self._settings, self._scratch = whole, settings, scratch
        self._seen = ""
        self._hidden: frozenset[str] = frozenset()

    def follow(self, hidden: frozenset[str]) -> None:
        """Bring it up to date, without the documents whose keys are *hidden*.

        Where this fails nothing of it counts as done: the next call does it again.

        Raises:
            StoreError: One of the stores failed.
        """
        since = self._whole.changes(self._seen)
        turned = hidden ^ self._hidden
        if since.graphs == frozenset() and not turned:
            return
        shown = Shown(self._whole, hidden)
        if since.graphs is None or not self._seen:
            self._fill(shown)
        else:
            self._take(shown, since.graphs | shown.turning(turned))
        self._share(shown)
        self._seen, self._hidden = since.word, hidden

    def _fill(self, shown: Shown) -> None:
        """Take every graph over, by a file: loading it is several times faster than writing it."""
        every = self._whole.graphs()
        names = [graph for graph in every if shown.is_plain(graph)]
        with tempfile.TemporaryFile(dir=self._scratch) as file:
            for name in names:
                file.writelines(quads_of(self._whole.read_graph(name, formats.N_TRIPLES), name))
            file.seek(0)
            self.store.take_in(file, formats.N_QUADS, keeping=())
        self._take(shown, {None, *every, *self.store.graphs()}.difference(names))

    def _take(self, shown: Shown, touched: Collection[str | None]) -> None:
        """Take the plain ones of the graphs that were touched over, all of them or none."""
        named = frozenset(graph for graph in touched if graph is not None) - SHARED
        plain = {
            graph: shown.quads(graph)
            for graph in named
            if self._whole.has_graph(graph) and shown.is_plain(graph)
        }
        if plain:
            self.store.replace_all(plain)
        for graph in named.difference(plain):
            self._give(graph, shown.named_by_hand(graph))
        if None in touched:
            triples = b"".join(self._whole.read_graph(None, formats.N_TRIPLES))
            if triples != b"".join(self.store.read_graph(None, formats.N_TRIPLES)):
                self.store.load([Body(triples, formats.N_TRIPLES)], graph=None, replacing=True)

    def _share(self, shown: Shown) -> None:
        """Give what documents share: decisions first, for the links of uptake hang on them."""
        decided, marked = shown.decisions()
        known = marks(self.store)
        before = [mark for mark in marked if mark.statement in known]
        self._give(STATUS_GRAPH, shown.statuses())
        self._give(RUN_GRAPH, shown.runs())
        self._give(DECISION_GRAPH, decisions_quads([*decided, *before]))
        uptake.refresh(self.store, self._settings)
        if marked:
            names = {one.id for one in findings(self.store, settings=self._settings)}
            said = [mark for mark in marked if mark.statement in names]
            self._give(DECISION_GRAPH, decisions_quads([*decided, *said]))

    def _give(self, graph: str, quads: bytes) -> None:
        """Put a graph in its place, or take it away; what is there just so is left, for a write is told."""
        if quads:
            if sorted(quads.splitlines()) != sorted(self._held(graph).splitlines()):
                self.store.replace(graph, quads)
        elif self.store.has_graph(graph):
            self.store.remove(graph)

    def _held(self, graph: str) -> bytes:
        held = b"".join(self.store.read_graph(graph, formats.N_TRIPLES))
        return in_graph(held, graph, nquads=True)
