"""Memory that is free, given back to the system."""

import ctypes
from contextlib import suppress

import pyarrow as pa


def give_back() -> None:
    """Have the allocators give back what they keep for later.

    Each thread frees into an arena of its own, and glibc returns of these only what lies at their end:
    a service whose threads make tables and findings anew after each write grows for hours. Where
    there is no ``malloc_trim`` (it is glibc's own) nothing is done.
    """
    pa.default_memory_pool().release_unused()
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)
