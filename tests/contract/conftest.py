"""One store of each kind; the remote ones talk to real servers: `oxigraph serve` and Virtuoso 7."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.load import answers, free_port
from bench.virtuoso import is_here, virtuoso
from kg.settings import Settings
from kg.store import Store, open_store

OXIGRAPH = Path(sys.executable).with_name("oxigraph")


def serve(folder: Path, *options: str) -> Iterator[str]:
    if not OXIGRAPH.exists() and shutil.which("oxigraph") is None:
        pytest.skip("no oxigraph server: pip install oxigraph")
    port = free_port()
    command = [str(OXIGRAPH), "serve", "--location", str(folder), "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen([*command, *options], stderr=subprocess.DEVNULL)
    try:
        assert answers(f"http://127.0.0.1:{port}/", process), "the server ended at once"
        yield f"sparql+http://127.0.0.1:{port}/query|update|store"
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture(scope="session")
def virtuoso_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if not is_here():
        pytest.skip("no Virtuoso here: apt-get install virtuoso-opensource-7-bin")
    with virtuoso(tmp_path_factory.mktemp("virtuoso")) as server:
        yield server.writing


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
