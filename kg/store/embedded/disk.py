"""The store in a folder: data/ of the library, the generation, the file that says who writes."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.holder import sign
from kg.store.embedded.engine import opened
from kg.store.embedded.linking import linked
from kg.store.embedded.place import DATA, HOLDER, InFolder
from kg.store.embedded.store import EmbeddedStore
from kg.store.generation import FileGeneration, FrozenGeneration, Generation

_GENERATION = "generation"


@dataclass(frozen=True, slots=True)
class Opened:
    """What a store in a folder is made of."""

    quads: ox.Store
    generation: Generation
    place: InFolder


def generation_of(folder: Path) -> str:
    """Return the generation of the store in *folder* as it is now."""
    return FileGeneration(folder / _GENERATION).word


def open_folder(folder: Path, *, read_only: bool, view: Path | None = None) -> Opened:
    """Return what the store in *folder* is made of; the folder is made where there is none.

    Args:
        folder: Where it is.
        read_only: Whether to see the store as it is now, frozen, without keeping writers out.
        view: Where to link the files to that are read, so that others can open just the same.

    Raises:
        StoreLockedError: Another process writes to it.
        StoreUnavailableError: The folder cannot be used.
        OSError: No links can be made at *view*.
    """
    holder = folder / HOLDER
    generation = FileGeneration(folder / _GENERATION)
    before = generation.word
    data = view or folder / DATA
    place = InFolder(folder, frozen=data if read_only else None)
    place.recover()
    if view is not None:
        linked(folder / DATA, view)
    quads = opened(data, holder=holder, read_only=read_only)
    if read_only:
        same = before == generation.word  # else a write came between: a word of our own
        return Opened(quads, FrozenGeneration(before if same else f"{before}.{os.getpid()}"), place)
    generation.settle()
    sign(holder)
    place.tidy()
    return Opened(quads, generation, place)


def disk_store(
    folder: Path, *, read_only: bool = False, service_allow: Sequence[str] = ()
) -> EmbeddedStore:
    """Return the store in *folder*, which is made where there is none.

    Args:
        folder: Where it is.
        read_only: Whether to see the store as it is now, frozen, without keeping writers out.
        service_allow: Addresses that SERVICE and LOAD may reach.

    Raises:
        StoreLockedError: Another process writes to it.
        StoreUnavailableError: The folder cannot be used.
    """
    found = open_folder(folder, read_only=read_only)
    return EmbeddedStore(
        found.quads,
        address=str(folder),
        generation=found.generation,
        service_allow=service_allow,
        place=found.place,
    )
