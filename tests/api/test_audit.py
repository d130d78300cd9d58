"""Writes are noted with whoever asked for them, refused ones too, and never what was sent."""

import json
from pathlib import Path
from typing import Any

import httpx2
import pytest

from kg.access import Audit, Internal, Role, Tokens
from kg.home import Home
from kg.store import memory_store
from tests.api.conftest import Start
from tests.plans import CITY

UPDATE = {"update": "INSERT DATA { GRAPH <urn:g> { <urn:secret> <urn:p> 1 } }"}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home.create(tmp_path / "home")


@pytest.fixture
def service(start: Start, home: Home) -> httpx2.Client:
    return start(memory_store(), home=home.path)


@pytest.fixture
def writer(home: Home) -> dict[str, str]:
    secret = Tokens(home.path).add("desk", Role.ADMIN, internal=True).secret
    return {"Authorization": f"Bearer {secret}"}


def noted(home: Home) -> list[dict[str, Any]]:
    assert Audit(home.path).broken() == []
    return list(Audit(home.path).lines())


def test_a_write_is_noted_with_who_asked_for_it(
    service: httpx2.Client, home: Home, writer: dict[str, str]
) -> None:
    answer = service.post("/update", data=UPDATE, headers=writer)
    (line,) = noted(home)
    assert line["way"] == "POST /update"
    assert (line["outcome"], line["token"], line["role"]) == ("204", "desk", "admin")
    assert line["client"] == "127.0.0.1"
    assert line["request"] == answer.headers["x-request-id"]
    assert line["what"] == {"graphs": ["default", "urn:g"]}


@pytest.mark.parametrize(
    ("headers", "status"), [({}, "401"), ({"Authorization": "Bearer qkg_guess"}, "401")]
)
def test_a_refused_write_is_noted_too(
    service: httpx2.Client, home: Home, writer: dict[str, str], headers: dict[str, str], status: str
) -> None:
    service.post("/update", data=UPDATE, headers=headers)
    (line,) = noted(home)
    assert (line["outcome"], line["role"]) == (status, "none")
    assert "token" not in line


def test_neither_contents_nor_tokens_are_noted(
    service: httpx2.Client, home: Home, writer: dict[str, str]
) -> None:
    service.post("/update", data=UPDATE, headers=writer)
    service.put("/store?graph=urn:h", content=b"<urn:secret> <urn:p> 2 .", headers=writer)
    service.post("/update", data=UPDATE, headers={"Authorization": "Bearer qkg_guess"})
    held = (home.path / "audit.jsonl").read_text("utf-8")
    assert "secret" not in held
    assert "qkg_" not in held
    assert [line.get("what") for line in noted(home)] == [
        {"graphs": ["default", "urn:g"]},
        {"graph": "urn:h"},
        None,
    ]


def test_reading_is_not_noted(service: httpx2.Client, home: Home) -> None:
    service.get("/api/documents")
    service.post("/sparql", data={"query": "ASK {}"})
    service.post("/api/names", json={"iris": []})
    assert noted(home) == []


@pytest.mark.slow
def test_an_upload_is_noted_when_it_comes_and_when_it_has_ended(
    service: httpx2.Client, home: Home, writer: dict[str, str]
) -> None:
    files = {"files": ("city.txt", CITY.encode())}
    job = service.post("/api/documents", files=files, headers=writer).json()["id"]
    with service.stream(
        "GET", f"/api/jobs/{job}", headers={"Accept": "text/event-stream"}, timeout=60
    ) as events:
        list(events.iter_lines())
    came, ended = noted(home)
    assert came["what"] == {"job": job, "files": 1, "internal": False}
    key = service.get("/api/documents").json()["items"][0]["key"]
    assert ended["way"] == "build"
    assert (ended["outcome"], ended["token"]) == ("done", "desk")
    assert ended["what"] == {"job": job, "new": [key]}
    service.patch(f"/api/documents/{key}", json={"internal": True}, headers=writer)
    service.delete(f"/api/documents/{key}", headers=writer)
    restricted, removed = noted(home)[2:]
    assert restricted["what"] == {"key": key, "internal": True}
    assert removed["what"] == {"key": key}
    assert Internal(home.path).documents() == {key}


def test_what_cannot_be_noted_is_not_said_to_be_done_but_refused_all_the_same(
    service: httpx2.Client, home: Home, writer: dict[str, str]
) -> None:
    (home.path / "audit.jsonl").mkdir()
    assert service.post("/update", data=UPDATE, headers=writer).status_code == 500
    assert service.post("/update", data=UPDATE).status_code == 401


def test_each_line_is_json(service: httpx2.Client, home: Home, writer: dict[str, str]) -> None:
    service.post("/store?graph=urn:%0A%22", content=b"", headers=writer)
    lines = (home.path / "audit.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["what"] for line in lines] == [{"graph": 'urn:\n"'}]
