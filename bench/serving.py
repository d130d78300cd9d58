"""The SPARQL service beside Oxigraph's own server, over the same triples in one run.

Told is the processor time of all processes of a server for one request, which other load on the
machine disturbs least; the ratio is to Oxigraph. *new* queries differ in a comment, so that no
answer is kept from before; *again* is the same query each time.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2

from bench.generator import size_of
from bench.load import (
    cpu_seconds,
    first_byte,
    free_port,
    get,
    load,
    own_mb,
    processes,
    wait_until_idle,
    wait_until_open,
)
from bench.measure import Measure, Result
from bench.queries import stored
from kg.home import Home
from kg.vocab import RDFS_LABEL, Class

SIZE = "1m"
SECONDS, ROUNDS = 2.0, 3
LIMIT_S, RUNAWAYS = 0.3, 200
LONG_ANSWER = "100,000 rows"
LONG = "SELECT (COUNT(*) AS ?n) { ?a ?p ?x . ?b ?q ?y }"
_KINDS = (
    LONG,
    "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f",
    f"SELECT (COUNT(*) AS ?n) {{ ?a <{RDFS_LABEL}> ?x . ?b <{RDFS_LABEL}> ?y FILTER REGEX(?x, ?y) }}",
    "SELECT (COUNT(*) AS ?n) { ?a (<urn:x>|!<urn:y>)* ?b }",
)


@dataclass(frozen=True, slots=True)
class Server:
    """A server under measure."""

    pid: int
    port: int
    path: str

    def requests(self, queries: Sequence[str]) -> list[bytes]:
        """Return a request for each query."""
        return [get(self.path, query) for query in queries]

    def cost(self, requests: Sequence[bytes], *, connections: int) -> tuple[float, float]:
        """Return the microseconds of processor time of one request, and requests a second."""
        before = cpu_seconds(self.pid)
        found = load(self.port, requests, seconds=SECONDS, connections=connections)
        used = cpu_seconds(self.pid) - before
        return used / max(len(found.seconds), 1) * 1e6, found.per_second


@contextmanager
def started(command: Sequence[str], path: str, **environment: str) -> Iterator[Server]:
    """Run a server; ``PORT`` in its command is a free one."""
    port = free_port()
    words = [word.replace("PORT", str(port)) for word in command]
    process = subprocess.Popen(
        words,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until_open(port)
        wait_until_idle(process.pid)
        yield Server(process.pid, port, path)
    finally:
        process.terminate()
        process.wait(180)


@contextmanager
def ours(home: Path, **settings: object) -> Iterator[Server]:
    """Run our service with two workers."""
    given = {"query_workers": 2, "query_limit_s": 60} | settings
    environment = {f"QKG_{name.upper()}": str(value) for name, value in given.items()}
    command = [_beside("qkg"), "serve", "--home", str(home), "--port", "PORT"]
    with started(command, "/sparql", **environment) as server:
        yield server


@contextmanager
def nation(size: str = SIZE) -> Iterator[tuple[Path, Path]]:
    """Make a nation once; yield a home with it, and a copy for Oxigraph."""
    with tempfile.TemporaryDirectory(prefix="serving-") as folder:
        place = Path(folder)
        stored(place / "nation", triples=size_of(size))
        home = place / "home"
        Home.create(home)
        shutil.move(place / "nation" / "store", home / "store")
        shutil.copytree(home / "store" / "data", place / "oxigraph")
        yield home, place / "oxigraph"


def questions(server: Server) -> dict[str, list[str]]:
    """Return queries of each kind over names that are in the store."""
    found = httpx2.get(
        f"http://127.0.0.1:{server.port}{server.path}",
        params={"query": f"SELECT DISTINCT ?s {{ ?s a <{Class.TASK}> }} LIMIT 500"},
        headers={"Accept": "text/csv"},
        trust_env=False,
        timeout=60,
    )
    names = found.text.split()[1:]
    return {
        "ask": ["ASK { ?s ?p ?o }"],
        "point": [f"SELECT ?p ?o {{ <{name}> ?p ?o }}" for name in names],
        "one hop": [f"SELECT ?o ?l {{ <{name}> ?p ?o . ?o <{RDFS_LABEL}> ?l }}" for name in names],
        "1,000 rows": ["SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 1000"],
        LONG_ANSWER: ["SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 100000"],
    }


def fresh(queries: Sequence[str], number: int) -> list[str]:
    """Return many queries that nobody has asked before."""
    times = max(1, 20_000 // len(queries)) if "100000" not in queries[0] else 100
    return [f"{query}\n# {number}.{at}" for at in range(times) for query in queries]


def costs() -> Iterator[Result]:
    """Yield the cost of a request of each kind, ours beside Oxigraph's."""
    with nation() as (home, copy), ExitStack() as stack:
        location = ["--location", str(copy), "--bind", "127.0.0.1:PORT"]
        command = [_beside("oxigraph"), "serve-read-only", *location, "--union-default-graph"]
        peer = stack.enter_context(started(command, "/query"))
        us = stack.enter_context(ours(home, result_cache_mb=64))
        for kind, queries in questions(us).items():
            for again in (False, True):
                yield from _compared(kind, queries, us, peer, again=again)
        long = questions(us)[LONG_ANSWER][0]
        before = own_mb(us.pid)
        first = min(first_byte(us.port, get(us.path, f"{long} # {at}")) for at in range(5))
        yield Result("first byte of 100,000 rows", first * 1000, "ms")
        yield Result("memory that 100,000 rows leave in the service", own_mb(us.pid) - before, "MB")


