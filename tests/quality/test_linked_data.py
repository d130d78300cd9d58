"""The shipped example as linked data: in step, out and in again, every name answered."""

from importlib.resources import files
from pathlib import Path

import pytest
from rdflib import RDFS, SH, Graph, URIRef

from kg.home import Home
from kg.ids import BASE
from kg.model import Severity
from kg.publish import thing
from kg.rdf.shortcuts import DISAGREEMENTS
from kg.settings import Settings
from kg.store import Body, Store, formats, memory_store
from kg.validate import validate_store
from kg.vocab import NS, Class
from kg.workspace import Workspace

pytestmark = pytest.mark.slow


def test_shortcuts_and_nodes_agree(example: Workspace) -> None:
    assert example.store.select(DISAGREEMENTS).rows == ()


@pytest.mark.parametrize("ending", [".nq", ".trig"])
def test_the_example_comes_back_quad_for_quad(
    example: Workspace, tmp_path: Path, ending: str
) -> None:
    example.export(tmp_path / f"all{ending}", runs=True)
    home = Home.create(tmp_path / "other")
    with Workspace(home, memory_store(), Settings(home=home.path)) as other:
        other.import_file(tmp_path / f"all{ending}")
        dumps = [
            sorted(b"".join(space.store.dump(formats.N_QUADS)).splitlines())
            for space in (example, other)
        ]
    assert dumps[0] == dumps[1]
    assert len(dumps[0]) > 20_000


GRAPH_FORMATS = (formats.TURTLE, formats.N_TRIPLES, formats.JSON_LD)


def _lines(store: Store, graph: str | None) -> list[bytes]:
    """Return the triples of a graph in canonical order; without blank nodes that is all it takes."""
    lines = sorted(b"".join(store.read_graph(graph, formats.N_TRIPLES)).splitlines())
    assert not [line for line in lines if line.startswith(b"_:") or b" _:" in line.split(b'"')[0]]
    return lines


@pytest.mark.parametrize("media_type", GRAPH_FORMATS)
def test_every_graph_of_the_example_comes_back_as_it_was(
    example: Workspace, media_type: str
) -> None:
    graphs = example.store.graphs()
    triples = 0
    for graph in graphs:
        there = memory_store()
        written = b"".join(example.store.read_graph(graph, media_type))
        there.load([Body(written, media_type)], graph=None)
        before = _lines(example.store, graph)
        assert _lines(there, None) == before, graph
        triples += len(before)
    assert len(graphs) >= 8
    assert triples > 25_000


def test_every_class_that_has_instances_has_a_shape(example: Workspace) -> None:
    shapes = Graph().parse(data=(files("ontology") / "shapes.ttl").read_bytes(), format="turtle")
    ontology = Graph().parse(data=(files("ontology") / "quality.ttl").read_bytes(), format="turtle")
    shaped = {str(term) for term in shapes.objects(None, SH.targetClass)}
    rows = example.query("SELECT DISTINCT ?kind { ?s a ?kind }").rows
    used = {str(row[0]) for row in rows if str(row[0]).startswith(NS)}
    assert len(used) >= 30
    decided_or_worked_out = {Class.DECISION, Class.FINDING, Class.OBSERVATION}
    for kind in used | decided_or_worked_out:
        above = ontology.transitive_objects(URIRef(kind), RDFS.subClassOf)
        assert shaped & {str(term) for term in above}, kind


def test_the_example_conforms(example: Workspace) -> None:
    report = validate_store(example.store)
    assert [fault for fault in report.faults if fault.severity is not Severity.INFO] == []


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
