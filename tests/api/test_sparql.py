"""SPARQL over the wire: beyond the W3C suites, which tests/conformance runs."""

import socket
import threading
import time

import httpx2
import pytest

from kg.ids import graph_iri
from kg.store import memory_store

SELECT = "SELECT ?o { <urn:a> <urn:p> ?o }"
GRAPH = graph_iri("plan")


@pytest.fixture(scope="module")
def filled(client: httpx2.Client) -> httpx2.Client:
    body = f"INSERT DATA {{ GRAPH <{GRAPH}> {{ <urn:a> <urn:p> '质量' }} }}"
    answer = client.post(
        "/update", content=body.encode(), headers={"Content-Type": "application/sparql-update"}
    )
    assert answer.status_code == 204
    return client


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("text/csv", "text/csv"),
        ("text/csv;q=0.4, application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/turtle, text/tab-separated-values;q=0.1", "text/tab-separated-values"),
        ("*/*", "application/sparql-results+json"),
        ("application/*", "application/sparql-results+json"),
        ("application/json", "application/json"),
        ("text/*;q=0.9, text/csv;q=0", "text/tab-separated-values"),
    ],
)
def test_the_client_gets_what_it_wants_most(
    filled: httpx2.Client, accept: str, expected: str
) -> None:
    answer = filled.get("/sparql", params={"query": SELECT}, headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == expected
    assert "Accept" in answer.headers["vary"]
    assert "质量" in answer.text


@pytest.mark.parametrize("accept", ["image/png", "text/turtle", "application/json;q=0"])
def test_a_form_that_nobody_offers_is_406(filled: httpx2.Client, accept: str) -> None:
    answer = filled.get("/sparql", params={"query": SELECT}, headers={"Accept": accept})
    assert answer.status_code == 406
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("SELEC", 400, "malformed-query"),
        ("", 400, "malformed-query"),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> {} }", 403, "query-refused"),
        ("SELECT (<urn:f>(1) AS ?x) {}", 422, "query"),
    ],
)
def test_a_query_that_cannot_be_answered_is_a_problem(
    filled: httpx2.Client, query: str, status: int, code: str
) -> None:
    answer = filled.post("/sparql", data={"query": query})
    problem = answer.json()
    assert (answer.status_code, problem["status"], problem["code"]) == (status, status, code)
    assert set(problem) == {"type", "title", "status", "detail", "code"}


def test_a_problem_is_told_in_the_language_of_the_client(filled: httpx2.Client) -> None:
    def detail(**given: object) -> str:
        return str(filled.post("/sparql", data={"query": "SELEC"}, **given).json()["detail"])  # type: ignore[arg-type]

    assert detail().startswith("不是合法")
    assert detail(headers={"Accept-Language": "en-GB"}).startswith("not a SPARQL")
    assert detail(params={"lang": "en"}).startswith("not a SPARQL")


def test_head_is_get_without_the_body(filled: httpx2.Client) -> None:
    get, head = (
        filled.request(method, "/sparql", params={"query": SELECT}) for method in ("GET", "HEAD")
    )
    assert head.content == b""
    assert head.status_code == 200
    assert head.headers["content-type"] == get.headers["content-type"]


@pytest.mark.parametrize(
    ("path", "allow"),
    [
        ("/sparql", "GET, HEAD, OPTIONS, POST"),
        ("/update", "OPTIONS, POST"),
        ("/store", "DELETE, GET, HEAD, OPTIONS, POST, PUT"),
        ("/health", "GET, HEAD, OPTIONS"),
    ],
)
def test_another_method_is_405_with_all_that_are_allowed(
    client: httpx2.Client, path: str, allow: str
) -> None:
    answer = client.request("PATCH", path)
    assert answer.status_code == 405
    assert answer.headers["allow"] == allow


def test_a_bare_get_describes_the_service_or_shows_a_page(client: httpx2.Client) -> None:
    described = client.get("/sparql", headers={"Accept": "application/n-triples"})
    assert "sparql-service-description#Service" in described.text
    shown = client.get("/sparql", headers={"Accept": "text/html,*/*;q=0.8"})
    assert shown.headers["content-type"] == "text/html; charset=utf-8"
    assert "PREFIX qkg:" in shown.text


def test_a_post_of_another_media_type_is_415(client: httpx2.Client) -> None:
    answer = client.post("/sparql", content=b"ASK {}", headers={"Content-Type": "text/plain"})
    assert answer.status_code == 415


def test_a_long_result_comes_whole(client: httpx2.Client) -> None:
    values = " ".join(str(number) for number in range(30_000))
    answer = client.post(
        "/sparql",
        data={"query": f"SELECT ?n {{ VALUES ?n {{ {values} }} }}"},
        headers={"Accept": "text/csv"},
    )
    assert len(answer.text.split()) == 30_001


@pytest.mark.slow
def test_a_slow_query_blocks_nobody(start: object) -> None:
    store = memory_store()
    store.update("INSERT DATA { " + " ".join(f"<urn:{n}> <urn:p> {n} ." for n in range(110)) + " }")
    client = start(store=store)  # type: ignore[operator]
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?p ?x . ?b ?p ?y . ?c ?p ?z FILTER(?x + ?y + ?z = 7 || ?x < 40) }"
    seconds: list[float] = []

    def ask() -> None:
        began = time.monotonic()
        httpx2.post(f"{client.base_url}/sparql", data={"query": slow}, timeout=120, trust_env=False)
        seconds.append(time.monotonic() - began)

    asking = threading.Thread(target=ask)
    asking.start()
    time.sleep(0.1)
    worst = 0.0
    while asking.is_alive():
        began = time.monotonic()
        assert client.get("/health").status_code == 200
        worst = max(worst, time.monotonic() - began)
    asking.join()
    assert worst < max(0.5, seconds[0] / 3)


def test_no_packet_leaves_for_a_service(client: httpx2.Client) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.05)
        here = f"<http://127.0.0.1:{listening.getsockname()[1]}/>"
        for text in (f"ASK {{ SERVICE {here} {{}} }}", f"ASK {{ SERVICE SILENT {here} {{}} }}"):
            client.get("/sparql", params={"query": text})
        client.get("/sparql", params={"query": f"ASK FROM {here} {{ ?s ?p ?o }}"})
        client.post("/update", data={"update": f"LOAD {here}"})
        client.post("/update", data={"update": f"LOAD SILENT {here}"})
        with pytest.raises(TimeoutError):
            listening.accept()
