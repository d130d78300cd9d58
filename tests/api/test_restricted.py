"""Every route x what is internal: the answer is that of a service into which it never came.

The oracle is such a service, run beside. Whatever tells of the internal document, be it a word, a
name, a count, a header or a message, makes an answer another one.
"""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import httpx2
import pytest

from api.roles import NEEDS
from kg.access import Internal, Role, Tokens
from kg.analysis.gaps import keep_findings
from kg.home import Home
from kg.ids import graph_iri, iri, key_of
from kg.model import Mark
from kg.settings import load
from kg.store import Store, memory_store, open_store
from kg.workspace import Workspace
from tests.api.conftest import Start
from tests.plans import HIDDEN, PLANS, SECRET

pytestmark = pytest.mark.slow

TODAY = date(2026, 5, 1)
FORM = "application/x-www-form-urlencoded"
COUNTS = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"
WORDS = f'SELECT * {{ ?s ?p ?o FILTER(CONTAINS(STR(?o), "{SECRET}")) }}'
# {doc} {graph} {measure} {body} {finding} {mention}: of the internal document; {public}: another
QUERIES = (
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }",
    COUNTS,
    WORDS,
    "SELECT * { <{document}> ?p ?o }",
    "SELECT * { ?s ?p <{document}> }",
    "SELECT * FROM <{graph}> { ?s ?p ?o }",
    "SELECT * FROM NAMED <{graph}> { GRAPH ?g { ?s ?p ?o } }",
    "SELECT * { GRAPH <{graph}> { ?s ?p ?o } }",
    "SELECT * { <{measure}> (<urn:x>|!<urn:x>)* ?o }",
    "ASK { GRAPH <{graph}> {} }",
    "DESCRIBE <{measure}>",
    "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o FILTER(CONTAINS(STR(?s), '{doc}')) }",
    "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c }",
)
SCOPES = ("", "scope={public}", "scope={doc}", "scope={measure_key}")
ASKED: dict[str, tuple[str, ...]] = {
    "GET /": ("/",),
    "GET /.well-known/void": ("/.well-known/void", "/.well-known/void?format=ttl"),
    "GET /api/aggregate": ("/api/aggregate", "/api/aggregate?level=state"),
    "GET /api/areas": tuple(f"/api/areas?{scope}" for scope in SCOPES),
    "GET /api/chains": (
        "/api/chains",
        "/api/chains?measure={measure_key}",
        "/api/chains?scope={doc}",
    ),
    "GET /api/coordination": tuple(f"/api/coordination?{scope}" for scope in SCOPES),
    "GET /api/dependencies": tuple(f"/api/dependencies?{scope}" for scope in SCOPES),
    "GET /api/diff": (
        "/api/diff?old={doc}&new={public}",
        f"/api/diff?old={HIDDEN}&new=city.txt",
        "/api/diff?old=province.txt&new=city.txt",
    ),
    "GET /api/documents": ("/api/documents", "/api/documents?limit=1"),
    "GET /api/documents/{key}": ("/api/documents/{doc}", "/api/documents/{public}"),
    "GET /api/documents/{key}/text": ("/api/documents/{doc}/text", "/api/documents/{public}/text"),
    "GET /api/edges/{edge:path}": ("/api/edges/{link}", "/api/edges/{duty}"),
    "GET /api/gap-types": ("/api/gap-types",),
    "GET /api/gaps": (
        "/api/gaps",
        "/api/gaps?marks=seen",
        "/api/gaps?scope={doc}",
        "/api/gaps?limit=1",
    ),
    "GET /api/gaps/{identifier:path}": ("/api/gaps/{finding}",),
    "GET /api/jobs/{identifier}": ("/api/jobs/{job}",),
    "GET /api/ledger": ("/api/ledger?format=csv", "/api/ledger?format=xlsx&scope={doc}"),
    "GET /api/nodes/{key:path}": (
        "/api/nodes/{measure_key}",
        "/api/nodes/{body_key}",
        "/api/nodes/document/{doc}",
        "/api/nodes/document/{public}",
    ),
    "GET /api/overview": (
        "/api/overview",
        "/api/overview?document={doc}",
        "/api/overview?layout=1",
    ),
    "GET /api/paths": (
        "/api/paths?from={measure_key}&to={body_key}",
        "/api/paths?from=document/{public}&to={measure_key}",
    ),
    "GET /api/queries": ("/api/queries",),
    "GET /api/reports": (
        "/api/reports?format=md",
        "/api/reports?format=json",
        "/api/reports?format=html",
        "/api/reports?format=xlsx",
        "/api/reports?format=docx",
        "/api/reports?format=md&since=last",
        "/api/reports?format=md&scope={doc}",
        "/api/reports?format=md&body={body_key}",
    ),
    "GET /api/reports/schema": ("/api/reports/schema",),
    "GET /api/review": ("/api/review?format=csv", "/api/review?format=csv&document={doc}"),
    "GET /api/robustness": tuple(f"/api/robustness?{scope}" for scope in SCOPES),
    "GET /api/running": ("/api/running",),
    "GET /api/runs": ("/api/runs",),
    "GET /api/runs/{run}": ("/api/runs/last", "/api/runs/{run}"),
    "GET /api/search": (
        f"/api/search?q={SECRET}",
        "/api/search?q=lumingpt",
        "/api/search?q=lm",
        "/api/search?q=国家质量提升",
        "/api/search?q=提升旅游",
    ),
    "GET /api/subgraph": (
        "/api/subgraph?node={measure_key}",
        "/api/subgraph?node=document/{doc}",
        "/api/subgraph?node=document/{public}&depth=3",
    ),
    "GET /api/supervision": tuple(f"/api/supervision?{scope}" for scope in SCOPES),
    "GET /api/uptake": tuple(f"/api/uptake?{scope}" for scope in SCOPES),
    "GET /api/vocabulary": ("/api/vocabulary",),
    "GET /catalog": ("/catalog", "/catalog?format=ttl"),
    "GET /docs": ("/docs",),
    "GET /documents": ("/documents",),
    "GET /documents/{key}": ("/documents/{doc}", "/documents/{public}"),
    "GET /gaps": ("/gaps", "/gaps?document=document/{doc}", "/gaps?body={body_key}"),
    "GET /id/{kind}/{key:path}": (
        "/id/document/{doc}",
        "/id/{measure_key}",
        "/id/{body_key}",
        "/id/{mention}",
        "/id/finding/{finding}",
        "/id/graph/{doc}",
        "/id/graph/{doc}?format=ttl",
        "/id/graph/decisions?format=nt",
        "/id/text/{doc}?format=ttl",
        "/id/document/{public}?format=ttl",
        "/id/run/{run}",
    ),
    "GET /metrics": ("/metrics",),
    "GET /ns": ("/ns",),
    "GET /ns/context.jsonld": ("/ns/context.jsonld",),
    "GET /ns/{version}": ("/ns/x",),
    "GET /sparql": (
        "/sparql",
        "/sparql?query=SELECT%20*%20%7B%3Fs%20a%20%3Fc%7D%20ORDER%20BY%20%3Fs%20%3Fc",
    ),
    "GET /static/types.css": ("/static/types.css",),
    "GET /static/{name}": ("/static/explorer.css",),
    "GET /store": (
        "/store?graph={graph}",
        "/store?graph={graph}.uptake",
        "/store?default",
        "/store",
    ),
    "GET /store/{path:path}": ("/store/{doc}",),
    "GET /views/network": ("/views/network", "/views/network?node={measure_key}"),
    "GET /views/{name}": (
        "/views/matrix",
        "/views/timeline?scope={doc}",
        "/views/sankey?format=svg",
        "/views/map",
    ),
    "GET /whatif": ("/whatif", "/whatif?body={body_key}"),
    "POST /api/drawing": ('{"rows": 1}',),
    "POST /api/names": ('{"iris": ["{measure}", "{document}", "{body}"]}',),
    "POST /api/view": ('{"keys": ["{measure_key}", "{body_key}", "document/{public}"]}',),
    "POST /api/view/{ending}": ('{"keys": ["{measure_key}", "document/{public}"]}',),
    "POST /api/whatif": (
        '{"changes": [{"change": "remove", "body": "{body_key}"}]}',
        '{"changes": [{"change": "remove", "body": "省教育厅"}]}',
        '{"changes": [{"change": "delay", "measure": "{measure_key}", "year": 2030}]}',
    ),
    "POST /sparql": QUERIES,
}
OPEN = {"GET /health", "GET /ready"}
VOLATILE = (
    (re.compile(r"127\.0\.0\.1:\d+"), "HOST"),
    (re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(\.\d+)?(Z|[+-]\d\d:\d\d)?"), "TIME"),
    (re.compile(r"\d{4}年\d{1,2}月\d{1,2}日 \d\d:\d\d"), "TIME"),
    (re.compile(r"(run/|qualitykg-|id=\")[0-9a-f]{10}"), r"\1KEY"),
)
UNORDERED = ("text/turtle", "application/n-triples", "application/n-quads")
HEADERS = ("content-type", "content-disposition", "link", "x-truncated", "location", "qkg-not-kept")


def read_by(role: Role) -> list[str]:
    """Return the routes that this role needs."""
    return [route for route, need in NEEDS.items() if need.role is role]


def test_every_route_that_is_read_is_asked_here() -> None:
    assert set(read_by(Role.READ)) == set(ASKED)
    assert set(read_by(Role.NONE)) == OPEN


@dataclass(frozen=True, slots=True)
class Two:
    """The service that has an internal document, and the one into which it never came."""

    whole: httpx2.Client
    oracle: httpx2.Client
    names: dict[str, str]
    tokens: dict[str, str]
    space: Workspace


def built(home: Path, store: Store, *names: str) -> Workspace:
    """Return a workspace with these plans."""
    for name in names:
        (home.parent / name).write_text(PLANS[name], "utf-8")
    space = Workspace(Home.create(home), store, load(home=home))
    outcomes = list(space.build([home.parent / name for name in names]))
    assert [one.error for one in outcomes] == [None] * len(names)
    return space


def marked(space: Workspace) -> None:
    """Mark every finding."""
    for finding in space.gaps():
        space.mark_gap(finding.id, Mark.SEEN, note="已核对", today=TODAY)


@pytest.fixture(scope="module", params=["memory", "workers"])
def two(
    request: pytest.FixtureRequest, start: Start, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Two]:
    def store(home: Path) -> Store:
        if request.param == "memory":
            return memory_store()
        return open_store(home / "store", settings=load(home=home), serving=True)

    homes = [tmp_path_factory.mktemp(name) / "home" for name in ("whole", "oracle")]
    for home in homes:
        Home.create(home)
    whole = built(homes[0], store(homes[0]), *PLANS)
    oracle = built(homes[1], store(homes[1]), *(name for name in PLANS if name != HIDDEN))
    for space in (whole, oracle):
        marked(space)
    keep_findings(whole.store, settings=whole.settings)
    tokens = Tokens(homes[0])
    known = {role.value: tokens.add(role.value, role).secret for role in Role if role != "none"}
    known["insider"] = tokens.add("insider", Role.ADMIN, internal=True).secret
    clients = [start(space.store, home=space.home.path) for space in (whole, oracle)]
    names = names_in(whole)
    Internal(homes[0]).restrict([names["doc"]])
    names["job"] = uploaded(clients[0], known["insider"])
    yield Two(clients[0], clients[1], names, known, whole)


def names_in(space: Workspace) -> dict[str, str]:
    """Return what things of the internal document are called, and the key of another."""
    keys = {one.file_name: one.key for one in space.documents()}
    doc = keys[HIDDEN]
    rows = space.query(
        f"SELECT ?measure ?duty ?mention ?body {{ GRAPH <{graph_iri(doc)}> {{ "
        "?duty qkg:responsibilityFor ?measure ; qkg:heldBy ?body ; qkg:evidencedBy ?mention . "
        "?measure rdfs:label ?label . ?body rdfs:label ?name "
        f'FILTER(CONTAINS(?label, "{SECRET}") && CONTAINS(?name, "{SECRET}")) }} }} LIMIT 1'
    ).rows
    assert rows, "the plan says nothing of what it is to say"
    measure, duty, mention, body = (str(value) for value in rows[0])
    finding = next(
        one.id
        for one in space.gaps()
        if any(doc in node.id for node in one.subjects) and SECRET in one.reason.zh
    )
    links = space.query(
        f"SELECT ?link {{ GRAPH <{graph_iri(keys['province.txt'])}.uptake> {{ ?link a qkg:Uptake }} }}"
    ).rows
    return {
        "doc": doc,
        "document": iri("document", doc),
        "graph": graph_iri(doc),
        "public": keys["province.txt"],
        "measure": measure,
        "measure_key": key_of(measure),
        "duty": key_of(duty),
        "body": body,
        "body_key": key_of(body),
        "mention": key_of(mention),
        "finding": key_of(finding).removeprefix("finding/"),
        "link": key_of(str(links[0][0])),
        "run": space.kept_runs()[0].key,
    }


def uploaded(client: httpx2.Client, token: str) -> str:
    """Return the id of the job in which an internal document was sent, once it has ended."""
    headers = {"Authorization": f"Bearer {token}"}
    files = {"files": (f"{SECRET}.txt", PLANS[HIDDEN].replace("纲要", "细则").encode())}
    sent = client.post("/api/documents", files=files, data={"internal": "true"}, headers=headers)
    assert sent.status_code == 202, sent.text
    job = str(sent.json()["id"])
    with client.stream(
        "GET",
        f"/api/jobs/{job}",
        headers={**headers, "Accept": "text/event-stream"},
        timeout=60,
    ) as events:
        assert "done" in list(events.iter_lines())[-2]
    return job


def ask(
    client: httpx2.Client, route: str, asked: str, names: dict[str, str], token: str = ""
) -> httpx2.Response:
    """Return the answer to one of the questions of `ASKED`."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    method, _, path = route.partition(" ")
    given = re.sub(r"\{(\w+)\}", lambda found: names[found[1]], asked)
    if method == "GET":
        return client.get(given, headers=headers, timeout=60)
    if path == "/sparql":
        headers["Accept"] = "application/sparql-results+json, application/n-triples"
        return client.post(path, data={"query": given}, headers=headers, timeout=60)
    headers["Content-Type"] = "application/json"
    return client.post(path.replace("{ending}", "svg"), content=given, headers=headers, timeout=60)


def text_of(answer: httpx2.Response) -> str:
    """Return what an answer says, packed or not."""
    if answer.content[:2] == b"PK":
        packed = zipfile.ZipFile(io.BytesIO(answer.content))
        return "\n".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
    return answer.text


def said(answer: httpx2.Response, route: str) -> object:
    """Return what an answer says that does not hang on the moment."""
    text = text_of(answer)
    for pattern, word in VOLATILE:
        text = pattern.sub(word, text)
    if route == "GET /metrics":
        kept = ("qkg_documents", "qkg_findings", "qkg_clause_coverage")
        text = "\n".join(line for line in text.splitlines() if line.startswith(kept))
    if answer.headers.get("content-type", "").startswith(UNORDERED):
        text = " ".join(sorted(text.split()))
    headers = {name: answer.headers[name] for name in HEADERS if name in answer.headers}
    return answer.status_code, sorted(headers.items()), text


CASES = [(route, asked) for route, questions in ASKED.items() for asked in questions]


@pytest.mark.parametrize(("route", "asked"), CASES)
def test_the_public_is_told_what_it_would_be_told_had_the_document_never_come(
    two: Two, route: str, asked: str
) -> None:
    answer = ask(two.whole, route, asked, two.names)
    oracle = ask(two.oracle, route, asked, two.names)
    assert said(answer, route) == said(oracle, route)
    if SECRET not in asked:
        assert SECRET not in text_of(answer) + str(answer.headers)


@pytest.mark.parametrize("role", [role.value for role in Role if role != "none"])
def test_no_role_alone_shows_more(two: Two, role: str) -> None:
    for route, questions in ASKED.items():
        if route in ("GET /api/running", "GET /metrics"):
            continue
        answer = ask(two.whole, route, questions[0], two.names, two.tokens[role])
        public = ask(two.whole, route, questions[0], two.names)
        assert said(answer, route) == said(public, route), route


def test_who_may_read_internal_documents_sees_it_everywhere(two: Two) -> None:
    token = two.tokens["insider"]
    seen = {
        route
        for route, asked in CASES
        if SECRET in text_of(ask(two.whole, route, asked, two.names, token))
    }
    assert seen >= {
        "GET /api/documents/{key}/text",
        "GET /api/gaps",
        "GET /api/jobs/{identifier}",
        "GET /api/ledger",
        "GET /api/nodes/{key:path}",
        "GET /api/overview",
        "GET /api/reports",
        "GET /api/review",
        "GET /api/search",
        "GET /api/subgraph",
        "GET /id/{kind}/{key:path}",
        "GET /store",
        "GET /views/{name}",
        "GET /views/network",
        "POST /api/view",
        "POST /sparql",
    }


@pytest.mark.parametrize("token", ["review", "write", "admin"])
def test_who_writes_to_what_all_share_must_see_all(two: Two, token: str) -> None:
    headers = {"Authorization": f"Bearer {two.tokens[token]}"}
    for route, need in NEEDS.items():
        method, _, path = route.partition(" ")
        if need.whole:
            address = re.sub(r"\{[^}]*\}", two.names["doc"], path)
            answer = two.whole.request(method, address, content=b"{}", headers=headers)
            assert answer.status_code == 403, route
            assert SECRET not in answer.text


def test_who_cannot_read_internal_documents_cannot_add_one(two: Two) -> None:
    headers = {"Authorization": f"Bearer {two.tokens['write']}"}
    answer = two.whole.post(
        "/api/documents",
        files={"files": ("a.txt", b"a")},
        data={"internal": "true"},
        headers=headers,
    )
    assert answer.status_code == 403


def test_neither_tag_nor_kept_answer_crosses_from_one_to_the_other(two: Two) -> None:
    token = {"Authorization": f"Bearer {two.tokens['insider']}"}
    query = {"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"}
    for _ in range(2):
        inside = two.whole.get("/sparql", params=query, headers=token)
        public = two.whole.get("/sparql", params=query)
        assert inside.text != public.text
        assert inside.headers["etag"] != public.headers["etag"]
    tag = {"If-None-Match": inside.headers["etag"]}
    assert two.whole.get("/sparql", params=query, headers=tag).status_code == 200


def test_who_sees_all_sees_at_once_that_another_marked_a_document(two: Two) -> None:
    token = {"Authorization": f"Bearer {two.tokens['insider']}"}
    path = f"/api/documents/{two.names['public']}"
    for internal in (True, False):
        assert two.whole.get(path, headers=token).json()["internal"] is not internal
        two.space.restrict(two.names["public"], internal=internal)
        assert two.whole.get(path, headers=token).json()["internal"] is internal


def test_opened_and_restricted_again_it_comes_and_goes_without_a_restart(two: Two) -> None:
    doc = two.names["doc"]
    token = {"Authorization": f"Bearer {two.tokens['insider']}"}
    search = {"q": SECRET}
    before = json.dumps(two.whole.get("/api/search", params=search).json())
    path = f"/api/documents/{doc}"
    assert (
        two.whole.patch(path, json={"internal": False}, headers=token).json()["internal"] is False
    )
    assert two.whole.get(path).status_code == 200
    assert SECRET in two.whole.get("/api/search", params=search).text
    assert two.whole.patch(path, json={"internal": True}, headers=token).json()["internal"] is True
    assert two.whole.get(path).status_code == 404
    assert json.dumps(two.whole.get("/api/search", params=search).json()) == before
