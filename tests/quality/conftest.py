"""The shipped example, built once for all tests of this folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.analysis.gaps import keep_findings
from kg.reference import example_plans
from kg.settings import Settings
from kg.workspace import Workspace, open_workspace


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Return a workspace with the shipped facts and plans in it."""
    home: Path = tmp_path_factory.mktemp("example") / "home"
    with open_workspace(home, create=True) as space:
        assert space.settings == Settings(home=home)
        space.load_example()
        assert all(outcome.error is None for outcome in space.build(example_plans()))
        keep_findings(space.store, settings=space.settings)
        yield space
