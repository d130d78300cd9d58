"""What may be sent to an engine that understands more than SPARQL 1.1."""

import pytest

from kg.errors import MalformedQueryError, QueryRefusedError
from kg.store.sparql.dialect import form_of, refuse_foreign, spelled_out

NO_QUERY = [
    "",
    "# ASK {}",
    "INSERT DATA { <urn:a> <urn:p> 1 }",
    "PREFIX a: <urn:a> DROP ALL",
    "ASK {} ; DROP ALL",
    "SELECT * { ?s ?p ?o } INSERT DATA { <urn:a> <urn:p> 1 }",
    "SELECT * { ?s ?p '}' } ; CLEAR ALL",
    "WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "DEFINE sql:log-enable 1 ASK {}",
]
FOREIGN = [
    "SELECT (bif:http_get('http://127.0.0.1/') AS ?x) {}",
    "SELECT (BIF:http_get('http://127.0.0.1/') AS ?x) {}",
    "SELECT (<bif:http_get>('http://127.0.0.1/') AS ?x) {}",
    "SELECT (sql:user_name() AS ?x) {}",
    "PREFIX x: <bif:> SELECT (x:http_get('http://127.0.0.1/') AS ?x) {}",
    "PREFIX x: <b> SELECT (x:if:http_get('http://127.0.0.1/') AS ?x) {}",
    r"SELECT (\u0062if:http_get('http://127.0.0.1/') AS ?x) {}",
    r"SELECT (<\u0062if:http_get>('http://127.0.0.1/') AS ?x) {}",
    "DEFINE get:soft 'soft' SELECT * FROM <http://127.0.0.1/> { ?s ?p ?o }",
    "define input:grab-all 'yes' SELECT * { ?s ?p ?o }",
    "SELECT (`bif:now()` AS ?x) {}",
    "SELECT * { FILTER(?x<'>') BIND(bif:http_get('x') AS ?y) FILTER(?y='') }",
]
PLAIN = [
    "SELECT * { ?s ?p 'bif:http_get' } # sql:x",
    "PREFIX biff: <urn:biff:> SELECT ?define { ?define biff:x 'DEFINE' }",
    "SELECT ((1 < 2) AS ?x) { VALUES ?y { 1 } FILTER(?y<3 && ?y>0) }",
    "ASK { ?s <urn:p>/^<urn:q>|!<urn:r> ?o . FILTER(?o * 2 - 1 != +3) }",
]


@pytest.mark.parametrize("text", NO_QUERY)
def test_an_update_is_no_query(text: str) -> None:
    with pytest.raises(MalformedQueryError):
        form_of(text)


@pytest.mark.parametrize("text", FOREIGN)
def test_what_belongs_to_one_engine_is_refused(text: str) -> None:
    with pytest.raises(QueryRefusedError):
        refuse_foreign(text)


@pytest.mark.parametrize("text", PLAIN)
def test_what_only_looks_foreign_may_pass(text: str) -> None:
    refuse_foreign(text)
    assert form_of(text) in ("SELECT", "ASK")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("DROP ALL", ["urn:a", "urn:b", "urn:d"]),
        ("CLEAR NAMED", ["urn:a", "urn:b"]),
        ("clear silent default ; DROP GRAPH <urn:x>", ["urn:d"]),
        ("INSERT DATA { <urn:s> <urn:p> 'DROP ALL' }", []),
        ("DROP GRAPH <urn:ALL>", []),
    ],
)
def test_every_graph_is_named(text: str, expected: list[str]) -> None:
    changed = spelled_out(text, ["urn:a", "urn:b"], "urn:d")
    assert [f"CLEAR SILENT GRAPH <{graph}>" in changed for graph in expected] == [True] * len(
        expected
    )
    assert changed.count("CLEAR SILENT GRAPH") == len(expected)
    assert (changed == text) == (not expected)
