"""The routes of dependencies, policy areas, supervision and uptake. The plans are invented."""

import httpx2
import pytest

from tests.stores import store_of

DATA = """
@prefix qkg: <https://w3id.org/qualitykg/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix id: <https://w3id.org/qualitykg/id/> .
id:graph\\/p {
  id:document\\/p a qkg:Document ; rdfs:label "云溪省质量方案"@zh ; qkg:atLevel qkg:province ;
    qkg:citedAs id:citedDocument\\/p ; qkg:issuedOn "2025-01-01"^^<http://www.w3.org/2001/XMLSchema#date> .
  id:document\\/q a qkg:Document ; rdfs:label "宁远市质量方案"@zh ; qkg:atLevel qkg:prefecture ;
    qkg:appliesIn id:area\\/n ; qkg:implements id:citedDocument\\/p .
  id:area\\/n a qkg:Area ; rdfs:label "宁远市"@zh .
  id:policyArea\\/f a qkg:PolicyArea ; rdfs:label "财政"@zh .
  id:policyArea\\/t a qkg:PolicyArea ; rdfs:label "人才"@zh .
  id:goal\\/g a qkg:Goal ; rdfs:label "质量提高"@zh ; qkg:statedIn id:document\\/p .
  id:task\\/t a qkg:Task ; rdfs:label "给予财政补贴"@zh ; qkg:statedIn id:document\\/p ;
    qkg:dueYear 2026 .
  id:task\\/v a qkg:Task ; rdfs:label "开展评价"@zh ; qkg:statedIn id:document\\/p ;
    qkg:dueYear 2025 ; qkg:inPolicyArea id:policyArea\\/t .
  id:task\\/s a qkg:Task ; rdfs:label "对本方案落实情况开展督查"@zh ; qkg:statedIn id:document\\/p .
  id:task\\/u a qkg:Task ; rdfs:label "给予补贴"@zh ; qkg:statedIn id:document\\/q .
  id:body\\/b a qkg:Department ; rdfs:label "云溪省财政厅"@zh .
  id:body\\/c a qkg:Department ; rdfs:label "云溪省商务厅"@zh .
  id:link\\/d a qkg:Dependency ; qkg:linkFrom id:task\\/v ; qkg:linkTo id:task\\/t ;
    qkg:ofKind qkg:requires ; qkg:basis qkg:stated .
  id:link\\/c1 a qkg:Contribution ; qkg:linkFrom id:task\\/t ; qkg:linkTo id:goal\\/g .
  id:link\\/c2 a qkg:Contribution ; qkg:linkFrom id:task\\/s ; qkg:linkTo id:goal\\/g .
  id:link\\/u a qkg:Uptake ; qkg:linkFrom id:task\\/u ; qkg:linkTo id:task\\/t .
  id:link\\/r a qkg:Responsibility ; qkg:responsibilityFor id:task\\/t ; qkg:heldBy id:body\\/b ;
    qkg:inRole qkg:lead .
  id:link\\/q a qkg:Responsibility ; qkg:responsibilityFor id:task\\/s ; qkg:heldBy id:body\\/c ;
    qkg:inRole qkg:lead .
}
"""
ID = "https://w3id.org/qualitykg/id/"


@pytest.fixture(scope="module")
def graph(start) -> httpx2.Client:
    return start(store_of(DATA))


def test_dependencies_tell_windows_conflicts_and_what_is_inferred(graph: httpx2.Client) -> None:
    found = graph.get("/api/dependencies").json()
    assert found["levels"] == [[[f"{ID}task/t"]], [[f"{ID}task/v"]]]
    first, second = found["windows"]
    assert (first["due"], first["leeway"], second["start"]) == (2026, 0, 2025.0)
    assert [one["kind"] for one in found["conflicts"]] == ["order"]
    assert found["conflicts"][0]["path"] == [f"{ID}task/t", f"{ID}task/v"]
    (one,) = found["inferred"]
    assert (one["ground"], one["things"]) == ("sharedGoal", ["质量提高"])
    assert one["ground_name"] == {"zh": "同一目标", "en": "the same goal"}
    assert one["weight"] == one["confidence"] < 1
    assert {node["key"] for node in found["measures"]} == {"task/t", "task/v", "task/s"}


def test_coordination_tells_how_much_of_a_need_is_inferred(graph: httpx2.Client) -> None:
    found = graph.get("/api/coordination").json()
    (need,) = found["required"]
    assert need["inferred"] == need["weight"] == 0.3
    assert found["congruence"] == 1.0
    assert found["congruence_inferred"] == 0.0


def test_policy_areas_tell_what_belongs_to_them_and_which_are_empty(graph: httpx2.Client) -> None:
    found = graph.get("/api/areas").json()
    areas = {area["label"]: area for area in found["areas"]}
    assert areas["财政"]["measures"]["first"] == [f"{ID}task/t", f"{ID}task/u"]
    assert areas["财政"]["bodies"] == {"total": 1, "first": [f"{ID}body/b"]}
    assert [label for label, area in areas.items() if area["empty"]] == ["人才"]
    (pair,) = found["pairs"]
    assert (set(pair["labels"]), pair["ties"], pair["apart"]) == ({"财政", "人才"}, 1, [])
    cut = graph.get("/api/areas", params={"limit": 1, "scope": "province"}).json()
    assert (cut["truncated"], cut["limit"]) == (False, 1)
    assert cut["areas"][0]["measures"]["total"] == 1


def test_supervision_tells_each_plan_what_is_there_and_what_is_missing(
    graph: httpx2.Client,
) -> None:
    found = graph.get("/api/supervision").json()
    loops = {loop["document"]: loop for loop in found["loops"]}
    loop = loops[f"{ID}document/p"]
    assert loop["missing"] == ["mechanism", "evaluation", "rectification"]
    inspection = loop["stages"][1]
    assert (inspection["by"], inspection["goals"], inspection["measures"]) == (
        [f"{ID}task/s"],
        1,
        3,
    )
    assert inspection["name"]["zh"] == "督促检查"
    assert not loop["closed"]
    cut = graph.get("/api/supervision", params={"limit": 1}).json()
    assert (len(cut["loops"]), cut["truncated"]) == (1, True)


def test_uptake_is_told_by_area_and_by_group(graph: httpx2.Client) -> None:
    found = graph.get("/api/uptake").json()
    (area,) = found["areas"]
    assert (area["upper"], area["area"], area["taken"]) == (f"{ID}document/p", "宁远市", 1)
    assert area["share"] == area["taken"] / area["asked"]
    assert found["groups"]
    assert found["drifts"] == []
    assert graph.get("/api/uptake", params={"scope": "task/v"}).json()["areas"][0]["asked"] == 1


def test_robustness_tells_load_place_and_single_points(graph: httpx2.Client) -> None:
    found = graph.get("/api/robustness").json()
    bodies = {one["body"]: one for one in found["positions"]}
    assert bodies[f"{ID}body/b"]["leads"] == bodies[f"{ID}body/b"]["duties"] == 1
    assert bodies[f"{ID}body/b"]["constraint"] == 1.0
    assert {point["how"] for point in found["single_points"]} <= {"goals", "bridge", "alone"}
    assert {node["key"] for node in found["nodes"]} >= {"body/b", "body/c"}
    assert graph.get("/api/robustness", params={"limit": 1}).json()["truncated"]


@pytest.mark.parametrize("path", ["areas", "robustness", "supervision", "uptake"])
def test_a_limit_below_one_is_refused(graph: httpx2.Client, path: str) -> None:
    assert graph.get(f"/api/{path}", params={"limit": 0}).status_code == 422
