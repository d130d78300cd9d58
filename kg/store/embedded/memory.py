"""The double that ships: a store that ends with the process, for tests, checks and what-if."""

from collections.abc import Sequence

import pyoxigraph as ox

from kg.store.embedded.store import EmbeddedStore
from kg.store.generation import CountedGeneration


def memory_store(*, service_allow: Sequence[str] = ()) -> EmbeddedStore:
    """Return an empty store in memory; it shares all code with the store on disk.

    >>> store = memory_store()
    >>> store.update("INSERT DATA { <urn:a> <urn:p> 1 }")
    >>> store.select("SELECT ?o { ?s ?p ?o }").rows
    ((1,),)
    """
    generation = CountedGeneration()
    return EmbeddedStore(
        ox.Store(), address="memory:", generation=generation, service_allow=service_allow
    )
