"""The library behind the embedded store: its terms, formats and errors in words of ours."""

import contextlib
import io
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import IO, Any, Protocol, TypeVar, cast

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
from kg.holder import signed
from kg.ids import BASE
from kg.store import formats
from kg.store.port import Body, Table, Value
from kg.store.values import plain
from kg.vocab import PREFIXES

RDF = {media_type: ox.RdfFormat.from_media_type(media_type) for media_type in formats.TRIPLES}
RESULTS = {
    media_type: ox.QueryResultsFormat.from_media_type(media_type)
    for media_type in formats.SOLUTIONS
}
SHORT = {name: iri for name, iri in PREFIXES.items() if iri != BASE}
"""What Turtle and TriG shorten; names below our base hold a slash, which Turtle would escape."""
Found = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
GraphName = ox.NamedNode | ox.BlankNode | ox.DefaultGraph
ALL_GRAPHS = MappingProxyType({"use_default_graph_as_union": True})
_BLOCK = 1 << 16


class Sink(Protocol):
    """What a result is written to; the library asks for no more than this."""

    def write(self, data: bytes, /) -> int:
        """Take bytes in; return how many."""
        ...

    def flush(self) -> None:
        """Take note that this was all."""
        ...


Out = TypeVar("Out", bound=Sink)
_ATTEMPTS, _PAUSE_S = 8, 0.05


