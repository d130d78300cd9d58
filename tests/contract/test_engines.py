"""What is found out about each engine, and what no engine may be made to do."""

import contextlib
import socket

import pytest

from kg.errors import QkgError, QueryRefusedError
from kg.settings import Settings
from kg.store import Store, open_store
from kg.store.formats import JSON
from kg.store.remote.probe import QUESTIONS, engine_of
from kg.store.remote.store import RemoteStore

OXIGRAPH_FAULTS = {"zero-length-path"}
VIRTUOSO_FAULTS = {
    "regex-chinese",
    "group-concat",
    "encode-for-uri",
    "language-equality",
    "integer-division",
    "ask-values",
    "union-values",
    "not-atomic",
    "path-beside-optional",
    "minus-of-groups",
    "json-ld",
}
REACHING = [
    "SELECT * {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ {{ SELECT * {{ SERVICE <{0}> {{ ?s ?p ?o }} }} }} }}",
    "SELECT * {{ VALUES ?x {{ <{0}> }} SERVICE ?x {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE SILENT <{0}> {{ SERVICE <{0}> {{ ?s ?p ?o }} }} }}",
    "SELECT * FROM <{0}> {{ ?s ?p ?o }}",
    "SELECT * FROM NAMED <{0}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    "DEFINE get:soft 'replace' SELECT * FROM <{0}> {{ ?s ?p ?o }}",
    "DEFINE input:grab-all 'yes' SELECT * {{ <{0}> ?p ?o }}",
    "SELECT (bif:http_get('{0}') AS ?x) {{}}",
    "SELECT (<bif:http_get>('{0}') AS ?x) {{}}",
    "PREFIX x: <b> SELECT (x:if:http_get('{0}') AS ?x) {{}}",
]
WRITING = [
    "LOAD <{0}>",
    "LOAD SILENT <{0}> INTO GRAPH <urn:g>",
    "INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
    "INSERT {{ GRAPH <urn:g> {{ ?s ?p ?o }} }} USING <{0}> WHERE {{ ?s ?p ?o }}",
    "INSERT {{ GRAPH <urn:g> {{ ?s ?p ?o }} }} USING NAMED <{0}> WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    "INSERT {{ GRAPH <urn:g> {{ <urn:a> <urn:p> ?x }} }} WHERE {{ BIND(bif:http_get('{0}') AS ?x) }}",
]


def test_the_faults_of_an_engine_are_named(store: Store) -> None:
    engine = engine_of(store)
    faults = {fault.name for fault in engine.faults}
    if not isinstance(store, RemoteStore):
        assert engine.name == "embedded"
    elif engine.name.startswith("Virtuoso"):
        assert faults >= VIRTUOSO_FAULTS
    else:
        assert engine.name.startswith("Oxigraph")
        assert faults <= OXIGRAPH_FAULTS
    assert len(QUESTIONS) >= 12


def test_a_query_is_never_an_update(store: Store) -> None:
    for text in (
        "INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:p> 1 } }",
        "DROP ALL",
        "ASK {} ; DROP ALL",
    ):
        with pytest.raises(QkgError):
            store.answer(text, [JSON])
    assert store.graphs() == []


@pytest.mark.parametrize("text", REACHING)
def test_no_query_reaches_out(store: Store, text: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as ear:
        ear.settimeout(0.1)
        there = f"http://127.0.0.1:{ear.getsockname()[1]}/x"
        with contextlib.suppress(QkgError):
            b"".join(store.answer(text.format(there), [JSON]).blocks)
        with pytest.raises(TimeoutError):
            ear.accept()


@pytest.mark.parametrize("text", WRITING)
def test_no_update_reaches_out(store: Store, text: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as ear:
        ear.settimeout(0.1)
        there = f"http://127.0.0.1:{ear.getsockname()[1]}/x"
        with contextlib.suppress(QkgError):
            store.update(text.format(there))
        with pytest.raises(TimeoutError):
            ear.accept()
        assert store.graphs() in ([], ["urn:g"])


def test_an_allowed_service_is_asked_by_us_and_not_by_the_engine(
    store: Store, plain_service: str, settings: Settings
) -> None:
    if not isinstance(store, RemoteStore) or not store.engine.name.startswith("Virtuoso"):
        pytest.skip("asked of the one engine that would reach out by itself")
    query = plain_service.removeprefix("sparql+").partition("|")[0]
    other = open_store(plain_service, settings=settings)
    other.update("INSERT DATA { <urn:far> <urn:p> '远处' }")
    store.update("INSERT DATA { GRAPH <urn:g> { <urn:far> <urn:q> '近处' } }")
    allowing = RemoteStore(store._wire, service_allow=[query])
    found = allowing.select(
        f"SELECT ?far ?near {{ ?s <urn:q> ?near SERVICE <{query}> {{ ?s <urn:p> ?far }} }}"
    )
    assert found.rows == (("远处", "近处"),)
    with pytest.raises(QueryRefusedError):
        store.select(f"SELECT * {{ SERVICE <{query}> {{ ?s ?p ?o }} }}")
    other.update("DROP ALL")
    other.close()


def test_a_large_graph_is_put_whole(store: Store) -> None:
    """Virtuoso's compiler ends at some 5,000 triples of one INSERT DATA, oxigraph has no such end."""
    graph, other = "urn:large", "urn:other"
    lines = "".join(f'<urn:s{i}> <urn:p> "质量{i}" <{graph}> .\n' for i in range(12_000)).encode()
    store.replace_all({graph: lines, other: f'<urn:s> <urn:p> "x" <{other}> .'.encode()})
    count = "SELECT (COUNT(*) AS ?n) { GRAPH <%s> { ?s ?p ?o } }"
    assert store.select(count % graph).rows == ((12_000,),)
    assert store.select(count % other).rows == ((1,),)
