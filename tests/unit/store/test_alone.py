"""One graph of a client beside ours: what is asked without naming a graph stays as fast, and right."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.ids import graph_iri
from kg.settings import Settings
from kg.store import Store, memory_store, open_store
from kg.store.embedded.disk import disk_store
from kg.store.workers import worker_store

OTHERS = "urn:client:notes"
ALL = "SELECT ?s ?o { ?s <urn:p> ?o } ORDER BY ?s ?o"
_MANY = 300
_TOLD_TWICE = "SELECT ?s ?o { ?s <urn:p> ?o ; <urn:q> ?r }"


def _said(graph: str, *numbers: int) -> bytes:
    return "".join(
        f'<urn:s{n}> <urn:p> "{n}" <{graph}> .\n<urn:s{n}> <urn:q> "r" <{graph}> .\n'
        for n in numbers
    ).encode()


def _many(store: Store) -> None:
    store.replace_all({graph_iri(str(n)): _said(graph_iri(str(n)), n) for n in range(_MANY)})


def _seconds(store: Store) -> float:
    times = []
    for _ in range(5):
        began = time.process_time()
        assert len(store.select(_TOLD_TWICE).rows) == _MANY
        times.append(time.process_time() - began)
    return min(times)


def test_a_triple_of_a_client_does_not_make_questions_slow(tmp_path: Path) -> None:
    store = disk_store(tmp_path)
    _many(store)
    before = _seconds(store)
    store.replace(OTHERS, _said(OTHERS, 1))
    assert _seconds(store) < 5 * before, "with a list of graphs it takes fifty times as long"
    store.close()


def test_what_clients_write_under_other_names_is_seen_by_that_name_alone(tmp_path: Path) -> None:
    store = disk_store(tmp_path)
    ours = graph_iri("d")
    store.replace(ours, _said(ours, 1))
    store.replace(OTHERS, _said(OTHERS, 2))
    assert store.select(ALL).rows == (("urn:s1", "1"),)
    assert store.select(f"SELECT ?o {{ GRAPH <{OTHERS}> {{ ?s <urn:p> ?o }} }}").rows == (("2",),)
    assert store.select(f"SELECT ?o FROM <{OTHERS}> {{ ?s <urn:p> ?o }}").rows == (("2",),)
    store.remove(OTHERS)
    assert store.select(ALL).rows == (("urn:s1", "1"),)
    store.close()
    assert [file.name for file in (tmp_path / "views").iterdir()] == ["turn"], "no copy is left"


def test_a_reader_and_the_workers_of_a_service_see_ours_alone(tmp_path: Path) -> None:
    store = worker_store(tmp_path, settings=Settings())
    ours = graph_iri("d")
    store.replace(OTHERS, _said(OTHERS, 2))
    for number in (1, 3):
        store.replace(ours, _said(ours, number))
        told = b"".join(store.answer(ALL, ["text/csv"]).blocks)
        assert told == f"s,o\r\nurn:s{number},{number}\r\n".encode()
    reader = disk_store(tmp_path, read_only=True)
    assert reader.select(ALL).rows == (("urn:s3", "3"),), "what is in the log alone is seen too"
    reader.close()
    store.close()


def test_where_nothing_can_be_written_the_answer_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = disk_store(tmp_path)
    ours = graph_iri("d")
    store.replace_all({ours: _said(ours, 1), OTHERS: _said(OTHERS, 2)})
    (tmp_path / "views").write_text("a file where the folder should be")
    assert store.select(ALL).rows == (("urn:s1", "1"),)
    store.close()


_GRAPHS = [*(graph_iri(name) for name in "abc"), OTHERS, "urn:client:more"]
_WRITES = st.lists(
    st.tuples(st.sampled_from([None, *_GRAPHS]), st.lists(st.integers(0, 4), max_size=3)),
    min_size=1,
    max_size=6,
)


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(writes=_WRITES)
def test_after_any_writes_the_copy_says_what_the_list_of_graphs_says(
    tmp_path_factory: pytest.TempPathFactory, writes: list[tuple[str | None, list[int]]]
) -> None:
    listed = memory_store()
    copied = open_store(tmp_path_factory.mktemp("home"), settings=Settings())
    for graph, numbers in writes:
        for store in (listed, copied):
            if graph is None:
                said = f"<urn:d> <urn:p> '{len(numbers)}'"
                store.update(f"DELETE WHERE {{ ?s ?p ?o }} ; INSERT DATA {{ {said} }}")
            elif numbers:
                store.replace(graph, _said(graph, *numbers))
            else:
                store.remove(graph)
        assert copied.select(ALL) == listed.select(ALL)
    copied.close()
