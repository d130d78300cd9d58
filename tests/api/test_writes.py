"""Who may write."""

import httpx2
import pytest

from kg.store import memory_store

from .conftest import TOKEN, Start

UPDATE = {"update": "INSERT DATA { <urn:a> <urn:p> 1 }"}
BEARER = {"Authorization": f"Bearer {TOKEN}"}
WRITES = [
    ("POST", "/update", "application/sparql-update", b"CLEAR ALL"),
    ("PUT", "/store?default", "text/turtle", b""),
    ("POST", "/store?graph=urn:g", "text/turtle", b""),
    ("DELETE", "/store?default", "text/turtle", b""),
    ("PUT", "/store/here", "text/turtle", b""),
    ("DELETE", "/api/documents/abc", "text/plain", b""),
]


@pytest.fixture(scope="module")
def shut(start: Start) -> httpx2.Client:
    return start()


@pytest.fixture(scope="module")
def guarded(start: Start) -> httpx2.Client:
    return start(token=TOKEN)


@pytest.mark.parametrize(("method", "path", "kind", "body"), WRITES)
def test_nobody_writes_where_no_token_is_set(
    shut: httpx2.Client, method: str, path: str, kind: str, body: bytes
) -> None:
    answer = shut.request(method, path, content=body, headers={"Content-Type": kind})
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize("given", ["Bearer wrong", f"Basic {TOKEN}", f"Bearer {TOKEN}x", "Bearer"])
def test_a_wrong_token_is_refused(guarded: httpx2.Client, given: str) -> None:
    answer = guarded.post("/update", data=UPDATE, headers={"Authorization": given})
    assert answer.status_code == 401
    assert 'error="invalid_token"' in answer.headers["www-authenticate"]


def test_the_token_lets_in(guarded: httpx2.Client) -> None:
    assert guarded.post("/update", data=UPDATE, headers=BEARER).status_code == 204


def test_a_token_may_have_any_letters(start: Start) -> None:
    named = start(token="令牌")
    headers = [(b"Authorization", "Bearer 令牌".encode())]
    assert named.post("/update", data=UPDATE, headers=headers).status_code == 204


def test_a_read_only_service_refuses_the_token_too(start: Start) -> None:
    closed = start(token=TOKEN, read_only=True)
    assert closed.post("/update", data=UPDATE, headers=BEARER).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Host": "evil.example"},
        {"Host": "["},
        {"Origin": "http://["},
        {"X-Forwarded-For": "203.0.113.5"},
    ],
)
def test_open_writes_are_not_open_to_a_page_of_another_place(
    client: httpx2.Client, headers: dict[str, str]
) -> None:
    assert client.post("/update", data=UPDATE, headers=headers).status_code == 401


def test_open_writes_are_open_to_this_machine(client: httpx2.Client) -> None:
    assert client.post("/update", data=UPDATE).status_code == 204


def test_a_body_over_the_limit_is_413_and_nothing_is_written(start: Start) -> None:
    store = memory_store()
    small = start(store=store, open_writes=True, max_body_mb=1)
    line = b"<urn:a> <urn:p> <urn:b> .\n"
    answer = small.put(
        "/store?default",
        content=line * (1_100_000 // len(line)),
        headers={"Content-Type": "text/turtle"},
    )
    assert answer.status_code == 413
    assert not store.ask("ASK { ?s ?p ?o }")


def test_a_put_that_cannot_be_read_leaves_what_was_there(client: httpx2.Client) -> None:
    url, headers = "/store?graph=urn:kept", {"Content-Type": "text/turtle"}
    assert client.put(url, content=b"<urn:a> <urn:p> 1 .", headers=headers).status_code == 201
    assert client.put(url, content=b"<urn:a> <urn:p", headers=headers).status_code == 400
    assert "<urn:p>" in client.get(url).text
    assert client.delete(url).status_code == 204
    assert client.get(url).status_code == 404
