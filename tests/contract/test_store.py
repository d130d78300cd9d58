"""What every store promises, asked of each in turn (see kg/store/port.py)."""

import csv
import io
import json
import socket
import time

import pytest

from kg import errors
from kg.ids import graph_iri
from kg.settings import Settings
from kg.store import Body, Dataset, Store, open_store
from kg.store.formats import CSV, JSON, N_QUADS, N_TRIPLES, SOLUTIONS, TRIG, TRIPLES, TURTLE
from kg.store.remote.connection import Connection
from kg.store.remote.endpoints import Endpoints
from kg.store.remote.putting import STAGING, clearing, which
from kg.store.remote.store import RemoteStore

OURS, OTHER, FOREIGN = graph_iri("one"), graph_iri("two"), "http://client.example/graph"


def quads(graph: str, *numbers: int) -> bytes:
    """N-Quads that give <urn:s> these numbers in *graph*."""
    return "".join(f'<urn:s> <urn:p> "{n}"^^<{XSD}integer> <{graph}> .\n' for n in numbers).encode()


XSD = "http://www.w3.org/2001/XMLSchema#"


def numbers(store: Store, query: str = "SELECT DISTINCT ?o { ?s <urn:p> ?o }") -> list[object]:
    return sorted(row[0] for row in store.select(query).rows)  # type: ignore[type-var]


def triples_of_its_own(store: Store) -> bool:
    """Whether the engine keeps triples for itself, which whoever names no graph sees."""
    return isinstance(store, RemoteStore) and bool(store.engine.own_graphs)


def atomic(store: Store) -> bool:
    return not isinstance(store, RemoteStore) or store.engine.atomic


def text(blocks: object) -> str:
    return b"".join(blocks).decode()  # type: ignore[call-overload]


def test_a_new_store_holds_nothing(store: Store) -> None:
    assert store.graphs() == []
    assert store.select("SELECT * { ?s <urn:p> ?o }").rows == ()
    if triples_of_its_own(store):
        return
    assert store.select("SELECT * { ?s ?p ?o }").rows == ()
    assert not store.ask("ASK { ?s ?p ?o }")


def test_many_graphs_come_in_each_in_the_place_of_its_own(store: Store) -> None:
    store.replace(OURS, quads(OURS, 1))
    store.replace_each({OURS: quads(OURS, 2), OTHER: quads(OTHER, *range(10_000, 30_000))})
    assert sorted(store.graphs()) == sorted([OURS, OTHER])
    assert len(numbers(store)) == 20_001
    store.replace_each({OTHER: quads(OTHER, 3)})
    assert numbers(store) == [2, 3]


@pytest.mark.parametrize("many", [2, 30_000])
def test_a_graph_that_cannot_come_in_stays_as_it_was(store: Store, many: int) -> None:
    store.replace(OURS, quads(OURS, 1))
    wrong = quads(OTHER, *range(many)) + b"<urn:s> <urn:p> <%b> .\n" % OTHER.encode()
    with pytest.raises(errors.PayloadError):
        store.replace_each({OTHER: wrong})
    assert numbers(store) == [1]


def test_a_query_sees_all_graphs_of_ours_at_once(store: Store) -> None:
    store.replace(OURS, quads(OURS, 1))
    store.replace(OTHER, quads(OTHER, 2))
    assert numbers(store) == [1, 2]


def test_a_graph_of_ours_is_still_found_under_its_name(store: Store) -> None:
    store.replace(OURS, quads(OURS, 1))
    found = store.select("SELECT ?g ?o { GRAPH ?g { ?s <urn:p> ?o } }")
    assert found.rows == ((OURS, 1),)


def test_from_narrows_the_query_to_the_graphs_it_names(store: Store) -> None:
    store.replace(OURS, quads(OURS, 1))
    store.replace(OTHER, quads(OTHER, 2))
    assert numbers(store, f"SELECT ?o FROM <{OTHER}> {{ ?s <urn:p> ?o }}") == [2]


