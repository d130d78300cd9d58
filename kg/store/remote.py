"""Any SPARQL 1.1 service as a store: queries by form, updates, Graph Store Protocol.

Default graph: a service whose default graph is the union of its graphs (Virtuoso, GraphDB,
``oxigraph serve --union-default-graph``) answers as it is, and shows the graphs of others too. Any
other is told our graphs as ``default-graph-uri`` and all graphs as ``named-graph-uri``; as the
protocol has no name for the service's own default graph, that one is then left out.

Generation: a random word in a small graph of its own (`GENERATION_GRAPH`), written with each
update and around each graph that is put; whoever writes to the service without us does not change
it.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from kg.errors import FormatError, MalformedQueryError, QueryRefusedError
from kg.ids import BASE
from kg.store import formats
from kg.store.connection import Connection, Endpoints, media_type
from kg.store.generation import GENERATION_GRAPH, READ_GENERATION, next_generation
from kg.store.guard import allowed, fenced
from kg.store.lines import in_graph, without_graph
from kg.store.port import Answer, Body, Dataset, Table
from kg.store.rewrite import dataset_named, with_first
from kg.store.values import plain_term

_NO_DATASET = Dataset()


class RemoteStore:
    """A `kg.store.port.Store` behind HTTP."""

    def __init__(self, connection: Connection, *, service_allow: Sequence[str] = ()) -> None:
        self.address = connection.endpoints.shown
        self._wire = connection
        self._service_allow = tuple(service_allow)
        self._dataset_of: tuple[str, Dataset] = ("", _NO_DATASET)

    @classmethod
    def at(
        cls, address: str, *, token: str | None, limit_s: float, service_allow: Sequence[str] = ()
    ) -> "RemoteStore":
        """Return the service at ``sparql+http://host:port/query|update|store``.

        Raises:
            SettingsError: The address is not of this form.
        """
        connection = Connection(Endpoints.of(address), limit_s=limit_s, token=token)
        return cls(connection, service_allow=service_allow)

    @property
    def generation(self) -> str:
        """Return a word that changes with every write of ours to the store, by any process."""
        rows = self._rows(READ_GENERATION, _NO_DATASET).rows
        return str(rows[0][0]) if rows else "0"

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
        text = fenced(query, allow=self._service_allow)
        return self._rows(text, self._dataset(text, _NO_DATASET))

    def ask(self, query: str) -> bool:
        """Return the answer of an ASK.

        Raises:
            MalformedQueryError: The text is not an ASK.
            QueryError: It cannot be evaluated.
            StoreError: The service failed.
        """
        text = fenced(query, allow=self._service_allow)
        found = self._json(text, self._dataset(text, _NO_DATASET))
        if "boolean" not in found:
            raise MalformedQueryError(what="ASK", detail=query.strip()[:80])
        return bool(found["boolean"])

    def answer(
        self,
        query: str,
        accept: Sequence[str],
        *,
        dataset: Dataset = _NO_DATASET,
        base: str | None = None,
    ) -> Answer:
        """Return the result of any query form, serialised as the first of *accept* that fits it.

        Raises:
            FormatError: None of *accept* fits the form of the query.
            MalformedQueryError: The text is not SPARQL.
            QueryRefusedError: It would reach an address that is not allowed.
            QueryError: It cannot be evaluated.
            StoreError: The service failed.
        """
        safe = fenced(query, allow=self._service_allow)
        text = safe if base is None else f"BASE <{base}> {safe}"
        response = self._wire.query(text, accept, self._dataset(text, dataset), stream=True)
        chosen = media_type(response)
        if chosen not in accept:
            response.close()
            raise FormatError(given=", ".join(accept), known=chosen)
        return Answer(chosen, self._wire.blocks(response))

    def read_graph(self, graph: str | None, media_type: str) -> Iterator[bytes]:
        """Yield one graph serialised; ``None`` is the service's default graph.

        Raises:
            FormatError: The media type is not one of graphs.
            StoreError: The service failed.
        """
        if media_type not in formats.GRAPHS:
            raise FormatError(given=media_type, known=", ".join(formats.GRAPHS))
        return self._wire.blocks(self._wire.graph("GET", _which(graph), {"Accept": media_type}))

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
        """Return the names of all graphs, sorted, but for the one that holds the generation."""
        for pattern in ("", "?s ?p ?o"):  # the first is instant, yet not every engine answers it
            found = self._rows(f"SELECT DISTINCT ?g {{ GRAPH ?g {{ {pattern} }} }}", _NO_DATASET)
            if found.rows:
                return sorted({str(row[0]) for row in found.rows} - {GENERATION_GRAPH})
        return []

    def has_graph(self, graph: str) -> bool:
        """Return whether there is a graph of this name, be it empty."""
        return graph in self.graphs()

    # ----------------------------------------------------------------------- writing

    def update(self, text: str, *, dataset: Dataset = _NO_DATASET, base: str | None = None) -> None:
        """Carry out a SPARQL 1.1 Update, all or nothing where the service works so.

        Raises:
            MalformedQueryError: The text is not a SPARQL update, or names a dataset beside *dataset*.
            QueryRefusedError: It would reach an address that is not allowed.
            QueryError: It cannot be carried out.
            StoreError: The service failed.
        """
        safe = fenced(text, allow=self._service_allow)
        given = safe if base is None else f"BASE <{base}> {safe}"
        form = {
            "update": with_first(given, next_generation()),
            "using-graph-uri": list(dataset.default_graphs),
            "using-named-graph-uri": list(dataset.named_graphs),
        }
        self._wire.update(form)

    def replace(self, graph: str, nquads: bytes) -> None:
        """Put *nquads* (all in *graph*) in the place of what *graph* held, as one request.

        Raises:
            PayloadError: A line does not lie in *graph*, or the service cannot read it.
            StoreError: The service failed.
        """
        body = Body(without_graph(nquads, graph), formats.N_TRIPLES)
        self.load([body], graph=graph, replacing=True)

    def replace_all(self, graphs: Mapping[str, bytes]) -> None:
        """Put N-Quads in the place of what each of *graphs* held, as one update.

        Raises:
            PayloadError: A line does not lie in its graph.
            StoreError: The service failed.
        """
        parts = [next_generation()]
        for graph, nquads in graphs.items():
            triples = without_graph(nquads, graph).decode()
            parts.append(f"DROP SILENT GRAPH <{graph}>")
            parts.append(f"INSERT DATA {{ GRAPH <{graph}> {{ {triples} }} }}")
        self._wire.update({"update": " ;\n".join(parts)})

    def load(self, bodies: Sequence[Body], *, graph: str | None, replacing: bool = False) -> None:
        """Add triples to one graph, or put them in its place; each body is a request of its own.

        Raises:
            PayloadError: A body is not what its media type says.
            FormatError: The service does not know a media type.
            StoreError: The service failed.
        """
        self._put(bodies, _which(graph), replacing=replacing)

    def load_dataset(self, bodies: Sequence[Body], *, replacing: bool = False) -> None:
        """Add quads, or put them in the place of all that the service holds.

        Raises:
            PayloadError: A body is not what its media type says.
            FormatError: The service does not know a media type.
            StoreError: The service failed, or takes no whole dataset.
        """
        self._put(bodies, {}, replacing=replacing)

    def remove(self, graph: str) -> None:
        """Remove a graph and all it holds; nothing happens where there is none."""
        self.update(f"DROP SILENT GRAPH <{graph}>")

    # ----------------------------------------------------------------------- inside

    def _put(self, bodies: Sequence[Body], which: Mapping[str, str], *, replacing: bool) -> None:
        with self._writing():
            for place, body in enumerate(bodies):
                first = replacing and place == 0
                headers = {"Content-Type": body.media_type}
                self._wire.graph("PUT" if first else "POST", which, headers, content=body.data)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        self._wire.update({"update": next_generation()})
        try:
            yield
        finally:
            self._wire.update({"update": next_generation()})

    def _dataset(self, query: str, dataset: Dataset) -> Dataset:
        """Return the dataset to ask for (see the rule in `kg.store.port`)."""
        asked = dataset if dataset != _NO_DATASET else dataset_named(query)
        if asked is not None:
            self._refuse_unknown([*asked.default_graphs, *asked.named_graphs])
            return asked
        word = self.generation
        if self._dataset_of[0] != word:
            self._dataset_of = (word, self._own_dataset())
        return self._dataset_of[1]

    def _own_dataset(self) -> Dataset:
        graphs = self.graphs()
        ours = [graph for graph in graphs if graph.startswith(BASE)]
        if not ours or self._shows_union(ours[0]):
            return _NO_DATASET
        return Dataset(tuple(ours), tuple(graphs))

    def _shows_union(self, graph: str) -> bool:
        seen = f"ASK {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
        alone = f"SELECT ?s {{ GRAPH <{graph}> {{ ?s ?p ?o }} MINUS {{ ?s ?p ?o }} }} LIMIT 1"
        return (
            bool(self._json(seen, _NO_DATASET)["boolean"])
            and not self._rows(alone, _NO_DATASET).rows
        )

    def _refuse_unknown(self, named: Sequence[str]) -> None:
        """Refuse a FROM that the service might go and fetch."""
        known = set(self.graphs())
        for graph in named:
            if graph not in known and not allowed(graph, self._service_allow):
                raise QueryRefusedError(
                    what=f"FROM <{graph}>",
                    en="name a graph of this store",
                    zh="请使用本存储中已有的图",
                )

    def _rows(self, query: str, dataset: Dataset) -> Table:
        found = self._json(query, dataset)
        if "results" not in found:
            raise MalformedQueryError(what="SELECT", detail=query.strip()[:80])
        names = tuple(found["head"].get("vars", ()))
        rows = tuple(
            tuple(plain_term(binding.get(name)) for name in names)
            for binding in found["results"]["bindings"]
        )
        return Table(names, rows)

    def _json(self, query: str, dataset: Dataset) -> dict[str, Any]:
        response = self._wire.query(query, [formats.JSON], dataset)
        if media_type(response) != formats.JSON:
            raise MalformedQueryError(what="SELECT or ASK", detail=query.strip()[:80])
        found: dict[str, Any] = response.json()
        return found


def _which(graph: str | None) -> dict[str, str]:
    return {"default": ""} if graph is None else {"graph": graph}
