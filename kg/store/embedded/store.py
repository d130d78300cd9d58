"""The store that ships: pyoxigraph, on disk or in memory.

Facts that bind (pyoxigraph 0.5.13, all measured): literals are rewritten to their canonical form
and derived integer types to xsd:integer; a transaction is one `update` or one `load`, so whatever
must be atomic is written as one of these; ``default_graph=`` hides FROM clauses; a second writer is
kept out by RocksDB's lock.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import IO

import pyoxigraph as ox

from kg.errors import PayloadError
from kg.store import formats
from kg.store.changes import Graphs, touched
from kg.store.embedded.bulk import WORTH_LOADING, fill, is_plain, load_plain, take_over
from kg.store.embedded.engine import (
    GraphName,
    first_fitting,
    graph_name,
    insertion,
    node,
    parsed,
    query_errors,
)
from kg.store.embedded.instant import Instant, instant_of
from kg.store.embedded.reader import EmbeddedReader
from kg.store.embedded.views import VIEWS
from kg.store.fence.guard import fenced
from kg.store.port import Body, Dataset
from kg.store.sparql.rewrite import with_using

_NO_DATASET = Dataset()


class EmbeddedStore(EmbeddedReader):
    """A `kg.store.port.Store` in this process; see `kg.store.embedded.disk` and `kg.store.embedded.memory`."""

    def update(self, text: str, *, dataset: Dataset = _NO_DATASET, base: str | None = None) -> None:
        """Carry out a SPARQL 1.1 Update, all or nothing.

        Raises:
            MalformedQueryError: The text is not a SPARQL update, or names a dataset beside *dataset*.
            QueryRefusedError: It would reach an address that is not allowed.
            QueryError: It cannot be carried out.
        """
        for graph in (*dataset.default_graphs, *dataset.named_graphs):
            node(graph)
        whole = with_using(fenced(text, allow=self._service_allow), dataset)
        graphs = touched(whole)
        with query_errors(self.address, what="update"), self._generation.writing(graphs):
            self._open_quads.update(whole, base_iri=base)

    def replace(self, graph: str, nquads: bytes) -> None:
        """Put *nquads* (all in *graph*) in the place of what *graph* held, all or nothing.

        Raises:
            PayloadError: It is not N-Quads, or a quad lies in another graph.
        """
        self.replace_all({graph: nquads})

    def replace_all(self, graphs: Mapping[str, bytes]) -> None:
        """Put N-Quads in the place of what each of *graphs* held, all graphs or none.

        Raises:
            PayloadError: It is not N-Quads, or a quad lies in another graph.
        """
        clearing, quads = "", []
        for graph, nquads in graphs.items():
            name = node(graph)
            clearing += f"DROP SILENT GRAPH {name}; CREATE SILENT GRAPH {name};"
            for quad in parsed(Body(nquads, formats.N_QUADS)):
                if quad.graph_name != name:
                    raise PayloadError(detail=f"a quad lies in {quad.graph_name}, not in <{graph}>")
                quads.append(quad)
        self._rewrite(clearing, quads, keeping=ox.DefaultGraph(), graphs=frozenset(graphs))

    def replace_each(self, graphs: Mapping[str, bytes]) -> None:
        """Put N-Quads in the place of what each of *graphs* held, each graph whole or not at all.

        Where that is much, the graphs that are new go in together by the engine's loader, all of
        them or none: a third of the processor time and of the disk that updates take.

        Raises:
            PayloadError: It is not N-Quads, or a quad lies in another graph; some may be there.
        """
        new = {
            graph: nquads
            for graph, nquads in graphs.items()
            if not self.has_graph(graph) and is_plain(nquads, graph)
        }
        if sum(map(len, new.values())) < WORTH_LOADING:
            new = {}
        if new:
            with self._generation.writing(frozenset(new)):
                load_plain(self._open_quads, b"".join(new.values()))
        for graph, nquads in graphs.items():
            if graph not in new:
                self.replace(graph, nquads)

    def load(self, bodies: Sequence[Body], *, graph: str | None, replacing: bool = False) -> None:
        """Add triples to one graph, or put them in its place, all or nothing.

        Raises:
            PayloadError: A body is not what its media type says.
            FormatError: A media type is not known.
        """
        name = graph_name(graph)
        quads = [
            ox.Quad(quad.subject, quad.predicate, quad.object, name)
            for body in bodies
            for quad in parsed(body)
        ]
        if replacing:
            which = "DEFAULT" if graph is None else f"GRAPH {name}"
            touching = frozenset({graph})
            self._rewrite(f"DROP SILENT {which};", quads, keeping=name, graphs=touching)
            return
        with query_errors(self.address), self._generation.writing(frozenset({graph})):
            self._open_quads.extend(quads)
            self._open_quads.add_graph(name)

    def load_dataset(self, bodies: Sequence[Body], *, replacing: bool = False) -> None:
        """Add quads (N-Quads or TriG), or put them in the place of all that the store holds.

        Raises:
            PayloadError: A body is not what its media type says.
            FormatError: A media type is not known.
        """
        for body in bodies:
            first_fitting([body.media_type], formats.DATASETS)
        quads = [quad for body in bodies for quad in parsed(body)]
        if replacing:
            self._rewrite("DROP ALL;", quads, keeping=ox.DefaultGraph())
            return
        with query_errors(self.address), self._generation.writing():
            self._open_quads.extend(quads)

    def remove(self, graph: str) -> None:
        """Remove a graph and all it holds; nothing happens where there is none."""
        with self._generation.writing(frozenset({graph})):
            self._open_quads.remove_graph(node(graph))

    def take_in(self, source: IO[bytes], media_type: str, *, keeping: Collection[str]) -> list[str]:
        """Put the graphs of a long file in the place of those of the same names; return the names.

        All or nothing: the new database is made beside the old one. Triples without a graph are
        added to the default graph.

        Args:
            source: RDF, read from where it stands.
            media_type: What it is.
            keeping: Graphs that stay as they are, whatever the file says.

        Raises:
            PayloadError: It is not what its media type says, or a blank node names a graph.
            FormatError: The media type is not known.
            StoreError: The disk failed.
        """
        with query_errors(self.address), self._generation.writing():
            new = self._place.beside() if self._place else ox.Store()
            fill(new, source, media_type)
            names = take_over(new, self._open_quads, keeping=keeping)
            new.optimize()
            if self._place:
                del new
                self._quads = None  # lets go of its files
                new = self._place.swap()
            self._quads = new
        return names

    def instant(self) -> Instant | None:
        """Return the store as it is now, kept by hard links.

        ``None`` for one in memory or to be read, or where somebody writes.
        """
        if self._place is None or self._place.frozen is not None:
            return None
        before = self.generation
        views = self._place.data.parent / VIEWS
        found = instant_of(self._open_quads, views, word=before, service_allow=self._service_allow)
        return found if self.generation == before else None

    def optimize(self) -> None:
        """Put the files in good order; after many writes queries have become twice as slow."""
        with query_errors(self.address):
            self._open_quads.optimize()

    def _rewrite(
        self,
        clearing: str,
        quads: Sequence[ox.Quad],
        *,
        keeping: GraphName,
        graphs: Graphs = None,
    ) -> None:
        """Write as one update, the only transaction that can both take away and add."""
        text = clearing + insertion(quads, keeping=keeping)
        with query_errors(self.address, what="update"), self._generation.writing(graphs):
            self._open_quads.update(text)