def test_a_dataset_of_the_request_narrows_the_query(store: Store) -> None:
    store.replace(OURS, quads(OURS, 1))
    store.replace(OTHER, quads(OTHER, 2))
    query, dataset = "SELECT ?o { ?s <urn:p> ?o }", Dataset(default_graphs=(OTHER,))
    lines = text(store.answer(query, [CSV], dataset=dataset).blocks).splitlines()
    assert list(csv.reader(lines)) == [["o"], ["2"]]


def test_values_of_a_row_are_plain_python_values(store: Store) -> None:
    store.update(
        f"""PREFIX xsd: <{XSD}> INSERT DATA {{ GRAPH <{OURS}> {{ <urn:s> <urn:a> 1, 1.5, 2e0, true,
        "质量"@zh, "2035-01-01"^^xsd:date, <urn:o> }} }}"""
    )
    found = {row[0] for row in store.select("SELECT ?o { ?s <urn:a> ?o }").rows}
    assert found == {1, 1.5, 2.0, "质量", "2035-01-01", "urn:o"}


def test_an_unbound_variable_is_none_and_a_row_keeps_its_names(store: Store) -> None:
    found = store.select("SELECT ?a ?b { VALUES ?a { 1 } OPTIONAL { ?a <urn:none> ?b } }")
    assert list(found.dicts()) == [{"a": 1, "b": None}]


def test_replace_leaves_nothing_of_what_was_there(store: Store) -> None:
    store.replace(OURS, quads(OURS, 1, 2))
    store.replace(OURS, quads(OURS, 3))
    assert numbers(store) == [3]


def test_replace_leaves_other_graphs_alone(store: Store) -> None:
    store.replace(OTHER, quads(OTHER, 9))
    store.replace(OURS, quads(OURS, 1))
    assert text(store.read_graph(OTHER, N_TRIPLES)).count("\n") == 1


def test_replace_refuses_a_quad_of_another_graph_and_changes_nothing(store: Store) -> None:
    store.replace(OURS, quads(OURS, 1))
    with pytest.raises(errors.PayloadError):
        store.replace(OURS, quads(OURS, 2) + quads(OTHER, 3))
    assert numbers(store) == [1]


def test_replace_refuses_what_is_no_rdf_and_changes_nothing(store: Store) -> None:
    store.replace(OURS, quads(OURS, 1))
    with pytest.raises(errors.PayloadError):
        store.replace(OURS, f"}} }} ; DROP ALL ; <{OURS}> .".encode())
    assert numbers(store) == [1]


def test_remove_takes_the_graph_and_a_second_time_does_nothing(store: Store) -> None:
    store.replace(OURS, quads(OURS, 1))
    store.remove(OURS)
    store.remove(OURS)
    assert not store.has_graph(OURS)
    assert store.graphs() == []


def test_load_adds_and_replacing_replaces(store: Store) -> None:
    one, two = (Body(f"<urn:s> <urn:p> {n} .".encode(), TURTLE) for n in (1, 2))
    store.load([one], graph=OURS)
    store.load([two], graph=OURS)
    assert numbers(store) == [1, 2]
    store.load([two], graph=OURS, replacing=True)
    assert numbers(store) == [2]


def test_load_into_the_default_graph_is_read_back_from_there(store: Store) -> None:
    store.load([Body(b"<urn:s> <urn:p> 7 .", TURTLE)], graph=None, replacing=True)
    assert '"7"' in text(store.read_graph(None, N_TRIPLES))


def test_load_refuses_a_body_that_is_not_its_media_type(store: Store) -> None:
    with pytest.raises(errors.PayloadError):
        store.load([Body(b"<urn:s> <urn:p", TURTLE)], graph=OURS)


def test_a_dataset_comes_back_as_it_went_in(store: Store) -> None:
    given = quads(OURS, 1) + quads(FOREIGN, 2)
    store.load_dataset([Body(given, N_QUADS)])
    assert sorted(text(store.dump(N_QUADS)).splitlines()) == sorted(given.decode().splitlines())
    again = text(store.dump(TRIG)).encode()
    store.load_dataset([Body(again, TRIG)], replacing=True)
    assert store.graphs() == sorted([OURS, FOREIGN])


