"""Out to a file and in again: nothing lost, all or nothing."""

from pathlib import Path

import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from kg.errors import FormatError, MissingFileError, PayloadError
from kg.home import Home
from kg.publish import ENDINGS
from kg.rdf.runs import RUN_GRAPH
from kg.settings import Settings
from kg.store import Body, formats, memory_store
from kg.workspace import Workspace

from .conftest import PLAN, built

RDFLIB = {".ttl": "turtle", ".nt": "nt", ".jsonld": "json-ld"}


def empty(folder: Path) -> Workspace:
    home = Home.create(folder / "other")
    return Workspace(home, memory_store(), Settings(home=home.path))


def quads(space: Workspace) -> set[bytes]:
    lines = b"".join(space.store.dump(formats.N_QUADS)).splitlines()
    return {line for line in lines if RUN_GRAPH.encode() not in line}


def test_every_format_is_tried() -> None:
    assert set(ENDINGS) == {".nq", ".trig", *RDFLIB}


@pytest.mark.parametrize("ending", [".nq", ".trig"])
def test_datasets_come_back_graph_by_graph(space: Workspace, tmp_path: Path, ending: str) -> None:
    space.export(tmp_path / f"all{ending}")
    with empty(tmp_path) as other:
        graphs = other.import_file(tmp_path / f"all{ending}")
        assert quads(other) == quads(space)
        assert len(graphs) == 1  # the document; what belongs to this version comes from it


@pytest.mark.filterwarnings("ignore:.*deprecated.*:DeprecationWarning")  # in rdflib's reader
@pytest.mark.parametrize("ending", RDFLIB)
def test_graphs_come_back_as_the_merge_of_all(
    space: Workspace, tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"all{ending}"
    space.export(path)
    bare = b"".join(line.rpartition(b" <")[0] + b" .\n" for line in quads(space))
    wanted = Graph().parse(data=bare, format="nt")
    assert isomorphic(Graph().parse(path, format=RDFLIB[ending]), wanted)
    with empty(tmp_path) as other:
        other.import_file(path)
        bare = b"".join(other.store.read_graph(None, formats.N_TRIPLES))
        assert isomorphic(Graph().parse(data=bare, format="nt"), wanted)


def test_runs_leave_only_when_asked_for(space: Workspace, tmp_path: Path) -> None:
    space.export(tmp_path / "bare.nq")
    space.export(tmp_path / "runs.nq", runs=True)
    assert RUN_GRAPH not in (tmp_path / "bare.nq").read_text("utf-8")
    assert RUN_GRAPH in (tmp_path / "runs.nq").read_text("utf-8")


def test_an_import_replaces_the_document_it_brings(fresh: Workspace, tmp_path: Path) -> None:
    fresh.export(tmp_path / "old.nq")
    before = quads(fresh)
    fresh.store.update(
        "DELETE { GRAPH ?g { ?t qkg:ledBy ?b } } WHERE { GRAPH ?g { ?t qkg:ledBy ?b } }".replace(
            "qkg:ledBy", "<https://w3id.org/qualitykg/ns#ledBy>"
        )
    )
    assert quads(fresh) != before
    fresh.import_file(tmp_path / "old.nq")
    assert quads(fresh) == before


def test_foreign_graphs_and_bare_triples_come_along(tmp_path: Path) -> None:
    path = tmp_path / "mixed.trig"
    path.write_text("<urn:a> <urn:p> <urn:b> . <urn:g> { <urn:c> <urn:p> 1 }", "utf-8")
    with empty(tmp_path) as other:
        assert other.import_file(path) == ["urn:g"]
        assert other.store.ask("ASK { <urn:a> <urn:p> <urn:b> GRAPH <urn:g> { <urn:c> ?p 1 } }")


@pytest.mark.parametrize(
    ("name", "text", "error"),
    [
        ("broken.nq", "<urn:a> <urn:p> <urn:b> <urn:g> .\n<urn:a> <urn:p>", PayloadError),
        (
            "blank.trig",
            "_:g { <urn:a> <urn:p> <urn:b> } <urn:h> { <urn:a> <urn:p> 1 }",
            PayloadError,
        ),
        ("facts.csv", "a,b", PayloadError),
        ("facts.parquet", "a,b", FormatError),
        ("nothing.nq", None, MissingFileError),
    ],
)
def test_a_bad_file_changes_nothing(
    tmp_path: Path, name: str, text: str | None, error: type[Exception]
) -> None:
    if text is not None:
        (tmp_path / name).write_text(text, "utf-8")
    with empty(tmp_path) as other:
        other.store.load([Body(b"<urn:x> <urn:p> <urn:y> .", formats.N_TRIPLES)], graph=None)
        before = quads(other)
        with pytest.raises(error, match=name.partition(".")[2]):
            other.import_file(tmp_path / name)
        assert quads(other) == before


def test_two_builds_of_one_text_give_the_same_export(tmp_path: Path) -> None:
    exports = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        with built(tmp_path / name, PLAN) as space:
            space.export(tmp_path / f"{name}.nq")
        exports.append(sorted((tmp_path / f"{name}.nq").read_bytes().splitlines()))
    assert exports[0] == exports[1]
