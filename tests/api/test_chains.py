"""The route of coordination chains. The plans are invented."""

import httpx2
import pytest

from tests.stores import store_of

DATA = """
@prefix qkg: <https://w3id.org/qualitykg/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix id: <https://w3id.org/qualitykg/id/> .
id:graph\\/p {
  id:document\\/p a qkg:Document ; rdfs:label "云溪省质量方案"@zh ; qkg:atLevel qkg:province ;
    qkg:citedAs id:citedDocument\\/p .
  id:document\\/q a qkg:Document ; rdfs:label "宁远市质量方案"@zh ; qkg:atLevel qkg:prefecture ;
    qkg:implements id:citedDocument\\/p .
  id:goal\\/g a qkg:Goal ; rdfs:label "质量提高"@zh ; qkg:statedIn id:document\\/p .
  id:task\\/t a qkg:Task ; rdfs:label "推进共享"@zh ; qkg:statedIn id:document\\/p .
  id:task\\/u a qkg:Task ; rdfs:label "开展共享"@zh ; qkg:statedIn id:document\\/q .
  id:task\\/v a qkg:Task ; rdfs:label "开展评价"@zh ; qkg:statedIn id:document\\/p .
  id:body\\/b a qkg:Department ; rdfs:label "云溪省商务厅"@zh .
  id:link\\/c a qkg:Contribution ; qkg:linkFrom id:task\\/t ; qkg:linkTo id:goal\\/g ;
    qkg:confidence 0.8 .
  id:link\\/d a qkg:Contribution ; qkg:linkFrom id:task\\/v ; qkg:linkTo id:goal\\/g .
  id:link\\/u a qkg:Uptake ; qkg:linkFrom id:task\\/u ; qkg:linkTo id:task\\/t ;
    qkg:confidence 0.5 .
  id:link\\/r a qkg:Responsibility ; qkg:responsibilityFor id:task\\/t ; qkg:heldBy id:body\\/b ;
    qkg:inRole qkg:lead .
}
"""
ID = "https://w3id.org/qualitykg/id/"


@pytest.fixture(scope="module")
def graph(start) -> httpx2.Client:
    return start(store_of(DATA))


def test_a_chain_through_a_measure_tells_hops_leads_and_breaks(graph: httpx2.Client) -> None:
    found = graph.get("/api/chains", params={"measure": "task/t"}).json()
    (one,) = found["chains"]
    assert [step["element"] for step in one["steps"]] == [
        f"{ID}goal/g",
        f"{ID}task/t",
        f"{ID}task/u",
    ]
    assert one["steps"][1]["leads"] == [f"{ID}body/b"]
    assert one["headless"] == [f"{ID}task/u"]
    assert (one["breaks"], one["complete"], one["confidence"]) == ([], False, 0.4)
    assert {node["key"] for node in found["nodes"]} == {"goal/g", "task/t", "task/u", "body/b"}


def test_all_chains_are_told_and_a_cut_too(graph: httpx2.Client) -> None:
    every = graph.get("/api/chains").json()
    assert [one["breaks"] for one in every["chains"]] == [[], ["prefecture"]]
    assert not every["truncated"]
    cut = graph.get("/api/chains", params={"limit": 1}).json()
    assert (len(cut["chains"]), cut["truncated"], cut["limit"]) == (1, True, 1)
    scoped = graph.get("/api/chains", params={"scope": "task/v"}).json()
    assert [len(one["steps"]) for one in scoped["chains"]] == [2]


def test_a_measure_that_is_not_there_is_not_found(graph: httpx2.Client) -> None:
    answer = graph.get("/api/chains", params={"measure": "task/none"})
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("application/problem+json")
