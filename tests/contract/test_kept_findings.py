"""Findings kept on every store: the same runs, the same differences, and no run in the way of another."""

from datetime import UTC, datetime, timedelta

from kg.analysis.gaps import findings, findings_since, keep_findings, kept_runs
from kg.analysis.saved import saved_query
from kg.ids import graph_iri, iri
from kg.rdf.findings import NEWEST, OLDER
from kg.settings import Settings
from kg.store import Store, memory_store
from kg.store.port import Body

GRAPH = graph_iri("p")
BEGAN = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
PLAN = f"""@prefix qkg: <https://w3id.org/qualitykg/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<{iri("document", "p")}> a qkg:Document ; rdfs:label "虚构方案"@zh .
<{iri("task", "p.1")}> a qkg:Task ; rdfs:label "建立追溯制度"@zh ; qkg:statedIn <{iri("document", "p")}> .
<{iri("task", "p.2")}> a qkg:Task ; rdfs:label "统一编码规则"@zh ; qkg:statedIn <{iri("document", "p")}> .
"""
ASSIGNING = f"""PREFIX qkg: <https://w3id.org/qualitykg/ns#>
INSERT DATA {{ GRAPH <{GRAPH}> {{
  <{iri("task", "p.1")}> qkg:hasBody <{iri("body", "b")}> .
  <{iri("body", "b")}> a qkg:Department .
  <{iri("responsibility", "r")}> a qkg:Responsibility ; qkg:heldBy <{iri("body", "b")}> ;
    qkg:responsibilityFor <{iri("task", "p.1")}> ; qkg:inRole qkg:responsible }} }}"""


def kept_twice(store: Store, settings: Settings) -> list[str]:
    """Keep the findings of an invented plan, give a task a body, keep them again: both keys."""
    store.load([Body(PLAN.encode(), "text/turtle")], graph=GRAPH)
    first = keep_findings(store, settings=settings, now=BEGAN)
    assert keep_findings(store, settings=settings, now=BEGAN + timedelta(hours=1)) == first
    store.update(ASSIGNING)
    second = keep_findings(store, settings=settings, now=BEGAN + timedelta(days=1))
    return [first.key, second.key]


def test_runs_are_kept_as_in_memory(store: Store, settings: Settings) -> None:
    expected = memory_store()
    keys = kept_twice(expected, settings)
    assert kept_twice(store, settings) == keys
    assert kept_runs(store) == kept_runs(expected)
    assert {OLDER + keys[0], NEWEST + keys[1]} <= set(store.graphs())


def test_what_is_new_and_gone_since_a_run_is_told(store: Store, settings: Settings) -> None:
    keys = kept_twice(store, settings)
    since = findings_since(store, keys[0], settings=settings)
    assert {one.type for one in since.gone} == {"G01"}
    assert {one.type for one in since.appeared} >= {"G02"}
    assert since == findings_since(memory_of(settings), keys[0], settings=settings)
    assert findings_since(store, "last", settings=settings).appeared == ()


def memory_of(settings: Settings) -> Store:
    store = memory_store()
    kept_twice(store, settings)
    return store


def test_a_query_sees_the_findings_of_the_newest_run_alone(
    store: Store, settings: Settings
) -> None:
    kept_twice(store, settings)
    asked = store.select(saved_query("findings").text).dicts()
    assert {row["finding"] for row in asked} == {
        one.id for one in findings(store, settings=settings)
    }


def test_the_oldest_run_goes_where_there_are_more_than_the_setting_says(
    store: Store, settings: Settings
) -> None:
    one = settings.model_copy(update={"gap_runs_kept": 1})
    keys = kept_twice(store, one)
    assert [run.key for run in kept_runs(store)] == keys[1:]
    assert OLDER + keys[0] not in store.graphs()
