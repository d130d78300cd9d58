"""Which graphs a write is said to touch: never one too few."""

from pathlib import Path

import pytest

from kg.ids import graph_iri
from kg.settings import load
from kg.store import Body, Store, memory_store, open_store
from kg.store.changes import Journal, touched
from kg.store.formats import TURTLE

G, H = graph_iri("g"), graph_iri("h")

PLAIN = [
    (f"INSERT DATA {{ GRAPH <{G}> {{ <urn:s> <urn:p> 1 }} }}", {G}),
    (f"PREFIX g: <{G[:-1]}> DROP SILENT GRAPH g:g ; CREATE GRAPH <{H}>", {G, H}),
    (f"COPY SILENT <{G}> TO <{H}>", {G, H}),
    (f"MOVE GRAPH <{G}> TO DEFAULT", {G}),
    (f"WITH <{G}> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}", {G}),
    (f"LOAD <http://a.example/> INTO GRAPH <{G}>", {G}),
    ("CLEAR DEFAULT", set()),
    ("DELETE WHERE { ?s ?p 'GRAPH <urn:x>' } # GRAPH <urn:y>", set()),
]
PERHAPS_ALL = [
    "DROP ALL",
    "CLEAR NAMED",
    "DELETE WHERE { GRAPH ?g { ?s ?p ?o } }",
    "BASE <http://a.example/> DROP GRAPH <g>",
    "DROP GRAPH <g>",
    "DROP GRAPH unknown:g",
    "INSERT DATA { <urn:s> <urn:p> trueGRAPH<urn:g> { } }",
    r"DROP \u0047RAPH <urn:g>",
    "".join(f"DROP GRAPH <urn:{number}> ; " for number in range(200)),
]


@pytest.mark.parametrize(("update", "graphs"), PLAIN)
def test_an_update_touches_the_graphs_that_it_names_and_the_default_one(
    update: str, graphs: set[str]
) -> None:
    assert touched(update) == {None, *graphs}


@pytest.mark.parametrize("update", PERHAPS_ALL)
def test_an_update_that_does_not_name_its_graphs_plainly_may_touch_all(update: str) -> None:
    assert touched(update) is None


def lines(graph: str) -> bytes:
    return f"<urn:s> <urn:p> <urn:o> <{graph}> .".encode()


WRITES = {
    "replace": (lambda store: store.replace(G, lines(G)), {G}),
    "replace all": (lambda store: store.replace_all({G: lines(G), H: lines(H)}), {G, H}),
    "replace each": (lambda store: store.replace_each({G: lines(G), H: lines(H)}), {G, H}),
    "load new ones": (lambda store: store.replace_each({H: (lines(H) + b"\n") * 40_000}), {H}),
    "remove": (lambda store: store.remove(G), {G}),
    "load": (lambda store: store.load([Body(b"", TURTLE)], graph=G), {G}),
    "load in its place": (lambda store: store.load([], graph=None, replacing=True), {None}),
    "update": (lambda store: store.update(f"CLEAR SILENT GRAPH <{G}>"), {None, G}),
    "load the whole": (lambda store: store.load_dataset([], replacing=True), None),
}


@pytest.mark.parametrize("kind", ["memory", "disk"])
@pytest.mark.parametrize("name", WRITES)
def test_a_write_tells_what_it_touched(tmp_path: Path, kind: str, name: str) -> None:
    store = memory_store() if kind == "memory" else open_store(tmp_path, settings=load())
    since = store.changes("").word
    assert store.changes(since).graphs == frozenset()
    write, graphs = WRITES[name]
    write(store)
    changes = store.changes(since)
    assert changes.graphs == graphs
    assert changes.word != since
    assert store.changes(changes.word).graphs == frozenset()
    store.close()


@pytest.mark.parametrize("kind", ["memory", "disk"])
def test_graphs_of_others_stay_apart_whenever_they_come_and_go(tmp_path: Path, kind: str) -> None:
    store = memory_store() if kind == "memory" else open_store(tmp_path, settings=load())
    foreign = "http://client.example/graph"
    for graph, seen in ((G, 1), (H, 2), (foreign, 2), (H, 2), (None, 2), (foreign, 2), (None, 2)):
        if graph is None:
            store.remove(foreign)
        else:
            store.load([Body(f"<urn:s> <urn:p> <{graph}> .".encode(), TURTLE)], graph=graph)
        found = {row[0] for row in store.select("SELECT ?o { ?s <urn:p> ?o }").rows}
        assert (len(found), foreign in found) == (seen, False)
    store.close()


def test_what_another_process_wrote_is_told_too(tmp_path: Path) -> None:
    first = open_store(tmp_path, settings=load())
    since = first.changes("").word
    first.close()
    second = open_store(tmp_path, settings=load())
    second.replace(H, lines(H))
    second.close()
    third: Store = open_store(tmp_path, settings=load())
    assert third.changes(since).graphs == {H}
    third.close()


def test_a_word_of_another_store_says_that_all_may_be_touched() -> None:
    one, other = memory_store(), memory_store()
    assert other.changes(one.generation).graphs is None
    assert other.changes("").graphs is None


def test_a_write_that_was_killed_counts_as_done(tmp_path: Path) -> None:
    store = open_store(tmp_path, settings=load())
    since = store.changes("").word
    with pytest.raises(KeyboardInterrupt), store._generation.writing(frozenset({G})):  # type: ignore[attr-defined]
        raise KeyboardInterrupt
    assert store.changes(since).graphs == {G}
    store.close()


def test_a_journal_that_was_cut_says_that_all_may_be_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.store.changes._MOST_BYTES", 500)
    journal = Journal(tmp_path / "changes")
    for number in range(2, 200, 2):
        journal.note(number, frozenset({f"urn:{number}"}))
    assert journal.path.stat().st_size < 1000
    assert journal.between(0, 198) is None
    assert journal.between(194, 198) == {"urn:196", "urn:198"}
    with journal.path.open("a") as file:
        file.write("[200, [\n")
    assert journal.between(196, 198) == {"urn:198"}
    assert journal.between(198, 200) is None
