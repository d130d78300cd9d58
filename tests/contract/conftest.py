"""One store of each kind; the remote ones talk to real servers: `oxigraph serve` and Virtuoso 7."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from kg.settings import Settings
from kg.store import Store, open_store

OXIGRAPH = Path(sys.executable).with_name("oxigraph")
VIRTUOSO = shutil.which("virtuoso-t")
INI = """
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
DirsAllowed = {folder}
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = {folder}
MaxClientConnections = 10
Charset = UTF-8
[SPARQL]
ResultSetMaxRows = 1000000
"""


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait_until_it_answers(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        try:
            httpx2.get(url, trust_env=False)
        except httpx2.TransportError:
            assert process.poll() is None, "the server ended at once"
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"no answer at {url}")


def serve(folder: Path, *options: str) -> Iterator[str]:
    if not OXIGRAPH.exists() and shutil.which("oxigraph") is None:
        pytest.skip("no oxigraph server: pip install oxigraph")
    port = free_port()
    command = [str(OXIGRAPH), "serve", "--location", str(folder), "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen([*command, *options], stderr=subprocess.DEVNULL)
    try:
        wait_until_it_answers(f"http://127.0.0.1:{port}/", process)
        yield f"sparql+http://127.0.0.1:{port}/query|update|store"
    finally:
        process.terminate()
        process.wait(10)


def serve_virtuoso(folder: Path) -> Iterator[str]:
    """Virtuoso with a database of its own, on loopback, asking for Digest as it does by default."""
    if VIRTUOSO is None:
        pytest.skip("no Virtuoso here: apt-get install virtuoso-opensource-7-bin")
    port, sql_port = free_port(), free_port()
    (folder / "virtuoso.ini").write_text(INI.format(folder=folder, port=port, sql_port=sql_port))
    command = [VIRTUOSO, "+configfile", "virtuoso.ini", "+foreground"]
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=output)
        try:
            wait_until_it_answers(f"http://127.0.0.1:{port}/sparql?query=ASK%7B%7D", process)
            yield f"sparql+http://dba:dba@127.0.0.1:{port}/sparql-auth|sparql-auth|sparql-graph-crud-auth"
        finally:
            process.kill()
            process.wait(10)


@pytest.fixture(scope="session")
def virtuoso_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from serve_virtuoso(tmp_path_factory.mktemp("virtuoso"))


@pytest.fixture(scope="session")
def plain_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from serve(tmp_path_factory.mktemp("plain"))


@pytest.fixture(scope="session")
def union_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from serve(tmp_path_factory.mktemp("union"), "--union-default-graph")


@pytest.fixture(
    params=["memory", "disk", "workers", "remote", "remote, union default graph", "virtuoso"]
)
def store(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path) -> Iterator[Store]:
    """An empty store of each kind in turn."""
    match request.param:
        case "memory":
            address: str | Path = "memory:"
        case "disk" | "workers":
            address = tmp_path / "store"
        case "virtuoso":
            address = request.getfixturevalue("virtuoso_service")
        case "remote":
            address = request.getfixturevalue("plain_service")
        case _:
            address = request.getfixturevalue("union_service")
    patient = settings.model_copy(update={"query_limit_s": 300})  # whatever else the machine does
    opened = open_store(address, settings=patient, serving=request.param == "workers")
    opened.update("DROP ALL")
    yield opened
    opened.close()
