"""The ledger over a real server: out, filled in, back; a wrong one is a problem that names the cell."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from kg.workspace import open_workspace
from tests.api.conftest import TOKEN, Start
from tests.plans import STANDARDS


@pytest.fixture
def client(start: Start, tmp_path: Path) -> Iterator[httpx2.Client]:
    (tmp_path / "plan.txt").write_text(STANDARDS, encoding="utf-8")
    with open_workspace(tmp_path / "home", create=True) as space:
        list(space.build([tmp_path / "plan.txt"]))
        yield start(store=space.store, home=space.home.path, token=TOKEN)


def sent(client: httpx2.Client, text: str, *, token: str = TOKEN) -> httpx2.Response:
    return client.post(
        "/api/ledger",
        files={"file": ("ledger.csv", text.encode())},
        headers={"Authorization": f"Bearer {token}"} if token else {},
    )


def filled(client: httpx2.Client, done: str) -> str:
    text = client.get("/api/ledger", params={"format": "csv"}).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    rows[1][10] = done
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue()


def test_a_ledger_goes_out_and_comes_back(client: httpx2.Client) -> None:
    answer = client.get("/api/ledger")
    assert answer.headers["content-disposition"] == 'attachment; filename="ledger.xlsx"'
    assert answer.content.startswith(b"PK")
    tag = answer.headers["etag"]
    taken = sent(client, filled(client, "40"))
    assert taken.json() == {"changed": 1, "withdrawn": 0, "unchanged": 1, "vanished": []}
    assert ",40," in client.get("/api/ledger", params={"format": "csv"}).text
    assert client.get("/api/ledger", headers={"If-None-Match": tag}).status_code == 200


def test_a_wrong_cell_is_a_problem_and_nothing_is_taken_in(client: httpx2.Client) -> None:
    answer = sent(client, filled(client, "400"))
    assert answer.status_code == 422
    problem = answer.json()
    assert problem["code"] == "sheet"
    assert "csv!K2" in problem["detail"]
    assert ",400," not in client.get("/api/ledger", params={"format": "csv"}).text


@pytest.mark.parametrize("token", ["", "wrong"])
def test_without_the_token_nothing_is_taken_in(client: httpx2.Client, token: str) -> None:
    assert sent(client, filled(client, "40"), token=token).status_code in (401, 403)
