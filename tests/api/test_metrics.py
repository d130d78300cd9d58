"""What operators watch: one series a route, numbers that are true, no query text and no names."""

import httpx2
from prometheus_client.parser import text_string_to_metric_families

from kg.analysis.gaps import findings
from kg.settings import Settings
from kg.store import memory_store
from tests.api.conftest import Start

PLAN = "https://w3id.org/qualitykg/id/document/plan"
NS = "https://w3id.org/qualitykg/ns#"
PLANNED = f"""INSERT DATA {{ GRAPH <https://w3id.org/qualitykg/id/graph/plan> {{
  <{PLAN}> a <{NS}Document> ; <{NS}clauseCoverage> 0.75 ;
    <http://www.w3.org/2000/01/rdf-schema#label> "云溪省方案（虚构）"@zh .
  <https://w3id.org/qualitykg/id/text/plan> <{NS}textOf> <{PLAN}> ; <{NS}fileName> "plan.txt" .
  <https://w3id.org/qualitykg/id/task/one> a <{NS}Task> ; <{NS}statedIn> <{PLAN}> ;
    <http://www.w3.org/2000/01/rdf-schema#label> "制定分级标准"@zh }} }}"""


def samples(client: httpx2.Client) -> dict[tuple[str, ...], float]:
    """Return each sample by its name and the values of its labels."""
    text = client.get("/metrics").text
    return {
        (one.name, *one.labels.values()): one.value
        for family in text_string_to_metric_families(text)
        for one in family.samples
    }


def test_requests_are_counted_by_route_and_status(start: Start) -> None:
    client = start()
    for path in ("/health", "/health", "/api/nodes/none", "/nowhere/at/all", "/static/none.js"):
        client.get(path)
    client.get("/sparql", params={"query": "ASK {}"})
    client.head("/health")
    client.get("/sparql", params={"query": "nonsense"})
    found = samples(client)
    count = "qkg_requests_total"
    assert found[count, "GET", "/health", "200"] == 2
    assert found[count, "HEAD", "/health", "200"] == 1
    assert found[count, "GET", "/sparql", "200"] == 1
    assert found[count, "GET", "/sparql", "400"] == 1
    assert found[count, "GET", "/api/nodes/{key:path}", "404"] == 1
    assert found[count, "GET", "/static/{name}", "404"] == 1
    assert found[count, "GET", "other", "404"] == 1
    assert found["qkg_request_seconds_count", "/health"] == 3


def test_what_the_store_holds_is_told(start: Start) -> None:
    store = memory_store()
    store.update(PLANNED)
    found = samples(start(store))
    assert found["qkg_documents",] == 1
    assert found["qkg_clause_coverage",] == 0.75
    gaps = findings(store, settings=Settings())
    told = {name[1]: value for name, value in found.items() if name[0] == "qkg_findings"}
    assert sum(told.values()) == len(gaps) > 0
    assert told["high"] == sum(one.severity.value == "high" for one in gaps)


def test_an_empty_store_has_no_share_of_clauses(start: Start) -> None:
    found = samples(start())
    assert found["qkg_documents",] == 0
    assert not [name for name in found if name[0] == "qkg_clause_coverage"]


def test_the_text_is_that_of_prometheus(start: Start) -> None:
    answer = start().get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=")
    assert answer.headers["cache-control"] == "no-store"
