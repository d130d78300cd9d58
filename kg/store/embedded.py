"""The store that ships: pyoxigraph, on disk or in memory.

Facts that bind (pyoxigraph 0.5.13, all measured): literals are rewritten to their canonical form
and derived integer types to xsd:integer; a transaction is one `update` or one `load`, so whatever
must be atomic is written as one of these; ``default_graph=`` hides FROM clauses; a second writer is
kept out by RocksDB's lock.
"""

import contextlib
import io
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import (
    FormatError,
    MalformedQueryError,
    PayloadError,
    QueryError,
    StoreError,
    StoreLockedError,
    StoreUnavailableError,
)
from kg.ids import BASE
from kg.store import formats
from kg.store.generation import CountedGeneration, FileGeneration, Generation
from kg.store.guard import graphs_read, refuse_fetching, with_using
from kg.store.port import Answer, Body, Dataset, Table, Value
from kg.store.values import plain

_NO_DATASET = Dataset()
_DATA, _GENERATION, _HOLDER = "data", "generation", "holder"
_RDF = {media_type: ox.RdfFormat.from_media_type(media_type) for media_type in formats.TRIPLES}
_RESULTS = {
    media_type: ox.QueryResultsFormat.from_media_type(media_type)
    for media_type in formats.SOLUTIONS
}
_BLOCK = 1 << 16


