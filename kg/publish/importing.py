"""A file of RDF into a store: a short one in one transaction, a long one by the loader."""

import gzip
import io
from collections.abc import Callable, Collection
from pathlib import Path
from typing import BinaryIO, cast

from kg.errors import HomeError, MissingFileError
from kg.publish.exchange import ending_of, is_zipped, media_type_of, read_graphs
from kg.publish.observations import take_in_observations
from kg.store import Store, formats
from kg.store.port import Body

_SHORT = 20_000_000
"""Bytes up to which a file goes in as one transaction, which leaves the rest of the store alone.

Beyond it the embedded store is written anew; that takes as long as the whole store is large.
"""

Watched = Callable[[BinaryIO], BinaryIO]


def unwatched(file: BinaryIO) -> BinaryIO:
    """Return *file* as it is."""
    return file


def take_in(
    store: Store, path: Path, *, keeping: Collection[str], watched: Watched = unwatched
) -> list[str]:
    """Put the graphs of an RDF file in the place of those of the same names; return the names.

    Triples without a graph are added to the store's default graph. A table (.csv) is one of
    observations: see `take_in_observations`.

    Args:
        store: Where they go.
        path: The file, of any length; it may be packed by gzip.
        keeping: Graphs that stay as they are, whatever the file says.
        watched: Makes of the file one that tells how far it has been read.

    Raises:
        MissingFileError: There is no such file.
        HomeError: It cannot be read.
        FormatError: No format has this ending.
        PayloadError: The file is not what its ending says.
        StoreError: The store failed.
    """
    if path.suffix.lower() == ".csv":
        return take_in_observations(store, path.name, _bytes_of(path))
    media_type = media_type_of(ending_of(path))
    try:
        with path.open("rb") as file:
            if is_zipped(path.name):
                packed = gzip.GzipFile(fileobj=watched(file))
                source = io.BufferedReader(cast("io.RawIOBase", packed), _READ)
                return store.take_in(source, media_type, keeping=keeping)
            if path.stat().st_size > _SHORT:
                return store.take_in(watched(file), media_type, keeping=keeping)
            return _short(store, path.name, file.read(), keeping)
    except FileNotFoundError as error:
        raise MissingFileError(path=path) from error
    except OSError as error:
        raise HomeError(path=path, detail=error.strerror or error) from error


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise MissingFileError(path=path) from error
    except OSError as error:
        raise HomeError(path=path, detail=error.strerror or error) from error


_READ = 1 << 20


def _short(store: Store, name: str, data: bytes, keeping: Collection[str]) -> list[str]:
    found = read_graphs(name, data)
    bare = found.pop(None, b"")
    named = {str(graph): quads for graph, quads in found.items() if graph not in keeping}
    store.replace_all(named)
    if bare:
        store.load([Body(bare, formats.N_TRIPLES)], graph=None)
    return sorted(named)
