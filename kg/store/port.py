"""What the rest of the product asks of a store. Nothing here names a library.

Every store answers SPARQL 1.1. ``default graph`` of a query without a dataset clause: the store's
default graph and all graphs that the product itself keeps (IRIs below `kg.ids.BASE`), merged;
graphs that clients write under other names stay named. Engines join graphs without merging equal
triples: what two documents both say is found twice, so count with DISTINCT.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import IO, Protocol

from kg.display import SHOWN, rows_html
from kg.store.changes import Changes

Value = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Table:
    """The result of a SELECT as plain values.

    IRIs and strings are ``str``; blank nodes ``"_:x"``; xsd:integer ``int``; xsd:decimal, xsd:double
    and xsd:float ``float``; xsd:boolean ``bool``; unbound ``None``; all else its lexical form. Use
    ``LANG(?x)`` in the query where the language matters.
    """

    names: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    def dicts(self) -> Iterator[dict[str, Value]]:
        """Yield each row as a dictionary."""
        for row in self.rows:
            yield dict(zip(self.names, row, strict=True))

    def _repr_html_(self) -> str:
        shown = [dict(zip(self.names, row, strict=True)) for row in self.rows[:SHOWN]]
        return rows_html(shown, of=len(self.rows))


@dataclass(frozen=True, slots=True)
class Dataset:
    """The dataset that a protocol request names; empty means the store's own."""

    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """A serialised result: its media type and its bytes, in blocks."""

    media_type: str
    blocks: Iterator[bytes]


@dataclass(frozen=True, slots=True)
class Body:
    """Serialised RDF as a client sent it; *base* is what its relative IRIs hang on."""

    data: bytes
    media_type: str
    base: str | None = None


