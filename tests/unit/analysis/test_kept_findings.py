"""Findings kept in the store: run by run, the newest in sight, nothing made stale by keeping them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kg.analysis.gaps import findings, findings_since, keep_findings, kept_runs
from kg.analysis.saved import saved_query
from kg.errors import UnknownAnalysisError
from kg.ids import graph_iri, iri
from kg.publish import export
from kg.rdf.findings import NEWEST, OLDER
from kg.reference import graphs
from kg.settings import Settings, load
from kg.store import memory_store, open_store
from kg.store.port import Body, Store
from kg.validate import validate_store
from kg.vocab import NS

ROWS = """@prefix qkg: <https://w3id.org/qualitykg/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<{doc}> a qkg:Document ; rdfs:label "虚构方案"@zh .
<{one}> a qkg:Task ; rdfs:label "建立追溯制度"@zh ; qkg:statedIn <{doc}> .
<{two}> a qkg:Task ; rdfs:label "统一编码规则"@zh ; qkg:statedIn <{doc}> .
"""
NAMES = {"doc": iri("document", "d"), "one": iri("task", "d.1"), "two": iri("task", "d.2")}
GRAPH = graph_iri("d")
BEGAN = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)


def filled(store: Store) -> Store:
    """Put an invented plan of two tasks without bodies into *store*."""
    store.load([Body(ROWS.format(**NAMES).encode(), "text/turtle")], graph=GRAPH)
    return store


def assigned(store: Store, name: str, role: str = "ledBy") -> None:
    """Give a task a body, as a reviewer's update would."""
    store.update(
        f"""PREFIX qkg: <https://w3id.org/qualitykg/ns#>
        INSERT DATA {{ GRAPH <{GRAPH}> {{
            <{NAMES[name]}> qkg:{role} <{iri("body", "b")}> ; qkg:hasBody <{iri("body", "b")}> .
            <{iri("body", "b")}> a qkg:Department .
            <{iri("responsibility", name)}> a qkg:Responsibility ; qkg:heldBy <{iri("body", "b")}> ;
                qkg:responsibilityFor <{NAMES[name]}> ; qkg:inRole qkg:lead }} }}"""
    )


@pytest.fixture
def store() -> Store:
    return filled(memory_store())


def test_keeping_findings_leaves_the_findings_as_they_were(store: Store) -> None:
    before = findings(store, settings=load())
    assert before
    keep_findings(store, settings=load())
    assert findings(store, settings=load()) == before


def test_keeping_the_same_again_writes_nothing(store: Store) -> None:
    first = keep_findings(store, settings=load(), now=BEGAN)
    generation = store.generation
    assert keep_findings(store, settings=load(), now=BEGAN + timedelta(days=1)) == first
    assert store.generation == generation


def test_queries_see_the_newest_run_and_older_ones_have_graphs_of_their_own(store: Store) -> None:
    first = keep_findings(store, settings=load(), now=BEGAN)
    assigned(store, "one")
    second = keep_findings(store, settings=load(), now=BEGAN + timedelta(days=1))
    assert [run.key for run in kept_runs(store)] == [second.key, first.key]
    assert {OLDER + first.key, NEWEST + second.key} <= set(store.graphs())
    asked = store.select(saved_query("findings").text).dicts()
    assert {row["finding"] for row in asked} == {
        finding.id for finding in findings(store, settings=load())
    }


def test_no_more_runs_are_kept_than_the_setting_says(store: Store) -> None:
    few = Settings(gap_runs_kept=2)
    runs = [
        keep_findings(store, settings=few.model_copy(update={"gap_crowd": n}), now=BEGAN + timedelta(days=n))
        for n in range(2, 6)
    ]  # fmt: skip
    assert [run.key for run in kept_runs(store)] == [runs[3].key, runs[2].key]


