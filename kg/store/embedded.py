"""The store that ships: pyoxigraph, on disk or in memory.

Facts that bind (pyoxigraph 0.5.13, all measured): literals are rewritten to their canonical form
and derived integer types to xsd:integer; a transaction is one `update` or one `load`, so whatever
must be atomic is written as one of these; ``default_graph=`` hides FROM clauses; a second writer is
kept out by RocksDB's lock.
"""

import io
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from traceback import clear_frames
from typing import IO, Any, TypeVar

import pyoxigraph as ox

from kg.errors import PayloadError, StoreError
from kg.store import formats
from kg.store.bulk import fill, take_over
from kg.store.changes import Changes, Graphs, touched
from kg.store.engine import (
    RDF,
    SHORT,
    Found,
    GraphName,
    blocks_of,
    first_fitting,
    graph_name,
    insertion,
    node,
    own_dataset,
    parsed,
    query_errors,
    rows_of,
    truth_of,
    written,
)
from kg.store.generation import Generation
from kg.store.guard import fenced
from kg.store.place import InFolder
from kg.store.port import Answer, Body, Dataset, Table
from kg.store.rewrite import dataset_named, with_using
from kg.store.streams import blocks_written

_T = TypeVar("_T")
_NO_DATASET = Dataset()


class EmbeddedStore:
    """A `kg.store.port.Store` in this process; see `kg.store.disk` and `kg.store.memory`."""

    def __init__(
        self,
        quads: ox.Store,
        *,
        address: str,
        generation: Generation,
        service_allow: Sequence[str] = (),
        place: InFolder | None = None,
    ) -> None:
        """Take over a database of the library.

        Args:
            quads: The database.
            address: What to call it in messages.
            generation: The word that changes with every write.
            service_allow: Addresses that SERVICE and LOAD may reach.
            place: The folder that it is written in; none for one in memory or to be read.
        """
        self.address = address
        self._quads: ox.Store | None = quads
        self._generation = generation
        self._service_allow = tuple(service_allow)
        self._dataset_of: tuple[str, dict[str, Any]] = ("", {})
        self._place = place

    @property
    def generation(self) -> str:
        """Return a word that changes with every write to the store by any process."""
        return self._generation.word

    def changes(self, since: str) -> Changes:
        """Return the graphs that were touched since a generation, and the word of now."""
        return self._generation.changes(since)

    def close(self) -> None:
        """Let go of the files; a second call does nothing."""
        if self._quads is None:
            return
        self._quads = None
        if self._place is not None:
            self._place.leave()

    # ----------------------------------------------------------------------- reading

    def select(self, query: str) -> Table:
        """Return the rows of a SELECT.

        Raises:
            MalformedQueryError: The text is not a SELECT.
            QueryError: It cannot be evaluated.
        """
        return self._evaluated(query, rows_of)

    def ask(self, query: str) -> bool:
        """Return the answer of an ASK.

        Raises:
            MalformedQueryError: The text is not an ASK.
            QueryError: It cannot be evaluated.
        """
        return self._evaluated(query, truth_of)

    def answer(
        self,
        query: str,
        accept: Sequence[str],
        *,
        dataset: Dataset = _NO_DATASET,
        base: str | None = None,
        limit_s: float | None = None,  # in this process a query cannot be ended
    ) -> Answer:
        """Return the result of any query form, serialised as the first of *accept* that fits it.

        It is serialised before this returns: an error in the middle is an error, not a cut text.

        Raises:
            FormatError: None of *accept* fits the form of the query.
            MalformedQueryError: The text is not SPARQL.
            QueryRefusedError: It would reach an address that is not allowed.
            QueryError: It cannot be evaluated.
        """
        writing = partial(written, accept=accept, opened=lambda _: io.BytesIO())
        media_type, out = self._evaluated(query, writing, dataset=dataset, base=base)
        return Answer(media_type, blocks_of(out))

    def read_graph(self, graph: str | None, media_type: str) -> Iterator[bytes]:
        """Yield one graph serialised; ``None`` is the store's default graph.

        Raises:
            FormatError: The media type is not one of graphs.
        """
        chosen = first_fitting([media_type], formats.GRAPHS)
        writing = partial(
            self._open_quads.dump,
            format=RDF[chosen],
            from_graph=graph_name(graph),
            prefixes=SHORT,
        )
        return blocks_written(writing)

    def dump(self, media_type: str) -> Iterator[bytes]:
        """Yield all quads, serialised as N-Quads or TriG.

        Raises:
            FormatError: The media type is not one of datasets.
        """
        chosen = first_fitting([media_type], formats.DATASETS)
        writing = partial(self._open_quads.dump, format=RDF[chosen], prefixes=SHORT)
        return blocks_written(writing)

    def graphs(self) -> list[str]:
        """Return the names of all graphs, sorted."""
        named = self._open_quads.named_graphs()
        return sorted(graph.value for graph in named if isinstance(graph, ox.NamedNode))

    def has_graph(self, graph: str) -> bool:
        """Return whether there is a graph of this name, be it empty."""
        return self._open_quads.contains_named_graph(node(graph))

    # ----------------------------------------------------------------------- writing

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

    def optimize(self) -> None:
        """Put the files in good order; after many writes queries have become twice as slow."""
        with query_errors(self.address):
            self._open_quads.optimize()

    # ----------------------------------------------------------------------- inside

    @property
    def _open_quads(self) -> ox.Store:
        if self._quads is None:
            raise StoreError(address=self.address, detail="it is closed already")
        return self._quads

    def _evaluated(
        self,
        query: str,
        read: Callable[[Found], _T],
        *,
        dataset: Dataset = _NO_DATASET,
        base: str | None = None,
    ) -> _T:
        """Return what *read* makes of the result, which ends in this thread.

        The library leaks a result that is dropped in another thread, and an error on its way to the
        event loop would carry it there in the frames of its traceback.
        """
        with query_errors(self.address):
            text = fenced(query, allow=self._service_allow)
            found = self._open_quads.query(text, base_iri=base, **self._dataset(text, dataset))
            try:
                return read(found)
            except Exception as error:
                clear_frames(error.__traceback__)
                raise
            finally:
                del found

    def _dataset(self, query: str, dataset: Dataset) -> dict[str, Any]:
        """Return the engine's dataset arguments for a query (see the rule in `kg.store.port`)."""
        if dataset != _NO_DATASET:
            return {
                "default_graph": [node(graph) for graph in dataset.default_graphs],
                "named_graphs": [node(graph) for graph in dataset.named_graphs],
            }
        if dataset_named(query):
            return {}
        word = self.generation
        if self._dataset_of[0] != word:
            self._dataset_of = (word, own_dataset(self._open_quads))
        return self._dataset_of[1]

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