class Store(Protocol):
    """A set of quads that answers SPARQL 1.1.

    ``turn`` is held by whoever writes what hangs on what it has read: a build that puts a document
    in with the decisions on it, a review that puts documents in with new ones. It is of this
    process alone.
    """

    address: str
    turn: Lock

    def select(self, query: str) -> Table:
        """Return the rows of a SELECT.

        Raises:
            MalformedQueryError: The text is not SPARQL.
            StoreError: The store failed.
        """
        ...

    def csv(self, query: str) -> bytes:
        """Return the rows of a SELECT as SPARQL 1.1 CSV, written by the engine: for very many rows.

        Raises:
            MalformedQueryError: The text is not SPARQL.
            StoreError: The store failed.
        """
        ...

    def ask(self, query: str) -> bool:
        """Return the answer of an ASK."""
        ...

    def answer(
        self,
        query: str,
        accept: Sequence[str],
        *,
        dataset: Dataset = ...,
        base: str | None = ...,
        limit_s: float | None = ...,
    ) -> Answer:
        """Return the result of any query form, serialised as the first of *accept* that fits it.

        Args:
            query: SPARQL.
            accept: Media types, the best first.
            dataset: What the request names beside the text.
            base: What relative IRIs hang on.
            limit_s: A shorter limit than the store's own, where it can end a query at all.

        Raises:
            FormatError: None of *accept* fits the form of the query.
            MalformedQueryError: The text is not SPARQL.
            QueryRefusedError: It would reach an address that is not allowed.
            QueryTimeoutError: It ran past the limit.
            QueryError: It cannot be evaluated.
            StoreError: The store failed.
        """
        ...

    def update(self, text: str, *, dataset: Dataset = ..., base: str | None = ...) -> None:
        """Carry out a SPARQL 1.1 Update, all or nothing.

        Raises:
            MalformedQueryError: The text is not a SPARQL update, or names a dataset beside *dataset*.
            QueryRefusedError: It would reach an address that is not allowed.
            QueryError: It cannot be carried out.
            StoreError: The store failed.
        """
        ...

    def replace(self, graph: str, nquads: bytes) -> None:
        """Put *nquads* (all in *graph*) in the place of what *graph* held, all or nothing.

        Raises:
            PayloadError: It is not N-Quads, or a quad lies in another graph.
        """
        ...

    def replace_all(self, graphs: Mapping[str, bytes]) -> None:
        """Put N-Quads in the place of what each of *graphs* held, all graphs or none.

        Raises:
            PayloadError: It is not N-Quads, or a quad lies in another graph.
        """
        ...

    def replace_each(self, graphs: Mapping[str, bytes]) -> None:
        """Put N-Quads in the place of what each of *graphs* held, each graph whole or not at all.

        For very many graphs, in the way that is cheapest for the engine.

        Raises:
            PayloadError: It is not N-Quads, or a quad lies in another graph; some may be there.
        """
        ...

    def load(self, bodies: Sequence[Body], *, graph: str | None, replacing: bool = ...) -> None:
        """Add triples to one graph, or put them in its place, all or nothing.

        Args:
            bodies: RDF in any media type of `kg.store.formats.GRAPHS`.
            graph: Its name; ``None`` is the store's default graph.
            replacing: Whether what the graph held goes.

        Raises:
            PayloadError: A body is not what its media type says.
            FormatError: A media type is not known.
        """
        ...

    def load_dataset(self, bodies: Sequence[Body], *, replacing: bool = ...) -> None:
        """Add quads (N-Quads or TriG), or put them in the place of all that the store holds.

        Raises:
            PayloadError: A body is not what its media type says.
            FormatError: A media type is not known.
        """
        ...

    def take_in(self, source: IO[bytes], media_type: str, *, keeping: Collection[str]) -> list[str]:
        """Put the graphs of a long file in the place of those of the same names; return the names.

        Triples without a graph are added to the default graph. The memory that it takes does not
        grow with the file. An embedded store takes in all or nothing, an outside one graph by graph.

        Args:
            source: RDF of any kind, read from where it stands.
            media_type: What it is.
            keeping: Graphs that stay as they are, whatever the file says.

        Raises:
            PayloadError: It is not what its media type says, or a blank node names a graph.
            FormatError: The media type is not known.
            StoreError: The store failed.
        """
        ...

    def optimize(self) -> None:
        """Put the files in good order after many writes, where that is the client's to ask."""
        ...

    def has_graph(self, graph: str) -> bool:
        """Return whether there is a graph of this name, be it empty."""
        ...

    def read_graph(self, graph: str | None, media_type: str) -> Iterator[bytes]:
        """Yield one graph serialised; ``None`` is the store's default graph."""
        ...

    def dump(self, media_type: str) -> Iterator[bytes]:
        """Yield all quads, serialised as N-Quads or TriG."""
        ...

    def graphs(self) -> list[str]:
        """Return the names of all graphs, sorted."""
        ...

    def remove(self, graph: str) -> None:
        """Remove a graph and all it holds; nothing happens where there is none."""
        ...

    @property
    def generation(self) -> str:
        """Return a word that changes with every write to the store by any process."""
        ...

    def changes(self, since: str) -> Changes:
        """Return the graphs that may have been touched since a generation, and the word of now.

        What is made from a store asks this to make anew no more than it must: it notes the word,
        reads those graphs (all where ``None`` stands in their place), and asks from that word on.
        """
        ...

    def instant(self) -> "Instant | None":
        """Return the store as it is now, to be read when it has changed; ``None`` where that is dear.

        It is let go of with the last reference to it.
        """
        ...

    def close(self) -> None:
        """Let go of files and connections; a second call does nothing."""
        ...


class Instant(Protocol):
    """What a store held at one generation."""

    @property
    def generation(self) -> str:
        """Return that generation."""
        ...

    def csv(self, query: str) -> bytes:
        """Return the rows of a SELECT as SPARQL 1.1 CSV (see `Store.csv`)."""
        ...

    def read_graph(self, graph: str | None, media_type: str) -> Iterator[bytes]:
        """Yield one graph serialised; ``None`` is the default graph."""
        ...
