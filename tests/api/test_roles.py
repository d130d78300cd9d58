"""Every route x every role: who may is answered, who may not is refused, and no route is forgotten."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import httpx2
import pytest
from fastapi.routing import APIRoute

from api.app import create_app
from api.roles import NEEDS, need_of
from kg.access import Role, Tokens
from kg.settings import Settings
from kg.store import memory_store
from tests.api.conftest import Start

# What these are asked is too long for an address.
READS_BY_POST = {
    "/sparql",
    "/api/drawing",
    "/api/names",
    "/api/view",
    "/api/view/{ending}",
    "/api/whatif",
}
REFUSED = (401, 403)


def _flat(given: Iterable[object]) -> Iterator[object]:
    for route in given:
        router = getattr(route, "original_router", None)
        yield from [route] if router is None else _flat(router.routes)


def routes() -> list[str]:
    """Return method and path of every route of the application."""
    app = create_app(Settings(), store=memory_store())
    return sorted(
        f"{method} {route.path}"
        for route in _flat(app.routes)
        if isinstance(route, APIRoute)
        for method in route.methods or ()
    )


ROUTES = routes()


def address(path: str) -> str:
    """Return an address for a path template."""
    return re.sub(r"\{[^}]*\}", "x", path)


def asked(client: httpx2.Client, route: str, token: str = "") -> httpx2.Response:
    """Return the answer to an empty request."""
    method, _, path = route.partition(" ")
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return client.request(method, address(path), content=b"", headers=headers)


def test_every_route_says_which_role_it_needs_and_nothing_else_does() -> None:
    assert sorted(NEEDS) == ROUTES
    assert len(ROUTES) > 70


def test_what_could_write_needs_more_than_reading_and_is_named_here_where_it_only_reads() -> None:
    reading = {route.partition(" ") for route in ROUTES if Role.READ.covers(_role(route))}
    assert {path for method, _, path in reading if method != "GET"} == READS_BY_POST


def _role(route: str) -> Role:
    method, _, path = route.partition(" ")
    return need_of(method, path).role


def test_a_route_that_nobody_declared_is_the_admin_s() -> None:
    assert need_of("POST", "/api/new").role is Role.ADMIN


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def tokens(home: Path) -> dict[Role, str]:
    kept = Tokens(home)
    roles = [role for role in Role if role is not Role.NONE]
    return {Role.NONE: ""} | {role: kept.add(role.value, role).secret for role in roles}


@pytest.fixture(scope="module")
def service(start: Start, home: Path, tokens: dict[Role, str]) -> httpx2.Client:
    return start(home=home)


@pytest.fixture(scope="module")
def closed(start: Start, home: Path, tokens: dict[Role, str]) -> httpx2.Client:
    return start(home=home, reads_need_token=True)


@pytest.mark.slow
@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("route", ROUTES)
def test_who_has_the_role_is_answered_and_who_has_not_is_refused(
    service: httpx2.Client, tokens: dict[Role, str], route: str, role: Role
) -> None:
    needed = _role(route)
    answer = asked(service, route, tokens[role])
    may = role.covers(needed) or needed is Role.READ  # reading is open here
    assert (answer.status_code in REFUSED) is not may
    if not may:
        assert answer.status_code == (401 if role is Role.NONE else 403)
        assert answer.headers["content-type"] == "application/problem+json"
        assert ("www-authenticate" in answer.headers) is (role is Role.NONE)


@pytest.mark.slow
@pytest.mark.parametrize("route", ROUTES)
def test_where_reading_needs_a_token_nobody_reads_without(
    closed: httpx2.Client, tokens: dict[Role, str], route: str
) -> None:
    needed = _role(route)
    answer = asked(closed, route)
    assert (answer.status_code == 401) is (needed is not Role.NONE)
    if needed is Role.READ:
        assert asked(closed, route, tokens[Role.READ]).status_code not in REFUSED


@pytest.mark.parametrize("path", ["/openapi.json", "/nowhere", "/api/nowhere", "/static/a/b"])
def test_what_is_no_route_tells_nothing_either_where_reading_needs_a_token(
    closed: httpx2.Client, path: str
) -> None:
    assert closed.get(path).status_code == 401
    assert closed.head(path).status_code == 401


@pytest.mark.slow
@pytest.mark.parametrize("route", ROUTES)
def test_a_wrong_token_is_told_so_wherever_one_may_matter(
    service: httpx2.Client, route: str
) -> None:
    answer = asked(service, route, "qkg_guess")
    assert (answer.status_code == 401) is (_role(route) is not Role.NONE)


def test_a_browser_is_asked_for_a_token_and_may_read_with_it_but_not_write(
    closed: httpx2.Client, tokens: dict[Role, str]
) -> None:
    page = closed.get("/", headers={"Accept": "text/html"})
    assert page.status_code == 401
    assert 'Basic realm="quality-kg"' in page.headers["www-authenticate"]
    given = ("anybody", tokens[Role.ADMIN])
    assert closed.get("/", auth=given).status_code == 200
    assert closed.post("/update", auth=given, content=b"").status_code == 403
    assert closed.get("/", auth=("anybody", "guess")).status_code == 401


def test_a_token_that_is_revoked_or_new_counts_at_once(service: httpx2.Client, home: Path) -> None:
    issued = Tokens(home).add("passing", Role.WRITE)
    update = {"update": "INSERT DATA { <urn:a> <urn:p> 1 }"}
    headers = {"Authorization": f"Bearer {issued.secret}"}
    assert service.post("/update", data=update, headers=headers).status_code == 204
    Tokens(home).revoke("passing")
    assert service.post("/update", data=update, headers=headers).status_code == 401


def test_a_damaged_file_of_tokens_lets_nobody_in(start: Start, tmp_path: Path) -> None:
    (tmp_path / "tokens.json").write_text("{", "utf-8")
    client = start(home=tmp_path)
    assert client.get("/health").status_code == 200
    assert client.get("/api/documents").status_code == 500


def test_openapi_tells_the_role_of_each_operation(service: httpx2.Client) -> None:
    document = service.get("/openapi.json").json()
    said = {
        f"{method.upper()} {path}": operation
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }
    assert {route: one["x-role"] for route, one in said.items()} == {
        route: _role(route).value for route in said
    }
    assert said["POST /update"]["security"] == [{"token": []}]
    assert said["GET /api/search"]["security"] == [{}, {"token": []}]
    assert document["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
