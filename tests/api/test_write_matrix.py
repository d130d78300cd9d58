"""Every route of the application either only reads or wants the token: none is forgotten."""

import re
from collections.abc import Iterable, Iterator

import httpx2
import pytest
from fastapi.routing import APIRoute

from api.app import create_app
from api.deps import may_end, may_write
from kg.settings import Settings
from kg.store import memory_store

from .conftest import TOKEN, Start

# What these are asked is too long for an address.
READS_BY_POST = {
    "/sparql",
    "/api/drawing",
    "/api/names",
    "/api/view",
    "/api/view/{ending}",
    "/api/whatif",
}


def _flat(given: Iterable[object]) -> Iterator[object]:
    for route in given:
        router = getattr(route, "original_router", None)
        yield from [route] if router is None else _flat(router.routes)


def routes() -> list[tuple[str, str, bool]]:
    """Return method, path and whether the token is wanted, of every route."""
    app = create_app(Settings(), store=memory_store())
    found = []
    for route in _flat(app.routes):
        if isinstance(route, APIRoute):
            guarded = any(one.call in (may_end, may_write) for one in route.dependant.dependencies)
            found += [(method, route.path, guarded) for method in sorted(route.methods or ())]
    return found


ROUTES = routes()
WRITES = [(method, path) for method, path, guarded in ROUTES if guarded]


def test_what_could_write_wants_the_token_and_is_named_here_where_it_only_reads() -> None:
    could = {
        (method, path)
        for method, path, guarded in ROUTES
        if method not in ("GET", "HEAD", "OPTIONS") and not guarded
    }
    assert {path for _, path in could} <= READS_BY_POST
    assert len(WRITES) >= 6


@pytest.fixture(scope="module")
def guarded(start: Start) -> httpx2.Client:
    return start(token=TOKEN)


@pytest.mark.parametrize(("method", "path"), WRITES)
@pytest.mark.parametrize(("given", "status"), [({}, 401), ({"Authorization": "Bearer no"}, 403)])
def test_no_write_goes_without_the_token(
    guarded: httpx2.Client, method: str, path: str, given: dict[str, str], status: int
) -> None:
    address = re.sub(r"\{[^}]*\}", "x", path)
    answer = guarded.request(method, address, headers=given, content=b"x")
    assert answer.status_code == status
