"""The shipped example, built once for all tests of this folder; what a file says, as rows."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.analysis.gaps import keep_findings
from kg.model import Extraction
from kg.reading import read_document
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


def said(name: str, data: bytes) -> Extraction:
    """Return what is read in a file of this name."""
    return read_document(name, data, settings=Settings()).extraction


def duties(found: Extraction) -> set[tuple[str, str, str, str | None]]:
    """Return who has which role in which measure, and until when."""
    named = {mention.id: mention.text for mention in found.mentions}
    return {
        (duty.body, duty.role.value, named[measure], duty.deadline)
        for duty in found.responsibilities
        for measure in duty.applies_to
    }
