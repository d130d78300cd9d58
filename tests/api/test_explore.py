"""The routes that show the graph: their shapes are those of design, their cuts are told."""

import importlib
import re
from html import unescape

import httpx2
import networkx as nx
import pytest

from tests.stores import example_store


@pytest.fixture(scope="module")
def graph(start) -> httpx2.Client:
    return start(example_store(), page_limit=5, subgraph_limit=50)


def test_a_hit_tells_type_and_level(graph: httpx2.Client) -> None:
    found = graph.get("/api/search", params={"q": "scjg"}).json()
    (hit,) = found["items"]
    assert (hit["key"], hit["type"], hit["level"]) == ("body/market", "department", "province")
    assert hit["matched"] == "省市场监管局"
    assert not found["truncated"]


def test_hits_past_the_limit_are_told(graph: httpx2.Client) -> None:
    found = graph.get("/api/search", params={"q": "质量", "limit": 2}).json()
    assert (len(found["items"]), found["truncated"], found["limit"]) == (2, True, 2)


def test_a_subgraph_has_the_agreed_shape(graph: httpx2.Client) -> None:
    found = graph.get("/api/subgraph", params={"node": "task/chain", "relation": "ledBy"}).json()
    assert set(found) == {"nodes", "edges", "truncated", "limit", "left_out", "documents"}
    assert {node["key"] for node in found["nodes"]} == {"task/chain", "body/industry"}
    assert {"id", "key", "type", "label"} <= set(found["nodes"][0])
    (edge,) = found["edges"]
    assert edge["relation"] == "ledBy"
    assert edge["role"] == "lead"
    assert edge["stated"] is True
    assert edge["evidence"] == 1
    assert {edge["source"], edge["target"]} == {node["id"] for node in found["nodes"]}
    assert found["documents"]["document/outline"]["en"] == "Yunling Outline for Quality"


def test_every_node_has_a_place_where_a_layout_is_asked_for(graph: httpx2.Client) -> None:
    plain = graph.get("/api/overview").json()
    placed = graph.get("/api/overview", params={"layout": "true"}).json()
    assert not any("box" in node for node in plain["nodes"])
    assert all({"x", "y", "width", "height", "lines"} == set(n["box"]) for n in placed["nodes"])


def test_a_cut_subgraph_counts_what_it_left_out(graph: httpx2.Client) -> None:
    found = graph.get("/api/subgraph", params={"node": "task/chain", "limit": 3}).json()
    assert found["truncated"]
    assert found["limit"] == 3
    assert sum(found["left_out"].values()) > 0


def test_a_node_comes_with_its_words_and_relations(graph: httpx2.Client) -> None:
    found = graph.get("/api/nodes/task/chain").json()
    assert found["evidence"][0]["quote"] == "加强产业链全面质量管理"
    assert {"document", "start", "end", "raw_start", "raw_end", "text_sha256"} < set(
        found["evidence"][0]
    )
    assert {"relation": "supportedBy", "direction": "out", "count": 2} in found["relations"]


def test_the_words_behind_an_edge_are_found_by_its_identifier(graph: httpx2.Client) -> None:
    found = graph.get("/api/edges/task/chain~ledBy~body/industry").json()
    assert [one["quote"] for one in found["evidence"]] == ["省工信厅牵头负责"]


def test_paths_are_found(graph: httpx2.Client) -> None:
    found = graph.get("/api/paths", params={"from": "body/city", "to": "body/science"}).json()
    assert found["k"] == 3
    assert [node["key"] for node in found["paths"][0]["nodes"]][1:3] == ["task/city", "task/chain"]


def test_findings_are_paged_by_key_and_each_can_be_asked_for(graph: httpx2.Client) -> None:
    first = graph.get("/api/gaps").json()
    assert first["truncated"]
    assert len(first["items"]) == first["limit"] == 5
    seen = [one["id"] for one in first["items"]]
    cursor = first["next"]
    while cursor:
        page = graph.get("/api/gaps", params={"cursor": cursor}).json()
        seen += [one["id"] for one in page["items"]]
        cursor = page.get("next")
    assert len(seen) == len(set(seen)) == first["total"]
    key = seen[0].rpartition("/")[2]
    assert graph.get(f"/api/gaps/{key}").json() == first["items"][0]


def test_findings_are_narrowed_by_type_severity_and_scope(graph: httpx2.Client) -> None:
    def asked(**given: str) -> list[dict]:
        return graph.get("/api/gaps", params=given).json()["items"]

    assert {one["type"] for one in asked(type="G08,G10")} <= {"G08", "G10"}
    assert {one["severity"] for one in asked(severity="high")} == {"high"}
    scoped = asked(scope="goal/g25")
    assert scoped
    assert all("goal/g25" in {n["key"] for n in one["subjects"]} for one in scoped)


