"""What is too long, or from whom nothing is taken, is refused before it is read."""

import socket
from collections.abc import Iterator

import httpx2
import pytest

from .conftest import TOKEN, Start

FORM = "multipart/form-data; boundary=b"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
SENT_BY_FORM = ["/api/documents", "/api/review"]
ASKED_BY_JSON = ["/api/drawing", "/api/names", "/api/view", "/api/whatif"]
HUGE = 9_000_000_000


@pytest.fixture(scope="module")
def guarded(start: Start) -> httpx2.Client:
    return start(token=TOKEN, max_body_mb=1)


def status_of_head(client: httpx2.Client, path: str, headers: dict[str, str]) -> int:
    """Return the status that a POST is given before one byte of its body was sent."""
    lines = [f"POST {path} HTTP/1.1", "Host: localhost", *(f"{k}: {v}" for k, v in headers.items())]
    where = client.base_url
    with socket.create_connection((where.host, where.port), timeout=5) as line:
        line.sendall("\r\n".join([*lines, "", ""]).encode("ascii"))
        return int(line.recv(4096).split()[1])


def blocks(total: int) -> Iterator[bytes]:
    """Yield the beginning of a form, which as JSON is no better, and never its end."""
    yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
    for _ in range(total // 100_000):
        yield b" " * 100_000


@pytest.mark.parametrize("path", SENT_BY_FORM)
@pytest.mark.parametrize(("given", "status"), [({}, 401), ({"Authorization": "Bearer no"}, 401)])
def test_no_file_is_read_of_whom_may_not_write(
    guarded: httpx2.Client, path: str, given: dict[str, str], status: int
) -> None:
    headers = {"Content-Type": FORM, "Content-Length": "100", **given}
    assert status_of_head(guarded, path, headers) == status


@pytest.mark.parametrize(
    ("path", "kind"),
    [*((path, FORM) for path in SENT_BY_FORM), *((p, "application/json") for p in ASKED_BY_JSON)],
)
def test_what_says_that_it_is_too_long_is_not_read(
    guarded: httpx2.Client, path: str, kind: str
) -> None:
    headers = {"Content-Type": kind, "Content-Length": str(HUGE), **BEARER}
    assert status_of_head(guarded, path, headers) == 413


@pytest.mark.parametrize(
    ("path", "kind"),
    [*((path, FORM) for path in SENT_BY_FORM), *((p, "application/json") for p in ASKED_BY_JSON)],
)
def test_what_turns_out_too_long_is_read_no_further(
    guarded: httpx2.Client, path: str, kind: str
) -> None:
    headers = {"Content-Type": kind, **BEARER}
    answer = guarded.post(path, content=blocks(2_000_000), headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (413, "payload-too-large")