class EmbeddedStore:
    """A `kg.store.port.Store` in this process; make one with `on_disk` or `in_memory`."""

    def __init__(
        self,
        quads: ox.Store,
        *,
        address: str,
        generation: Generation,
        service_allow: Sequence[str] = (),
    ) -> None:
        self.address = address
        self._quads: ox.Store | None = quads
        self._generation = generation
        self._service_allow = tuple(service_allow)
        self._dataset_of: tuple[str, dict[str, Any]] = ("", {})
        self._holder: Path | None = None

    @classmethod
    def in_memory(cls, *, service_allow: Sequence[str] = ()) -> "EmbeddedStore":
        """Return an empty store that ends with the process.

        >>> store = EmbeddedStore.in_memory()
        >>> store.update("INSERT DATA { <urn:a> <urn:p> 1 }")
        >>> store.select("SELECT ?o { ?s ?p ?o }").rows
        ((1,),)
        """
        return cls(
            ox.Store(),
            address="memory:",
            generation=CountedGeneration(),
            service_allow=service_allow,
        )

    @classmethod
    def on_disk(
        cls, folder: Path, *, read_only: bool = False, service_allow: Sequence[str] = ()
    ) -> "EmbeddedStore":
        """Return the store in *folder*, which is made where there is none.

        Args:
            folder: Holds the data, the generation and the process id of the writer.
            read_only: Whether to see the store as it is now, frozen, without keeping writers out.
            service_allow: Addresses that SERVICE and LOAD may reach.

        Raises:
            StoreLockedError: Another process writes to it.
            StoreUnavailableError: The folder cannot be used.
        """
        generation = FileGeneration(folder / _GENERATION)
        word: Generation = CountedGeneration(name=generation.word) if read_only else generation
        quads = _open(folder, read_only=read_only)
        store = cls(quads, address=str(folder), generation=word, service_allow=service_allow)
        if not read_only:
            generation.settle()
            store._holder = folder / _HOLDER
            store._holder.write_text(str(os.getpid()), "ascii")
        return store

    @property
    def generation(self) -> str:
        """Return a word that changes with every write to the store by any process."""
        return self._generation.word

    def close(self) -> None:
        """Let go of the files; a second call does nothing."""
        if self._quads is None:
            return
        self._quads = None
        if self._holder is not None:
            self._holder.unlink(missing_ok=True)

    # ----------------------------------------------------------------------- reading

    def select(self, query: str) -> Table:
        """Return the rows of a SELECT.

        Raises:
            MalformedQueryError: The text is not a SELECT.
            QueryError: It cannot be evaluated.
        """
        with _query_errors(self.address):
            found = self._evaluate(query, _NO_DATASET, None)
            if not isinstance(found, ox.QuerySolutions):
                raise MalformedQueryError(what="SELECT", detail=query.strip()[:80])
            names = tuple(variable.value for variable in found.variables)
            rows = tuple(tuple(_value(term) for term in solution) for solution in found)
        return Table(names, rows)

    def ask(self, query: str) -> bool:
        """Return the answer of an ASK.

        Raises:
            MalformedQueryError: The text is not an ASK.
            QueryError: It cannot be evaluated.
        """
        with _query_errors(self.address):
            found = self._evaluate(query, _NO_DATASET, None)
            if not isinstance(found, ox.QueryBoolean):
                raise MalformedQueryError(what="ASK", detail=query.strip()[:80])
            return bool(found)

    def answer(
        self,
        query: str,
        accept: Sequence[str],
        *,
        dataset: Dataset = _NO_DATASET,
        base: str | None = None,
    ) -> Answer:
        """Return the result of any query form, serialised as the first of *accept* that fits it.

        It is serialised before this returns: an error in the middle is an error, not a cut text.

        Raises:
            FormatError: None of *accept* fits the form of the query.
            MalformedQueryError: The text is not SPARQL.
            QueryRefusedError: It would reach an address that is not allowed.
            QueryError: It cannot be evaluated.
        """
        with _query_errors(self.address):
            found = self._evaluate(query, dataset, base)
            out = io.BytesIO()
            if isinstance(found, ox.QueryTriples):
                chosen = _first(accept, formats.TRIPLES)
                found.serialize(out, format=_RDF[chosen])
            else:
                boolean = isinstance(found, ox.QueryBoolean)
                chosen = _first(accept, formats.BOOLEANS if boolean else formats.SOLUTIONS)
                found.serialize(out, format=_RESULTS[chosen])
        return Answer(chosen, _blocks(out))

    def read_graph(self, graph: str | None, media_type: str) -> Iterator[bytes]:
        """Yield one graph serialised; ``None`` is the store's default graph.

        Raises:
            FormatError: The media type is not one of graphs.
        """
        chosen = _first([media_type], formats.GRAPHS)
        out = io.BytesIO()
        self._open_quads.dump(out, format=_RDF[chosen], from_graph=_graph(graph))
        return _blocks(out)

    def dump(self, media_type: str) -> Iterator[bytes]:
        """Yield all quads, serialised as N-Quads or TriG.

        Raises:
            FormatError: The media type is not one of datasets.
        """
        chosen = _first([media_type], formats.DATASETS)
        out = io.BytesIO()
        self._open_quads.dump(out, format=_RDF[chosen])
        return _blocks(out)

    def graphs(self) -> list[str]:
        """Return the names of all graphs, sorted."""
        named = self._open_quads.named_graphs()
        return sorted(graph.value for graph in named if isinstance(graph, ox.NamedNode))

    def has_graph(self, graph: str) -> bool:
        """Return whether there is a graph of this name, be it empty."""
        return self._open_quads.contains_named_graph(_node(graph))

    # ----------------------------------------------------------------------- writing

    def update(self, text: str, *, dataset: Dataset = _NO_DATASET, base: str | None = None) -> None:
        """Carry out a SPARQL 1.1 Update, all or nothing.

        Raises:
            MalformedQueryError: The text is not a SPARQL update, or names a dataset beside *dataset*.
            QueryRefusedError: It would reach an address that is not allowed.
            QueryError: It cannot be carried out.
        """
        refuse_fetching(text, allow=self._service_allow)
        for graph in (*dataset.default_graphs, *dataset.named_graphs):
            _node(graph)
        whole = with_using(
            text, default_graphs=dataset.default_graphs, named_graphs=dataset.named_graphs
        )
        with _query_errors(self.address, what="update"), self._generation.writing():
            self._open_quads.update(whole, base_iri=base)

    def replace(self, graph: str, nquads: bytes) -> None:
        """Put *nquads* (all in *graph*) in the place of what *graph* held, all or nothing.

        Raises:
            PayloadError: It is not N-Quads, or a quad lies in another graph.
        """
        name = _node(graph)
        triples = []
        for quad in _parsed(Body(nquads, formats.N_QUADS)):
            if quad.graph_name != name:
                raise PayloadError(detail=f"a quad lies in {quad.graph_name}, not in <{graph}>")
            triples.append(quad.triple)
        self._put({name: triples}, clearing=f"DROP SILENT GRAPH {name};", keeping=[name])

    def load(self, bodies: Sequence[Body], *, graph: str | None, replacing: bool = False) -> None:
        """Add triples to one graph, or put them in its place, all or nothing.

        Raises:
            PayloadError: A body is not what its media type says.
            FormatError: A media type is not known.
        """
        name = _graph(graph)
        triples = []
        for body in bodies:
            _first([body.media_type], formats.TRIPLES)
            triples += [quad.triple for quad in _parsed(body)]
        which = "DEFAULT" if graph is None else f"GRAPH {name}"
        clearing = f"DROP SILENT {which};" if replacing else ""
        self._put({name: triples}, clearing=clearing, keeping=[name])

    def load_dataset(self, bodies: Sequence[Body], *, replacing: bool = False) -> None:
        """Add quads (N-Quads or TriG), or put them in the place of all that the store holds.

        Raises:
            PayloadError: A body is not what its media type says.
            FormatError: A media type is not known.
        """
        graphs: dict[_GraphName, list[ox.Triple]] = {}
        for body in bodies:
            _first([body.media_type], formats.DATASETS)
            for quad in _parsed(body):
                graphs.setdefault(quad.graph_name, []).append(quad.triple)
        self._put(graphs, clearing="DROP ALL;" if replacing else "", keeping=[])

    def remove(self, graph: str) -> None:
        """Remove a graph and all it holds; nothing happens where there is none."""
        with self._generation.writing():
            self._open_quads.remove_graph(_node(graph))

    # ----------------------------------------------------------------------- inside

    @property
    def _open_quads(self) -> ox.Store:
        if self._quads is None:
            raise StoreError(address=self.address, detail="it is closed already")
        return self._quads

    def _evaluate(
        self, query: str, dataset: Dataset, base: str | None
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        refuse_fetching(query, allow=self._service_allow)
        return self._open_quads.query(query, base_iri=base, **self._dataset(query, dataset))

    def _dataset(self, query: str, dataset: Dataset) -> dict[str, Any]:
        """Return the engine's dataset arguments for a query (see the rule in `kg.store.port`)."""
        if dataset != _NO_DATASET:
            return {
                "default_graph": [_node(graph) for graph in dataset.default_graphs],
                "named_graphs": [_node(graph) for graph in dataset.named_graphs],
            }
        if "FROM" in query.upper() and graphs_read(query):
            return {}
        word = self.generation
        if self._dataset_of[0] != word:
            self._dataset_of = (word, self._own_dataset())
        return self._dataset_of[1]

    def _own_dataset(self) -> dict[str, Any]:
        graphs = list(self._open_quads.named_graphs())
        ours = [graph for graph in graphs if graph.value.startswith(BASE)]
        if not ours:
            return {}
        if len(ours) == len(graphs):
            return {"use_default_graph_as_union": True}
        return {"default_graph": [ox.DefaultGraph(), *ours]}

    def _put(
        self,
        graphs: "dict[_GraphName, list[ox.Triple]]",
        *,
        clearing: str,
        keeping: "Sequence[_GraphName]",
    ) -> None:
        """Write as one update, the only transaction that can both take away and add."""
        parts = [clearing]
        parts += [
            f"CREATE SILENT GRAPH {name};" for name in keeping if isinstance(name, ox.NamedNode)
        ]
        parts.append("INSERT DATA {")
        for name, triples in graphs.items():
            text = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
            inside = text.decode()
            parts.append(
                inside if isinstance(name, ox.DefaultGraph) else f"GRAPH {name} {{ {inside} }}"
            )
        parts.append("}")
        with _query_errors(self.address, what="update"), self._generation.writing():
            self._open_quads.update("\n".join(parts))


_GraphName = ox.NamedNode | ox.BlankNode | ox.DefaultGraph


def _open(folder: Path, *, read_only: bool) -> ox.Store:
    data = folder / _DATA
    try:
        if read_only:
            return ox.Store.read_only(str(data))
        data.mkdir(parents=True, exist_ok=True)
        return ox.Store(data)
    except OSError as error:
        if "lock" in str(error).lower():
            raise StoreLockedError(address=str(folder), holder=_holder(folder)) from error
        raise StoreUnavailableError(address=str(folder), detail=str(error)) from error


def _holder(folder: Path) -> str:
    try:
        return f"process {(folder / _HOLDER).read_text('ascii')}"
    except FileNotFoundError:
        return "unknown process"


@contextlib.contextmanager
def _query_errors(address: str, *, what: str = "query") -> Iterator[None]:
    try:
        yield
    except SyntaxError as error:
        raise MalformedQueryError(what=what, detail=str(error)) from error
    except (RuntimeError, ValueError) as error:  # an unknown function, a graph that exists already
        raise QueryError(detail=str(error)) from error
    except OSError as error:
        raise StoreError(address=address, detail=str(error)) from error


def _parsed(body: Body) -> Iterator[ox.Quad]:
    rdf_format = _RDF.get(body.media_type)
    if rdf_format is None:
        raise FormatError(given=body.media_type, known=", ".join(formats.TRIPLES))
    try:
        yield from ox.parse(
            body.data, format=rdf_format, base_iri=body.base, rename_blank_nodes=True
        )
    except (SyntaxError, ValueError) as error:
        raise PayloadError(detail=f"not {body.media_type}: {error}") from error


def _first(accept: Sequence[str], fitting: Sequence[str]) -> str:
    for media_type in accept:
        if media_type in fitting:
            return media_type
    raise FormatError(given=", ".join(accept), known=", ".join(fitting))


def _graph(name: str | None) -> ox.NamedNode | ox.DefaultGraph:
    return ox.DefaultGraph() if name is None else _node(name)


def _node(iri: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(iri)
    except ValueError as error:
        raise PayloadError(detail=f"{iri!r} is not an IRI: {error}") from error


def _value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> Value:
    if isinstance(term, ox.Literal):
        return plain(term.value, term.datatype.value)
    if isinstance(term, ox.NamedNode):
        return term.value
    return None if term is None else str(term)


def _blocks(out: io.BytesIO) -> Iterator[bytes]:
    view = out.getbuffer()
    return (bytes(view[at : at + _BLOCK]) for at in range(0, len(view), _BLOCK))
