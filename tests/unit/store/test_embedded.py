"""What only the store on disk must keep: other processes, kills, its files."""

import multiprocessing as mp
import os
import signal
import time
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from kg.errors import (
    SettingsError,
    StoreError,
    StoreLockedError,
    StoreUnavailableError,
    WriteRefusedError,
)
from kg.ids import graph_iri
from kg.settings import Settings
from kg.store import open_store
from kg.store.generation import FileGeneration

GRAPH = graph_iri("plan")
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def nquads(word: str, number: int) -> bytes:
    return "".join(f'<urn:s{i}> <urn:p> "{word}" <{GRAPH}> .\n' for i in range(number)).encode()


def replace_for_ever(folder: Path, settings: Settings, begun: Event) -> None:
    store = open_store(folder, settings=settings)
    while True:
        store.replace(GRAPH, nquads("new", 300))
        begun.set()
        store.replace(GRAPH, nquads("old", 200))


def test_what_is_written_is_there_after_closing(tmp_path: Path, settings: Settings) -> None:
    store = open_store(tmp_path / "s", settings=settings)
    store.replace(GRAPH, nquads("old", 3))
    word = store.generation
    store.close()
    again = open_store(tmp_path / "s", settings=settings)
    assert again.select(COUNT).rows == ((3,),)
    assert again.generation == word
    again.close()


def test_a_second_writer_is_told_who_holds_the_store(tmp_path: Path, settings: Settings) -> None:
    store = open_store(tmp_path / "s", settings=settings)
    with pytest.raises(StoreLockedError, match=f"process {os.getpid()}"):
        open_store(tmp_path / "s", settings=settings)
    store.close()


def test_a_reader_sees_the_store_while_a_writer_has_it(tmp_path: Path, settings: Settings) -> None:
    store = open_store(tmp_path / "s", settings=settings)
    store.replace(GRAPH, nquads("old", 3))
    reader = open_store(tmp_path / "s", settings=settings, read_only=True)
    assert reader.generation == store.generation
    store.remove(GRAPH)
    assert reader.select(COUNT).rows == ((3,),)
    assert reader.generation != store.generation
    reader.close()
    store.close()


def test_a_reader_cannot_write(tmp_path: Path, settings: Settings) -> None:
    open_store(tmp_path / "s", settings=settings).close()
    reader = open_store(tmp_path / "s", settings=settings, read_only=True)
    with pytest.raises(WriteRefusedError):
        reader.update("INSERT DATA { <urn:a> <urn:p> 1 }")


def test_there_is_nothing_to_read_where_there_is_no_store(
    tmp_path: Path, settings: Settings
) -> None:
    with pytest.raises(StoreUnavailableError):
        open_store(tmp_path / "none", settings=settings, read_only=True)
    assert not (tmp_path / "none").exists()


def test_a_closed_store_says_so(tmp_path: Path, settings: Settings) -> None:
    store = open_store(tmp_path / "s", settings=settings)
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.graphs()


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1/", "sparql+http://127.0.0.1/other", "sparql+ftp://x/a|b|c"]
)
def test_an_address_of_no_store_is_refused(address: str, settings: Settings) -> None:
    with pytest.raises(SettingsError):
        open_store(address, settings=settings)


@pytest.mark.slow
def test_a_kill_leaves_the_old_graph_or_the_new_one(tmp_path: Path, settings: Settings) -> None:
    seen = set()
    context = mp.get_context("spawn")
    for turn in range(6):
        begun = context.Event()
        writer = context.Process(target=replace_for_ever, args=(tmp_path / "s", settings, begun))
        writer.start()
        assert begun.wait(60)
        time.sleep(0.05 + turn * 0.037)
        assert writer.pid is not None
        os.kill(writer.pid, signal.SIGKILL)
        writer.join()
        store = open_store(tmp_path / "s", settings=settings)
        rows = store.select("SELECT ?o (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?o").rows
        seen.update(rows)
        assert len(rows) == 1
        store.close()
    assert seen <= {("old", 200), ("new", 300)}


def test_a_word_read_during_a_write_is_nobody_elses(tmp_path: Path) -> None:
    generation = FileGeneration(tmp_path / "generation")
    before = generation.word
    with generation.writing():
        first, second = generation.word, generation.word
    assert len({before, first, second, generation.word}) == 4


def test_a_new_writer_settles_what_a_killed_one_left(tmp_path: Path) -> None:
    path = tmp_path / "generation"
    path.write_text("abcd.7", "ascii")
    FileGeneration(path).settle()
    assert FileGeneration(path).word == "abcd.8"
