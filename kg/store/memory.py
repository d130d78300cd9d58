"""The double that ships: a store that ends with the process, for tests, checks and what-if."""

from collections.abc import Sequence

from kg.store.embedded import EmbeddedStore


def memory_store(*, service_allow: Sequence[str] = ()) -> EmbeddedStore:
    """Return an empty store in memory; it shares all code with the store on disk.

    >>> memory_store().graphs()
    []
    """
    return EmbeddedStore.in_memory(service_allow=service_allow)
