"""An outside store that is down, silent, slow, or answers rubbish: told, unharmed, taken up again."""

import os
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest

from bench.load import answers, free_port
from tests.contract.conftest import OXIGRAPH
from tests.faults.between import Between, Wire, between
from tests.faults.conftest import QKG
from tests.service.conftest import TOKEN

LIMIT_S = 2
BROKEN = [wire for wire in Wire if wire is not Wire.SOUND]
QUERY = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@dataclass(frozen=True, slots=True)
class Outside:
    """A home whose store is another server, behind a wire that can be made to fail."""

    home: Path
    wire: Between

    def qkg(self, *words: str | Path) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [QKG, *words, "--home", self.home],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    @property
    def environment(self) -> dict[str, str]:
        store = f"sparql+http://127.0.0.1:{self.wire.port}/query|update|store"
        given = {"STORE": store, "QUERY_LIMIT_S": str(LIMIT_S), "TOKEN": TOKEN, "LANG": "en"}
        return os.environ | {f"QKG_{name}": value for name, value in given.items()}


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[Outside]:
    if not OXIGRAPH.exists():
        pytest.skip("no oxigraph server: pip install oxigraph")
    port = free_port()
    command = [OXIGRAPH, "serve", "--location", tmp_path / "there", "--bind", f"127.0.0.1:{port}"]
    with (
        subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server,
        between(port) as wire,
    ):
        assert answers(f"http://127.0.0.1:{port}/", server)
        yield Outside(tmp_path / "home", wire)
        server.kill()


def test_a_build_into_a_store_that_fails_is_told_and_made_good_after(
    outside: Outside, plans: list[Path]
) -> None:
    assert outside.qkg("build", plans[0]).returncode == 0
    for wire in BROKEN:
        outside.wire.wire = wire
        done = outside.qkg("build", *plans)
        assert done.returncode == 1, wire
        said = done.stdout + done.stderr
        assert "127.0.0.1" in said or f"ran past {LIMIT_S} s" in said, said
        assert "Traceback" not in said
    outside.wire.wire = Wire.SOUND
    assert outside.qkg("build", *plans).returncode == 0
    found = outside.qkg("check")
    assert (found.returncode, found.stdout) == (0, "")
    assert "documents 3" in found.stderr


def test_a_service_over_a_store_that_fails_says_so_and_takes_it_up_again(
    outside: Outside, plans: list[Path]
) -> None:
    assert outside.qkg("build", *plans[:2]).returncode == 0
    port = free_port()
    command = [QKG, "serve", "--home", outside.home, "--port", str(port)]
    with (
        subprocess.Popen(command, env=outside.environment, stderr=subprocess.DEVNULL) as service,
        httpx2.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=30) as client,
    ):
        try:
            assert answers(f"http://127.0.0.1:{port}/health", service)
            sound = asked(client)
            for wire in BROKEN:
                outside.wire.wire = wire
                said = client.post("/sparql", data={"query": QUERY + f" # {wire}"})
                assert said.status_code in (500, 502, 503, 504), (wire, said.text)
                assert said.json()["code"] in ("store", "store-unavailable", "query-timeout"), wire
                assert client.get("/health").status_code == 200
                assert client.get("/ready").status_code >= 500, wire
                outside.wire.wire = Wire.SOUND
                assert asked(client) == sound, wire
                assert client.get("/ready").status_code == 200, wire
        finally:
            service.kill()


def asked(client: httpx2.Client) -> str:
    """Return the answer to a query that was never asked before."""
    query = f"{QUERY} # {time.monotonic()}"
    answer = client.post("/sparql", data={"query": query}, headers={"Accept": "text/csv"})
    assert answer.status_code == 200, answer.text
    return answer.text
