"""The SPARQL service beside rdflib-endpoint, which answers in Python: requests a second.

The peer is installed into an environment of its own, which goes with the measure. It holds its
triples in memory and takes a minute to read a million, so that both answer from a nation of 100
thousand; a small query takes either as long over more.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pyoxigraph as ox

from bench.load import load
from bench.measure import Measure, Result
from bench.serving import LONG_ANSWER, Server, fresh, nation, ours, questions, started

SIZE, SECONDS, ROUNDS, CONNECTIONS = "100k", 3.0, 3, 8
_PEER = "rdflib-endpoint"
_APPLICATION = """
from rdflib import Dataset
from rdflib_endpoint import SparqlEndpoint

data = Dataset(default_union=True)
data.parse("nation.nq")
app = SparqlEndpoint(graph=data)
"""


def rates() -> Iterator[Result]:
    """Yield requests a second of each kind, ours with two workers beside the peer with two.

    Raises:
        RuntimeError: The peer cannot be installed: no package index is in reach.
    """
    with nation(SIZE) as (home, copy), ExitStack() as stack:
        peer = stack.enter_context(_peer(copy, copy.parent / "peer"))
        us = stack.enter_context(ours(home))
        for kind, queries in questions(us).items():
            if kind == LONG_ANSWER:
                continue
            mine, theirs = [], []
            for number in range(ROUNDS):
                asked = fresh(queries, number)
                mine.append(_per_second(us, asked))
                theirs.append(_per_second(peer, asked))
            name = f"requests a second beside {_PEER}: {kind}"
            yield Result(name, max(mine), "1/s", max(mine) / max(theirs))


def _per_second(server: Server, queries: list[str]) -> float:
    asked = server.requests(queries)
    return load(server.port, asked, seconds=SECONDS, connections=CONNECTIONS).per_second


@contextmanager
def _peer(database: Path, folder: Path) -> Iterator[Server]:
    """Run the peer over the quads of a database."""
    python = folder / "bin" / "python"
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    install = [str(python), "-m", "pip", "install", "-q", _PEER, "uvicorn[standard]"]
    if subprocess.run(install, check=False, capture_output=True).returncode:
        message = f"{_PEER} cannot be installed here: no package index is in reach"
        raise RuntimeError(message)
    ox.Store.read_only(str(database)).dump(folder / "nation.nq", ox.RdfFormat.N_QUADS)
    (folder / "peer.py").write_text(_APPLICATION, "ascii")
    options = ["--workers", "2", "--port", "PORT", "--log-level", "warning", "--no-access-log"]
    command = [str(python), "-m", "uvicorn", "peer:app", "--app-dir", str(folder), *options]
    with started(["env", "-C", str(folder), *command], "/") as server:
        yield server


MEASURES: dict[str, Measure] = {"peers": rates}
