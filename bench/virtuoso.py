"""Virtuoso 7 as a server of its own, on loopback: what the measures and the tests both start."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.load import answers, free_ports

_TRIES = 5
"""Other ports are tried that often: between the choice of a port and its use anybody may take it."""

_INI = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/temporary.db
TransactionFile = {folder}/temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{sql_port}
DisableUnixSocket = 1
CaseMode = 2
DirsAllowed = {reads}
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = {folder}
MaxClientConnections = 10
Charset = UTF-8
[SPARQL]
ResultSetMaxRows = 10000000
"""


@dataclass(frozen=True, slots=True)
class Virtuoso:
    """A server that answers: its port of HTTP and its port of SQL."""

    port: int
    sql_port: int

    @property
    def reading(self) -> str:
        """The store address for whoever only asks."""
        return f"sparql+http://127.0.0.1:{self.port}/sparql"

    @property
    def writing(self) -> str:
        """The store address for whoever also writes, by Digest, as Virtuoso asks by default."""
        paths = "sparql-auth|sparql-auth|sparql-graph-crud-auth"
        return f"sparql+http://dba:dba@127.0.0.1:{self.port}/{paths}"


def is_here() -> bool:
    """Return whether Virtuoso is installed."""
    return shutil.which("virtuoso-t") is not None


@contextmanager
def virtuoso(
    folder: Path,
    *,
    reads: Path | None = None,
    buffers: int = 10_000,
    ports: Callable[[int], list[int]] = free_ports,
) -> Iterator[Virtuoso]:
    """Run a server with a database of its own below *folder*.

    Args:
        folder: A folder for its files; empty.
        reads: Where it may load files from, *folder* by default.
        buffers: Pages of 8 KiB that it holds in memory.
        ports: What chooses so many ports that nobody listens at.

    Raises:
        ChildProcessError: It ended at its start, whatever the ports.
    """
    for turn in range(_TRIES):
        place = folder / str(turn)
        place.mkdir()
        port, sql_port = ports(2)
        _configure(place, reads or folder, buffers, port, sql_port)
        with (place / "output").open("wb") as output:
            command = ["virtuoso-t", "+configfile", "virtuoso.ini", "+foreground"]
            server = subprocess.Popen(command, cwd=place, stdout=output, stderr=output)
        try:
            if answers(f"http://127.0.0.1:{port}/sparql?query=ASK%7B%7D", server, one_s=5):
                yield Virtuoso(port, sql_port)
                return
        finally:
            server.kill()
            server.wait()
    raise ChildProcessError((place / "output").read_text("utf-8", "replace"))


def _configure(place: Path, reads: Path, buffers: int, port: int, sql_port: int) -> None:
    given = {"buffers": buffers, "dirty": buffers * 3 // 4, "port": port, "sql_port": sql_port}
    text = _INI.format(folder=place, reads=reads, **given)
    (place / "virtuoso.ini").write_text(text, "utf-8")
