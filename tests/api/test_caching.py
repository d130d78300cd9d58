"""Answers that are still the same: entity tags, 304, and the answers kept in memory."""

from collections.abc import Iterator, Sequence
from typing import Any

import httpx2
import pytest

from api.caching import STORE_ALONE
from api.caching.results import Results, Whole
from api.validators import edition, names_tag, weak_tag
from kg.ids import graph_iri
from kg.settings import Settings
from kg.store import Answer, Store, memory_store

from .conftest import TOKEN, Start

GRAPH = graph_iri("plan")
SELECT = "SELECT ?o { <urn:a> <urn:p> ?o }"
COUNT = {"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"}
CSV = {"Accept": "text/csv"}


class Counting:
    """A store that tells how many queries it has answered; everything is done by the real one."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.answered = 0

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)

    def answer(self, query: str, accept: Sequence[str], **given: Any) -> Answer:
        self.answered += 1
        return self._store.answer(query, accept, **given)


@pytest.fixture(scope="module")
def counted() -> Counting:
    return Counting(memory_store())


@pytest.fixture(scope="module")
def service(start: Start, counted: Counting) -> httpx2.Client:
    return start(store=counted, open_writes=True, token=TOKEN)


@pytest.fixture
def store(counted: Counting) -> Counting:
    counted.answered = 0
    return counted


@pytest.fixture
def client(service: httpx2.Client) -> httpx2.Client:
    """A client of a service whose data have just changed: nothing is kept."""
    assert service.delete("/store", params={"graph": GRAPH}).status_code in (204, 404)
    insert(service, "<urn:a> <urn:p> 'one'")
    return service


def insert(client: httpx2.Client, triples: str) -> None:
    update = f"INSERT DATA {{ GRAPH <{GRAPH}> {{ {triples} }} }}"
    assert client.post("/update", data={"update": update}).status_code == 204


def ask(client: httpx2.Client, text: str = SELECT, **headers: str) -> httpx2.Response:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.get("/sparql", params={"query": text}, headers={**CSV, **names})


def test_an_answer_that_the_client_has_is_304_and_the_query_does_not_run(
    client: httpx2.Client, store: Counting
) -> None:
    first = ask(client)
    assert first.headers["etag"].startswith('W/"')
    assert first.headers["cache-control"] == "no-cache"
    before = store.answered
    again = ask(client, If_None_Match=f'"other", {first.headers["etag"]}')
    assert (again.status_code, again.content, store.answered) == (304, b"", before)
    for name in ("etag", "cache-control", "vary"):
        assert again.headers[name] == first.headers[name]


def test_a_write_is_seen_by_the_next_question(client: httpx2.Client) -> None:
    first = ask(client)
    insert(client, "<urn:a> <urn:p> 'two'")
    again = ask(client, If_None_Match=first.headers["etag"])
    assert again.status_code == 200
    assert again.headers["etag"] != first.headers["etag"]
    assert "two" in again.text
    assert "two" not in first.text


def test_the_same_question_is_answered_once(client: httpx2.Client, store: Counting) -> None:
    texts = {ask(client).text for _ in range(3)}
    assert client.head("/sparql", params={"query": SELECT}, headers=CSV).status_code == 200
    assert client.post("/sparql", data={"query": SELECT}, headers=CSV).text in texts
    direct = {**CSV, "Content-Type": "application/sparql-query"}
    assert client.post("/sparql", content=SELECT.encode(), headers=direct).text in texts
    assert (len(texts), store.answered) == (1, 1)


@pytest.mark.parametrize(
    ("params", "headers"),
    [
        ({"query": SELECT + " "}, CSV),
        ({"query": SELECT}, {"Accept": "application/json"}),
        ({"query": SELECT, "default-graph-uri": "urn:other"}, CSV),
        ({"query": SELECT, "timeout": "5"}, CSV),
        ({"query": SELECT}, {**CSV, "Authorization": f"Bearer {TOKEN}"}),
        ({"query": SELECT}, {**CSV, "Host": "other.example"}),
        ({"query": SELECT}, {**CSV, "Accept-Language": "en"}),
    ],
    ids=["text", "accept", "dataset", "limit", "token", "host", "language"],
)
def test_another_question_is_another_answer(
    client: httpx2.Client, store: Counting, params: dict[str, str], headers: dict[str, str]
) -> None:
    first = ask(client)
    other = client.get("/sparql", params=params, headers=headers)
    assert (other.status_code, store.answered) == (200, 2)
    assert other.headers["etag"] != first.headers["etag"]


def test_what_a_token_may_read_is_for_its_holder_alone(client: httpx2.Client) -> None:
    assert ask(client, Authorization=f"Bearer {TOKEN}").headers["cache-control"] == (
        "private, no-cache"
    )
    assert ask(client).headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (NOW() AS ?x) {}",
        "SELECT (rand() AS ?x) {}",
        "SELECT (STRUUID() AS ?x) {}",
        "SELECT (uuid() AS ?x) {}",
    ],
)
def test_a_query_that_is_never_the_same_twice_is_never_kept(
    client: httpx2.Client, store: Counting, query: str
) -> None:
    first, second = ask(client, query), ask(client, query)
    assert "etag" not in first.headers
    assert first.headers["cache-control"] == "no-store"
    assert first.text != second.text
    assert store.answered == 2


def test_an_error_is_not_kept(client: httpx2.Client, store: Counting) -> None:
    for _ in range(2):
        failed = ask(client, "SELEC")
        assert failed.status_code == 400
        assert "etag" not in failed.headers
        assert failed.headers["cache-control"] == "no-store"


def test_a_long_answer_is_not_kept_and_comes_whole(start: Start) -> None:
    store = Counting(memory_store())
    client = start(store=store, result_cache_answer_kb=2)
    values = " ".join(str(number) for number in range(1000))
    texts = {ask(client, f"SELECT ?n {{ VALUES ?n {{ {values} }} }}").text for _ in range(2)}
    assert [len(text.split()) for text in texts] == [1001]
    assert store.answered == 2
    ask(client), ask(client)
    assert store.answered == 3


def test_nothing_is_kept_where_the_setting_says_so(start: Start) -> None:
    store = Counting(memory_store())
    client = start(store=store, result_cache_mb=0)
    first = ask(client)
    ask(client)
    assert store.answered == 2
    assert ask(client, If_None_Match=first.headers["etag"]).status_code == 304


def test_a_question_that_is_too_long_is_answered_all_the_same(
    client: httpx2.Client, store: Counting
) -> None:
    for _ in range(2):
        long = client.post("/sparql", data={"query": SELECT + " " * 20_000}, headers=CSV)
        assert "one" in long.text
    assert store.answered == 2


@pytest.fixture(scope="module")
def shown(start: Start) -> Iterator[httpx2.Client]:
    yield start()


READ = (
    "/api/gaps",
    "/api/overview",
    "/api/documents",
    "/api/queries",
    "/store",
    "/store?default",
    "/sparql",
    "/ns",
    "/catalog",
    "/.well-known/void",
    "/views/network",
)


@pytest.mark.parametrize("path", READ)
def test_every_reading_route_knows_what_the_client_has(shown: httpx2.Client, path: str) -> None:
    first = shown.get(path)
    assert first.status_code == 200
    again = shown.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert "Accept" in first.headers["vary"]
    head = shown.head(path, headers={"If-None-Match": first.headers["etag"]})
    assert (head.status_code, head.content) == (304, b"")


PASSING = (
    "/",
    "/docs",
    "/health",
    "/metrics",
    "/openapi.json",
    "/ready",
    "/static/{name}",
    "/api/diff",  # which links were cleared, the home says
    "/api/jobs/{identifier}",
    "/api/review",  # the sheet quotes the files that the home keeps
    "/api/running",
    "/api/search",
)


def test_every_route_says_whether_its_answer_depends_on_the_store_alone(
    shown: httpx2.Client,
) -> None:
    paths = shown.get("/openapi.json").json()["paths"]
    reads = [path for path, methods in paths.items() if "get" in methods]
    undecided = [path for path in reads if path not in PASSING and not path.startswith(STORE_ALONE)]
    assert undecided == []
    assert len(reads) >= 25
    assert not [path for path in PASSING if path.startswith(STORE_ALONE)]


@pytest.mark.parametrize("path", ["/health", "/ready", "/openapi.json", "/api/search?q=a"])
def test_what_changes_without_a_write_is_not_stored(shown: httpx2.Client, path: str) -> None:
    answer = shown.get(path)
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers


def test_the_least_used_answers_go_first_and_the_bound_holds() -> None:
    results = Results(most=10_000, each=4_000)
    results.find("1", b"")
    for number in range(20):
        results.keep("1", str(number).encode(), Whole((), b"x" * 1_000))
        results.find("1", b"0")
        assert results.taken <= 10_000
    assert results.find("1", b"0") is not None
    assert results.find("1", b"1") is None
    results.keep("1", b"long", Whole((), b"x" * 4_000))
    assert results.find("1", b"long") is None


def test_an_answer_to_the_data_before_a_write_is_not_kept() -> None:
    results = Results(most=10_000, each=4_000)
    results.find("1", b"q")
    results.find("2", b"q")
    results.keep("1", b"q", Whole((), b"old"))
    assert results.find("2", b"q") is None
    assert results.taken == 0


def test_other_settings_make_another_edition_and_secrets_do_not() -> None:
    plain = edition(Settings())
    assert edition(Settings(page_limit=7)) != plain
    assert edition(Settings(token="s3cret")) == plain


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        (b'W/"6162"', True),
        (b'"6162"', True),
        (b'"x", W/"6162" , "y"', True),
        (b'"61,62"', False),
        (b"6162", False),
        (b"*", False),
        (b"", False),
    ],
)
def test_tags_are_compared_weakly(field: bytes, expected: bool) -> None:
    assert names_tag(field, weak_tag(b"ab")) is expected
