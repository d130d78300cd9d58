"""What pictures are made from is ready before anybody asks: at the start, and after a write."""

import time
from pathlib import Path

import pytest

from api.graph import Findings
from api.labels import Labels
from api.readiness import Readiness
from kg.access import internal_of
from kg.editions import Editions
from kg.home import Home
from kg.ids import graph_iri
from kg.model import Census
from kg.settings import Settings
from kg.store import Store
from kg.workspace import Workspace
from tests.stores import example_store


class Noted(Findings):
    """Findings that note of which states of the store a census was asked for."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.states: list[str] = []

    def census(self, store: Store) -> Census:
        made = super().census(store)
        self.states.append(store.generation)
        return made


def _until(found: Noted, state: str) -> bool:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        if state in found.states:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.slow
def test_the_census_is_taken_at_the_start_and_after_a_write(tmp_path: Path) -> None:
    settings, store = Settings(home=tmp_path), example_store()
    whole = Workspace(Home.create(tmp_path), store, settings)
    found, labels = Noted(settings), Labels()
    readiness = Readiness(Editions(whole, internal=internal_of(tmp_path)), labels, found)
    readiness.start()
    try:
        assert _until(found, store.generation)
        store.remove(graph_iri("city"))
        assert _until(found, store.generation)
    finally:
        readiness.close()
        labels.close()