def _compared(
    kind: str, queries: list[str], us: Server, peer: Server, *, again: bool
) -> Iterator[Result]:
    mine, theirs = [], []
    for number in range(ROUNDS):
        asked = queries if again else fresh(queries, number)
        connections = 1 if kind == LONG_ANSWER else 8
        mine.append(us.cost(us.requests(asked), connections=connections))
        theirs.append(peer.cost(peer.requests(asked), connections=connections))
    ratio = min(mine)[0] / min(theirs)[0]
    name = f"{kind}, {'again' if again else 'new'}"
    yield Result(f"CPU of a request: {name}", min(mine)[0], "µs", ratio)
    rates = max(rate for _, rate in mine), max(rate for _, rate in theirs)
    yield Result(f"requests a second: {name}", rates[0], "1/s", rates[0] / rates[1])


def crowds() -> Iterator[Result]:
    """Yield how long small queries take while ten long ones run, beside an idle service."""
    with nation() as (home, _), ours(home, query_limit_s=600, query_workers=4) as us:
        asked = us.requests(fresh(questions(us)["point"], 0))
        load(us.port, asked, seconds=1, connections=1)
        idle = load(us.port, asked, seconds=5, connections=1).quantile(0.99)
        url = f"http://127.0.0.1:{us.port}{us.path}"
        with ExitStack() as stack:
            for number in range(10):
                stack.enter_context(_asking(url, f"{LONG} # {number}"))
            load(us.port, asked, seconds=3, connections=1)
            crowded = load(us.port, asked, seconds=10, connections=1).quantile(0.99)
        yield Result("p99 of a small query, idle", idle * 1000, "ms")
        yield Result(
            "p99 of a small query beside ten long ones", crowded * 1000, "ms", crowded / idle
        )


@contextmanager
def _asking(url: str, query: str) -> Iterator[None]:
    """Keep a query under way; its client leaves in the end."""
    over = threading.Event()

    def ask() -> None:
        with httpx2.Client(trust_env=False) as client:
            while not over.is_set():
                try:
                    client.post(url, data={"query": query}, timeout=20)
                except httpx2.TimeoutException:
                    continue

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    yield
    over.set()


def runaways() -> Iterator[Result]:
    """Yield what is left behind by many queries that had to be ended."""
    with nation() as (home, _), ours(home, query_limit_s=LIMIT_S, budget_errors=0) as us:
        url = f"http://127.0.0.1:{us.port}{us.path}"
        with httpx2.Client(trust_env=False, timeout=60) as client:
            worst = max(_ended(client, url, number) for number in range(20))
            wait_until_idle(us.pid)
            before, count = own_mb(us.pid), len(processes(us.pid))
            worst = max(worst, *(_ended(client, url, number) for number in range(RUNAWAYS)))
        wait_until_idle(us.pid)
        yield Result("latest end of a runaway after its limit", (worst - LIMIT_S) * 1000, "ms")
        yield Result(f"processes left by {RUNAWAYS} runaways", len(processes(us.pid)) - count, "")
        yield Result(
            f"memory after {RUNAWAYS} runaways", own_mb(us.pid), "MB", own_mb(us.pid) / before
        )


def _ended(client: httpx2.Client, url: str, number: int) -> float:
    answer = client.post(url, data={"query": f"{_KINDS[number % len(_KINDS)]} # {number}"})
    if answer.status_code not in (504, 507):
        raise RuntimeError(answer.text)
    return answer.elapsed.total_seconds()


def _beside(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


MEASURES: dict[str, Measure] = {"serving": costs, "crowds": crowds, "runaways": runaways}
