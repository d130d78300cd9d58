"""Any SPARQL 1.1 service as a store: queries by form, updates, Graph Store Protocol.

Default graph: a service whose default graph is the union of its graphs (Virtuoso, GraphDB,
``oxigraph serve --union-default-graph``) answers as it is, and shows the graphs of others too. Any
other is told our graphs as ``default-graph-uri`` and all graphs as ``named-graph-uri``; as the
protocol has no name for the service's own default graph, that one is then left out.

Generation: a random word in a small graph of its own (`GENERATION_GRAPH`), written with each
update and around each graph that is put; whoever writes to the service without us does not change
it.

What an engine gets wrong is found out once (`kg.store.remote.probe`) and gone around.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from threading import Lock
from typing import IO

from kg.errors import FormatError, MalformedQueryError
from kg.store import formats
from kg.store.changes import Changes
from kg.store.embedded.bulk import by_graph
from kg.store.embedded.triples import triples_in
from kg.store.fence.guard import fenced
from kg.store.generation import READ_GENERATION, next_generation
from kg.store.lines import in_graph
from kg.store.port import Answer, Body, Dataset, Table
from kg.store.remote import probe
from kg.store.remote.connection import Connection, media_type
from kg.store.remote.datasets import Datasets
from kg.store.remote.endpoints import Endpoints
from kg.store.remote.putting import Putter, Stager, clearing, updating, which
from kg.store.sparql import dialect
from kg.store.sparql.rewrite import graphs_used, with_base, with_first
from kg.store.values import table_of

_NO_DATASET = Dataset()


class RemoteStore:
    """A `kg.store.port.Store` behind HTTP."""

    def __init__(self, connection: Connection, *, service_allow: Sequence[str] = ()) -> None:
        self.address = connection.endpoints.shown
        self.turn = Lock()
        self._wire = connection
        self._service_allow = tuple(service_allow)

    @classmethod
    def at(
        cls, address: str, *, token: str | None, limit_s: float, service_allow: Sequence[str] = ()
    ) -> "RemoteStore":
        """Return the service at an address (see `Endpoints.of`).

        Raises:
            SettingsError: The address is not of this form.
        """
        connection = Connection(Endpoints.of(address), limit_s=limit_s, token=token)
        return cls(connection, service_allow=service_allow)

    @cached_property
    def engine(self) -> probe.Engine:
        """Return what the service is and what it gets wrong; asked when it is first needed.

        Raises:
            StoreUnavailableError: The service does not answer.
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

    # ----------------------------------------------------------------------- writing

    def update(self, text: str, *, dataset: Dataset = _NO_DATASET, base: str | None = None) -> None:
        """Carry out a SPARQL 1.1 Update, all or nothing where the engine is atomic.

        Raises:
            MalformedQueryError: The text is not a SPARQL update, or names a dataset beside *dataset*.
            QueryRefusedError: It would reach an address that is not allowed.
            QueryError: It cannot be carried out.
            StoreError: The service failed.
        """
        safe = fenced(text, allow=self._service_allow)
        dialect.refuse_foreign(safe)
        self._datasets.refuse_unknown(
            [*graphs_used(safe), *dataset.default_graphs, *dataset.named_graphs]
        )
        if self.engine.default_graph:
            safe = dialect.spelled_out(safe, self.graphs(), self.engine.default_graph)
        given = with_base(safe, base)
        form = {
            "update": with_first(given, next_generation()),
            "using-graph-uri": list(dataset.default_graphs),
            "using-named-graph-uri": list(dataset.named_graphs),
        }
        updating(self._wire, form, default_graph=self.engine.default_graph, graphs=self.graphs)

    def replace(self, graph: str, nquads: bytes) -> None:
        """Put *nquads* (all in *graph*) in the place of what *graph* held, all or nothing.

        Raises:
            PayloadError: A line does not lie in *graph*, or the service cannot read it.
            StoreError: The service failed.
        """
        self._put.replace_all({graph: nquads})

    def replace_all(self, graphs: Mapping[str, bytes]) -> None:
        """Put N-Quads in the place of what each of *graphs* held, all graphs or none.

        An engine that is not atomic gets them beside the old ones first (`kg.store.remote.putting`).

        Raises:
            PayloadError: A line does not lie in its graph.
            StoreError: The service failed.
        """
        self._put.replace_all(graphs)

    def load(self, bodies: Sequence[Body], *, graph: str | None, replacing: bool = False) -> None:
        """Add triples to one graph, or put them in its place; each body is a request of its own.

        Raises:
            PayloadError: A body is not what its media type says.
            FormatError: The service does not know a media type.
            StoreError: The service failed.
        """
        self._put.load(bodies, graph, replacing=replacing)

    def load_dataset(self, bodies: Sequence[Body], *, replacing: bool = False) -> None:
        """Add quads, or put them in the place of all that the service holds.

        Raises:
            PayloadError: A body is not what its media type says.
            FormatError: The service does not know a media type.
            StoreError: The service failed.
        """
        if replacing and not self.engine.takes_datasets:
            self._put.replace_dataset(bodies, self.graphs())
        else:
            self._put.load_dataset(bodies, replacing=replacing)

    def take_in(self, source: IO[bytes], media_type: str, *, keeping: Collection[str]) -> list[str]:
        """Put the graphs of a long file in the place of those of the same names, one by one.

        The file is read as a whole first: a mistake in it changes nothing. A service that fails on
        the way has the graphs before. Each graph is one request, and is held in memory.

        Raises:
            PayloadError: It is not what its media type says, or a blank node names a graph.
            FormatError: The media type is not known.
            StoreError: The service failed.
        """
        return by_graph(source, media_type, keeping=keeping, into=self)

    def optimize(self) -> None:
        """Do nothing: the service sees to its files itself."""

    def remove(self, graph: str) -> None:
        """Remove a graph and all it holds; nothing happens where there is none."""
        self._wire.update({"update": f"{next_generation()} ; {clearing(graph)}"})

    # ----------------------------------------------------------------------- inside

    @property
    def _put(self) -> Putter | Stager:
        kind = Putter if self.engine.atomic else Stager
        return kind(self._wire, self.engine)

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
