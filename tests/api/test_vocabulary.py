"""What the query page asks beside queries: words in use, names of things, pictures of triples."""

import httpx2
import pytest

from kg.ids import BASE
from kg.vocab import NS, PREFIXES
from tests.stores import example_store

LABEL = PREFIXES["rdfs"] + "label"


@pytest.fixture(scope="module")
def graph(start) -> httpx2.Client:
    return start(example_store(), open_writes=True)


def test_only_words_in_use_are_told_with_names_and_counts(graph: httpx2.Client) -> None:
    found = graph.get("/api/vocabulary").json()
    classes = {word["name"]: word for word in found["classes"]}
    assert classes["qkg:Department"]["count"] == 4
    assert classes["qkg:Department"]["label"] == {"zh": "党政机构", "en": "department"}
    assert "qkg:Observation" not in classes
    counts = [word["count"] for word in found["properties"]]
    assert counts == sorted(counts, reverse=True)
    assert {"rdf:type", "qkg:ledBy"} <= {word["name"] for word in found["properties"]}
    graphs = {word["iri"]: word for word in found["graphs"]}
    assert graphs[BASE + "graph/outline"]["label"]["zh"] == "云岭质量建设纲要"
    assert found["truncated"] is False


def test_a_write_is_seen_in_the_words(graph: httpx2.Client) -> None:
    before = graph.get("/api/vocabulary")
    graph.post("/update", data={"update": "INSERT DATA { GRAPH <urn:g> { <urn:a> a <urn:New> } }"})
    after = graph.get("/api/vocabulary").json()
    graph.post("/update", data={"update": "DROP GRAPH <urn:g>"})
    assert "urn:New" not in before.text
    assert {"iri": "urn:g", "name": "urn:g", "count": 1} in after["graphs"]
    again = graph.get("/api/vocabulary", headers={"If-None-Match": before.headers["etag"]})
    assert (again.status_code, again.json()) == (200, before.json())


def test_everything_has_a_name(graph: httpx2.Client) -> None:
    iris = [BASE + "goal/g25", NS + "Goal", "urn:x"]
    names = graph.post("/api/names", json={"iris": iris}).json()["names"]
    assert names[iris[0]]["zh"] == "到2025年质量整体水平明显提高"
    assert names[iris[1]] == {"zh": "目标", "en": "goal"}
    assert names["urn:x"]["zh"] == "urn:x"


@pytest.mark.parametrize(
    "iri", ["urn:a> } } DROP ALL #", "urn:a b", "no-scheme", "", "urn:" + "x" * 2000]
)
def test_what_is_no_iri_never_comes_into_a_query(graph: httpx2.Client, iri: str) -> None:
    assert graph.post("/api/names", json={"iris": [iri]}).status_code == 422
    assert graph.post("/api/drawing", json={"links": [[iri, "urn:p", "urn:o"]]}).status_code == 422


def test_triples_that_the_store_does_not_hold_are_drawn(graph: httpx2.Client) -> None:
    wanted = {
        "links": [
            [BASE + "goal/g25", NS + "partOf", "urn:x"],
            ["urn:x", "urn:knows", "_:b0"],
        ],
        "things": ["urn:alone"],
        "labels": {"urn:x": "甲"},
    }
    found = graph.post("/api/drawing", json=wanted).json()
    nodes = {node["id"]: node for node in found["nodes"]}
    assert list(nodes) == [BASE + "goal/g25", "urn:x", "_:b0", "urn:alone"]
    assert (nodes[BASE + "goal/g25"]["type"], nodes["urn:x"]["type"]) == ("goal", "thing")
    assert nodes["urn:x"]["label"]["zh"] == "甲"
    assert [edge["relation"] for edge in found["edges"]] == ["partOf", "urn:knows"]
    assert all(node["box"]["width"] > 0 for node in nodes.values())


def test_a_picture_is_cut_and_says_so(graph: httpx2.Client) -> None:
    links = [[f"urn:{number}", "urn:p", f"urn:{number + 1}"] for number in range(400)]
    found = graph.post("/api/drawing", json={"links": links}).json()
    assert (len(found["nodes"]), found["truncated"], found["left_out"]) == (
        300,
        True,
        {"thing": 101},
    )
    ids = {node["id"] for node in found["nodes"]}
    assert all({edge["source"], edge["target"]} <= ids for edge in found["edges"])


def test_the_page_names_its_limits_and_keeps_the_strict_policy(graph: httpx2.Client) -> None:
    page = graph.get("/sparql?lang=en", headers={"Accept": "text/html"})
    assert "style-src 'self';" in page.headers["content-security-policy"]
    assert '<option value="30" selected>' in page.text
    assert "unsafe" not in page.headers["content-security-policy"]
    assert '<option value="60"' not in page.text
