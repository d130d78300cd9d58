"""What HTTP asks of every route, tried on every route of the OpenAPI document."""

import re

import httpx2
import pytest

from kg.store import Body, memory_store
from kg.store.formats import TRIG

from .conftest import Start
from .test_service import DATA

FILLED = {
    "kind": "document",
    "key": "plan",
    "identifier": "none",
    "edge": "a~b~c",
    "path": "here",
    "version": "0",
}
PAGES = ("/", "/docs", "/static/plain.css", "/openapi.json")
CHANGING = {"/metrics"}  # each request is one more


@pytest.fixture(scope="module")
def service(start: Start) -> httpx2.Client:
    store = memory_store()
    store.load_dataset([Body(DATA.encode(), TRIG)])
    return start(store=store, open_writes=True)


@pytest.fixture(scope="module")
def routes(service: httpx2.Client) -> dict[str, set[str]]:
    """Path -> methods, of all routes that are documented."""
    paths = service.get("/openapi.json").json()["paths"]
    found = {path: {name.upper() for name in methods} for path, methods in paths.items()}
    assert len(found) >= 25
    return found


def real(path: str) -> str:
    return re.sub(r"\{(\w+)\}", lambda match: FILLED.get(match[1], "none"), path)


def allowed(routes: dict[str, set[str]], path: str) -> str:
    """Return the Allow of a path: /store/{path} and its like are one path with two templates."""
    methods = set(routes[path])
    return ", ".join(sorted(methods | {"OPTIONS"} | ({"HEAD"} if "GET" in methods else set())))


def test_options_tells_every_method_and_needs_no_token(
    service: httpx2.Client, routes: dict[str, set[str]]
) -> None:
    for path in routes:
        answer = service.options(real(path))
        assert (path, answer.status_code, answer.content) == (path, 204, b"")
        assert (path, answer.headers["allow"]) == (path, allowed(routes, path))
    assert service.options("/nowhere").status_code == 404


@pytest.mark.parametrize("method", ["PATCH", "TRACE", "PROPFIND"])
def test_another_method_is_405_with_all_that_are_allowed(
    service: httpx2.Client, routes: dict[str, set[str]], method: str
) -> None:
    for path in (path for path, methods in routes.items() if method not in methods):
        answer = service.request(method, real(path))
        assert (path, answer.status_code) == (path, 405)
        assert (path, answer.headers["allow"]) == (path, allowed(routes, path))
        assert answer.headers["content-type"] == "application/problem+json"


def test_a_documented_method_that_a_path_has_not_is_405(
    service: httpx2.Client, routes: dict[str, set[str]]
) -> None:
    for path, methods in routes.items():
        for method in {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"} - methods - {"HEAD"}:
            assert (path, service.request(method, real(path)).status_code) == (path, 405)
        if "GET" not in methods:
            assert (path, service.head(real(path)).status_code) == (path, 405)


@pytest.mark.slow
def test_head_is_get_without_the_body(service: httpx2.Client, routes: dict[str, set[str]]) -> None:
    paths = [real(path) for path, methods in routes.items() if "GET" in methods]
    for path in {*paths, *PAGES} - CHANGING:
        get, head = service.get(path), service.head(path)
        assert (path, head.status_code, head.content) == (path, get.status_code, b"")
        for name in ("content-type", "vary", "etag", "cache-control", "content-length"):
            assert (path, name, head.headers.get(name)) == (path, name, get.headers.get(name))


@pytest.mark.parametrize("accept", ["image/x-none", "*/*;q=0", "application/*;q=0, text/*;q=0.0"])
def test_what_a_route_cannot_give_is_406(
    service: httpx2.Client, routes: dict[str, set[str]], accept: str
) -> None:
    paths = [real(path) for path, methods in routes.items() if "GET" in methods]
    for path in (*paths, "/", "/docs"):
        answer = service.get(path, headers={"Accept": accept})
        if service.get(path).status_code == 200:
            assert (path, answer.status_code) == (path, 406)
            assert answer.headers["content-type"] == "application/problem+json"
        assert answer.status_code != 200


@pytest.mark.slow
def test_what_a_client_wants_most_is_what_it_gets(
    service: httpx2.Client, routes: dict[str, set[str]]
) -> None:
    document = service.get("/openapi.json").json()
    chosen = 0
    for path, methods in routes.items():
        if "GET" not in methods or service.get(real(path)).status_code != 200:
            continue
        offers = document["paths"][path]["get"]["responses"]["200"].get("content", {})
        for offer in offers:
            accept = ", ".join([f"{offer};q=0.9", *(f"{o};q=0.2" for o in offers if o != offer)])
            answer = service.get(real(path), headers={"Accept": f"{accept}, */*;q=0.1"})
            if answer.status_code == 406:
                continue  # a result format of SPARQL, where there is no query
            got = answer.headers["content-type"].partition(";")[0]
            assert (path, got in offers) == (path, True)
            chosen += got == offer
    assert chosen >= 30


def test_a_media_type_with_a_parameter_is_asked_for_without(start: Start) -> None:
    empty = start()
    for accept in ("text/csv", "text/*", "text/csv; charset=utf-8"):
        params, headers = {"format": "csv"}, {"Accept": accept}
        assert (accept, empty.get("/api/review", params=params, headers=headers).status_code) == (
            accept,
            200,
        )
        assert (accept, empty.get("/api/review", headers=headers).status_code) == (accept, 200)


def test_an_answer_that_nobody_takes_is_refused_before_anything_is_written(
    service: httpx2.Client,
) -> None:
    sent = service.post(
        "/api/documents",
        files=[("files", ("a.txt", "质量目标。".encode(), "text/plain"))],
        headers={"Accept": "text/csv"},
    )
    assert sent.status_code == 406
    assert "location" not in sent.headers


def test_every_answer_varies_by_what_chooses_it(
    service: httpx2.Client, routes: dict[str, set[str]]
) -> None:
    for path, methods in routes.items():
        if "GET" in methods:
            answer = service.get(real(path))
            varied = {name.strip() for name in answer.headers.get("vary", "").split(",")}
            if "etag" in answer.headers:
                assert (path, {"Accept", "Accept-Language"} <= varied) == (path, True)
            assert "Origin" not in varied


PREFLIGHT = {
    "Origin": "https://elsewhere.example",
    "Access-Control-Request-Headers": "authorization, content-type",
}


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
def test_a_page_of_another_origin_may_ask_without_a_token(start: Start, method: str) -> None:
    closed = start(token="a-token-for-tests")
    asked = {**PREFLIGHT, "Access-Control-Request-Method": method}
    for path in ("/sparql", "/update", "/store", "/api/documents", "/api/running/1"):
        answer = closed.options(path, headers=asked)
        assert (path, answer.status_code) == (path, 200)
        assert answer.headers["access-control-allow-origin"] == "*"
        assert method in answer.headers["access-control-allow-methods"]
        assert "authorization" in answer.headers["access-control-allow-headers"]
        assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.parametrize("path", ["/sparql?query=ASK%20%7B%7D", "/api/gaps", "/nowhere", "/update"])
def test_a_page_of_another_origin_may_read_every_answer(service: httpx2.Client, path: str) -> None:
    for headers in ({}, {"Origin": "https://elsewhere.example", "Cookie": "a=b"}):
        answer = service.get(path, headers=headers)
        assert answer.headers["access-control-allow-origin"] == "*"
        exposed = answer.headers["access-control-expose-headers"]
        assert {"ETag", "Retry-After", "Location"} <= {name.strip() for name in exposed.split(",")}
        assert "access-control-allow-credentials" not in answer.headers