def opened(folder: Path, *, holder: Path, read_only: bool) -> ox.Store:
    """Return the database in a folder.

    Args:
        folder: Where its files are.
        holder: The file that says who writes, for the message.
        read_only: Whether to see it as it is now, frozen.

    Raises:
        StoreLockedError: Another process writes to it.
        StoreUnavailableError: The folder cannot be used.
    """
    if read_only:
        return _frozen(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return ox.Store(folder)
    except OSError as error:
        if "lock" in str(error).lower():
            who = signed(holder)
            raise StoreLockedError(address=str(folder.parent), en=who.en, zh=who.zh) from error
        raise StoreUnavailableError(address=str(folder.parent), detail=str(error)) from error


def _frozen(folder: Path) -> ox.Store:
    """Return a reader; while a writer moves files, opening fails now and then and works again."""
    for left in reversed(range(_ATTEMPTS)):
        try:
            return ox.Store.read_only(str(folder))
        except (OSError, RuntimeError) as error:
            if left == 0 or not (folder / "CURRENT").exists():  # there is no database
                raise StoreUnavailableError(
                    address=str(folder.parent), detail=str(error)
                ) from error
            time.sleep(_PAUSE_S)
    raise AssertionError  # the last round returns or raises


def own_dataset(quads: ox.Store) -> dict[str, Any]:
    """Return the engine's arguments for the default graph of `kg.store.port`: ours, merged."""
    graphs = list(quads.named_graphs())
    ours = [graph for graph in graphs if graph.value.startswith(BASE)]
    if not ours:
        return {}
    if len(ours) == len(graphs):
        return dict(ALL_GRAPHS)  # faster than a list
    return {"default_graph": [ox.DefaultGraph(), *ours]}


def insertion(quads: Sequence[ox.Quad], *, keeping: GraphName) -> str:
    """Return the update that adds quads, and makes the graph *keeping* even if it stays empty.

    Raises:
        PayloadError: A graph is named by a blank node, which an update cannot write.
    """
    graphs: dict[GraphName, list[ox.Triple]] = {}
    for quad in quads:
        graphs.setdefault(quad.graph_name, []).append(quad.triple)
    parts = [f"CREATE SILENT GRAPH {keeping};"] if isinstance(keeping, ox.NamedNode) else []
    parts.append("INSERT DATA {")
    for name, triples in graphs.items():
        if isinstance(name, ox.BlankNode):
            raise PayloadError(detail=f"the graph {name} has no IRI; name it, or add it by POST")
        text = (ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").decode()
        parts.append(text if isinstance(name, ox.DefaultGraph) else f"GRAPH {name} {{ {text} }}")
    return "\n".join([*parts, "}"])


def _readable(complaint: str) -> str:
    """Return where a parser stopped, and what it awaited unless that is classes of characters."""
    place, _, awaited = complaint.partition(": expected ")
    if "Prefix not found" in awaited:
        return f"{place}: PREFIX?"
    return place if "[" in awaited else complaint


@contextlib.contextmanager
def query_errors(address: str, *, what: str = "query") -> Iterator[None]:
    """Return a context in which the library's errors are ours.

    Raises:
        MalformedQueryError: The text is not SPARQL.
        QueryError: It cannot be evaluated: an unknown function, a graph that exists already.
        StoreError: The disk or, where it is allowed, the network failed.
    """
    try:
        yield
    except SyntaxError as error:
        raise MalformedQueryError(what=what, detail=_readable(str(error))) from error
    except (RuntimeError, ValueError) as error:
        raise QueryError(detail=str(error)) from error
    except OSError as error:
        raise StoreError(address=address, detail=str(error)) from error


def parsed(body: Body) -> Iterator[ox.Quad]:
    """Yield the quads of a body; its blank nodes are new ones.

    Raises:
        FormatError: Its media type is not known.
        PayloadError: It is not what its media type says.
    """
    rdf_format = RDF.get(body.media_type)
    if rdf_format is None:
        raise FormatError(given=body.media_type, known=", ".join(formats.TRIPLES))
    try:
        yield from ox.parse(
            body.data, format=rdf_format, base_iri=body.base, rename_blank_nodes=True
        )
    except (SyntaxError, ValueError) as error:
        raise PayloadError(detail=f"not {body.media_type}: {error}") from error


def first_fitting(accept: Sequence[str], fitting: Sequence[str]) -> str:
    """Return the first of *accept* that is among *fitting*.

    Raises:
        FormatError: There is none.
    """
    for media_type in accept:
        if media_type in fitting:
            return media_type
    raise FormatError(given=", ".join(accept), known=", ".join(fitting))


def graph_name(name: str | None) -> ox.NamedNode | ox.DefaultGraph:
    """Return the name of a graph, ``None`` being the default graph.

    Raises:
        PayloadError: It is not an IRI.
    """
    return ox.DefaultGraph() if name is None else node(name)


def node(iri: str) -> ox.NamedNode:
    """Return the node of an IRI.

    Raises:
        PayloadError: It is not an IRI.
    """
    try:
        return ox.NamedNode(iri)
    except ValueError as error:
        raise PayloadError(detail=f"{iri!r} is not an IRI: {error}") from error


def rows_of(found: Found) -> Table:
    """Return the rows of a SELECT.

    Raises:
        MalformedQueryError: It is the result of another form.
    """
    if not isinstance(found, ox.QuerySolutions):
        raise MalformedQueryError(what="SELECT", detail="it is another form of query")
    names = tuple(variable.value for variable in found.variables)
    return Table(names, tuple(tuple(map(value_of, solution)) for solution in found))


def truth_of(found: Found) -> bool:
    """Return the answer of an ASK.

    Raises:
        MalformedQueryError: It is the result of another form.
    """
    if not isinstance(found, ox.QueryBoolean):
        raise MalformedQueryError(what="ASK", detail="it is another form of query")
    return bool(found)


def written(
    found: Found, *, accept: Sequence[str], opened: Callable[[str], Out]
) -> tuple[str, Out]:
    """Return the first media type of *accept* that fits a result, and what it was written to.

    Args:
        found: The result.
        accept: Media types, the best first.
        opened: Makes what to write to, once the media type is chosen.

    Raises:
        FormatError: None fits.
    """
    if isinstance(found, ox.QueryTriples):
        chosen = first_fitting(accept, formats.TRIPLES)
        out = opened(chosen)
        ox.serialize(found, cast("IO[bytes]", out), format=RDF[chosen], prefixes=SHORT)
        return chosen, out
    boolean = isinstance(found, ox.QueryBoolean)
    chosen = first_fitting(accept, formats.BOOLEANS if boolean else formats.SOLUTIONS)
    out = opened(chosen)
    found.serialize(cast("IO[bytes]", out), format=RESULTS[chosen])
    return chosen, out


def value_of(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> Value:
    """Return the plain value of a term (see `kg.store.port.Table`)."""
    if isinstance(term, ox.Literal):
        return plain(term.value, term.datatype.value)
    if isinstance(term, ox.NamedNode):
        return term.value
    return None if term is None else str(term)


def blocks_of(out: io.BytesIO) -> Iterator[bytes]:
    """Yield what was written, in blocks of 64 KiB."""
    view = out.getbuffer()
    return (bytes(view[at : at + _BLOCK]) for at in range(0, len(view), _BLOCK))
