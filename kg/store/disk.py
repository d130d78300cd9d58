"""The store in a folder: data/ of the library, the generation, the process id of the writer."""

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from kg.store.embedded import EmbeddedStore
from kg.store.engine import opened
from kg.store.generation import FileGeneration, FrozenGeneration

_DATA, _GENERATION, _HOLDER = "data", "generation", "holder"


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
    holder = folder / _HOLDER
    generation = FileGeneration(folder / _GENERATION)
    before = generation.word
    quads = opened(folder / _DATA, holder=holder, read_only=read_only)
    if read_only:
        same = before == generation.word  # else a write came between: a word of our own
        frozen = FrozenGeneration(before if same else f"{before}.{os.getpid()}")
        return EmbeddedStore(
            quads, address=str(folder), generation=frozen, service_allow=service_allow
        )
    generation.settle()
    holder.write_text(str(os.getpid()), "ascii")
    return EmbeddedStore(
        quads,
        address=str(folder),
        generation=generation,
        service_allow=service_allow,
        let_go=partial(holder.unlink, missing_ok=True),
    )
