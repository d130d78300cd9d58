"""The graph out to a file and in again, by the ending of the file's name.

N-Quads and TriG keep each graph apart; Turtle, N-Triples and JSON-LD hold one graph, the merge of
all. What runs are told of (`kg.rdf.runs.RUN_GRAPH`) leaves only when asked for, so that two builds
of the same documents give the same export.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from kg.errors import FormatError, PayloadError
from kg.rdf.runs import RUN_GRAPH
from kg.store import Store, formats, memory_store
from kg.store.lines import in_graph
from kg.store.port import Body

ENDINGS = MappingProxyType(
    {
        ".nq": formats.N_QUADS,
        ".trig": formats.TRIG,
        ".ttl": formats.TURTLE,
        ".nt": formats.N_TRIPLES,
        ".jsonld": formats.JSON_LD,
    }
)


def export(store: Store, ending: str, *, runs: bool = False) -> Iterator[bytes]:
    """Yield what *store* holds, in the format of *ending*.

    Args:
        store: Where the graph is.
        ending: One of `ENDINGS`.
        runs: Whether the graph of runs goes along.

    Raises:
        FormatError: No format has this ending.
    """
    media_type = media_type_of(ending)
    graphs = [None, *(name for name in store.graphs() if runs or name != RUN_GRAPH)]
    named = ((graph, b"".join(store.read_graph(graph, formats.N_TRIPLES))) for graph in graphs)
    if media_type == formats.N_QUADS:
        return (in_graph(triples, graph, nquads=True) for graph, triples in named)
    if media_type == formats.TRIG:
        quads = b"".join(in_graph(triples, graph, nquads=True) for graph, triples in named)
        return _held([Body(quads, formats.N_QUADS)], dataset=True).dump(media_type)
    return rewritten((triples for _, triples in named), media_type)


def rewritten(ntriples: Iterable[bytes], media_type: str) -> Iterator[bytes]:
    r"""Yield N-Triples, each once, in another media type of graphs.

    >>> b"".join(rewritten([b"<urn:a> <urn:p> 'x' .\n"] * 2, formats.N_TRIPLES))
    b'<urn:a> <urn:p> "x" .\n'
    """
    bodies = [Body(triples, formats.TURTLE) for triples in ntriples]
    return _held(bodies, dataset=False).read_graph(None, media_type)


def read_graphs(name: str, data: bytes) -> dict[str | None, bytes]:
    """Return graph -> N-Quads of a file's content; ``None`` (N-Triples) is the default graph.

    Raises:
        FormatError: No format has the ending of *name*.
        PayloadError: *data* is not what the ending says, or a graph is named by a blank node.
    """
    media_type = media_type_of(Path(name).suffix)
    try:
        held = _held([Body(data, media_type)], dataset=media_type in formats.DATASETS)
    except PayloadError as error:
        raise PayloadError(detail=f"{name}: {error}") from error
    found: dict[str | None, bytes] = defaultdict(bytes)
    for graph in held.graphs():
        triples = b"".join(held.read_graph(graph, formats.N_TRIPLES))
        found[graph] = in_graph(triples, graph, nquads=True)
    if default := b"".join(held.read_graph(None, formats.N_TRIPLES)):
        found[None] = default
    _no_blank_graph(name, held, found)
    return dict(found)


def media_type_of(ending: str) -> str:
    """Return the media type that an ending stands for.

    Raises:
        FormatError: None does.
    """
    media_type = ENDINGS.get(ending.lower())
    if media_type is None:
        raise FormatError(given=ending, known=" ".join(ENDINGS))
    return media_type


def _held(bodies: list[Body], *, dataset: bool) -> Store:
    store = memory_store()
    if dataset:
        store.load_dataset(bodies)
    else:
        store.load(bodies, graph=None)
    return store


def _no_blank_graph(name: str, held: Store, found: Mapping[str | None, bytes]) -> None:
    """Refuse graphs that have no IRI: they cannot be replaced, nor named in a query."""
    quads = sum(block.count(b"\n") for block in held.dump(formats.N_QUADS))
    if quads != sum(lines.count(b"\n") for lines in found.values()):
        raise PayloadError(detail=f"{name}: a graph is named by a blank node; give it an IRI")
