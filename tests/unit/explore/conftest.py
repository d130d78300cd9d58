"""The small invented graph of tests/data/explore.trig, in a store."""

from collections import defaultdict
from pathlib import Path

import pyoxigraph
import pytest

from kg.store import memory_store
from kg.store.port import Store


def loaded(path: Path) -> Store:
    graphs = defaultdict(list)
    for quad in pyoxigraph.parse(path=path):
        graphs[quad.graph_name.value].append(quad)
    store = memory_store()
    for name, quads in graphs.items():
        store.replace(name, pyoxigraph.serialize(quads, format=pyoxigraph.RdfFormat.N_QUADS))
    return store


@pytest.fixture
def store(root: Path) -> Store:
    return loaded(root / "tests" / "data" / "explore.trig")
