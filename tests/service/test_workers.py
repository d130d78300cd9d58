"""Worker processes: what they see, who ends them, and that their answers are whole."""

import gc
import os
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

import httpx2
import pytest

from kg.errors import StoreError
from kg.settings import Settings
from kg.store import open_store
from kg.store.formats import CSV, JSON, N_TRIPLES, TSV, TURTLE, XML
from kg.store.workers import worker_store
from kg.store.workers.store import SNAPSHOTS
from tests.service.conftest import ROWS, TOKEN, Service, filled, processes_below

pytestmark = pytest.mark.slow

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
VALUE = "SELECT ?o { <urn:counter> <urn:value> ?o }"


def test_a_store_closed_while_its_workers_start_leaves_no_line_open(
    tmp_path: Path, settings: Settings
) -> None:
    for step in range(16):  # some fall into the moment in which a line is made
        store = worker_store(tmp_path / str(step), settings=settings)
        store._await(store._now(store._pool.start))
        time.sleep(0.16 + 0.005 * step)
        store.close()
        del store
        gc.collect()  # a line left open is an error of the test


def counted(service: Service) -> int:
    answer = service.ask(VALUE, headers={"Accept": CSV})
    assert answer.status_code == 200, answer.text
    return int(answer.text.split()[1])


def worker_of(service: Service) -> int:
    """Return the process that works hardest."""

    def ticks(pid: int) -> int:
        fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
        return int(fields[11]) + int(fields[12])

    before = {pid: ticks(pid) for pid in processes_below(service.process.pid)}
    time.sleep(0.3)
    return max(before, key=lambda pid: ticks(pid) - before[pid])


def test_a_query_sees_every_write_that_came_before_it(service: Service) -> None:
    over, seen = threading.Event(), []

    def read() -> None:
        with httpx2.Client(base_url=service.client.base_url, trust_env=False) as client:
            while not over.is_set():
                answer = client.post("/sparql", data={"query": VALUE}, headers={"Accept": CSV})
                seen.append(int(answer.text.split()[1]))

    service.update("INSERT DATA { <urn:counter> <urn:value> 0 }")
    reading = [threading.Thread(target=read) for _ in range(3)]
    for one in reading:
        one.start()
    for number in range(1, 25):
        text = f"DELETE WHERE {{ <urn:counter> ?p ?o }} ; INSERT DATA {{ <urn:counter> <urn:value> {number} }}"
        assert service.update(text).status_code == 204
        assert counted(service) == number
    over.set()
    for one in reading:
        one.join()
    assert len(seen) > 20  # readers were never held up for long


def test_a_long_query_does_not_hold_up_a_write(service: Service) -> None:
    asking = threading.Thread(target=service.ask, args=(ENDLESS,))
    asking.start()
    began = time.monotonic()
    assert service.update("INSERT DATA { <urn:other> <urn:p> 1 }").status_code == 204
    assert time.monotonic() - began < 1.0
    assert asking.is_alive()
    asking.join()


def test_snapshots_that_nobody_reads_are_deleted(service: Service) -> None:
    for number in range(5):
        service.update(f"INSERT DATA {{ <urn:more> <urn:p> {number} }}")
        assert service.ask("ASK {}", params={"n": number}).status_code == 200
    folder = service.home / "store" / SNAPSHOTS
    until = time.monotonic() + 3
    while len(list(folder.iterdir())) > 1 and time.monotonic() < until:
        time.sleep(0.05)
    assert len(list(folder.iterdir())) == 1


def test_a_worker_that_is_killed_is_replaced_and_its_client_told(service: Service) -> None:
    answers: list[httpx2.Response] = []
    asking = threading.Thread(target=lambda: answers.append(service.ask(ENDLESS)))
    asking.start()
    time.sleep(0.2)
    victim = worker_of(service)
    os.kill(victim, signal.SIGKILL)
    asking.join()
    assert (answers[0].status_code, answers[0].json()["code"]) == (503, "worker-lost")
    assert "SIGKILL" in answers[0].json()["detail"]
    assert victim not in processes_below(service.process.pid)
    assert service.ask("ASK { <urn:n1> ?p ?o }").json()["boolean"] is True


def test_the_process_that_forks_is_replaced_too(service: Service) -> None:
    forker = next(pid for pid in processes_below(service.process.pid) if processes_below(pid))
    os.kill(forker, signal.SIGKILL)
    until = time.monotonic() + 5
    while (answer := service.ask("ASK { <urn:n2> ?p ?o }")).status_code != 200:
        assert answer.json()["code"] == "worker-lost"
        assert time.monotonic() < until
    assert answer.json()["boolean"] is True