def test_coordination_and_dependencies_answer(graph: httpx2.Client) -> None:
    matrix = graph.get("/api/coordination").json()
    assert 0 <= matrix["congruence"] <= 1
    assert len(matrix["missing"]) <= len(matrix["required"])
    order = graph.get("/api/dependencies").json()
    flat = [iri for level in order["levels"] for block in level for iri in block]
    assert flat.index(f"{ID}task/chain") < flat.index(f"{ID}task/lab")
    assert {node["id"] for node in order["measures"]} == set(flat)


ID = "https://w3id.org/qualitykg/id/"


def test_saved_queries_are_listed(graph: httpx2.Client) -> None:
    found = graph.get("/api/queries").json()
    assert len(found) >= 10
    assert all(one["answers"]["zh"] and one["answers"]["en"] and one["text"] for one in found)


@pytest.mark.parametrize(
    "path",
    [
        "/api/nodes/task/none",
        "/api/nodes/a%20b",
        "/api/subgraph?node=x%3E%20%7D",
        "/api/paths?from=task/none&to=task/chain",
        "/api/edges/task/chain~likes~body/industry",
        "/api/gaps/G01.none",
        "/static/../app.py",
        "/static/none.js",
    ],
)
def test_what_is_not_there_is_told_as_a_problem(graph: httpx2.Client, path: str) -> None:
    answer = graph.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("application/problem+json")


@pytest.mark.parametrize(
    "path",
    [
        "/api/subgraph",
        "/api/subgraph?node=task/chain&depth=99",
        "/api/search?q=x&limit=0",
        "/api/gaps?severity=terrible",
    ],
)
def test_a_parameter_that_cannot_be_is_refused(graph: httpx2.Client, path: str) -> None:
    assert graph.get(path).status_code in {400, 422}


def test_pages_and_files_are_served_with_a_strict_policy(graph: httpx2.Client) -> None:
    for path in ("/", "/views/network", "/static/explorer.js", "/static/vis-network.min.js"):
        answer = graph.get(path)
        assert answer.status_code == 200
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
    english = graph.get("/", params={"lang": "en"})
    assert '<html lang="en">' in english.text


