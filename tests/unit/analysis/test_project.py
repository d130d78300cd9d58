"""The projection: what is read from a store, and when it is read anew."""

import networkx as nx
import pytest

from kg.analysis.coordination import coordination
from kg.analysis.networks import (
    assignment_network,
    channel_network,
    dependency_network,
    duty_of,
    requires_network,
)
from kg.analysis.project import Tables, project, read, tables_of
from kg.analysis.schema import SPECS
from kg.analysis.scope import in_scope
from kg.rdf.decisions import DECISION_GRAPH
from kg.rdf.findings import NEWEST
from kg.rdf.runs import RUN_GRAPH
from kg.store import memory_store

# A plan invented for these tests.
PLAN = """
PREFIX qkg: <https://w3id.org/qualitykg/ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX id: <https://w3id.org/qualitykg/id/>
INSERT DATA { GRAPH <https://w3id.org/qualitykg/id/graph/d> {
  <https://w3id.org/qualitykg/id/document/d> a qkg:Document ; rdfs:label "虚构方案"@zh ;
    qkg:atLevel qkg:county ; qkg:appliesIn id:area ; qkg:statesBodies true ;
    qkg:clauseCoverage 0.9 ; qkg:implements id:cited .
  <https://w3id.org/qualitykg/id/document/up> a qkg:Document ; rdfs:label "上位方案"@zh ;
    qkg:citedAs id:cited .
  id:area a qkg:Area ; rdfs:label "青禾县"@zh .
  id:task a qkg:Task, qkg:Measure ; rdfs:label "建立追溯制度"@zh, "set up tracing"@en ;
    qkg:statedIn <https://w3id.org/qualitykg/id/document/d> ; qkg:dueYear 2026 ;
    qkg:confidence 0.8 ; qkg:evidencedBy id:mention .
  id:system a qkg:Arrangement ; rdfs:label "追溯制度"@zh ; qkg:realises id:task .
  id:mention a qkg:Mention ; qkg:start 3 ; qkg:end 9 ; qkg:mentionIn id:text .
  id:text qkg:textOf <https://w3id.org/qualitykg/id/document/d> ; qkg:textSha256 "ab" .
  id:link a qkg:Dependency ; qkg:linkFrom id:task ; qkg:linkTo id:system ; qkg:ofKind qkg:flow .
} }
"""


def plan_store() -> object:
    """Return a store that holds the plan."""
    store = memory_store()
    store.update(PLAN)
    return store


def test_a_row_carries_what_its_paths_lead_to() -> None:
    tables = read(plan_store())
    task, system = sorted(tables.measures.to_pylist(), key=lambda row: row["kind"], reverse=True)
    assert task["kind"] == "task", "the class below wins over Measure"
    assert (task["label_zh"], task["label_en"]) == ("建立追溯制度", "set up tracing")
    assert (task["level"], task["area"], task["due_year"]) == ("county", "青禾县", 2026)
    assert system["parent"] == task["id"]
    assert tables.dependencies.to_pylist()[0]["kind"] == "requires"
    evidence = tables.evidence.to_pylist()[0]
    assert (evidence["node"], evidence["start"], evidence["end"]) == (task["id"], 3, 9)
    assert evidence["text_sha256"] == "ab"
    (pair,) = tables.implementing.to_pylist()
    assert pair["upper"].endswith("document/up")


def test_the_store_is_read_again_only_after_a_change() -> None:
    store = plan_store()
    first = project(store)
    assert project(store) is first
    store.update("DELETE WHERE { GRAPH ?g { ?m a <https://w3id.org/qualitykg/ns#Arrangement> } }")
    assert project(store).measures.num_rows == first.measures.num_rows - 1


@pytest.mark.parametrize("graph", [DECISION_GRAPH, RUN_GRAPH, f"{NEWEST}1"])
def test_what_no_table_holds_may_be_written_and_the_tables_stay(graph: str) -> None:
    store = memory_store()
    store.update(PLAN)
    before = project(store)
    store.replace(graph, f'<urn:s> <urn:p> "x" <{graph}> .'.encode())
    assert project(store) is before
    store.replace(graph, b"")
    assert project(store) is before
    store.update("DELETE WHERE { GRAPH ?g { ?s <https://w3id.org/qualitykg/ns#dueYear> ?o } }")
    after = project(store)
    assert after is not before
    assert after.measures["due_year"].null_count == after.measures.num_rows


def test_of_several_values_the_first_in_order_counts_and_one_below_its_class() -> None:
    store = memory_store()
    store.update("""
    PREFIX qkg: <https://w3id.org/qualitykg/ns#>
    PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
    PREFIX id: <https://w3id.org/qualitykg/id/>
    INSERT DATA {
      GRAPH id:one { id:b a qkg:Body, qkg:Department ; rdfs:label "商务局"@zh ; qkg:areaOf id:x }
      GRAPH id:two { id:b a qkg:Department ; rdfs:label "区商务局"@zh, "trade"@en ; qkg:areaOf id:x }
      GRAPH id:one { id:open a qkg:OpenBody ; rdfs:label "the lot"@en ; qkg:atLevel qkg:county }
      GRAPH id:two { id:bare a qkg:Body ; qkg:areaOf "far \\"off\\"\\nplace", "yonder" }
    }""")
    body, bare, opened = read(store).bodies.to_pylist()
    assert (bare["label"], bare["label_en"], bare["kind"]) == ("bare", None, "body")
    assert bare["area"] == 'far "off"\nplace'
    assert (body["label"], body["label_en"], body["kind"]) == ("区商务局", "trade", "department")
    assert body["area"] == "x", "a thing without a label is called by its key"
    assert (opened["label"], opened["label_en"]) == ("the lot", "the lot")
    assert (opened["kind"], opened["level"]) == ("openBody", "county")


