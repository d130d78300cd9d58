"""A query that would run for ever is ended, and nobody else notices. All queries are invented."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from tests.service.conftest import LIMIT_S, MEMORY_MB, TOKEN, Service, own_mb, processes_below

pytestmark = pytest.mark.slow

PRODUCT = "SELECT (COUNT(*) AS ?n) { ?a <urn:next> ?b . ?c <urn:name> ?d . ?e <urn:size> ?f }"
SORTED = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f"
PATTERNS = """SELECT (COUNT(*) AS ?n) { ?a <urn:name> ?x . ?b <urn:name> ?y . ?c <urn:name> ?z
              FILTER REGEX(CONCAT(?x, ?y, ?z), '(名|称)+9{3}$') }"""
CLOSURE = "SELECT (COUNT(*) AS ?n) { ?a (<urn:next>|^<urn:next>)* ?b . ?b (<urn:next>)* ?c }"
RUNAWAYS = {"product": PRODUCT, "sorted": SORTED, "patterns": PATTERNS, "closure": CLOSURE}
ENDED = {504: "query-timeout", 507: "query-memory"}
SMALL = "SELECT ?o { <urn:n7> <urn:size> ?o }"


@contextmanager
def watched(service: Service) -> Iterator[list[float]]:
    """Note the most memory that any worker has."""
    most, over = [0.0], threading.Event()

    def watch() -> None:
        while not over.wait(0.02):
            sizes = (own_mb(pid) for pid in processes_below(service.process.pid))
            most[0] = max(most[0], *sizes, 0.0)

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        yield most
    finally:
        over.set()
        watching.join()


@pytest.mark.parametrize("kind", RUNAWAYS)
def test_a_runaway_ends_in_time_and_within_its_memory(service: Service, kind: str) -> None:
    with watched(service) as most:
        began = time.monotonic()
        answer = service.ask(RUNAWAYS[kind])
        seconds = time.monotonic() - began
    assert answer.json()["code"] == ENDED[answer.status_code]
    assert seconds < LIMIT_S + 0.5
    assert most[0] < MEMORY_MB * 2


@pytest.mark.parametrize("kind", RUNAWAYS)
def test_others_are_answered_while_one_runs_away(service: Service, kind: str) -> None:
    ended: list[int] = []

    def run() -> None:
        url = f"{service.client.base_url}/sparql"
        with httpx2.Client(trust_env=False, timeout=30) as client:
            ended.append(client.post(url, data={"query": RUNAWAYS[kind]}).status_code)

    running = [threading.Thread(target=run) for _ in range(6)]
    for one in running:
        one.start()
    answered, worst = 0, 0.0
    while any(one.is_alive() for one in running):
        began = time.monotonic()
        assert "7" in service.ask(SMALL, headers={"Accept": "text/csv"}).text
        worst = max(worst, time.monotonic() - began)
        answered += 1
    assert set(ended) <= set(ENDED)
    assert answered >= 5
    assert worst < LIMIT_S


@pytest.mark.parametrize(
    ("query", "hint"),
    [(PRODUCT, "multiply"), (SORTED, "multiply"), (CLOSURE, "path with + or *")],
)
def test_the_message_says_what_to_change(service: Service, query: str, hint: str) -> None:
    answer = service.ask(query, headers={"Accept-Language": "en"})
    assert hint in answer.json()["hint"]
    assert hint in answer.json()["detail"]
    chinese = service.ask(query, headers={"Accept-Language": "zh"}).json()["hint"]
    assert chinese != answer.json()["hint"]


def test_many_runaways_leave_nothing_behind(begin: Callable[..., Service]) -> None:
    service = begin(query_limit_s=0.2)

    def state() -> tuple[int, int, int]:
        service.wait_until_idle()
        time.sleep(0.5)  # the last one's process is collected
        pid = service.process.pid
        files = len(list(Path(f"/proc/{pid}/fd").iterdir()))
        return len(processes_below(pid)), files, len(list(service.home.rglob("*")))

    def run(times: int) -> None:
        for number in range(times):
            query = list(RUNAWAYS.values())[number % len(RUNAWAYS)]
            assert service.ask(query).status_code in ENDED

    run(12)  # what is made once is made
    before, size = state(), own_mb(service.process.pid)
    run(40)
    assert state() == before
    assert own_mb(service.process.pid) < size * 1.05


def test_a_request_may_ask_for_less_time_but_not_for_more(service: Service) -> None:
    for asked, expected in ((0.3, 0.3), (100, LIMIT_S)):
        began = time.monotonic()
        answer = service.ask(PRODUCT, params={"timeout": asked})
        seconds = time.monotonic() - began
        assert answer.status_code == 504
        assert expected <= seconds < expected + 0.5


@pytest.mark.parametrize("asked", ["0", "-1", "soon", "nan", ""])
def test_a_time_that_is_none_is_refused(service: Service, asked: str) -> None:
    answer = service.ask("ASK {}", params={"timeout": asked})
    assert (answer.status_code, answer.json()["code"]) == (400, "payload")


def test_queries_under_way_are_listed_and_can_be_ended(service: Service) -> None:
    answers: list[httpx2.Response] = []
    asking = threading.Thread(target=lambda: answers.append(service.ask(PRODUCT)))
    asking.start()
    until = time.monotonic() + 2
    while not (found := service.running()) and time.monotonic() < until:
        time.sleep(0.01)
    (one,) = found
    assert str(one["text"]).startswith("SELECT (COUNT(*)")
    assert one["client"] == "127.0.0.1"
    path = f"/api/running/{one['id']}"
    assert service.client.delete(path).status_code == 401
    ended = service.client.delete(path, headers={"Authorization": f"Bearer {TOKEN}"})
    asking.join()
    assert ended.json()["id"] == one["id"]
    assert (answers[0].status_code, answers[0].json()["code"]) == (503, "query-cancelled")
    gone = service.client.delete(path, headers={"Authorization": f"Bearer {TOKEN}"})
    assert (gone.status_code, gone.json()["code"]) == (404, "unknown-running")


@pytest.mark.parametrize("query", [PRODUCT, "SELECT * { ?a ?b ?c . ?d ?e ?f }"])
def test_a_query_ends_when_its_client_leaves(service: Service, query: str) -> None:
    service.wait_until_idle()
    url = f"{service.client.base_url}/sparql"
    with (
        httpx2.Client(trust_env=False) as client,
        pytest.raises(httpx2.ReadTimeout),
        client.stream("POST", url, data={"query": query}, timeout=0.5) as answer,
    ):
        next(answer.iter_raw())
        assert len(service.running()) == 1
        message = "leave in the middle"
        raise httpx2.ReadTimeout(message)
    began = time.monotonic()
    service.wait_until_idle()
    assert time.monotonic() - began < 0.5


def test_an_answer_that_is_cut_is_never_taken_for_the_whole(service: Service) -> None:
    for accept in ("text/csv", "application/sparql-results+json", "application/n-triples"):
        form = "CONSTRUCT { ?a ?b ?f }" if "triples" in accept else "SELECT *"
        query = f"{form} {{ ?a ?b ?c . ?d ?e ?f }}"
        with pytest.raises(httpx2.RemoteProtocolError):
            service.ask(query, headers={"Accept": accept})


def test_one_more_than_may_wait_is_told_to_come_back(begin: Callable[..., Service]) -> None:
    service = begin(query_workers=1, query_long=1, query_queue=2)
    answers: list[httpx2.Response] = []
    asking = [
        threading.Thread(target=lambda: answers.append(service.ask(PRODUCT))) for _ in range(12)
    ]
    for one in asking:
        one.start()
    for one in asking:
        one.join()
    refused = [answer for answer in answers if answer.status_code == 503]
    assert refused
    assert {answer.json()["code"] for answer in refused} == {"overloaded"}
    assert all(int(answer.headers["retry-after"]) > 0 for answer in refused)
    assert service.ask(SMALL).status_code == 200
