"""The typed tables as files, for statistics programs and notebooks: one CSV or Parquet file a table."""

import io
import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet

from kg.analysis.project import Tables
from kg.errors import FormatError, HomeError, OccupiedFolderError
from kg.sheets import FORMULA


def write_tables(tables: Tables, folder: Path) -> None:
    """Write every table to a file of its own in *folder*, all or none.

    What they hold: `kg.analysis.schema`. An older export in the same place is replaced.

    Args:
        tables: What to write.
        folder: It ends in ``.csv`` or ``.parquet``, which tells the format.

    Raises:
        FormatError: The folder ends otherwise.
        HomeError: It cannot be written, or holds other things.
    """
    write = _WRITERS.get(folder.suffix)
    if write is None:
        raise FormatError(given=folder.suffix, known=" ".join(f"{end}/" for end in _WRITERS))
    _own(folder)
    draft = folder.with_name(f".{folder.name}.part")
    try:
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        for name, table in tables.named().items():
            (draft / f"{name}{folder.suffix}").write_bytes(write(table))
        if folder.exists():
            shutil.rmtree(folder)
        draft.replace(folder)
    except OSError as error:
        raise HomeError(path=folder, detail=error.strerror or error) from error
    finally:
        with suppress(OSError):
            shutil.rmtree(draft, ignore_errors=True)


def _own(folder: Path) -> None:
    """Refuse a place that holds what no export wrote."""
    if folder.is_file() or (
        folder.is_dir() and any(path.suffix != folder.suffix for path in folder.iterdir())
    ):
        raise OccupiedFolderError(path=folder)


def _csv(table: pa.Table) -> bytes:
    """Return UTF-8 with a byte-order mark for Excel; no cell is taken for a formula."""
    inert = table
    for at, field in enumerate(table.schema):
        if pa.types.is_string(field.type):
            guarded = pc.replace_substring_regex(table[at], f"^({FORMULA})", r"'\1")
            inert = inert.set_column(at, field, guarded)
    file = io.BytesIO()
    file.write("\ufeff".encode())
    pyarrow.csv.write_csv(inert, file)
    return file.getvalue()


def _parquet(table: pa.Table) -> bytes:
    file = io.BytesIO()
    pyarrow.parquet.write_table(table, file)
    return file.getvalue()


_WRITERS: Mapping[str, Callable[[pa.Table], bytes]] = MappingProxyType(
    {".csv": _csv, ".parquet": _parquet}
)

TABLE_ENDINGS = tuple(_WRITERS)
