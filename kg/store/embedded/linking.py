"""A database as it is at one instant, taken by hard links while another process writes to it.

The library's own backup cannot do that: a reader's leaves out what is in the log alone (pyoxigraph
0.5.13). Its tables never change once they are written, so they are linked. Log, manifest and the
file that names the manifest do, so they are copied, and all is done again where one of them has
changed meanwhile.
"""

import os
import shutil
import time
from pathlib import Path

from kg.errors import StoreUnavailableError

_TABLES, _NAMED, _LOG = (".sst", ".blob"), ("CURRENT", "MANIFEST"), ".log"
_ATTEMPTS, _PAUSE_S = 20, 0.05

_State = dict[str, tuple[int, int]]  # name -> size and instant of the last change


def linked(data: Path, copy: Path) -> None:
    """Make *copy* a database, to be read only, that holds what *data* holds at one instant.

    Raises:
        StoreUnavailableError: There is no database, or its writer left no instant for it.
        OSError: No links can be made there.
    """
    for _ in range(_ATTEMPTS):
        shutil.rmtree(copy, ignore_errors=True)
        copy.mkdir()
        before = _state(data)
        if "CURRENT" in before and _taken(data, copy, before) and _state(data) == before:
            return
        time.sleep(_PAUSE_S)
    shutil.rmtree(copy, ignore_errors=True)
    detail = "there is no database, or it is written to without a pause; try again later"
    raise StoreUnavailableError(address=str(data.parent), detail=detail)


def _taken(data: Path, copy: Path, changing: _State) -> bool:
    """Return whether all files were still there."""
    try:
        for name in changing:
            shutil.copyfile(data / name, copy / name)
        for table in data.iterdir():
            if table.suffix in _TABLES:
                os.link(table, copy / table.name)
    except FileNotFoundError:
        return False
    return True


def _state(data: Path) -> _State:
    """Return what is there of the files that change."""
    found: _State = {}
    try:
        for file in data.iterdir():
            if file.name.startswith(_NAMED) or file.suffix == _LOG:
                status = file.stat()
                found[file.name] = status.st_size, status.st_mtime_ns
    except FileNotFoundError:
        return {}
    return found