def test_what_has_appeared_since_a_run_is_told_and_what_is_gone(store: Store) -> None:
    then = keep_findings(store, settings=load(), now=BEGAN)
    was = {one.id: one for one in findings(store, settings=load())}
    assigned(store, "one")
    now = {one.id: one for one in findings(store, settings=load())}
    since = findings_since(store, then.key, settings=load())
    assert {one.id for one in since.appeared} == now.keys() - was.keys()
    assert {one.id for one in since.gone} == was.keys() - now.keys()
    assert since.gone[0].reason == was[since.gone[0].id].reason
    stay = {one.id for one in since.unchanged} | {one.id for one, _ in since.regraded}
    assert stay == now.keys() & was.keys()
    assert since.gone
    assert since.unchanged


def test_within_a_scope_only_what_it_covers_is_compared_gone_things_by_their_document(
    store: Store,
) -> None:
    other = {name: name_.replace("d.", "e.") for name, name_ in NAMES.items()}
    other["doc"] = iri("document", "e")
    store.load([Body(ROWS.format(**other).encode(), "text/turtle")], graph=graph_iri("e"))
    then = keep_findings(store, settings=load(), now=BEGAN)
    for name in (NAMES["one"], other["one"]):  # one task is taken out of each plan
        store.update(f"DELETE WHERE {{ GRAPH ?g {{ <{name}> ?p ?o }} }}")
    assigned(store, "two")
    whole = findings_since(store, then.key, settings=load())
    within = findings_since(store, then.key, settings=load(), scope="document/d")
    gone = {subject for one in within.gone for subject in one.subjects}
    assert NAMES["one"] in gone
    assert not gone & set(other.values())
    assert {subject for one in whole.gone for subject in one.subjects} > gone
    assert {one.id for one in within.unchanged} < {one.id for one in whole.unchanged}
    goal = f"<{iri('goal', 'd.3')}> a <{NS}Goal> ; <{NS}statedIn> <{NAMES['doc']}> ."
    store.load([Body(goal.encode(), "text/turtle")], graph=GRAPH)
    task = findings_since(store, then.key, settings=load(), scope="task/d.2")
    assert {subject for one in task.gone for subject in one.subjects} == {NAMES["two"]}


def test_a_finding_that_weighs_otherwise_than_in_a_run_is_told_with_what_it_was() -> None:
    store = filled(memory_store())
    keep_findings(store, settings=load())
    store.update(
        f"""PREFIX qkg: <https://w3id.org/qualitykg/ns#>
        INSERT DATA {{ GRAPH <{GRAPH}> {{
            <{NAMES["one"]}> qkg:confidence 0.5 . <{NAMES["two"]}> qkg:confidence 0.5 }} }}"""
    )
    since = findings_since(store, "last", settings=load())
    assert ("G01", "high", "medium") in {
        (one.type, before.value, one.severity.value) for one, before in since.regraded
    }


def test_a_run_that_is_not_kept_is_refused_with_those_there_are(store: Store) -> None:
    run = keep_findings(store, settings=load())
    with pytest.raises(UnknownAnalysisError, match=run.key):
        findings_since(store, "none", settings=load())


def test_kept_findings_conform_to_the_shapes(store: Store) -> None:
    for graph, quads in graphs().items():
        store.replace(graph, quads)
    before = {(one.focus, one.message) for one in validate_store(store).faults}
    keep_findings(store, settings=load())
    assert {(one.focus, one.message) for one in validate_store(store).faults} <= before


def test_an_export_leaves_kept_findings_out_unless_runs_are_asked_for(store: Store) -> None:
    bare = b"".join(export(store, ".nq"))
    run = keep_findings(store, settings=load())
    assert b"".join(export(store, ".nq")) == bare
    assert run.key.encode() in b"".join(export(store, ".nq", runs=True))


def test_a_store_on_disk_keeps_the_same(tmp_path: Path, store: Store) -> None:
    with_disk = filled(open_store(tmp_path / "store", settings=load()))
    try:
        kept = keep_findings(with_disk, settings=load(), now=BEGAN)
        assert kept == keep_findings(store, settings=load(), now=BEGAN)
    finally:
        with_disk.close()
