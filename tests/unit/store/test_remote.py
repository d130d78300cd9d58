"""What the wire does to a remote store: a small server of ours answers as it is told."""

import base64
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kg import errors
from kg.store.connection import Connection, Endpoints
from kg.store.port import Dataset
from kg.store.remote import RemoteStore

YES = '{"head": {}, "boolean": true}'
JSON = "application/sparql-results+json"


class Server(ThreadingHTTPServer):
    """Gives the prepared answers in turn, the last one for ever, and keeps what it was sent."""

    def __init__(self, *answers: tuple[int, str]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers = list(answers)
        self.seen: list[dict[str, str]] = []


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.server.seen.append({**self.headers, "path": self.path})
        answers = self.server.answers
        status, body = answers.pop(0) if len(answers) > 1 else answers[0]
        self.send_response(status)
        self.send_header("Content-Type", JSON if status == 200 else "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def remote(
    *answers: tuple[int, str], user: str = "", token: str | None = None
) -> Iterator[tuple[Connection, Server]]:
    server = Server(*answers)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    address = f"sparql+http://{user}127.0.0.1:{server.server_port}/query|update|store"
    connection = Connection(Endpoints.of(address), limit_s=2, token=token)
    try:
        yield connection, server
    finally:
        connection.client.close()
        server.shutdown()
        thread.join()
        server.server_close()


def ask(connection: Connection) -> bool:
    return bool(connection.json("ASK {}", Dataset())["boolean"])


def test_a_query_is_tried_again_while_the_service_is_busy() -> None:
    with remote((503, ""), (429, ""), (200, YES)) as (connection, server):
        assert ask(connection)
        assert len(server.seen) == 3


def test_an_update_is_sent_once() -> None:
    with remote((503, "busy"), (200, "")) as (connection, server):
        with pytest.raises(errors.QueryError, match="busy"):
            connection.update({"update": "CLEAR ALL"})
        assert len(server.seen) == 1


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (400, errors.MalformedQueryError),
        (401, errors.StoreError),
        (404, errors.StoreError),
        (406, errors.FormatError),
        (500, errors.QueryError),
        (504, errors.QueryTimeoutError),
    ],
)
def test_a_status_has_a_meaning(status: int, expected: type[errors.QkgError]) -> None:
    with remote((status, "why")) as (connection, _), pytest.raises(expected):
        ask(connection)


def test_a_user_is_sent_and_never_shown() -> None:
    with remote((200, YES), user="anna:secret@") as (connection, server):
        ask(connection)
        assert "secret" not in RemoteStore(connection).address
        given = server.seen[0]["Authorization"].removeprefix("Basic ")
        assert base64.b64decode(given) == b"anna:secret"


def test_a_token_is_sent() -> None:
    with remote((200, YES), token="word") as (connection, server):
        ask(connection)
        assert server.seen[0]["Authorization"] == "Bearer word"


def test_a_service_that_is_not_there_says_so() -> None:
    connection = Connection(Endpoints.of("sparql+http://127.0.0.1:9/q|u|s"), limit_s=1)
    with pytest.raises(errors.StoreUnavailableError, match=r"127\.0\.0\.1:9"):
        ask(connection)
    connection.client.close()
