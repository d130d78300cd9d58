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

import time
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import IO

from kg.store.embedded.bulk import by_graph
from kg.store.fence.guard import fenced
from kg.store.generation import next_generation
from kg.store.port import Body, Dataset
from kg.store.remote.connection import Connection
from kg.store.remote.endpoints import Endpoints
from kg.store.remote.putting import Putter, Stager, abandoned, clearing, updating
from kg.store.remote.reader import RemoteReader
from kg.store.sparql import dialect
from kg.store.sparql.rewrite import graphs_used, with_base, with_first

_NO_DATASET = Dataset()


class RemoteStore(RemoteReader):
    """A `kg.store.port.Store` behind HTTP."""

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

    def replace_each(self, graphs: Mapping[str, bytes]) -> None:
        """Put N-Quads in the place of what each of *graphs* held, graph by graph.

        Raises:
            PayloadError: A line does not lie in its graph; the graphs before have been replaced.
            StoreError: The service failed.
        """
        for graph, nquads in graphs.items():
            self.replace(graph, nquads)

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

    def instant(self) -> None:
        """Return nothing: a service keeps no state but the one of now."""

    def optimize(self) -> None:
        """Do nothing: the service sees to its files itself."""

    def remove(self, graph: str) -> None:
        """Remove a graph and all it holds; nothing happens where there is none."""
        self._wire.update({"update": f"{next_generation()} ; {clearing(graph)}"})

    # ----------------------------------------------------------------------- inside

    @cached_property
    def _put(self) -> Putter | Stager:
        """Return what puts graphs; what killed processes left on their way is cleared first."""
        if self.engine.atomic:
            return Putter(self._wire, self.engine)
        left = abandoned(self._datasets.staged(), now_s=time.time())
        if left:
            cleared = [next_generation(), *map(clearing, left)]
            self._wire.update({"update": " ;\n".join(cleared)})
        return Stager(self._wire, self.engine)
