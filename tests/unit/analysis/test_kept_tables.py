"""The tables as Parquet in a home: used while the store is the same, made anew else."""

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import pytest

from kg.analysis.project import keep_in, project
from kg.home import Home
from kg.questions import Questions
from kg.settings import load
from kg.store import Store, open_store

TASK = "INSERT DATA {{ GRAPH <https://w3id.org/qualitykg/id/g> {{ <urn:{}> a <{}> }} }}"
KIND = "https://w3id.org/qualitykg/ns#Task"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store on disk with one task, whose tables go to ``tables`` beside it."""
    store = opened(tmp_path, read_only=False)
    store.update(TASK.format("a", KIND))
    store.close()
    return tmp_path


def opened(folder: Path, *, read_only: bool = True) -> Store:
    store = open_store(folder / "store", settings=load(), read_only=read_only)
    keep_in(store, folder / "tables")
    return store


def ids(store: Store) -> list[str]:
    return project(store).measures["id"].to_pylist()


def test_the_tables_come_back_as_they_were(folder: Path) -> None:
    first = project(opened(folder)).named()
    found = project(opened(folder)).named()
    for name, table in first.items():
        assert found[name].equals(table), name
        assert found[name].schema == table.schema, name


def test_who_comes_next_to_an_unchanged_store_does_not_read_it(folder: Path) -> None:
    project(opened(folder))
    (file,) = (folder / "tables").glob("*/measures.parquet")
    table = pyarrow.parquet.read_table(file)
    marked = table.set_column(0, "id", pa.array(["urn:from-the-file"]))
    pyarrow.parquet.write_table(marked, file)
    assert ids(opened(folder)) == ["urn:from-the-file"]


def test_a_write_puts_new_tables_in_the_place_of_the_old(folder: Path) -> None:
    assert ids(opened(folder)) == ["urn:a"]
    (before,) = (folder / "tables").iterdir()
    store = opened(folder, read_only=False)
    store.update(TASK.format("b", KIND))
    assert ids(store) == ["urn:a", "urn:b"]
    (after,) = (folder / "tables").iterdir()
    assert after != before


def damaged(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 3] ^= 255
    path.write_bytes(data)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


@pytest.mark.parametrize("harm", [damaged, cut, Path.unlink])
def test_tables_that_came_to_harm_are_read_anew(folder: Path, harm: Callable[[Path], None]) -> None:
    project(opened(folder))
    (file,) = (folder / "tables").glob("*/measures.parquet")
    harm(file)
    assert ids(opened(folder)) == ["urn:a"]
    assert pyarrow.parquet.read_table(file).num_rows == 1, "and are there again"


def test_a_folder_that_cannot_be_written_is_done_without(folder: Path) -> None:
    (folder / "tables").write_text("in the way")
    assert ids(opened(folder)) == ["urn:a"]
    assert (folder / "tables").read_text() == "in the way"


class Disturbed:
    """A store that another writes to while it is read."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)

    def csv(self, query: str) -> bytes:
        self._store.update(TASK.format("late", KIND))
        return self._store.csv(query)


def test_tables_of_a_state_that_nobody_else_sees_are_not_kept(folder: Path) -> None:
    store = Disturbed(opened(folder, read_only=False))
    keep_in(store, folder / "tables")  # type: ignore[arg-type]
    assert "urn:a" in ids(store)  # type: ignore[arg-type]
    assert not (folder / "tables").exists()


def test_a_home_keeps_the_tables_of_its_store(tmp_path: Path) -> None:
    home = Home.create(tmp_path / "home")
    store = open_store(home.store, settings=load())
    store.update(TASK.format("a", KIND))
    assert Questions(home, store, load()).gaps() is not None
    (place,) = home.tables.iterdir()
    assert len(list(place.glob("*.parquet"))) == len(project(store).named())
