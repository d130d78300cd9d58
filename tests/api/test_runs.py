"""Kept findings over HTTP. The plan is invented."""

import httpx2
import pytest

from kg.ids import graph_iri, iri
from kg.store import Body, memory_store

from .conftest import TOKEN, Start

PLAN = f"""@prefix qkg: <https://w3id.org/qualitykg/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<{iri("document", "p")}> a qkg:Document ; rdfs:label "虚构方案"@zh .
<{iri("task", "p.1")}> a qkg:Task ; rdfs:label "建立追溯制度"@zh ; qkg:statedIn <{iri("document", "p")}> .
"""
RIGHT = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def service(start: Start) -> httpx2.Client:
    store = memory_store()
    store.load([Body(PLAN.encode(), "text/turtle")], graph=graph_iri("p"))
    return start(store, token=TOKEN)


def test_findings_are_kept_and_what_has_changed_since_is_told(service: httpx2.Client) -> None:
    assert service.get("/api/runs").json() == []
    kept = service.post("/api/runs", headers=RIGHT).json()
    assert service.post("/api/runs", headers=RIGHT).json() == kept
    assert service.get("/api/runs").json() == [kept]
    before = {one["id"] for one in service.get("/api/gaps").json()["items"]}
    assert set(service.get("/api/runs/last").json()["unchanged"]) == before
    task = iri("task", "p.1")
    more = PLAN.replace(task, iri("task", "p.2")).encode()
    service.put(
        "/store",
        params={"graph": graph_iri("p")},
        content=more,
        headers={**RIGHT, "Content-Type": "text/turtle"},
    )
    found = service.get(f"/api/runs/{kept['key']}").json()
    assert found["run"] == kept
    assert "G01" in {one["type"] for one in found["appeared"]}
    gone = {one["id"]: one for one in found["gone"]}
    assert gone.keys() <= before
    assert "建立追溯制度" in "".join(one["reason"]["zh"] for one in gone.values())


def test_a_run_that_is_not_kept_is_not_found(service: httpx2.Client) -> None:
    answer = service.get("/api/runs/none")
    assert answer.status_code == 404
    assert answer.json()["code"] == "unknown-analysis"


def test_findings_are_not_kept_without_the_token(service: httpx2.Client) -> None:
    assert service.post("/api/runs").status_code == 401
    assert service.get("/api/runs").json() == []