def test_a_file_that_has_not_changed_is_not_sent_again(graph: httpx2.Client) -> None:
    first = graph.get("/static/explorer.css")
    again = graph.get("/static/explorer.css", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""


def test_the_download_is_one_file(graph: httpx2.Client) -> None:
    answer = graph.get("/views/network", params={"download": 1, "node": "task/chain"})
    assert "attachment" in answer.headers["content-disposition"]
    assert "/static/" not in answer.text
    assert 300_000 < len(answer.content) < 700_000


def test_a_view_of_chosen_nodes_drops_what_is_not_there(graph: httpx2.Client) -> None:
    answer = graph.post("/api/view", json={"keys": ["task/chain", "task/none", "taskGroup/one"]})
    found = answer.json()
    assert [node["key"] for node in found["nodes"]] == ["task/chain", "taskGroup/one"]
    assert [edge["relation"] for edge in found["edges"]] == ["partOf"]


def test_a_view_expands_one_of_its_nodes_in_the_same_turn(graph: httpx2.Client) -> None:
    step = {"node": "task/chain", "relation": "out:supportedBy", "limit": 2}
    found = graph.post("/api/view", json={"keys": ["taskGroup/one"], "expand": step}).json()
    assert {node["key"] for node in found["nodes"]} >= {"taskGroup/one", "task/chain"}
    assert len(found["nodes"]) == 3
    assert found["left_out"] == {"supportedBy": 1}
    assert found["truncated"]


def test_what_a_document_states_is_drawn_only_where_it_is_asked_for(graph: httpx2.Client) -> None:
    keys = ["document/city", "task/city"]
    plain = graph.post("/api/view", json={"keys": keys}).json()
    asked = graph.post("/api/view", json={"keys": keys, "hubs": ["statedIn"]}).json()
    assert "statedIn" not in {edge["relation"] for edge in plain["edges"]}
    assert "statedIn" in {edge["relation"] for edge in asked["edges"]}


def test_groups_come_with_counts_and_the_plans_behind_them(graph: httpx2.Client) -> None:
    found = graph.get("/api/aggregate", params={"level": "prefecture", "layout": "true"}).json()
    assert {node["level"] for node in found["nodes"]} == {"prefecture"}
    assert all(node["count"] > 0 and "box" in node for node in found["nodes"])
    assert [plan["key"] for plan in found["plans"]] == ["document/city"]
    assert found["plan_count"] == 1


def test_the_overview_of_one_document_is_asked_for_by_key(graph: httpx2.Client) -> None:
    found = graph.get("/api/overview", params={"document": "document/city"}).json()
    assert {node["document"] for node in found["nodes"] if "document" in node} == {"document/city"}


@pytest.mark.parametrize(
    ("ending", "media"),
    [
        ("svg", "image/svg+xml"),
        ("graphml", "application/graphml+xml"),
        ("jsonld", "application/ld+json"),
    ],
)
def test_a_picture_leaves_as_a_file(graph: httpx2.Client, ending: str, media: str) -> None:
    wanted = {"keys": ["task/chain", "body/market"], "places": {"task/chain": [0, 0]}}
    answer = graph.post(f"/api/view/{ending}", json=wanted)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(media)
    assert f"quality-graph.{ending}" in answer.headers["content-disposition"]
    assert "加强产业链全面质量管理" in unescape(answer.text)
    few = graph.post(f"/api/view/{ending}", json=wanted | {"edges": []})
    assert len(few.text) < len(answer.text)


def test_a_picture_of_too_much_or_of_nothing_known_is_refused(graph: httpx2.Client) -> None:
    assert graph.post("/api/view/svg", json={"keys": ["a/b"] * 2001}).status_code == 422
    assert graph.post("/api/view/pdf", json={"keys": []}).status_code == 422
    assert graph.get("/api/aggregate", params={"area": "a> b"}).status_code == 404


def test_the_page_asks_at_once_for_every_module_that_it_imports(graph: httpx2.Client) -> None:
    wanted, imported = ["explorer.js"], {"explorer.js"}
    while wanted:
        text = graph.get(f"/static/{wanted.pop()}").text
        fresh = set(re.findall(r'from "\./([\w-]+\.js)"', text)) - imported
        imported |= fresh
        wanted += fresh
    page = graph.get("/").text
    asked = set(re.findall(r'rel="modulepreload" href="/static/([\w-]+\.js)"', page))
    assert len(imported) > 10
    assert asked == imported - {"explorer.js"}


# ---- groups as files


def test_groups_leave_as_svg_and_graphml_with_counts_and_are_no_facts(
    graph: httpx2.Client,
) -> None:
    found = graph.get("/api/aggregate", params={"layout": "true"}).json()
    keys = [node["key"] for node in found["nodes"]][:6]
    wanted = {"keys": keys, "groups": {}}
    drawn = graph.post("/api/view/svg", json=wanted)
    assert drawn.text.count("<title>") == len(keys)
    network = nx.parse_graphml(graph.post("/api/view/graphml", json=wanted).text)
    told = {node["key"]: node["count"] for node in found["nodes"]}
    assert {name: one["count"] for name, one in network.nodes(data=True)} == {
        key: told[key] for key in keys
    }
    assert all(one["count"] > 0 for *_, one in network.edges(data=True))
    assert network.number_of_edges() > 0
    assert graph.post("/api/view/jsonld", json=wanted).status_code == 406
    narrow = {**wanted, "groups": {"level": "prefecture"}}
    few = nx.parse_graphml(graph.post("/api/view/graphml", json=narrow).text)
    assert few.number_of_nodes() < len(keys)


# ---- who does not wait for the findings


@pytest.mark.parametrize(
    "path",
    [
        "/api/overview?wait=false",
        "/api/aggregate?wait=false",
        "/api/nodes/goal/g25?wait=false",
        "/api/paths?from=body/market&to=body/industry&wait=false",
    ],
)
@pytest.mark.slow
def test_whoever_does_not_wait_is_answered_while_findings_are_worked_out(start, path: str) -> None:
    lock = importlib.import_module("kg.analysis.gaps.findings")._lock
    with lock:  # whoever works them out waits
        client = start(example_store())
        early = client.get(path, timeout=5)
    assert early.status_code == 200
    assert early.headers["cache-control"] == "no-store"
    assert '"gap"' not in early.text
    assert client.get("/api/gaps").status_code == 200
    late = client.get(path)
    if "pending" in early.json():
        assert early.json()["pending"] is True
        assert "pending" not in late.json()
    assert late.text.count('"gap"') > 0


def test_a_view_says_that_its_findings_are_still_to_come(start) -> None:
    lock = importlib.import_module("kg.analysis.gaps.findings")._lock
    wanted = {"keys": ["goal/g25", "task/chain"], "wait": False}
    with lock:
        client = start(example_store())
        early = client.post("/api/view", json=wanted, timeout=5).json()
    assert early["pending"] is True
    assert [node["key"] for node in early["nodes"]] == wanted["keys"]
    waited = client.post("/api/view", json=wanted | {"wait": True}).json()
    assert "pending" not in waited
    assert {node["key"] for node in waited["nodes"] if "gap" in node}
    again = client.post("/api/view", json=wanted).json()
    assert again == waited
