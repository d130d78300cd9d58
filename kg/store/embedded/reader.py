"""What is read from the store that ships; `kg.store.embedded.store` adds what is written."""

import io
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from threading import Lock
from traceback import clear_frames
from typing import Any, TypeVar

import pyoxigraph as ox

from kg.errors import StoreError
from kg.ids import BASE
from kg.store import formats
from kg.store.changes import Changes
from kg.store.embedded.alone import Copies, OursAlone
from kg.store.embedded.engine import (
    ALL_GRAPHS,
    RDF,
    SHORT,
    Found,
    blocks_of,
    first_fitting,
    graph_name,
    node,
    own_dataset,
    query_errors,
    rows_of,
    truth_of,
    written,
)
from kg.store.embedded.place import InFolder
from kg.store.embedded.streams import blocks_written
from kg.store.fence.guard import fenced
from kg.store.generation import Generation
from kg.store.port import Answer, Dataset, Table
from kg.store.sparql.lexer import unescaped
from kg.store.sparql.rewrite import dataset_named

_T = TypeVar("_T")
_NO_DATASET = Dataset()


class EmbeddedReader:
    """The half of a `kg.store.port.Store` in this process that reads."""

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
            place: Where it lies; none for one in memory.
        """
        self.address = address
        self.turn = Lock()
        self._quads: ox.Store | None = quads
        self._generation = generation
        self._service_allow = tuple(service_allow)
        self._dataset_of: tuple[str, dict[str, Any]] = ("", {})
        self._place = place
        self._copies = Copies(place) if place else None

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
        if self._copies is not None:
            self._copies.close()
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

    def csv(self, query: str) -> bytes:
        """Return the rows of a SELECT as SPARQL 1.1 CSV, written by the engine.

        Raises:
            MalformedQueryError: The text is not SPARQL.
            QueryError: It cannot be evaluated.
        """
        writing = partial(written, accept=[formats.CSV], opened=lambda _: io.BytesIO())
        return self._evaluated(query, writing)[1].getvalue()

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
            arguments = self._dataset(text, dataset)
            ours = self._ours_alone(text, arguments)  # held until all is read
            quads, arguments = (
                (ours.quads, dict(ALL_GRAPHS)) if ours else (self._open_quads, arguments)
            )
            found = quads.query(text, base_iri=base, **arguments)
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
        word, (known, arguments) = self.generation, self._dataset_of
        if known != word:
            if arguments != ALL_GRAPHS or not self._is_ours_alone(known):
                arguments = own_dataset(self._open_quads)
            self._dataset_of = (word, arguments)
        return arguments

    def _ours_alone(self, query: str, arguments: dict[str, Any]) -> OursAlone | None:
        """Return what to ask instead, where the default graph is a list and no graph is named."""
        if self._copies is None or arguments is not self._dataset_of[1]:
            return None
        if "default_graph" not in arguments:
            self._copies.close()
            return None
        if "GRAPH" in unescaped(query).upper():
            return None
        return self._copies.newest(self._open_quads, self._generation)

    def _is_ours_alone(self, since: str) -> bool:
        """Return whether graphs of ours alone were touched since: to list all takes 5 µs for each."""
        graphs = self.changes(since).graphs
        return graphs is not None and all(graph and graph.startswith(BASE) for graph in graphs)
