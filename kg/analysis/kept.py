"""The typed tables in a folder, as Parquet: what a home keeps of its store from start to start.

A folder of tables is named after the state of the store (its generation) and how tables are read from
it, and is there whole or not at all. It is a cache: whoever cannot write it goes on without,
whoever finds it damaged (pages carry check sums) reads the store.
"""

import hashlib
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet

from kg.analysis.schema import SPECS
from kg.version import __version__

_DRAFT = "."
_DIGITS = 20


def tables_in(folder: Path, generation: str) -> dict[str, pa.Table] | None:
    """Return the tables of *generation*, ``None`` where they are not there, or not as written."""
    place = folder / _name(generation)
    try:
        return table_files_in(place) or None
    except (OSError, pa.ArrowException):
        return None


def tables_folder(folder: Path, generation: str) -> Path | None:
    """Return the folder of the tables of *generation*, ``None`` where there is none."""
    place = folder / _name(generation)
    return place if place.is_dir() else None


def put_tables(folder: Path, generation: str, tables: Mapping[str, pa.Table]) -> None:
    """Put the tables of *generation* into *folder*, in the place of those of any other."""
    place = folder / _name(generation)
    draft = folder / f"{_DRAFT}{place.name}.{os.getpid()}"
    with suppress(OSError):  # no room, no right to write: the store can be read again
        put_table_files(draft, tables)
        for older in folder.iterdir():
            if older != draft:
                shutil.rmtree(older, ignore_errors=True)
        draft.replace(place)
    shutil.rmtree(draft, ignore_errors=True)


def put_table_files(folder: Path, tables: Mapping[str, pa.Table]) -> None:
    """Put *tables* into *folder*, a Parquet file each.

    Raises:
        OSError: The folder cannot be written to.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        path = folder / f"{name}.parquet"
        pyarrow.parquet.write_table(table, path, write_page_checksum=True)


def table_files_in(folder: Path) -> dict[str, pa.Table]:
    """Return the tables of the Parquet files in *folder*.

    Raises:
        OSError: They cannot be read, or are not as written.
    """
    return {
        path.stem: pyarrow.parquet.read_table(path, page_checksum_verification=True)
        for path in sorted(folder.glob("*.parquet"))
    }


def _name(generation: str) -> str:
    """Return what a folder of tables is called; another version may read other tables."""
    told = "\n".join((generation, __version__, repr(SPECS)))
    return hashlib.sha256(told.encode()).hexdigest()[:_DIGITS]
