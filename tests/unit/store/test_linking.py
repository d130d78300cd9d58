"""A database taken by links while another process writes to it; all statements are invented."""

import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import StoreUnavailableError
from kg.settings import Settings
from kg.store import open_store
from kg.store.embedded.linking import linked

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
PAIRS = "SELECT (COUNT(*) AS ?n) { ?s <urn:left> ?n ; <urn:right> ?n }"


def number(database: Path, query: str = COUNT) -> int:
    found = ox.Store.read_only(str(database)).query(query)
    assert isinstance(found, ox.QuerySolutions)
    return int(next(found)[0].value)  # type: ignore[union-attr]


def write(folder: Path, first: int, last: int) -> None:
    """Write pairs, each of them in one transaction."""
    store = open_store(folder, settings=Settings())
    for one in range(first, last):
        store.update(f"INSERT DATA {{ <urn:s{one}> <urn:left> {one} ; <urn:right> {one} }}")
        if one % 50 == 49:
            store.optimize()
    store.close()


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    child = multiprocessing.get_context("spawn").Process(target=write, args=(folder, 100, 100_000))
    child.start()
    try:
        yield
    finally:
        child.kill()
        child.join()


def test_what_is_in_the_log_alone_is_taken_too(tmp_path: Path) -> None:
    store = open_store(tmp_path / "store", settings=Settings())
    store.update("INSERT DATA { <urn:a> <urn:b> 1 }")
    linked(tmp_path / "store" / "data", tmp_path / "copy")
    store.update("INSERT DATA { <urn:a> <urn:b> 2 }")
    assert number(tmp_path / "copy") == 1
    store.optimize()
    assert number(tmp_path / "copy") == 1
    store.close()


@pytest.mark.slow
def test_what_is_taken_beside_a_writer_holds_each_transaction_whole_and_stays(
    tmp_path: Path,
) -> None:
    write(tmp_path / "store", 0, 100)
    seen = []
    with writing(tmp_path / "store"):
        while len(seen) < 12 or seen[-1] == seen[0]:
            copy = tmp_path / f"copy{len(seen)}"
            linked(tmp_path / "store" / "data", copy)
            seen.append(number(copy, PAIRS))
            assert number(copy) == 2 * seen[-1]
    assert seen == sorted(seen)
    assert [number(tmp_path / f"copy{at}", PAIRS) for at in range(len(seen))] == seen


def test_where_no_database_is_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailableError):
        linked(tmp_path / "none", tmp_path / "copy")
    assert list(tmp_path.iterdir()) == []
