"""How graphs are put into an outside engine: as one request where it is atomic, else beside first.

An engine that is not atomic (Virtuoso) may stop in the middle of a request and keep the half. There
each graph is first put under a name of its own (`STAGING` and the instant), and one update then moves
all of them. Until it does, queries over all graphs see the new triples beside the old.
"""

import secrets
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from kg.errors import MalformedQueryError, PayloadError, QkgError
from kg.rdf.terms import node
from kg.store import formats
from kg.store.embedded.triples import graphs_of, triples_of
from kg.store.generation import next_generation
from kg.store.lines import without_graph
from kg.store.port import Body
from kg.store.remote.connection import Connection
from kg.store.remote.probe import Engine

STAGING = "urn:qualitykg:staging:"
_ABANDONED_S = 3600  # nobody takes so long from the first request to the update
_NEEDS_DEFAULT_GRAPH = "default graph"


def clearing(graph: str) -> str:
    """Return the update that takes a graph away, be it one that was never created aloud.

    Raises:
        PayloadError: The name is no IRI.
    """
    return f"CLEAR SILENT GRAPH {_node(graph)} ; DROP SILENT GRAPH {_node(graph)}"


def abandoned(staged: Iterable[str], *, now_s: float) -> list[str]:
    """Return those of *staged* that nobody will move any more: the process that put them has ended.

    Args:
        staged: Names of graphs below `STAGING`.
        now_s: Seconds since 1970.

    >>> abandoned([STAGING + "1000:ab:0", STAGING + "9000:cd:0"], now_s=9500)
    ['urn:qualitykg:staging:1000:ab:0']
    """
    return sorted(graph for graph in staged if now_s - _staged_at(graph) > _ABANDONED_S)


def _staged_at(graph: str) -> int:
    instant = graph.removeprefix(STAGING).partition(":")[0]
    return int(instant) if instant.isdecimal() else 0


def updating(
    wire: Connection,
    form: Mapping[str, Any],
    *,
    default_graph: str | None,
    graphs: Callable[[], Sequence[str]],
) -> None:
    """Carry out an update; where the engine misses a default graph, *default_graph* is that one.

    Virtuoso says so before it does anything, and takes the name from the request. A dataset that is
    named must be named whole, so *graphs* gives the rest.

    Raises:
        MalformedQueryError: The text is not a SPARQL update.
        QkgError: It cannot be carried out.
    """
    try:
        wire.update(form)
    except MalformedQueryError as error:
        if default_graph is None or _NEEDS_DEFAULT_GRAPH not in str(error):
            raise
        named = [default_graph, *graphs()]
        wire.update({**form, "default-graph-uri": [default_graph], "named-graph-uri": named})


@dataclass(frozen=True, slots=True)
class Putter:
    """Puts graphs into an engine that carries a request out whole or not at all."""

    wire: Connection
    engine: Engine

    def replace_all(self, graphs: Mapping[str, bytes]) -> None:
        """Put N-Quads in the place of what each of *graphs* held, as one request.

        Raises:
            PayloadError: A line does not lie in its graph.
            StoreError: The service failed.
        """
        given = {graph: without_graph(nquads, graph) for graph, nquads in graphs.items()}
        if len(given) == 1:
            graph, triples = next(iter(given.items()))
            self.load([Body(triples, formats.N_TRIPLES)], graph, replacing=True)
        else:
            self._insert(given, gone=given)

    def load(self, bodies: Sequence[Body], graph: str | None, *, replacing: bool) -> None:
        """Add bodies to one graph, or put them in its place; each is a request of its own.

        Raises:
            PayloadError: A body is not what its media type says.
            FormatError: The service does not know a media type.
            StoreError: The service failed.
        """
        self._send(bodies, which(graph), replacing=replacing)

    def load_dataset(self, bodies: Sequence[Body], *, replacing: bool) -> None:
        """Add quads, or put them in the place of all that the service holds.

        Raises:
            PayloadError: A body is not what its media type says.
            FormatError: The service does not know a media type.
            StoreError: The service failed.
        """
        if self.engine.takes_datasets:
            self._send(bodies, {}, replacing=replacing)
        else:
            self._insert(graphs_of(bodies), gone=())

    def replace_dataset(self, bodies: Sequence[Body], graphs: Sequence[str]) -> None:
        """Put quads in the place of *graphs* and of the default graph, as one update.

        Raises:
            PayloadError: A body is not what its media type says.
            StoreError: The service failed.
        """
        self._insert(graphs_of(bodies), gone=(None, *graphs))

    def _insert(
        self,
        graphs: Mapping[str, bytes] | Mapping[str | None, bytes],
        *,
        gone: Sequence[str | None] | Mapping[str, bytes],
    ) -> None:
        parts = [next_generation()]
        for graph in gone:
            parts.append("DROP SILENT DEFAULT" if graph is None else clearing(graph))
        for graph, triples in graphs.items():
            if triples.strip():
                text = triples.decode()
                inside = text if graph is None else f"GRAPH {_node(graph)} {{ {text} }}"
                parts.append(f"INSERT DATA {{ {inside} }}")
        self.wire.update({"update": " ;\n".join(parts)})

    def _send(self, bodies: Sequence[Body], which: Mapping[str, str], *, replacing: bool) -> None:
        with _noted(self.wire):
            for place, body in enumerate(bodies):
                first = replacing and place == 0
                headers = {"Content-Type": body.media_type}
                self.wire.graph("PUT" if first else "POST", which, headers, content=body.data)


