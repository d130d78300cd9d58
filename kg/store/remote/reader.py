"""What is read from a SPARQL 1.1 service; `kg.store.remote.store` adds what is written."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from threading import Lock

from kg.errors import FormatError, MalformedQueryError
from kg.store import formats
from kg.store.changes import Changes
from kg.store.embedded.triples import triples_in
from kg.store.fence.guard import fenced
from kg.store.generation import READ_GENERATION
from kg.store.lines import in_graph
from kg.store.port import Answer, Dataset, Table
from kg.store.remote import probe
from kg.store.remote.connection import Connection, media_type
from kg.store.remote.datasets import Datasets
from kg.store.remote.putting import which
from kg.store.sparql import dialect
from kg.store.sparql.rewrite import with_base
from kg.store.values import table_of

_NO_DATASET = Dataset()


class RemoteReader:
    """The half of a `kg.store.port.Store` behind HTTP that reads."""

    def __init__(self, connection: Connection, *, service_allow: Sequence[str] = ()) -> None:
        self.address = connection.endpoints.shown
        self.turn = Lock()
        self._wire = connection
        self._service_allow = tuple(service_allow)

    @cached_property
    def engine(self) -> probe.Engine:
        """Return what the service is and what it gets wrong; asked when it is first needed.

        Raises:
            StoreError: The service does not answer, or with something else than results.
            QueryTimeoutError: It is too slow.
        """
        return probe.probed(self._wire.server, lambda query: self._wire.json(query, _NO_DATASET))

    @property
    def generation(self) -> str:
        """Return a word that changes with every write of ours to the store, by any process."""
        rows = self._rows(READ_GENERATION, _NO_DATASET).rows
        return str(rows[0][0]) if rows else "0"

    def changes(self, since: str) -> Changes:
        """Return the word of now; where it is not *since*, any graph may have been touched."""
        word = self.generation
        return Changes(word, frozenset() if word == since else None)

    def close(self) -> None:
        """Let go of the connections; a second call does nothing."""
        self._wire.client.close()

    # ----------------------------------------------------------------------- reading

    def select(self, query: str) -> Table:
        """Return the rows of a SELECT.

        Raises:
            MalformedQueryError: The text is not a SELECT.
            QueryError: It cannot be evaluated.
            StoreError: The service failed.
        """
        text = self._safe(query, "SELECT")
        return self._rows(text, self._dataset(text, _NO_DATASET))

    def csv(self, query: str) -> bytes:
        """Return the rows of a SELECT as SPARQL 1.1 CSV, written by the engine.

        Raises:
            MalformedQueryError: The text is not a SELECT.
            QueryError: It cannot be evaluated.
            StoreError: The service failed.
        """
        text = self._safe(query, "SELECT")
        return self._wire.csv(text, self._dataset(text, _NO_DATASET))

    def ask(self, query: str) -> bool:
        """Return the answer of an ASK.

        Raises:
            MalformedQueryError: The text is not an ASK.
            QueryError: It cannot be evaluated.
            StoreError: The service failed.
        """
        text = self._safe(query, "ASK")
        return bool(self._wire.json(text, self._dataset(text, _NO_DATASET))["boolean"])

    def answer(
        self,
        query: str,
        accept: Sequence[str],
        *,
        dataset: Dataset = _NO_DATASET,
        base: str | None = None,
        limit_s: float | None = None,
    ) -> Answer:
        """Return the result of any query form, serialised as the first of *accept* that fits it.

        Raises:
            FormatError: None of *accept* fits the form of the query.
            MalformedQueryError: The text is not SPARQL.
            QueryRefusedError: It would reach an address that is not allowed.
            QueryTimeoutError: It ran past the limit.
            QueryError: It cannot be evaluated.
            StoreError: The service failed.
        """
        safe = self._safe(query)
        fitting = dialect.fitting(dialect.form_of(safe))
        wanted = [name for name in accept if name in fitting]
        if not wanted:
            raise FormatError(given=", ".join(accept), known=", ".join(fitting))
        text = with_base(safe, base)
        graphs = wanted[0] in formats.TRIPLES
        ours = graphs and wanted[0] not in self.engine.writes
        asked = [formats.N_TRIPLES] if ours else wanted
        response = self._wire.query(text, asked, self._dataset(text, dataset), limit_s=limit_s)
        chosen = media_type(response)
        blocks = self._wire.blocks(response, limit_s=limit_s)
        if ours and chosen == formats.N_TRIPLES:
            return Answer(wanted[0], triples_in(b"".join(blocks), wanted[0]))
        if chosen not in asked:
            response.close()
            raise FormatError(given=", ".join(accept), known=chosen)
        return Answer(chosen, blocks)

    def read_graph(self, graph: str | None, media_type: str) -> Iterator[bytes]:
        """Yield one graph serialised; ``None`` is the service's default graph.

        Raises:
            FormatError: The media type is not one of graphs.
            StoreError: The service failed.
        """
        if media_type not in formats.GRAPHS:
            raise FormatError(given=media_type, known=", ".join(formats.GRAPHS))
        name = graph or self.engine.default_graph
        if graph is None and name and name not in self._datasets.graphs():
            return iter(())
        ours = media_type not in self.engine.writes
        asked = {"Accept": formats.N_TRIPLES if ours else media_type}
        blocks = self._wire.blocks(self._wire.graph("GET", which(name), asked))
        return triples_in(b"".join(blocks), media_type) if ours else blocks

    def dump(self, media_type: str) -> Iterator[bytes]:
        """Yield all quads, serialised as N-Quads or TriG.

        Raises:
            FormatError: The media type is not one of datasets.
            StoreError: The service failed.
        """
        if media_type not in formats.DATASETS:
            raise FormatError(given=media_type, known=", ".join(formats.DATASETS))
        nquads = media_type == formats.N_QUADS
        graphs = (None, *self.graphs())
        return (
            in_graph(b"".join(self.read_graph(graph, formats.N_TRIPLES)), graph, nquads=nquads)
            for graph in graphs
        )

    def graphs(self) -> list[str]:
        """Return the names of all graphs, sorted, but for those that are none of the user's.

        Left out are the one that holds the generation and those that the engine keeps for itself.
        """
        return sorted(self._datasets.graphs() - {self.engine.default_graph})

    def has_graph(self, graph: str) -> bool:
        """Return whether there is a graph of this name, be it empty."""
        return graph in self.graphs()

    # ----------------------------------------------------------------------- inside

    @cached_property
    def _datasets(self) -> Datasets:
        return Datasets(self._wire, self.engine)

    def _dataset(self, query: str, dataset: Dataset) -> Dataset:
        return self._datasets.asked(query, dataset, generation=self.generation)

    def _safe(self, query: str, form: str | None = None) -> str:
        text = fenced(query, allow=self._service_allow)
        dialect.refuse_foreign(text)
        found = dialect.form_of(text)
        if form not in (None, found):
            raise MalformedQueryError(what=str(form), detail=query.strip()[:80])
        return text

    def _rows(self, query: str, dataset: Dataset) -> Table:
        return table_of(self._wire.json(query, dataset))
