"""Stores that several suites ask."""

from pathlib import Path

from kg.store import Body, Store, memory_store

_EXAMPLE = Path(__file__).parent / "data" / "explore.trig"


def example_store() -> Store:
    """Return a store that holds the small invented graph of tests/data/explore.trig."""
    return store_of(_EXAMPLE.read_text("utf-8"))


def store_of(trig: str) -> Store:
    """Return a store that holds what *trig* says."""
    store = memory_store()
    store.load_dataset([Body(trig.encode(), "application/trig")])
    return store
