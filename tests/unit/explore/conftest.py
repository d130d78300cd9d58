"""The small invented graph of tests/data/explore.trig, in a store."""

import pytest

from kg.store.port import Store
from tests.stores import example_store


@pytest.fixture
def store() -> Store:
    return example_store()
