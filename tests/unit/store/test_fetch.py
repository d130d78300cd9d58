"""SERVICE and LOAD, carried out: only loopback is ever a target, and a socket looks on."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx2
import pytest

from kg.errors import QkgError, QueryError, QueryRefusedError
from kg.store import memory_store
from kg.store.fence.fetch import Fetcher, _request

ROWS = '{"head": {"vars": ["x"]}, "results": {"bindings": [%s]}}'
JSON = "application/sparql-results+json"
TURTLE = "text/turtle"


class Server(ThreadingHTTPServer):
    """Gives one answer to everything, and keeps what it was sent."""

    daemon_threads = True

    def __init__(self, status: int, media_type: str, body: str, location: str) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.status, self.media_type, self.body, self.location = status, media_type, body, location
        self.seen: list[tuple[str, str]] = []


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        given = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        self.server.seen.append((self.command, given))
        self.send_response(self.server.status)
        self.send_header("Content-Type", self.server.media_type)
        self.send_header("Location", self.server.location)
        self.send_header("Content-Length", str(len(self.server.body.encode())))
        self.end_headers()
        self.wfile.write(self.server.body.encode())

    def do_POST(self) -> None:
        self.do_GET()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving(
    body: str = "", *, media_type: str = JSON, status: int = 200, location: str = ""
) -> Iterator[Server]:
    server = Server(status, media_type, body, location)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def at(server: Server) -> str:
    return f"http://127.0.0.1:{server.server_port}/"


@contextmanager
def listening() -> Iterator[str]:
    """The address of a socket that must see no packet."""
    with socket.create_server(("127.0.0.1", 0)) as ear:
        ear.settimeout(0.1)
        yield f"http://127.0.0.1:{ear.getsockname()[1]}/"
        with pytest.raises(TimeoutError):
            ear.accept()


def test_a_service_that_is_allowed_gives_its_rows() -> None:
    row = '{"x": {"type": "literal", "value": "质\\"量", "xml:lang": "zh"}}'
    number = '{"x": {"type": "literal", "value": "2", "datatype": "urn:t"}}'
    with serving(ROWS % f"{row}, {number}, {{}}") as server:
        store = memory_store(service_allow=[at(server)])
        query = (
            "PREFIX a: <urn:a:>"
            f"SELECT ?x {{ SERVICE <{at(server)}> {{ ?s a:p ?x FILTER(?x != '}}') }} }}"
        )
        assert {row[0] for row in store.select(query).rows} == {'质"量', "2", None}
        method, sent = server.seen[0]
    text = dict(httpx2.QueryParams(sent))["query"]
    assert method == "POST"
    assert text == "PREFIX a: <urn:a:> SELECT * { ?s a:p ?x FILTER(?x != '}') }"


def test_the_rows_of_a_service_are_joined_with_the_rest() -> None:
    rows = '{"x": {"type": "uri", "value": "urn:a"}}, {"x": {"type": "uri", "value": "urn:b"}}'
    with serving(ROWS % rows) as server:
        store = memory_store(service_allow=[at(server)])
        store.update("INSERT DATA { <urn:b> <urn:p> 1 }")
        query = f"SELECT ?x ?o {{ ?x <urn:p> ?o SERVICE <{at(server)}> {{ ?x ?y ?z }} }}"
        assert store.select(query).rows == (("urn:b", 1),)


def test_a_document_that_is_allowed_is_loaded() -> None:
    with serving("<#a> <urn:p> '质量', [] .", media_type=TURTLE) as server:
        store = memory_store(service_allow=[at(server)])
        store.update(f"CLEAR ALL ; LOAD <{at(server)}> INTO GRAPH <urn:g> ; LOAD <{at(server)}>")
        found = store.select("SELECT ?s { GRAPH <urn:g> { ?s <urn:p> '质量' } }").rows
        assert found == ((f"{at(server)}#a",),)
        assert store.ask("ASK { ?s <urn:p> ?o FILTER(ISBLANK(?o)) }")
        assert [method for method, _ in server.seen] == ["GET", "GET"]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_off_the_list_is_refused_and_not_followed(status: int) -> None:
    with listening() as ear, serving(status=status, location=ear) as server:
        store = memory_store(service_allow=[at(server)])
        with pytest.raises(QueryRefusedError):
            store.select(f"SELECT * {{ SERVICE <{at(server)}> {{ ?s ?p ?o }} }}")
        with pytest.raises(QueryRefusedError):
            store.update(f"LOAD <{at(server)}>")
        silent = f"SELECT ?a {{ VALUES ?a {{ 1 }} SERVICE SILENT <{at(server)}> {{ ?s ?p ?o }} }}"
        assert store.select(silent).rows == ((1,),)


@pytest.mark.parametrize(
    "location",
    [
        "http://private.example/",
        "http://127.0.0.1.private.example/",
        "http://2130706433/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::1]/",
        "http://169.254.169.254/latest/",
        "file:///etc/passwd",
        "//private.example/",
    ],
)
def test_a_redirect_to_what_is_private_is_refused_even_where_all_is_allowed(location: str) -> None:
    with serving(status=302, location=location) as server:
        fetcher = Fetcher([at(server), ""], resolve=lambda host, port: ["10.0.0.1"])
        with pytest.raises(QueryRefusedError):
            fetcher.fetch(at(server), accept=JSON)


def test_a_redirect_that_stays_on_the_list_is_followed() -> None:
    with serving(ROWS % "{}") as goal, serving(status=307, location=at(goal)) as start:
        store = memory_store(service_allow=["http://127.0.0.1"])
        assert store.select(f"SELECT * {{ SERVICE <{at(start)}> {{ ?s ?p ?o }} }}").rows == (
            (None,),
        )
        assert goal.seen[0] == start.seen[0]


def test_redirects_come_to_an_end() -> None:
    with (
        serving(status=302, location="/again") as server,
        pytest.raises(QueryError, match="redirect"),
    ):
        Fetcher([at(server)]).fetch(at(server), accept=JSON)


def test_the_connection_goes_to_the_address_that_was_looked_at() -> None:
    with httpx2.Client() as client:
        url = httpx2.URL("https://a.example:8443/sparql?x=1")
        request = _request(client, url, "2606:4700::1111", accept=JSON, form={"query": "ASK {}"})
    assert str(request.url) == "https://[2606:4700::1111]:8443/sparql?x=1"
    assert request.headers["Host"] == "a.example:8443"
    assert request.extensions["sni_hostname"] == "a.example"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("<html>", 200),
        ("{}", 200),
        ('{"head": {}, "boolean": true}', 200),
        (ROWS % '{"x": {"type": "bnode", "value": "b"}}', 200),
        (ROWS % '{"x": {"type": "uri", "value": "a> } DROP"}}', 200),
        (ROWS % '{"x": {"type": "literal", "value": "a", "xml:lang": "zh } #"}}', 200),
        ('{"head": {"vars": ["x ) { DROP"]}, "results": {"bindings": []}}', 200),
        ("busy", 503),
    ],
)
def test_an_answer_that_cannot_be_used_says_so(body: str, status: int) -> None:
    with serving(body, status=status) as server:
        store = memory_store(service_allow=[at(server)])
        query = "SELECT ?a {{ VALUES ?a {{ 1 }} SERVICE {} <{}> {{ ?s ?p ?o }} }}"
        with pytest.raises(QkgError):
            store.select(query.format("", at(server)))
        assert store.select(query.format("SILENT", at(server))).rows == ((1,),)


def test_an_answer_without_end_is_cut_off() -> None:
    with serving("x" * 5_000) as server, pytest.raises(QueryError, match="more than"):
        Fetcher([at(server)], most_bytes=1_000).fetch(at(server), accept=JSON)


def test_what_is_silent_inside_an_allowed_service_fails_in_silence_there() -> None:
    with listening() as ear, serving(ROWS % "{}") as server:
        store = memory_store(service_allow=[at(server)])
        inner = f"OPTIONAL {{ SERVICE SILENT <{ear}> {{ ?s ?p ?o }} }}"
        query = f"SELECT * {{ SERVICE <{at(server)}> {{ ?s a ?c {inner} }} }}"
        assert store.select(query).rows == ((None,),)
        sent = dict(httpx2.QueryParams(server.seen[0][1]))["query"]
    assert sent == "SELECT * { ?s a ?c OPTIONAL { { } } }"


NESTED = [
    "SELECT * {{ {{ SELECT * {{ SERVICE <{0}> {{ ?s ?p ?o }} }} }} }}",
    "SELECT * {{ SERVICE <{1}> {{ SERVICE <{0}> {{ ?s ?p ?o }} }} }}",
    "SELECT * {{ VALUES ?x {{ <{0}> }} SERVICE ?x {{ ?s ?p ?o }} }}",
    "SELECT * {{ OPTIONAL {{ SERVICE <{0}> {{ ?s ?p ?o }} }} }}",
    "SELECT * {{ FILTER EXISTS {{ SERVICE <{0}> {{ ?s ?p ?o }} }} }}",
    "ASK {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
    "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
    "DESCRIBE ?s {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
]


@pytest.mark.parametrize("query", NESTED)
def test_wherever_a_service_stands_it_reaches_nothing_off_the_list(query: str) -> None:
    with listening() as ear, serving(ROWS % "{}") as server:
        store = memory_store(service_allow=[at(server)])
        with pytest.raises(QueryRefusedError):
            store.answer(query.format(ear, at(server)), [JSON, TURTLE])
        assert server.seen == []


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM <{0}> {{ ?s ?p ?o }}",
        "SELECT * FROM NAMED <{0}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        "SELECT * {{ GRAPH <{0}> {{ ?s ?p ?o }} }}",
    ],
)
def test_the_name_of_a_graph_is_never_fetched(query: str) -> None:
    with listening() as ear:
        assert memory_store(service_allow=[ear]).select(query.format(ear)).rows == ()
