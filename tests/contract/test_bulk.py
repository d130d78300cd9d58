"""Search and long files on every kind of store."""

import io
from importlib import import_module

import pytest

from kg.explore import LabelIndex
from kg.ids import BASE, graph_iri
from kg.publish import export
from kg.store import Store
from kg.store.formats import N_QUADS

LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
TASK = "https://w3id.org/qualitykg/ns#Task"
ONE, TWO, FOREIGN = graph_iri("one"), graph_iri("two"), "http://client.example/graph"


def named(graph: str, *names: str) -> bytes:
    """N-Quads of tasks that are called so."""
    return "".join(
        f'<{BASE}task/{name}> <{LABEL}> "{name}"@zh <{graph}> .\n'
        f"<{BASE}task/{name}> <{TYPE}> <{TASK}> <{graph}> .\n"
        for name in names
    ).encode()


def found(index: LabelIndex, store: Store, query: str) -> list[str]:
    return sorted(name.text for name in index.find(store, query, limit=100))


def test_search_stays_in_step_with_every_store(store: Store) -> None:
    index = LabelIndex()
    assert found(index, store, "质量") == []
    store.replace(ONE, named(ONE, "质量提升", "标准引领"))
    store.replace(FOREIGN, named(FOREIGN, "质量"))
    assert found(index, store, "质量") == ["质量提升"]
    store.replace(TWO, named(TWO, "质量攻关"))
    assert found(index, store, "zlg") == ["质量攻关"]
    store.update(f'INSERT DATA {{ GRAPH <{TWO}> {{ <{BASE}task/质量攻关> <{LABEL}> "攻坚"@zh }} }}')
    assert found(index, store, "攻坚") == ["攻坚"]
    store.remove(TWO)
    assert found(index, store, "攻") == []


def test_a_graph_of_many_names_is_read_whole(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"质量措施之{number}" for number in range(10_500)]  # more than one answer may have
    store.take_in(io.BytesIO(named(ONE, *names)), N_QUADS, keeping=())
    reading = import_module("kg.explore.search.reading")
    monkeypatch.setattr(reading, "_MOST_ROWS_HERE", 9_000)
    index = LabelIndex()
    for number in (0, 5_000, 10_499):
        assert f"质量措施之{number}" in found(index, store, f"措施之{number}")
    rows = index._connection.execute("SELECT COUNT(*) FROM name").fetchone()  # type: ignore[union-attr]
    assert rows == (len(names),)


def test_a_long_file_goes_in_and_comes_out_as_it_was(store: Store) -> None:
    store.replace(ONE, named(ONE, "旧"))
    store.replace(FOREIGN, named(FOREIGN, "别人的"))
    data = named(ONE, "质量提升") + named(TWO, "标准引领")
    assert store.take_in(io.BytesIO(data), N_QUADS, keeping=()) == [ONE, TWO]
    out = b"".join(export(store, ".nq"))
    wanted = (data + named(FOREIGN, "别人的")).splitlines()
    assert sorted(out.splitlines()) == sorted(wanted)
    store.optimize()