@pytest.mark.parametrize("media_type", SOLUTIONS)
def test_a_select_is_written_in_each_format(store: Store, media_type: str) -> None:
    answer = store.answer("SELECT (1 AS ?n) {}", [media_type])
    assert answer.media_type == media_type
    assert "1" in text(answer.blocks)


def test_rows_come_as_csv_whatever_signs_a_text_holds(store: Store) -> None:
    texts = ["逗，号", 'a "b", c', "two\nlines", ""]
    terms = [json.dumps(one, ensure_ascii=False) for one in texts]
    triples = "".join(f"<urn:s{n}> <urn:p> {term} ." for n, term in enumerate(terms))
    store.load([Body(triples.encode(), TURTLE)], graph=OURS)
    rows = csv.reader(io.StringIO(store.csv("SELECT ?s ?o { ?s <urn:p> ?o }").decode(), newline=""))
    assert next(rows) == ["s", "o"]
    assert sorted(rows) == [[f"urn:s{n}", one] for n, one in enumerate(texts)]


def test_the_first_format_that_fits_the_form_is_taken(store: Store) -> None:
    accept = [TURTLE, CSV, JSON]
    assert store.answer("SELECT * {}", accept).media_type == CSV
    assert store.answer("CONSTRUCT { <urn:a> <urn:p> 1 } {}", accept).media_type == TURTLE


def test_a_format_that_does_not_fit_is_refused(store: Store) -> None:
    with pytest.raises(errors.FormatError):
        store.answer("SELECT * {}", [TURTLE])


@pytest.mark.parametrize("query", ["SELEC * {}", "SELECT ?x {", "质量", "", "INSERT DATA {}"])
def test_a_malformed_query_says_so(store: Store, query: str) -> None:
    with pytest.raises(errors.MalformedQueryError):
        store.answer(query, [JSON])


def test_a_malformed_update_says_so_and_changes_nothing(store: Store) -> None:
    store.replace(OURS, quads(OURS, 1))
    with pytest.raises(errors.MalformedQueryError):
        store.update(f"DROP GRAPH <{OURS}> ; INSERT DATA {{")
    assert numbers(store) == [1]


def test_an_update_that_fails_half_way_changes_nothing(store: Store) -> None:
    if not atomic(store):
        pytest.skip("this engine keeps what came before the failure; docs/stores.md says so")
    store.replace(OURS, quads(OURS, 1))
    with pytest.raises(errors.QkgError):
        store.update(f"DELETE WHERE {{ GRAPH <{OURS}> {{ ?s ?p ?o }} }} ; CREATE GRAPH <{OURS}>")
    assert numbers(store) == [1]


def test_an_ask_is_not_a_select(store: Store) -> None:
    with pytest.raises(errors.MalformedQueryError):
        store.select("ASK {}")
    with pytest.raises(errors.MalformedQueryError):
        store.ask("SELECT * {}")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { { SELECT * { SERVICE ?x { ?s ?p ?o } } } }",
    ],
)
def test_a_query_that_reaches_out_is_refused(store: Store, query: str) -> None:
    with pytest.raises(errors.QueryRefusedError):
        store.answer(query, [JSON])