@dataclass(frozen=True, slots=True)
class Stager:
    """Puts graphs into an engine that may keep the half of a request."""

    wire: Connection
    engine: Engine

    def replace_all(self, graphs: Mapping[str, bytes]) -> None:
        """Put N-Quads in the place of what each of *graphs* held: staged, then moved.

        Raises:
            PayloadError: A line does not lie in its graph, or is no triple.
            StoreError: The service failed.
        """
        given = {graph: self._checked(nquads, graph) for graph, nquads in graphs.items()}
        self._bring(given, moving=True)

    def load(self, bodies: Sequence[Body], graph: str | None, *, replacing: bool) -> None:
        """Add bodies to one graph, or put them in its place: staged, then added or moved.

        Raises:
            PayloadError: A body is not what its media type says.
            FormatError: A media type is not one of graphs.
            StoreError: The service failed.
        """
        triples = b"".join(triples_of(body) for body in bodies)
        self._bring({graph: triples}, moving=replacing)

    def load_dataset(self, bodies: Sequence[Body], *, replacing: bool) -> None:
        """Add quads: staged, then added.

        Raises:
            PayloadError: A body is not what its media type says.
            FormatError: A media type is not one of datasets.
            StoreError: The service failed.
        """
        self._bring(graphs_of(bodies), moving=False)

    def replace_dataset(self, bodies: Sequence[Body], graphs: Sequence[str]) -> None:
        """Put quads in the place of *graphs* and of the default graph: staged, then moved.

        Raises:
            PayloadError: A body is not what its media type says.
            StoreError: The service failed.
        """
        gone: dict[str | None, bytes] = dict.fromkeys([None, *graphs], b"")
        self._bring({**gone, **graphs_of(bodies)}, moving=True)

    def _checked(self, nquads: bytes, graph: str) -> bytes:
        return triples_of(Body(without_graph(nquads, graph), formats.N_TRIPLES))

    def _bring(
        self, graphs: Mapping[str, bytes] | Mapping[str | None, bytes], *, moving: bool
    ) -> None:
        run = f"{int(time.time())}:{secrets.token_hex(4)}"
        staged = {graph: f"{STAGING}{run}:{number}" for number, graph in enumerate(graphs)}
        steps = [next_generation()]
        with self._cleared_on_failure(list(staged.values())):
            for graph, triples in graphs.items():
                goal = _node(graph or self.engine.default_graph or "")
                if triples.strip():
                    headers = {"Content-Type": formats.N_TRIPLES}
                    self.wire.graph("PUT", {"graph": staged[graph]}, headers, content=triples)
                    steps.append(f"{'MOVE' if moving else 'ADD'} GRAPH <{staged[graph]}> TO {goal}")
                    steps += [] if moving else [f"CLEAR SILENT GRAPH <{staged[graph]}>"]
                elif moving:
                    steps.append(f"CLEAR SILENT GRAPH {goal}")
            self.wire.update({"update": " ;\n".join(steps)})

    @contextmanager
    def _cleared_on_failure(self, staged: Sequence[str]) -> Iterator[None]:
        try:
            yield
        except QkgError:
            gone = " ;\n".join(f"CLEAR SILENT GRAPH <{graph}>" for graph in staged)
            self.wire.update({"update": gone})
            raise


def which(graph: str | None) -> dict[str, str]:
    """Return how the Graph Store Protocol names a graph, ``None`` being the default graph."""
    return {"default": ""} if graph is None else {"graph": graph}


def _node(graph: str) -> str:
    try:
        return node(graph)
    except ValueError as error:
        raise PayloadError(detail=str(error)) from error


@contextmanager
def _noted(wire: Connection) -> Iterator[None]:
    """Change the generation before a write and after it."""
    wire.update({"update": next_generation()})
    try:
        yield
    finally:
        wire.update({"update": next_generation()})
