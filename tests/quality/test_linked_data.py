"""The shipped example as linked data: in step, out and in again, every name answered."""

from pathlib import Path

import pytest

from kg.home import Home
from kg.ids import BASE
from kg.publish import thing
from kg.rdf.runs import RUN_GRAPH
from kg.rdf.shortcuts import DISAGREEMENTS
from kg.settings import Settings
from kg.store import formats, memory_store
from kg.workspace import Workspace

pytestmark = pytest.mark.slow


def test_shortcuts_and_nodes_agree(example: Workspace) -> None:
    assert example.store.select(DISAGREEMENTS).rows == ()


@pytest.mark.parametrize("ending", [".nq", ".trig"])
def test_the_example_comes_back_quad_for_quad(
    example: Workspace, tmp_path: Path, ending: str
) -> None:
    example.export(tmp_path / f"all{ending}")
    home = Home.create(tmp_path / "other")
    with Workspace(home, memory_store(), Settings(home=home.path)) as other:
        other.import_file(tmp_path / f"all{ending}")
        dumps = [
            sorted(
                line
                for line in b"".join(space.store.dump(formats.N_QUADS)).splitlines()
                if RUN_GRAPH.encode() not in line
            )
            for space in (example, other)
        ]
    assert dumps[0] == dumps[1]
    assert len(dumps[0]) > 20_000


def test_every_thing_has_a_name_on_its_page(example: Workspace) -> None:
    rows = example.query(
        "SELECT ?kind (SAMPLE(?s) AS ?one) { ?s a ?kind "
        f'FILTER(STRSTARTS(STR(?s), "{BASE}")) }} GROUP BY ?kind'
    ).rows
    assert len(rows) >= 25
    for kind, one in rows:
        told = thing(example.store, str(one))
        assert told.name.zh, (kind, one)
        assert told.name.en, (kind, one)