@pytest.mark.parametrize(
    "update",
    [
        "LOAD <http://127.0.0.1:9/>",
        "LOAD <http://127.0.0.1:9/> INTO GRAPH <urn:g>",
        "INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    ],
)
def test_an_update_that_reaches_out_is_refused(store: Store, update: str) -> None:
    with pytest.raises(errors.QueryRefusedError):
        store.update(update)


def test_an_update_of_a_given_dataset_reads_that_dataset(store: Store) -> None:
    store.replace(OURS, quads(OURS, 1))
    store.replace(OTHER, quads(OTHER, 2))
    store.update(
        "INSERT { GRAPH <urn:to> { ?s ?p ?o } } WHERE { ?s ?p ?o }",
        dataset=Dataset(default_graphs=(OTHER,)),
    )
    assert numbers(store, "SELECT ?o { GRAPH <urn:to> { ?s ?p ?o } }") == [2]


def test_the_generation_changes_with_each_write_and_with_nothing_else(store: Store) -> None:
    seen = [store.generation]
    for write in (
        lambda: store.update("INSERT DATA { <urn:a> <urn:p> 1 }"),
        lambda: store.replace(OURS, quads(OURS, 1)),
        lambda: store.load([Body(b"<urn:s> <urn:p> 2 .", TURTLE)], graph=OURS),
        lambda: store.remove(OURS),
    ):
        write()
        seen.append(store.generation)
    assert len(set(seen)) == 5
    store.select("SELECT * { ?s ?p ?o }")
    assert store.generation == seen[-1]


def test_closing_twice_does_nothing(store: Store) -> None:
    store.close()
    store.close()


def test_every_graph_format_is_written(store: Store) -> None:
    query = "CONSTRUCT { <urn:a> <urn:p> '质量' } {}"
    written = {media_type: store.answer(query, [media_type]) for media_type in TRIPLES[:4]}
    assert all("urn:a" in text(answer.blocks) for answer in written.values())


def test_what_is_silent_about_a_refused_address_fails_in_silence(store: Store) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.05)
        here = f"<http://127.0.0.1:{listening.getsockname()[1]}/>"
        store.update(f"LOAD SILENT {here} INTO GRAPH <urn:g>")
        query = f"SELECT ?a {{ VALUES ?a {{ 1 }} SERVICE SILENT {here} {{ ?s ?p ?o }} }}"
        assert store.select(query).rows == ((1,),)
        with pytest.raises(TimeoutError):
            listening.accept()


def test_several_graphs_are_replaced_together(store: Store) -> None:
    store.replace(OURS, quads(OURS, 1))
    store.replace_all({OURS: quads(OURS, 2), OTHER: quads(OTHER, 3)})
    assert numbers(store) == [2, 3]
    before = store.generation
    store.replace_all({OURS: b"", OTHER: quads(OTHER, 4)})
    assert numbers(store) == [4]
    assert store.generation != before


def test_words_come_through_a_replacement_unchanged(store: Store) -> None:
    said = '引\\"号，\\\\，SERVICE <http://a.example/>，\\n换行 \\u0007'
    store.replace_all({OURS: f'<urn:s> <urn:p> "{said}" <{OURS}> .\n'.encode()})
    found = store.select("SELECT ?o { ?s <urn:p> ?o }").rows
    assert found == (('引"号，\\，SERVICE <http://a.example/>，\n换行 \x07',),)


def test_one_wrong_graph_leaves_all_as_they_were(store: Store) -> None:
    store.replace(OURS, quads(OURS, 1))
    with pytest.raises(errors.PayloadError):
        store.replace_all({OURS: quads(OURS, 2), OTHER: quads(FOREIGN, 3)})
    assert numbers(store) == [1]


def test_what_a_killed_process_left_on_its_way_is_cleared_and_what_is_under_way_stays(
    virtuoso_service: str, settings: Settings
) -> None:
    wire = Connection(Endpoints.of(virtuoso_service), limit_s=60)
    left, under_way = f"{STAGING}1000:ab:0", f"{STAGING}{int(time.time())}:cd:0"
    triple = b"<urn:a> <urn:p> <urn:b> ."
    for graph in (left, under_way):
        wire.graph("PUT", which(graph), {"Content-Type": N_TRIPLES}, content=triple)

    def staged() -> set[str]:
        query = "SELECT DISTINCT ?g { GRAPH ?g { <urn:a> <urn:p> <urn:b> } }"
        rows = wire.json(query, Dataset())["results"]["bindings"]
        return {row["g"]["value"] for row in rows if row["g"]["value"].startswith(STAGING)}

    store = open_store(virtuoso_service, settings=settings)
    assert staged() == {left, under_way}
    store.replace("urn:put", b"<urn:s> <urn:p> <urn:o> <urn:put> .")
    assert staged() == {under_way}
    assert store.has_graph("urn:put")
    store.remove("urn:put")
    store.close()
    wire.update({"update": clearing(under_way)})
    wire.client.close()