def test_nothing_outlives_a_service_that_is_killed(begin: Callable[..., Service]) -> None:
    service = begin(query_limit_s=30)
    threading.Thread(target=_ask_in_vain, args=(service,), daemon=True).start()
    until = time.monotonic() + 3
    while not service.running() and time.monotonic() < until:
        time.sleep(0.02)
    below = processes_below(service.process.pid)
    assert len(below) >= 2
    service.process.kill()
    service.process.wait()
    until = time.monotonic() + 3
    while any(Path(f"/proc/{pid}").exists() for pid in below) and time.monotonic() < until:
        time.sleep(0.02)
    assert [pid for pid in below if Path(f"/proc/{pid}").exists()] == []
    left = service.home / "store" / SNAPSHOTS
    assert list(left.iterdir())
    again = begin()
    assert again.ask("ASK {}").status_code == 200
    assert len(list(left.iterdir())) == 1


def _ask_in_vain(service: Service) -> None:
    with httpx2.Client(trust_env=False, timeout=30) as client:
        try:
            client.post(f"{service.client.base_url}/sparql", data={"query": ENDLESS})
        except httpx2.TransportError:
            return


@pytest.mark.parametrize("accept", [JSON, XML, CSV, TSV])
def test_a_long_answer_is_what_this_process_would_write(accept: str, tmp_path: Path) -> None:
    _compare("SELECT ?a ?b ?c { ?a ?b ?c }", accept, tmp_path)


@pytest.mark.parametrize("accept", [TURTLE, N_TRIPLES])
def test_a_long_graph_is_what_this_process_would_write(accept: str, tmp_path: Path) -> None:
    _compare("CONSTRUCT { ?a ?b ?c } { ?a ?b ?c }", accept, tmp_path)


def _compare(query: str, accept: str, folder: Path) -> None:
    home = filled(folder / "home")
    settings = Settings(home=home)
    store = worker_store(home / "store", settings=settings)
    from_worker = b"".join(store.answer(query, [accept]).blocks)
    store.close()
    plain = open_store(home / "store", settings=settings, read_only=True)
    from_here = b"".join(plain.answer(query, [accept]).blocks)
    plain.close()
    assert len(from_here) > ROWS * 50
    assert from_worker == from_here


def test_a_service_that_only_reads_answers_beside_a_writer(begin: Callable[..., Service]) -> None:
    writing = begin()
    with httpx2.Client(trust_env=False, timeout=30) as client:
        reading = begin(read_only=True)
        asked = client.post(f"{reading.client.base_url}/sparql", data={"query": "ASK { ?s ?p ?o }"})
    assert asked.json()["boolean"] is True
    assert writing.update("INSERT DATA { <urn:w> <urn:p> 1 }").status_code == 204
    refused = reading.client.post("/update", data={"update": "CLEAR ALL"}, headers=_token())
    assert refused.status_code == 403


def test_a_query_fails_where_no_snapshot_can_be_made(tmp_path: Path) -> None:
    store = worker_store(tmp_path / "store", settings=Settings(query_workers=1))
    in_its_place = tmp_path / "store" / SNAPSHOTS
    in_its_place.write_text("no folder", "ascii")
    failed: list[str] = []

    def ask() -> None:
        try:
            store.answer("ASK {}", [JSON])
        except StoreError as error:
            failed.append(error.text("en"))

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(8)
    assert not asking.is_alive()
    assert SNAPSHOTS in failed[0]
    in_its_place.unlink()
    assert b"".join(store.answer("ASK {}", [JSON]).blocks)
    store.close()


def _token() -> dict[str, str]:
    return {"Authorization": f"Bearer {TOKEN}"}


def test_a_long_text_holds_nobody_up(service: Service) -> None:
    names = " ".join(f"<urn:x{number}>" for number in range(800_000))
    text = f"SELECT ?s {{ VALUES ?s {{ {names} }} ?s <urn:next> ?o }}".encode()
    over, slowest = threading.Event(), 0.0

    def send() -> None:
        head = {"Content-Type": "application/sparql-query", "Accept": CSV}
        with httpx2.Client(base_url=service.client.base_url, trust_env=False) as client:
            answer = client.post("/sparql", content=text, headers=head, timeout=60)
        assert answer.status_code in (200, 504, 507)
        over.set()

    sending = threading.Thread(target=send)
    sending.start()
    while not over.is_set():
        began = time.monotonic()
        assert service.client.get("/health").status_code == 200
        slowest = max(slowest, time.monotonic() - began)
    sending.join()
    assert len(text) > 10_000_000
    assert slowest < 0.5


@pytest.mark.parametrize(
    ("kind", "size"),
    [("application/sparql-query", 16_100_000), ("application/x-www-form-urlencoded", 1_100_000)],
)
def test_a_query_longer_than_anybody_writes_is_refused(
    service: Service, kind: str, size: int
) -> None:
    body = b"query=ASK{}#" + b"x" * size
    answer = service.client.post("/sparql", content=body, headers={"Content-Type": kind})
    assert (answer.status_code, answer.json()["code"]) == (413, "payload-too-large")
