"""What every answer has, names that can be looked up, documents."""

import json

import httpx2
import pytest

from api.errors import STATUS
from api.formats import ranked
from kg import errors
from kg.home import Home
from kg.ids import graph_iri, iri
from kg.store import Body, memory_store
from kg.store.formats import TRIG
from kg.vocab import PREFIXES

from .conftest import Start

TEXT = "牵头单位为云岭省质量局。"  # invented
DATA = f"""
PREFIX qkg: <{PREFIXES["qkg"]}> PREFIX rdfs: <{PREFIXES["rdfs"]}>
<{graph_iri("plan")}> {{
  <{iri("document", "plan")}> a qkg:Document ; rdfs:label "云岭省质量规划"@zh .
  <{iri("text", "plan")}> qkg:textOf <{iri("document", "plan")}> ; qkg:fileName "plan.txt" ;
    qkg:textSha256 "DIGEST" .
  <{iri("mention", "plan.5-11")}> qkg:mentionIn <{iri("text", "plan")}> ; qkg:start 5 ; qkg:end 11 .
  <{iri("body", "b")}> a qkg:Department ; qkg:evidencedBy <{iri("mention", "plan.5-11")}> .
}}"""


@pytest.fixture(scope="module")
def shown(start: Start, tmp_path_factory: pytest.TempPathFactory) -> httpx2.Client:
    store = memory_store()
    home = Home.create(tmp_path_factory.mktemp("shown") / "home")
    digest = home.keep_text(TEXT, "0" * 64, [])
    store.load_dataset([Body(DATA.replace("DIGEST", digest).encode(), TRIG)])
    return start(store=store, home=home.path, open_writes=True)


def test_every_error_has_a_status() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    ours = [kind for kind in kinds if issubclass(kind, errors.QkgError)]
    assert len(ours) >= 25
    assert all(any(kind in STATUS for kind in one.__mro__[:2]) for one in ours)


@pytest.mark.parametrize("path", ["/health", "/sparql", "/nowhere", "/docs"])
def test_every_answer_carries_the_security_headers(shown: httpx2.Client, path: str) -> None:
    headers = shown.get(path, headers={"Accept": "text/html"}).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


def test_an_unknown_path_is_a_problem(shown: httpx2.Client) -> None:
    answer = shown.get("/nowhere")
    assert (answer.status_code, answer.json()["status"]) == (404, 404)


def test_it_is_alive_and_ready(shown: httpx2.Client) -> None:
    assert shown.get("/health").json()["status"] == "ok"
    assert shown.get("/ready").json()["status"] == "ready"


def test_pages_ask_nobody_else(shown: httpx2.Client) -> None:
    for path in ("/docs", "/sparql", "/ns", "/id/body/b"):
        page = shown.get(path, headers={"Accept": "text/html"})
        assert page.status_code == 200
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        assert 'src="http' not in page.text
        assert "<script>" not in page.text
        assert " style=" not in page.text


@pytest.mark.parametrize("name", ["sparql.js", "plain.css"])
def test_scripts_and_styles_are_served(shown: httpx2.Client, name: str) -> None:
    assert shown.get(f"/static/{name}").status_code == 200


def test_a_name_can_be_looked_up_as_page_and_as_rdf(shown: httpx2.Client) -> None:
    rdf = shown.get("/id/body/b", headers={"Accept": "application/ld+json"})
    assert json.loads(rdf.text)
    assert "质量规划" in shown.get("/id/document/plan", headers={"Accept": "text/html"}).text


@pytest.mark.parametrize("path", ["/id/body/none", "/id/body/%3E", "/id/body/a%20b"])
def test_a_name_of_nothing_is_404(shown: httpx2.Client, path: str) -> None:
    assert shown.get(path).status_code == 404


def test_the_ontology_is_served_in_each_format(shown: httpx2.Client) -> None:
    for media_type in ("text/turtle", "application/n-triples", "application/rdf+xml"):
        answer = shown.get("/ns", headers={"Accept": media_type})
        assert answer.headers["content-type"].startswith(media_type)
        assert "qualitykg/ns#" in answer.text


def test_documents_are_listed_and_their_text_is_marked(shown: httpx2.Client) -> None:
    listed = shown.get("/api/documents").json()
    assert [item["title"] for item in listed["items"]] == ["云岭省质量规划"]
    assert not listed["truncated"]
    text = shown.get("/api/documents/plan/text").json()
    (mark,) = text["highlights"]
    assert text["text"][mark["start"] : mark["end"]] == "云岭省质量局"
    assert (mark["type"], mark["node"]) == ("Department", iri("body", "b"))


def test_a_part_of_a_text_says_that_it_was_cut(shown: httpx2.Client) -> None:
    part = shown.get("/api/documents/plan/text", params={"start": 2, "limit": 3}).json()
    assert (part["text"], part["truncated"], part["highlights"]) == (TEXT[2:5], True, [])


def test_an_unknown_document_is_404(shown: httpx2.Client) -> None:
    assert shown.get("/api/documents/none/text").status_code == 404
    assert shown.delete("/api/documents/none").status_code == 404


def test_a_bad_parameter_is_a_problem(shown: httpx2.Client) -> None:
    answer = shown.get("/api/documents", params={"limit": "many"})
    assert answer.status_code == 422
    assert answer.json()["code"] == "invalid-request"


def test_weights_are_compared_by_the_most_exact_range() -> None:
    offers = ["text/csv", "text/turtle"]
    assert ranked("text/*, text/csv;q=0.1", offers) == ["text/turtle", "text/csv"]
    with pytest.raises(errors.FormatError):
        ranked("image/*", offers)


def test_the_openapi_document_names_every_problem_and_the_page_every_route(
    shown: httpx2.Client,
) -> None:
    document = shown.get("/openapi.json").json()
    page = shown.get("/docs").text
    assert "Problem" in document["components"]["schemas"]
    assert {"/sparql", "/update", "/store", "/ready", "/ns"} <= set(document["paths"])
    assert all(path in page for path in document["paths"])
    problems = json.dumps(document).count("application/problem+json")
    assert problems >= 2 * len(document["paths"])
