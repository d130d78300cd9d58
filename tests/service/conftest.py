"""The service as a user starts it, over a store on disk, with limits that a test can wait for."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest

from kg.home import Home
from kg.settings import Settings
from kg.store import open_store

LIMIT_S = 1.5
MEMORY_MB = 100
TOKEN = "a-token-for-tests"
ROWS = 6000


def processes_below(pid: int) -> list[int]:
    """Return the processes that *pid* started, and those that they did."""
    parents: dict[int, list[int]] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text("utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        parents.setdefault(int(fields[1]), []).append(int(status.parent.name))
    found, todo = [], [pid]
    while todo:
        below = parents.get(todo.pop(), [])
        found += below
        todo += below
    return found


def own_mb(pid: int) -> float:
    """Return the memory that belongs to a process alone, in MB; 0 where it has ended."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_text("ascii").split()
    except OSError:
        return 0.0
    return (int(pages[1]) - int(pages[2])) * os.sysconf("SC_PAGESIZE") / 1e6


@dataclass(frozen=True, slots=True)
class Service:
    """A running service."""

    process: "subprocess.Popen[bytes]"
    client: httpx2.Client
    home: Path

    def ask(self, query: str, **given: object) -> httpx2.Response:
        """Return the answer to a query."""
        return self.client.post("/sparql", data={"query": query}, **given)  # type: ignore[arg-type]

    def running(self) -> list[dict[str, object]]:
        """Return the queries under way."""
        found: list[dict[str, object]] = self.client.get("/api/running").json()
        return found

    def update(self, text: str) -> httpx2.Response:
        """Carry out an update."""
        headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/sparql-update"}
        return self.client.post("/update", content=text.encode(), headers=headers)

    def wait_until_idle(self, *, seconds: float = 5.0) -> None:
        """Return as soon as no query is under way."""
        until = time.monotonic() + seconds
        while self.running():
            assert time.monotonic() < until, self.running()
            time.sleep(0.02)


def filled(home: Path) -> Path:
    """Make a home whose store has a ring, names and numbers: something for each kind of runaway."""
    Home.create(home)
    store = open_store(home / "store", settings=Settings(home=home))
    triples = "\n".join(
        f"<urn:n{number}> <urn:next> <urn:n{(number + 1) % ROWS}> ; <urn:name> '名称{number}' ;"
        f" <urn:size> {number} ."
        for number in range(ROWS)
    )
    store.update(f"INSERT DATA {{ {triples} }}")
    store.close()
    return home


@contextmanager
def serving(home: Path, **given: object) -> Iterator[Service]:
    """Run the service; settings are given by their names."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    settings = {"query_limit_s": LIMIT_S, "query_memory_mb": MEMORY_MB, "token": TOKEN} | given
    environment = {f"QKG_{name.upper()}": str(value) for name, value in settings.items()}
    qkg = str(Path(sys.executable).with_name("qkg"))
    command = [qkg, "serve", "--home", str(home)]
    with (home / "log").open("ab") as log:
        process = subprocess.Popen(
            [*command, "--port", str(port)],
            env={**os.environ, **environment},
            stdout=log,
            stderr=log,
        )
    url = f"http://127.0.0.1:{port}"
    with httpx2.Client(base_url=url, trust_env=False, timeout=60) as client:
        try:
            for _ in range(600):
                assert process.poll() is None, (home / "log").read_text()
                with suppress(httpx2.TransportError):
                    # on a busy machine its workers begin later than the limit of a query
                    if client.post("/sparql", data={"query": "ASK {}"}).status_code == 200:
                        break
                time.sleep(0.05)
            else:
                pytest.fail((home / "log").read_text())
            yield Service(process, client, home)
        finally:
            process.terminate()
            process.wait(20)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service with short limits over a filled store."""
    with serving(filled(tmp_path_factory.mktemp("served") / "home")) as running:
        yield running


@pytest.fixture
def begin(tmp_path: Path) -> Iterator[object]:
    """Start services of their own: ``begin(name=value…)``."""
    with ExitStack() as stack:

        def start(**given: object) -> Service:
            home = tmp_path / "home"
            if not home.exists():
                filled(home)
            return stack.enter_context(serving(home, **given))

        yield start
