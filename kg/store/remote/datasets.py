"""Which graphs an outside service has, and which of them a query is about."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.errors import QueryRefusedError
from kg.ids import BASE
from kg.store.generation import GENERATION_GRAPH
from kg.store.port import Dataset
from kg.store.remote.connection import Connection
from kg.store.remote.probe import Engine
from kg.store.remote.putting import STAGING
from kg.store.sparql.rewrite import dataset_named

_NO_DATASET = Dataset()
_ALL_GRAPHS = (
    "SELECT DISTINCT ?g { GRAPH ?g {} }",  # instant, yet not every engine answers it
    # by GROUP BY, for which Virtuoso takes 16 ms where it takes 18 s for DISTINCT
    "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g",
)


@dataclass(slots=True)
class Datasets:
    """What is known of the graphs of a service; `own` is kept for as long as a generation lasts."""

    wire: Connection
    engine: Engine
    kept: tuple[str, Dataset] = field(default=("", _NO_DATASET), init=False)

    def graphs(self) -> set[str]:
        """Return the names of all graphs but for those that nobody put there on purpose.

        These are the one that holds the generation, those on their way to another, and those that
        the engine keeps for itself.
        """
        hidden = {GENERATION_GRAPH, *self.engine.own_graphs}
        return {one for one in self._all() - hidden if not one.startswith(STAGING)}

    def staged(self) -> set[str]:
        """Return the names of the graphs that are on their way to another, or were left there."""
        return {one for one in self._all() if one.startswith(STAGING)}

    def asked(self, query: str, given: Dataset, *, generation: str) -> Dataset:
        """Return the dataset to ask for (see the rule in `kg.store.port`).

        Raises:
            QueryRefusedError: It names a graph that the service does not have.
        """
        named = given if given != _NO_DATASET else dataset_named(query)
        if named is not None:
            self.refuse_unknown([*named.default_graphs, *named.named_graphs])
            return named
        if self.kept[0] != generation:
            self.kept = (generation, self._own())
        return self.kept[1]

    def refuse_unknown(self, named: Sequence[str]) -> None:
        """Return only if the service has these graphs: it might go and fetch any other.

        Raises:
            QueryRefusedError: It does not have one of them.
        """
        known = self.graphs() if named else set()
        for graph in named:
            if graph not in known:
                raise QueryRefusedError(
                    what=f"FROM <{graph}>",
                    en="name a graph of this store",
                    zh="请使用本存储中已有的图",
                )

    def _all(self) -> set[str]:
        for query in _ALL_GRAPHS:
            bindings = self.wire.json(query, _NO_DATASET)["results"]["bindings"]
            found = {str(row["g"]["value"]) for row in bindings if "g" in row}
            if found:
                return found
        return set()

    def _own(self) -> Dataset:
        graphs = sorted(self.graphs())
        ours = [graph for graph in graphs if graph.startswith(BASE)]
        if not ours or self._shows_union(ours[0]):
            return _NO_DATASET
        return Dataset(tuple(ours), tuple(graphs))

    def _shows_union(self, graph: str) -> bool:
        if self.engine.default_graph:
            return True
        seen = f"ASK {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
        alone = f"SELECT ?s {{ GRAPH <{graph}> {{ ?s ?p ?o }} MINUS {{ ?s ?p ?o }} }} LIMIT 1"
        return (
            bool(self.wire.json(seen, _NO_DATASET)["boolean"])
            and not self.wire.json(alone, _NO_DATASET)["results"]["bindings"]
        )
