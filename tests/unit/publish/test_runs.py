"""What a build says of itself (PROV), in a graph of its own."""

from pathlib import Path

from kg.ids import graph_iri, iri
from kg.rdf.runs import RUN_GRAPH
from kg.store import formats
from kg.version import __version__
from kg.workspace import Workspace

from .conftest import PLAN

RUNS = "SELECT DISTINCT ?run ?began ?ended { ?run a qkg:ExtractionRun ; prov:startedAtTime ?began ; prov:endedAtTime ?ended }"
MADE = "SELECT ?thing { ?thing prov:wasGeneratedBy ?run ; prov:wasDerivedFrom ?document . ?run prov:used ?document }"


def test_a_build_tells_when_it_ran_and_what_it_made(space: Workspace) -> None:
    ((run, began, ended),) = space.query(RUNS).rows
    assert str(began) <= str(ended)
    assert str(began).endswith("Z")
    (document,) = space.documents()
    made = {str(row[0]) for row in space.query(MADE).rows}
    assert made == {graph_iri(document.key), iri("text", document.key)}
    version = space.query(f"SELECT ?v {{ <{run}> prov:wasAssociatedWith/owl:versionInfo ?v }}")
    assert version.rows == ((__version__,),)


def test_all_of_it_lies_in_the_graph_of_runs(space: Workspace) -> None:
    for graph in space.store.graphs():
        text = b"".join(space.store.read_graph(graph, formats.N_TRIPLES))
        assert (b'prov#startedAtTime> "' in text) is (graph == RUN_GRAPH), graph


def test_a_build_that_reads_nothing_new_writes_nothing(fresh: Workspace, tmp_path: Path) -> None:
    before = b"".join(fresh.store.dump(formats.N_QUADS))
    list(fresh.build([tmp_path / "plan.txt"]))
    assert b"".join(fresh.store.dump(formats.N_QUADS)) == before


def test_a_document_that_is_read_again_was_made_by_the_later_run(
    fresh: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "plan.txt").write_text(PLAN.replace("财政厅", "教育厅"), encoding="utf-8")
    list(fresh.build([tmp_path / "plan.txt"]))
    assert len(fresh.query(RUNS).rows) == 2
    assert len(fresh.query("SELECT DISTINCT ?r { ?t prov:wasGeneratedBy ?r }").rows) == 1
    assert len(fresh.query("SELECT DISTINCT ?r { ?r prov:used ?d }").rows) == 2


def test_a_document_that_is_removed_was_made_by_nobody(fresh: Workspace) -> None:
    fresh.remove(fresh.documents()[0].key)
    assert fresh.query(MADE).rows == ()
    assert len(fresh.query(RUNS).rows) == 1
