"""Long files into a store by the engine's loader, in batches that bound the memory.

The loader takes 3 kB of memory for each quad of a batch, so a file goes in by the quarter million.
Blank nodes get new names with each batch: where a file goes in line by line, the lines that hold one
wait for the last batch, which they share.
"""

import gzip
import io
import re
import tempfile
import zlib
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from kg.errors import FormatError, PayloadError
from kg.store import formats
from kg.store.embedded.engine import RDF, SHORT
from kg.store.embedded.streams import blocks_written
from kg.store.lines import in_graph
from kg.store.port import Body, Store

WORTH_LOADING = 2_000_000
"""Bytes of N-Quads from which on the loader is cheaper than updates: three or four plans. Twenty of
them take it two fifths of the processor time, and a third of the disk."""
_BATCH = 250_000
_BY_LINES = frozenset({formats.N_QUADS, formats.N_TRIPLES})


def fill(quads: ox.Store, source: IO[bytes], media_type: str) -> None:
    """Add the quads of a file; what has gone in before a mistake stays.

    Raises:
        FormatError: The media type is not known.
        PayloadError: The file is not what its media type says.
    """
    rdf_format = RDF.get(media_type)
    if rdf_format is None:
        raise FormatError(given=media_type, known=", ".join(formats.TRIPLES))
    try:
        if media_type in _BY_LINES:
            _fill_by_lines(quads, source, rdf_format)
        else:
            _fill_parsed(quads, source, rdf_format)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise PayloadError(detail=f"not whole, or not packed by gzip: {error}") from error


def _fill_parsed(quads: ox.Store, source: IO[bytes], rdf_format: ox.RdfFormat) -> None:
    try:
        parsed = ox.parse(source, format=rdf_format, rename_blank_nodes=True)
        while batch := list(islice(parsed, _BATCH)):
            quads.bulk_extend(batch)
    except (SyntaxError, ValueError) as error:
        raise PayloadError(detail=f"not {rdf_format.media_type}: {error}") from error


def _fill_by_lines(quads: ox.Store, source: IO[bytes], rdf_format: ox.RdfFormat) -> None:
    before = 0
    with tempfile.TemporaryFile() as waiting:
        while batch := list(islice(source, _BATCH)):
            plain = [line for line in batch if b"_:" not in line]
            if len(plain) < len(batch):
                waiting.writelines(line for line in batch if b"_:" in line)
            _load(quads, b"".join(plain), rdf_format, before)
            before += len(batch)
        waiting.seek(0)
        _load(quads, waiting, rdf_format, None)


def _load(
    quads: ox.Store, data: bytes | IO[bytes], rdf_format: ox.RdfFormat, before: int | None
) -> None:
    try:
        quads.bulk_load(data, rdf_format)
    except (SyntaxError, ValueError) as error:
        after = "of those with blank nodes" if before is None else f"after line {before}"
        raise PayloadError(detail=f"not {rdf_format.media_type}, {after}: {error}") from error


def is_plain(nquads: bytes, graph: str) -> bool:
    r"""Return whether it is plain that all *nquads* lie in *graph*, and hold no blank node.

    >>> is_plain(b'<urn:a> <urn:p> "b c" <urn:g> .\n', "urn:g")
    True
    >>> is_plain(b"<urn:a> <urn:p> <urn:g> .\n", "urn:g")  # a triple without a graph
    False
    """
    line = rb"<[^\s<>]+> <[^\s<>]+> [<\"][^\n]* <%b> \.\n" % re.escape(graph.encode())
    return re.fullmatch(b"(?:%b)+" % line, nquads) is not None


def load_plain(quads: ox.Store, nquads: bytes) -> None:
    """Add quads, all or none.

    Raises:
        PayloadError: They are not N-Quads.
    """
    _load(quads, nquads, ox.RdfFormat.N_QUADS, 0)


def named(quads: ox.Store) -> list[str]:
    """Return the names of all graphs, sorted.

    Raises:
        PayloadError: A graph is named by a blank node, and could never be replaced or asked for.
    """
    names = []
    for graph in quads.named_graphs():
        if not isinstance(graph, ox.NamedNode):
            detail = f"the graph {graph} is named by a blank node; give it an IRI"
            raise PayloadError(detail=detail)
        names.append(graph.value)
    return sorted(names)


def by_graph(
    source: IO[bytes], media_type: str, *, keeping: Collection[str], into: Store
) -> list[str]:
    """Put the graphs of a long file into a store one after the other; return their names.

    The whole file is read before the first graph goes in, so that a mistake in it changes nothing.

    Raises:
        PayloadError: It is not what its media type says, or a graph is named by a blank node.
        StoreError: The store failed; the graphs before have been replaced.
    """
    with scratch() as held:
        fill(held, source, media_type)
        names = [name for name in named(held) if name not in keeping]
        for name in names:
            triples = _triples(held, ox.NamedNode(name))
            into.replace(name, in_graph(triples, name, nquads=True))
        if bare := _triples(held, ox.DefaultGraph()):
            into.load([Body(bare, formats.N_TRIPLES)], graph=None)
    return names


def _triples(quads: ox.Store, graph: ox.NamedNode | ox.DefaultGraph) -> bytes:
    return quads.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=graph) or b""


def take_over(new: ox.Store, old: ox.Store, *, keeping: Collection[str]) -> list[str]:
    """Add to *new* what *old* has and *new* has not; return the graphs that *new* came with.

    Args:
        new: A store that was filled from a file.
        old: The store whose place it is to take.
        keeping: Graphs that are taken from *old* even where *new* has them.

    Raises:
        PayloadError: A graph is named by a blank node.
    """
    for graph in keeping:
        new.remove_graph(ox.NamedNode(graph))
    names = named(new)
    replaced = {ox.NamedNode(name) for name in names}
    kept = [graph for graph in old.named_graphs() if graph not in replaced]
    for name in kept:
        new.add_graph(name)
    staying = (
        quad
        for graph in (ox.DefaultGraph(), *kept)
        for quad in old.quads_for_pattern(None, None, None, graph)
    )
    while batch := list(islice(staying, _BATCH)):
        new.bulk_extend(batch)
    return names


def serialized(lines: Iterable[bytes], media_type: str, wanted: str) -> Iterator[bytes]:
    r"""Yield N-Triples or N-Quads, each statement once, in another media type.

    >>> lines = [b'<urn:a> <urn:p> "x" .\n'] * 2
    >>> b"".join(serialized(lines, formats.N_TRIPLES, formats.TURTLE)).splitlines()[-1]
    b'<urn:a> <urn:p> "x" .'
    """
    with scratch() as held:
        fill(held, io.BufferedReader(_Blocks(lines)), media_type)
        merged = ox.DefaultGraph() if wanted in formats.GRAPHS else None
        writing = partial(held.dump, format=RDF[wanted], from_graph=merged, prefixes=SHORT)
        yield from blocks_written(writing)
        del writing


class _Blocks(io.RawIOBase):
    """Blocks as a file to read."""

    def __init__(self, blocks: Iterable[bytes]) -> None:
        self._blocks = iter(blocks)
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._rest:
            block = next(self._blocks, None)
            if block is None:
                return 0
            self._rest = memoryview(block)
        taken = min(len(buffer), len(self._rest))
        buffer[:taken] = self._rest[:taken]
        self._rest = self._rest[taken:]
        return taken


@contextmanager
def scratch() -> Iterator[ox.Store]:
    """Give an empty store on disk that is gone behind the block."""
    with tempfile.TemporaryDirectory(prefix="qkg-") as folder:
        quads = ox.Store(str(Path(folder) / "data"))
        yield quads
        del quads
