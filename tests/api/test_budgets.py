"""What one client may use in a minute."""

import asyncio
import itertools

import httpx2
import pytest
from starlette.types import Message, Receive, Scope, Send

from api.app import create_app
from api.budgets import Budgets
from kg.settings import Settings
from kg.store import memory_store

from .conftest import TOKEN, Start

PROXY = ("127.0.0.1",)
NUMBERS = itertools.count()
BAD, GOOD = {"query": "SELEC"}, {"query": "ASK {}"}
# long enough to be measured, short enough not to be felt
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?p ?x . ?b ?p ?y . ?c ?p ?z FILTER(?x + ?y + ?z = 7) }"


def from_(host: str, **more: str) -> dict[str, str]:
    return {"X-Forwarded-For": host, **more}


@pytest.fixture(scope="module")
def strict(start: Start) -> httpx2.Client:
    """A service behind a proxy on this machine: three errors a minute."""
    return start(trusted_proxies=PROXY, budget_errors=3, token=TOKEN)


def fresh() -> dict[str, str]:
    """A query that nobody has asked before: what is kept is given to everybody."""
    return {"query": f"ASK {{ <urn:{next(NUMBERS)}> ?p ?o }}"}


def errors_until_refused(client: httpx2.Client, headers: dict[str, str]) -> httpx2.Response:
    for _ in range(3):
        assert client.post("/sparql", data=BAD, headers=headers).status_code == 400
    return client.post("/sparql", data=fresh(), headers=headers)


def test_a_client_that_errs_too_often_is_told_to_wait_and_what_to_do(strict: httpx2.Client) -> None:
    refused = errors_until_refused(strict, from_("192.0.2.1"))
    problem = refused.json()
    assert (refused.status_code, problem["status"], problem["code"]) == (429, 429, "budget-spent")
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert refused.headers["retry-after"] in problem["detail"]
    assert "改正请求" in problem["detail"]
    english = strict.post(
        "/sparql", data=fresh(), headers=from_("192.0.2.1", **{"Accept-Language": "en"})
    )
    assert "mend the request" in english.json()["detail"]
    assert refused.headers["access-control-allow-origin"] == "*"


def test_another_client_is_served_meanwhile(strict: httpx2.Client) -> None:
    assert errors_until_refused(strict, from_("192.0.2.2")).status_code == 429
    assert strict.post("/sparql", data=GOOD, headers=from_("192.0.2.3")).status_code == 200
    assert strict.get("/health", headers=from_("192.0.2.2")).status_code == 200


def test_a_token_has_a_budget_of_its_own_and_a_wrong_one_is_refused(strict: httpx2.Client) -> None:
    here = from_("192.0.2.4")
    assert errors_until_refused(strict, here).status_code == 429
    token = {**here, "Authorization": f"Bearer {TOKEN}"}
    assert strict.post("/sparql", data=fresh(), headers=token).status_code == 200
    guess = {**here, "Authorization": "Bearer guess"}
    assert strict.post("/sparql", data=fresh(), headers=guess).status_code == 401


def test_an_address_that_a_stranger_names_is_not_believed(start: Start) -> None:
    claimed = from_("192.0.2.1")
    for proxies, last in (((), 400), (("192.0.2.0/24",), 400), (PROXY, 429)):
        client = start(budget_errors=1, trusted_proxies=proxies)
        told = [client.post("/sparql", data=BAD, headers=claimed).status_code for _ in range(2)]
        assert (proxies, told) == (proxies, [400, last])


def test_what_is_known_is_given_to_whoever_has_nothing_left(strict: httpx2.Client) -> None:
    known = from_("192.0.2.5")
    assert strict.get("/sparql", params=GOOD, headers=known).status_code == 200
    assert errors_until_refused(strict, known).status_code == 429
    assert strict.get("/sparql", params=GOOD, headers=known).status_code == 200


def test_query_seconds_are_counted(start: Start) -> None:
    store = memory_store()
    store.update("INSERT DATA { " + " ".join(f"<urn:{n}> <urn:p> {n} ." for n in range(60)) + " }")
    client = start(store=store, trusted_proxies=PROXY, budget_query_s=0.001)
    first = client.post("/sparql", data={"query": SLOW}, headers=from_("192.0.2.1"))
    assert first.status_code == 200
    second = client.post("/sparql", data={"query": SLOW + " "}, headers=from_("192.0.2.1"))
    assert second.status_code == 429
    assert "LIMIT" in second.json()["detail"]


APP = create_app(Settings(), store=memory_store())


class Clock:
    """Seconds that pass when the test says so."""

    now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


async def refuses(scope: Scope, receive: Receive, send: Send) -> None:
    """A service that fails, as ASGI."""
    await send({"type": "http.response.start", "status": 404, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def status_of(service: Budgets, host: str, *, path: str = "/sparql", method: str = "GET") -> int:
    told: list[Message] = []

    async def send(message: Message) -> None:
        told.append(message)

    async def receive() -> Message:
        return {"type": "http.request", "body": b""}

    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": b"lang=en",
        "headers": [],
        "client": (host, 1),
        "app": APP,
    }
    asyncio.run(service(scope, receive, send))
    return int(told[0]["status"])


def test_a_minute_later_the_budget_is_whole_again() -> None:
    clock = Clock()
    service = Budgets(refuses, settings=Settings(budget_errors=2), timer=clock)
    assert [status_of(service, "192.0.2.1") for _ in range(3)] == [404, 404, 429]
    clock.now_s = 59.0
    assert status_of(service, "192.0.2.1") == 429
    clock.now_s = 61.0
    assert status_of(service, "192.0.2.1") == 404


@pytest.mark.parametrize(
    ("host", "settings", "path"),
    [
        ("127.0.0.1", Settings(budget_errors=1), "/sparql"),
        ("::1", Settings(budget_errors=1), "/sparql"),
        ("192.0.2.1", Settings(budget_errors=0, budget_query_s=0), "/sparql"),
        ("192.0.2.1", Settings(budget_errors=0), "/sparql"),
        ("192.0.2.1", Settings(budget_errors=1), "/health"),
        ("192.0.2.1", Settings(budget_errors=1), "/api/jobs/1"),
    ],
)
def test_nothing_is_counted_where_there_is_no_bound(
    host: str, settings: Settings, path: str
) -> None:
    service = Budgets(refuses, settings=settings)
    assert {status_of(service, host, path=path) for _ in range(5)} == {404}


def test_loading_data_takes_no_query_seconds() -> None:
    service = Budgets(refuses, settings=Settings(budget_query_s=1e-9, budget_errors=0))
    assert {status_of(service, "192.0.2.1", path="/store", method="PUT") for _ in range(3)} == {404}
    assert [status_of(service, "192.0.2.1", path="/store") for _ in range(2)] == [404, 429]
