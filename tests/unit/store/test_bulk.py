"""Long files in and out: all or nothing, blank nodes whole, nothing left over."""

import gzip
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import PayloadError, StoreError
from kg.ids import graph_iri
from kg.settings import load
from kg.store import Store, memory_store, open_store
from kg.store.embedded.streams import blocks_written
from kg.store.formats import N_QUADS, N_TRIPLES, TRIG, TURTLE
from kg.store.lines import quads_of

G, H, KEPT = graph_iri("g"), graph_iri("h"), graph_iri("kept")


def quads(graph: str, *numbers: int) -> bytes:
    return "".join(f'<urn:s> <urn:p> "{n}" <{graph}> .\n' for n in numbers).encode()


@pytest.fixture(params=["memory", "disk"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    opened = (
        memory_store()
        if request.param == "memory"
        else open_store(tmp_path / "store", settings=load())
    )
    opened.replace(G, quads(G, 1))
    opened.replace(KEPT, quads(KEPT, 1))
    opened.update('INSERT DATA { <urn:s> <urn:p> "0" }')
    yield opened
    opened.close()


def held(store: Store) -> list[bytes]:
    return sorted(b"".join(store.dump(N_QUADS)).splitlines())


def test_graphs_of_the_same_names_are_replaced_and_others_stay(store: Store) -> None:
    before = store.generation
    data = quads(G, 2) + quads(H, 3) + quads(KEPT, 4) + b'<urn:s> <urn:p> "5" .\n'
    assert store.take_in(io.BytesIO(data), N_QUADS, keeping={KEPT}) == [G, H]
    bare = b'<urn:s> <urn:p> "0" .\n<urn:s> <urn:p> "5" .\n'
    wanted = quads(G, 2) + quads(H, 3) + quads(KEPT, 1) + bare
    assert held(store) == sorted(wanted.splitlines())
    assert store.generation != before
    assert store.changes(before).graphs is None
    store.replace(G, quads(G, 9))  # it can be written as before
    assert store.select(f"SELECT ?o {{ GRAPH <{G}> {{ ?s ?p ?o }} }}").rows == (("9",),)


BAD = {
    "a torn line": (quads(H, 3) + b"<urn:s> <urn:p", N_QUADS),
    "a mistake in Turtle": (b"<urn:s> <urn:p> 1 . oops", TURTLE),
    "a graph without a name": (quads(H, 3) + b"<urn:s> <urn:p> 1 _:g .".replace(b"1", b'"1"'), N_QUADS),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD)
def test_a_file_with_a_mistake_changes_nothing(store: Store, what: str) -> None:
    before = held(store)
    data, media_type = BAD[what]
    with pytest.raises(PayloadError):
        store.take_in(io.BytesIO(data), media_type, keeping=())
    assert held(store) == before
    store.replace(H, quads(H, 3))


def test_a_file_that_is_cut_off_while_packed_changes_nothing(store: Store) -> None:
    before = held(store)
    packed = gzip.compress(quads(H, *range(5000)))
    cut = gzip.GzipFile(fileobj=io.BytesIO(packed[: len(packed) // 2]))
    with pytest.raises(PayloadError, match="not whole"):
        store.take_in(io.BufferedReader(cut), N_QUADS, keeping=())  # type: ignore[arg-type]
    assert held(store) == before


@pytest.mark.parametrize("media_type", [N_TRIPLES, N_QUADS, TRIG, TURTLE])
def test_a_blank_node_is_one_node_however_long_the_file(
    store: Store, media_type: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.store.embedded.bulk._BATCH", 2)
    lines = b"".join(b"_:one <urn:q%d> _:two .\n<urn:x> <urn:r> _:one .\n" % n for n in range(5))
    store.take_in(io.BytesIO(lines), media_type, keeping=())
    assert len(store.select("SELECT ?p { <urn:x> <urn:r> ?b . ?b ?p ?o }").rows) == 5


def test_a_swap_that_was_cut_short_is_ended_by_the_next_who_opens(tmp_path: Path) -> None:
    store = open_store(tmp_path, settings=load())
    store.replace(G, quads(G, 1))
    store.close()
    (tmp_path / "data").rename(tmp_path / "data.new")  # killed between the two moves
    (tmp_path / "data.old").mkdir()
    again = open_store(tmp_path, settings=load())
    assert held(again) == quads(G, 1).splitlines()
    assert sorted(path.name for path in tmp_path.glob("data*")) == ["data"]
    again.close()


def test_a_store_that_is_only_read_takes_nothing_in(tmp_path: Path) -> None:
    open_store(tmp_path, settings=load()).close()
    reader = open_store(tmp_path, settings=load(), read_only=True)
    with pytest.raises(Exception, match="refused"):
        reader.take_in(io.BytesIO(quads(G, 1)), N_QUADS, keeping=())


def test_putting_in_order_changes_nothing(store: Store) -> None:
    before, word = held(store), store.generation
    store.optimize()
    assert (held(store), store.generation) == (before, word)


def test_blocks_come_while_they_are_written_and_an_error_comes_behind_them() -> None:
    def write(out: object) -> None:
        out.write(b"x" * 1_000_000)  # type: ignore[attr-defined]
        raise StoreError(address="here", detail="it broke")

    blocks = blocks_written(write)
    assert next(blocks)
    with pytest.raises(StoreError, match="it broke"):
        list(blocks)


def test_a_reader_who_leaves_ends_the_writer() -> None:
    ended: list[bool] = []

    def write(out: object) -> None:
        try:
            for _ in range(100_000):
                out.write(b"x" * 10_000)  # type: ignore[attr-defined]
        finally:
            ended.append(True)

    blocks = blocks_written(write)
    next(blocks)
    blocks.close()  # type: ignore[attr-defined]
    assert ended == [True]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 50, 10_000])
def test_lines_keep_their_graph_whatever_the_borders_of_blocks(size: int) -> None:
    triples = b'<urn:s> <urn:p> "a . b" .\n<urn:s> <urn:p> "c" .\n' * 3
    blocks = [triples[at : at + size] for at in range(0, len(triples), size)]
    wanted = triples.replace(b'" .\n', f'" <{G}> .\n'.encode())
    assert b"".join(quads_of(blocks, G)) == wanted
    assert b"".join(quads_of(blocks, None)) == triples
