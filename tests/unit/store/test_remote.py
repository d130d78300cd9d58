"""What the wire does to a remote store: a small server of ours answers as it is told."""

import base64
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kg import errors
from kg.store.port import Dataset
from kg.store.remote.connection import Connection
from kg.store.remote.endpoints import Endpoints
from kg.store.remote.store import RemoteStore

YES = '{"head": {}, "boolean": true}'
JSON = "application/sparql-results+json"


class Server(ThreadingHTTPServer):
    """Gives the prepared answers in turn, the last one for ever, and keeps what it was sent.

    ``headers`` go with every answer; with ``promised`` each says that it is so many bytes longer;
    with ``pause_s`` it comes letter by letter.
    """

    daemon_threads = True

    def __init__(self, *answers: tuple[int, str]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers = list(answers)
        self.seen: list[dict[str, str]] = []
        self.headers: dict[str, str] = {}
        self.promised = 0
        self.pause_s = 0.0


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.server.seen.append({**self.headers, "path": self.path})
        answers = self.server.answers
        status, body = answers.pop(0) if len(answers) > 1 else answers[0]
        self.send_response(status)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        if "Content-Type" not in self.server.headers:
            self.send_header("Content-Type", JSON if status == 200 else "text/plain")
        self.send_header("Content-Length", str(len(body) + self.server.promised))
        self.end_headers()
        for start in range(0, len(body), 1 if self.server.pause_s else len(body)):
            time.sleep(self.server.pause_s)
            self.wfile.write(body[start : start + 1 if self.server.pause_s else None].encode())
            self.wfile.flush()

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


def test_the_pause_that_a_busy_service_asks_for_is_kept() -> None:
    with remote((503, ""), (200, YES)) as (connection, server):
        server.headers = {"Retry-After": "1"}
        began = time.monotonic()
        assert ask(connection)
        assert time.monotonic() - began >= 1


@pytest.mark.parametrize(
    ("headers", "body", "says"),
    [
        ({"Content-Type": "text/html"}, "<html>welcome</html>", "text/html"),
        ({}, "{", "SPARQL results in JSON"),
        ({}, '{"results": []}', "SPARQL results in JSON"),
        ({"X-SPARQL-MaxRows": "1"}, '{"head": {}, "results": {"bindings": [{}]}}', "1 rows"),
    ],
)
def test_an_answer_that_is_no_whole_result_says_what_came(
    headers: dict[str, str], body: str, says: str
) -> None:
    with remote((200, body)) as (connection, server):
        server.headers = headers
        with pytest.raises(errors.StoreError, match=says):
            ask(connection)


def test_an_answer_that_breaks_off_is_an_error() -> None:
    with remote((200, YES)) as (connection, server):
        server.promised = 10
        with pytest.raises(errors.StoreUnavailableError):
            ask(connection)


@pytest.mark.slow
def test_an_answer_that_comes_letter_by_letter_ends_at_the_limit() -> None:
    with remote((200, YES + " " * 40)) as (connection, server):
        server.pause_s = 0.1
        began = time.monotonic()
        with pytest.raises(errors.QueryTimeoutError):
            ask(connection)
        assert time.monotonic() - began < 4


def test_a_service_that_is_ill_is_told_at_the_first_question_and_not_called_faulty() -> None:
    with remote((200, YES + " " * 40)) as (connection, server):
        server.pause_s, connection.limit_s = 0.1, 0.3
        with pytest.raises(errors.QueryTimeoutError):
            _ = RemoteStore(connection).engine
        assert len(server.seen) == 2, "who it is, and the first question"
    with remote((200, "<html>")) as (connection, server):
        with pytest.raises(errors.StoreError, match="query address"):
            _ = RemoteStore(connection).engine
        assert len(server.seen) == 2


def test_a_part_of_a_result_is_a_timeout() -> None:
    with remote((200, YES)) as (connection, server):
        server.headers = {"X-SQL-State": "S1TAT"}
        with pytest.raises(errors.QueryTimeoutError):
            ask(connection)


def test_a_redirect_is_not_followed_and_says_so() -> None:
    with remote((302, "")) as (connection, server):
        server.headers = {"Location": "http://127.0.0.1:9/"}
        with pytest.raises(errors.StoreError, match="sends us elsewhere"):
            ask(connection)


def test_who_is_not_let_in_is_told_what_to_give() -> None:
    with (
        remote((401, "no")) as (connection, _),
        pytest.raises(errors.StoreError, match="QKG_STORE"),
    ):
        ask(connection)


def test_digest_is_given_where_it_is_asked_for() -> None:
    challenge = 'Digest realm="r", nonce="n", qop="auth", algorithm="MD5"'
    with remote((401, ""), (401, ""), (200, YES), user="anna:secret@") as (connection, server):
        server.headers = {"WWW-Authenticate": challenge}
        assert ask(connection)
        kinds = [seen.get("Authorization", "none").split()[0] for seen in server.seen]
        assert kinds == ["Basic", "none", "Digest"]
        assert ask(connection)
        assert server.seen[-1]["Authorization"].startswith("Digest")


@pytest.mark.parametrize(
    ("address", "update", "store"),
    [
        ("http://h:1/query|update|store", "http://h:1/update", "http://h:1/store"),
        ("http://h:1/query", "http://h:1/update", "http://h:1/store"),
        ("http://h/sparql", "http://h/sparql", "http://h/sparql-graph-crud"),
        ("http://h/sparql-auth", "http://h/sparql-auth", "http://h/sparql-graph-crud-auth"),
        ("http://h/ds/query|update|data", "http://h/ds/update", "http://h/ds/data"),
        (
            "https://h/repositories/r",
            "https://h/repositories/r/statements",
            "https://h/repositories/r/rdf-graphs/service",
        ),
        ("http://h/q|http://w:2/u|http://w:2/s", "http://w:2/u", "http://w:2/s"),
    ],
)
def test_the_addresses_of_a_service_are_given_or_follow(
    address: str, update: str, store: str
) -> None:
    found = Endpoints.of(f"sparql+{address}")
    assert (found.update, found.store) == (update, store)