def test_a_link_makes_a_row_for_each_pair_of_its_ends() -> None:
    store = memory_store()
    store.update("""
    PREFIX qkg: <https://w3id.org/qualitykg/ns#>
    PREFIX id: <https://w3id.org/qualitykg/id/>
    INSERT DATA { GRAPH id:one {
      id:r a qkg:Responsibility ; qkg:responsibilityFor id:n, id:m ; qkg:heldBy id:b, id:a .
      id:s a qkg:Responsibility ; qkg:responsibilityFor id:m .
      id:c a qkg:Channel ; qkg:connects id:b, id:a, id:c } }""")
    tables = read(store)
    held = [(row["measure"][-1], row["body"][-1]) for row in tables.responsibilities.to_pylist()]
    assert held == [("m", "a"), ("m", "b"), ("n", "a"), ("n", "b")], "and none without a body"
    ends = [(row["body_a"][-1], row["body_b"][-1]) for row in tables.channels.to_pylist()]
    assert ends == [("a", "b"), ("a", "c"), ("b", "c")]


@pytest.mark.parametrize(
    ("term", "column", "value"),
    [
        ("2027", "due_year", 2027),
        ("2027.9", "due_year", 2027),
        ('"soon"', "due_year", None),
        ("1e300", "due_year", None),
        ("true", "due_year", None),
        (".5", "confidence", 0.5),
        ("1e-2", "confidence", 0.01),
        ('"high"', "confidence", None),
    ],
)
def test_a_number_is_read_where_one_belongs(term: str, column: str, value: float | None) -> None:
    store = memory_store()
    name = "dueYear" if column == "due_year" else column
    store.update(
        f"""PREFIX qkg: <https://w3id.org/qualitykg/ns#> PREFIX id: <https://w3id.org/qualitykg/id/>
        INSERT DATA {{ GRAPH id:one {{ id:t a qkg:Task ; qkg:{name} {term} }} }}"""
    )
    (row,) = read(store).measures.to_pylist()
    assert row[column] == value


def test_an_empty_store_gives_empty_tables_of_the_declared_columns() -> None:
    tables = read(memory_store())
    for spec in SPECS:
        table = getattr(tables, spec.name)
        assert table.num_rows == 0
        assert table.column_names[: len(spec.columns)] == [column.name for column in spec.columns]
    assert coordination(tables).required == ()


def test_text_where_a_number_belongs_is_null_and_not_an_error() -> None:
    rows = {"measures": [{"id": "m", "due_year": "soon", "confidence": True}]}
    (row,) = tables_of(rows).measures.to_pylist()
    assert (row["due_year"], row["confidence"]) == (None, None)


def test_a_loop_of_parents_ends() -> None:
    rows = [{"child": "a", "parent": "b"}, {"child": "b", "parent": "a"}]
    found = tables_of({"parents": rows}).above.to_pylist()
    assert {(row["element"], row["ancestor"], row["distance"]) for row in found} == {
        ("a", "a", 0), ("a", "b", 1), ("b", "b", 0), ("b", "a", 1)
    }  # fmt: skip


def networked() -> Tables:
    """Return tables in which a and b depend on each other's work, and c sits with a."""
    duty = {"role": "lead"}
    return tables_of(
        {
            "measures": [{"id": name, "kind": "task"} for name in ("t", "clause", "u")],
            "parents": [{"child": "clause", "parent": "t"}],
            "bodies": [
                *({"id": name, "kind": "department"} for name in "abc"),
                {"id": "all", "kind": "openBody"},
                {"id": "group", "kind": "coordinationBody"},
            ],
            "responsibilities": [
                {"id": "1", "measure": "t", "body": "a", **duty},
                {"id": "2", "measure": "u", "body": "b", **duty},
                {"id": "3", "measure": "u", "body": "all", "role": "participant"},
            ],
            "dependencies": [
                {"id": "4", "source": "clause", "target": "u", "kind": "requires"},
                {"id": "5", "source": "clause", "target": "u", "kind": "sharesResourceWith"},
                {"id": "6", "source": "u", "target": "u", "kind": "requires"},
            ],
            "members": [{"body": name, "coordination_body": "group"} for name in "ac"],
        }
    )


def test_a_clause_without_bodies_belongs_to_the_duty_above_it() -> None:
    assert duty_of(networked()) == {"t": "t", "clause": "t", "u": "u"}


def test_two_leads_of_dependent_duties_need_each_other_once() -> None:
    found = coordination(networked())
    (need,) = found.required
    assert (need.bodies, need.weight, need.shared, need.arranged) == (("a", "b"), 1.0, 0, False)
    assert found.missing == found.required
    assert found.arranged == (("a", "c"), ("a", "group"), ("c", "group"))


def test_coordination_outside_the_scope_is_not_counted() -> None:
    assert coordination(networked(), measures={"u"}).required == ()


def test_networks_leave_out_loops_and_open_bodies() -> None:
    tables = networked()
    assert list(requires_network(tables).edges) == [("u", "t")]
    assert nx.number_of_selfloops(dependency_network(tables)) == 0
    assert "all" not in assignment_network(tables)
    assert sorted(channel_network(tables)) == ["a", "c", "group"]


def test_a_scope_covers_what_lies_below_it() -> None:
    tables = networked()
    assert in_scope(tables, "t") == {"t", "clause"}
    assert {"t", "clause"} <= in_scope(tables, "a"), "a body covers what it acts for"
    assert in_scope(tables, "nowhere") == {"nowhere"}
