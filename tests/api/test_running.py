"""Who sees which queries under way: a query may hold what is nobody else's business."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from kg.settings import Settings
from kg.store.workers import CAN_FORK, worker_store

from .conftest import TOKEN, Start

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not CAN_FORK, reason="no worker processes")]

MINE, THEIRS = {"X-Forwarded-For": "192.0.2.1"}, {"X-Forwarded-For": "192.0.2.2"}
BEARER = {"Authorization": f"Bearer {TOKEN}"}
ENDLESS = "SELECT (COUNT(*) AS ?n) { VALUES ?a { %s } VALUES ?b { %s } VALUES ?c { %s } VALUES ?d { %s } }"


@pytest.fixture(scope="module")
def asked(start: Start, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    """A service behind a proxy on this machine, where 192.0.2.1 waits for an answer."""
    folder: Path = tmp_path_factory.mktemp("store")
    settings = Settings(query_limit_s=20)
    store = worker_store(folder, settings=settings)
    client = start(store=store, token=TOKEN, trusted_proxies=("127.0.0.1",), query_limit_s=20)
    query = ENDLESS.replace("%s", " ".join(str(number) for number in range(300)))
    asking = threading.Thread(target=_ask, args=(client, query))
    asking.start()
    until = time.monotonic() + 10
    while not _seen(client, BEARER):
        assert time.monotonic() < until
        time.sleep(0.05)
    yield client
    for identifier in _seen(client, BEARER):
        client.delete(f"/api/running/{identifier}", headers=BEARER)
    asking.join()


def _ask(client: httpx2.Client, query: str) -> None:
    client.post("/sparql", data={"query": query}, headers=MINE, timeout=30)


def _seen(client: httpx2.Client, headers: dict[str, str]) -> list[str]:
    answer = client.get("/api/running", headers=headers)
    assert answer.status_code == 200
    return [one["id"] for one in answer.json()]


@pytest.mark.parametrize(
    ("headers", "number"),
    [(MINE, 1), (THEIRS, 0), (THEIRS | BEARER, 1)],
    ids=["who asked", "another client", "with the token"],
)
def test_a_query_is_seen_by_whom_it_concerns(
    asked: httpx2.Client, headers: dict[str, str], number: int
) -> None:
    assert len(_seen(asked, headers)) == number


def test_this_machine_sees_all(asked: httpx2.Client) -> None:
    assert len(_seen(asked, {})) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "http://["},
        {"Host": "evil.example"},
        {"Host": "["},
        {"Forwarded": "for=x"},
    ],
)
def test_what_only_seems_to_come_from_this_machine_sees_nothing(
    asked: httpx2.Client, headers: dict[str, str]
) -> None:
    assert _seen(asked, headers) == []


def test_a_query_can_be_ended_on_a_service_that_only_reads(start: Start, tmp_path: Path) -> None:
    worker_store(tmp_path, settings=Settings()).close()
    store = worker_store(tmp_path, settings=Settings(query_limit_s=20), read_only=True)
    client = start(store=store, token=TOKEN, read_only=True, query_limit_s=20)
    query = ENDLESS.replace("%s", " ".join(str(number) for number in range(300)))
    answers: list[httpx2.Response] = []
    asking = threading.Thread(
        target=lambda: answers.append(client.post("/sparql", data={"query": query}, timeout=30))
    )
    asking.start()
    until = time.monotonic() + 10
    while not (found := _seen(client, BEARER)):
        assert time.monotonic() < until
        time.sleep(0.05)
    path = f"/api/running/{found[0]}"
    assert client.delete(path).status_code == 401
    assert client.delete(path, headers={"Authorization": "Bearer no"}).status_code == 401
    assert client.delete(path, headers=BEARER).status_code == 200
    asking.join()
    assert answers[0].json()["code"] == "query-cancelled"
