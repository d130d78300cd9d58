"""The graph out to a file and in again, by the ending of the file's name.

N-Quads and TriG keep each graph apart; Turtle, N-Triples and JSON-LD hold one graph, the merge of
all. What runs are told of (`kg.rdf.runs.RUN_GRAPH`) leaves only when asked for, so that two builds
of the same documents give the same export.
"""

import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from kg.errors import FormatError, PayloadError
from kg.progress import Progress, in_silence
from kg.rdf.findings import is_findings_graph
from kg.rdf.runs import RUN_GRAPH
from kg.store import Store, formats, memory_store
from kg.store.embedded.bulk import serialized
from kg.store.lines import in_graph, quads_of
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

_ZIPPED = ".gz"
_LEVEL, _GZIP = 6, 31


def export(
    store: Store, ending: str, *, runs: bool = False, progress: Progress = in_silence
) -> Iterator[bytes]:
    """Yield what *store* holds, in the format of *ending*.

    The memory that it takes does not grow with the store: N-Quads go out graph by graph, the other
    formats by way of a store in a temporary folder.

    Args:
        store: Where the graph is.
        ending: One of `ENDINGS`, also with ``.gz`` behind it.
        runs: Whether the graphs of runs and of stored findings go along.
        progress: Called with how many graphs have been read, and of how many.

    Raises:
        FormatError: No format has this ending.
    """
    media_type = media_type_of(ending)
    graphs = [None, *(name for name in store.graphs() if runs or not _of_runs(name))]
    merged = media_type not in formats.DATASETS
    lines = _lines(store, graphs, merged=merged, progress=progress)
    if media_type != formats.N_QUADS:
        lines = serialized(lines, formats.N_TRIPLES if merged else formats.N_QUADS, media_type)
    return _zipped(lines) if is_zipped(ending) else lines


def _of_runs(graph: str) -> bool:
    return graph == RUN_GRAPH or is_findings_graph(graph)


def _lines(
    store: Store, graphs: Sequence[str | None], *, merged: bool, progress: Progress
) -> Iterator[bytes]:
    """Yield the triples of all graphs as N-Triples where they are *merged*, else as N-Quads."""
    for number, graph in enumerate(graphs, 1):
        triples = store.read_graph(graph, formats.N_TRIPLES)
        yield from triples if merged else quads_of(triples, graph)
        progress(number, len(graphs))


def _zipped(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield *blocks* as gzip; the same blocks give the same bytes, whenever that is."""
    packing = zlib.compressobj(_LEVEL, wbits=_GZIP)
    for block in blocks:
        yield packing.compress(block)
    yield packing.flush()


def rewritten(ntriples: Iterable[bytes], media_type: str) -> Iterator[bytes]:
    r"""Yield N-Triples, each once, in another media type of graphs.

    >>> b"".join(rewritten([b"<urn:a> <urn:p> 'x' .\n"] * 2, formats.N_TRIPLES))
    b'<urn:a> <urn:p> "x" .\n'
    """
    bodies = [Body(triples, formats.TURTLE) for triples in ntriples]
    return _held(bodies, dataset=False).read_graph(None, media_type)


def read_graphs(name: str, data: bytes) -> dict[str | None, bytes]:
    """Return graph -> N-Quads of a short file's content; ``None`` (N-Triples) is the default graph.

    Raises:
        FormatError: No format has the ending of *name*.
        PayloadError: *data* is not what the ending says, or a graph is named by a blank node.
    """
    media_type = media_type_of(ending_of(Path(name)))
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


def ending_of(path: Path) -> str:
    """Return the ending of a file's name that tells its format.

    >>> ending_of(Path("plans.2025.nq.gz")), ending_of(Path("graph.ttl"))
    ('.nq.gz', '.ttl')
    """
    ending = path.suffix
    return path.with_suffix("").suffix + ending if ending.lower() == _ZIPPED else ending


def is_zipped(ending: str) -> bool:
    """Return whether an ending is that of a file packed by gzip."""
    return ending.lower().endswith(_ZIPPED)


def media_type_of(ending: str) -> str:
    """Return the media type that an ending stands for, packed or not.

    Raises:
        FormatError: None does.
    """
    media_type = ENDINGS.get(ending.lower().removesuffix(_ZIPPED))
    if media_type is None:
        raise FormatError(given=ending, known=" ".join([*ENDINGS, ".nq.gz"]))
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
