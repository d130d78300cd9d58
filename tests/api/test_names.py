"""Every name can be looked up, as a page and as RDF, over a socket."""

import json
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from rdflib import OWL, VOID, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from kg.home import Home
from kg.ids import BASE
from kg.publish import context
from kg.settings import Settings
from kg.store import formats, memory_store
from kg.vocab import NS, PREFIXES
from kg.workspace import Workspace

from .conftest import served

PLAN = """云溪省标准提升行动方案
一、重点任务
（一）制定分级标准。制定重点产品质量分级标准，明确评价方法。（省市场监管局牵头，省财政厅配合）
（二）开展分级评价。在制定分级标准的基础上，开展重点产品质量分级评价。（省商务厅牵头）
（三）办好质量月。办好质量月活动。
本文件为虚构示例。
"""
HTML = "text/html"
MEDIA = (*formats.GRAPHS, HTML)
RDFLIB = {
    formats.TURTLE: "turtle",
    formats.N_TRIPLES: "nt",
    formats.RDF_XML: "xml",
    formats.JSON_LD: "json-ld",
}
LICENCE = "https://example.org/licence"


@pytest.fixture(scope="module")
def space(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("names")
    (folder / "plan.txt").write_text(PLAN, encoding="utf-8")
    home = Home.create(folder / "home")
    settings = Settings(home=home.path, publisher="云溪省质量办（虚构）", licence=LICENCE)
    made = Workspace(home, memory_store(), settings)
    assert [outcome.error for outcome in made.build([folder / "plan.txt"])] == [None]
    return made


@pytest.fixture(scope="module")
def client(space: Workspace) -> Iterator[httpx2.Client]:
    with (
        served(space.settings, space.store) as url,
        httpx2.Client(base_url=url, trust_env=False) as opened,
    ):
        yield opened


@pytest.fixture(scope="module")
def paths(space: Workspace, client: httpx2.Client) -> dict[str, str]:
    """One path for each kind of thing that the graph names, and the routes without a key."""
    rows = space.query(
        f'SELECT DISTINCT ?s {{ ?s ?p ?o FILTER(STRSTARTS(STR(?s), "{BASE}")) }} ORDER BY ?s'
    ).rows
    finding = client.get("/api/gaps").json()["items"][0]["id"]
    graphs = [name for name in space.store.graphs() if name.startswith(BASE)]
    names = [*(str(row[0]) for row in rows), finding, *graphs]
    kinds = {name.removeprefix(BASE).partition("/")[0]: name for name in names}
    found = {kind: f"/id/{name.removeprefix(BASE)}" for kind, name in kinds.items()}
    return found | {"ns": "/ns", "void": "/.well-known/void", "catalog": "/catalog"}


def read(answer: httpx2.Response) -> Graph:
    media_type = answer.headers["content-type"].partition(";")[0]
    text = answer.text
    if media_type == formats.JSON_LD:
        told = json.loads(text)
        assert told["@context"].endswith("/ns/context.jsonld")
        told["@context"] = dict(context())
        text = json.dumps(told)
    return Graph().parse(data=text, format=RDFLIB[media_type])


def test_every_kind_of_thing_is_looked_up(paths: dict[str, str]) -> None:
    wanted = {
        "document",
        "provision",
        "version",
        "text",
        "mention",
        "task",
        "taskGroup",
        "body",
        "responsibility",
    }
    wanted |= {"dependency", "graph", "run", "software", "finding", "area", "policyArea"}
    assert wanted <= set(paths)
    assert len(paths) >= 17


@pytest.mark.parametrize("media_type", MEDIA)
def test_each_name_answers_in_each_media_type(
    client: httpx2.Client, paths: dict[str, str], media_type: str
) -> None:
    for kind, path in paths.items():
        answer = client.get(path, headers={"Accept": media_type})
        assert answer.status_code == 200, (kind, path, answer.text)
        assert answer.headers["content-type"].partition(";")[0] == media_type, kind
        assert "Accept" in answer.headers["vary"], kind
        head = client.head(path, headers={"Accept": media_type})
        assert (head.status_code, head.content) == (200, b""), kind
        assert head.headers["content-type"] == answer.headers["content-type"], kind


def test_what_nobody_offers_is_406(client: httpx2.Client, paths: dict[str, str]) -> None:
    for kind, path in paths.items():
        answer = client.get(path, headers={"Accept": "image/png"})
        assert answer.status_code == 406, kind
        assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.filterwarnings("ignore:.*deprecated.*:DeprecationWarning")  # in rdflib's reader
def test_the_media_types_say_the_same(client: httpx2.Client, paths: dict[str, str]) -> None:
    for kind, path in paths.items():
        if kind in ("ns", "graph", "void"):  # thousands of statements; three of them are enough
            continue
        graphs = [read(client.get(path, headers={"Accept": name})) for name in RDFLIB]
        assert len(graphs[0]) > 0
        assert all(isomorphic(graphs[0], other) for other in graphs[1:]), kind


def test_a_link_may_name_the_format(client: httpx2.Client, paths: dict[str, str]) -> None:
    for word, media_type in (("ttl", formats.TURTLE), ("jsonld", formats.JSON_LD), ("html", HTML)):
        answer = client.get(paths["task"], params={"format": word}, headers={"Accept": "image/png"})
        assert answer.headers["content-type"].startswith(media_type)
    assert client.get(paths["task"], params={"format": "docx"}).status_code == 422


def test_the_description_says_what_it_describes(
    client: httpx2.Client, paths: dict[str, str]
) -> None:
    answer = client.get(paths["body"])
    assert answer.headers["link"] == f'<{BASE}{paths["body"][4:]}>; rel="describes"'


@pytest.mark.parametrize(
    "path", ["/id/body/none", "/id/finding/G01.none", "/ns/0.0.0", "/id/体/无"]
)
def test_an_unknown_name_is_404(client: httpx2.Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_page_shows_label_words_and_links_both_ways(
    client: httpx2.Client, space: Workspace
) -> None:
    rows = space.query("SELECT ?t ?b { ?t qkg:ledBy ?b } ORDER BY ?t LIMIT 1").rows
    task, body = (str(value).removeprefix(BASE) for value in rows[0])
    page = client.get(f"/id/{task}", headers={"Accept": HTML, "Accept-Language": "zh"}).text
    assert "分级" in page
    assert f'href="/id/{body}"' in page
    assert "由…牵头" in page
    back = client.get(f"/id/{body}", headers={"Accept": HTML, "Accept-Language": "en"}).text
    assert f'href="/id/{task}"' in back
    assert "led by" in back
    assert "省市场监管局" in back or "省商务厅" in back


@pytest.fixture
def provision(space: Workspace) -> str:
    ((found,),) = space.query(f'SELECT ?p {{ ?p <{NS}number> "一、（二）" }}').rows
    return f"/id/{str(found).removeprefix(BASE)}"


def test_a_provision_shows_its_words_and_what_it_states(
    client: httpx2.Client, provision: str
) -> None:
    page = client.get(provision, headers={"accept": HTML, "accept-language": "zh"}).text
    assert "一、（二）开展分级评价" in page
    assert (
        "<p>（二）开展分级评价。在制定分级标准的基础上，开展重点产品质量分级评价。（省商务厅牵头）</p>"
        in page
    )
    assert "此条款所述" in page
    assert "云溪省商务厅" in page
    assert "省市场监管局" not in page.partition("此条款所述")[2].partition("图谱对它的陈述")[0]
    whole = client.get(provision.removesuffix("-2"), headers={"accept": HTML}).text
    assert "云溪省市场监督管理局" in whole
    assert "云溪省商务厅" in whole


def test_a_provision_as_rdf_names_what_rests_on_it(client: httpx2.Client, provision: str) -> None:
    graph = read(client.get(provision, headers={"accept": formats.TURTLE}))
    this = URIRef(BASE + provision.removeprefix("/id/"))
    inside = set(graph.subjects(URIRef(f"{NS}inProvision"), this))
    stated = set(graph.subjects(URIRef(f"{NS}evidencedBy"), None))
    assert len(inside) >= 3
    assert any("/responsibility/" in str(thing) for thing in stated)
    assert graph.value(this, URIRef(f"{NS}number")) == Literal("一、（二）")


def test_a_version_is_looked_up_by_its_words(client: httpx2.Client, provision: str) -> None:
    graph = read(client.get(provision, headers={"accept": formats.TURTLE}))
    (version,) = graph.subjects(URIRef(f"{NS}versionOf"), None)
    path = f"/id/{str(version).removeprefix(BASE)}"
    page = client.get(path, headers={"accept": HTML}).text
    assert "开展重点产品质量分级评价" in page
    assert f'href="{provision}"' in page
    assert client.get(path[:-1] + "x", headers={"accept": HTML}).status_code == 404


def test_a_page_shows_the_gaps_of_a_thing(client: httpx2.Client) -> None:
    finding = client.get("/api/gaps").json()["items"][0]
    page = client.get(f"/id/{finding['subjects'][0]['key']}", headers={"Accept": HTML}).text
    path = f"/id/{finding['id'].removeprefix(BASE)}"
    assert f'href="{path}"' in page
    told = client.get(path, headers={"Accept": HTML, "Accept-Language": "zh"}).text
    assert finding["remedy"]["zh"] in told
    rdf = Graph().parse(data=client.get(path).text, format="turtle")
    assert {str(one) for one in rdf.objects(None, None)} >= {f"{NS}{finding['type']}"}


def test_a_term_has_its_place_on_the_page_in_both_languages(client: httpx2.Client) -> None:
    page = client.get("/ns", headers={"Accept": HTML}).text
    for word in ("Task", "ledBy", "lead", "G13"):
        assert f'id="{word}"' in page
    assert "由…牵头" in page
    assert "led by" in page


def test_the_version_of_the_ontology_has_its_name(client: httpx2.Client) -> None:
    turtle = client.get("/ns").text
    ontology = Graph().parse(data=turtle, format="turtle")
    (version,) = (str(value) for value in ontology.objects(predicate=OWL.versionIRI))
    assert client.get(f"/ns/{version.rpartition('/')[2]}").text == turtle


def test_the_context_may_be_read_by_pages_of_any_origin(client: httpx2.Client) -> None:
    answer = client.get("/ns/context.jsonld")
    assert answer.headers["content-type"] == formats.JSON_LD
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.json()["@context"]["ledBy"]["@type"] == "@id"


def test_void_counts_what_queries_count(client: httpx2.Client, space: Workspace) -> None:
    graph = Graph().parse(data=client.get("/.well-known/void").text, format="turtle")
    prefixes = "PREFIX void: <http://rdfs.org/ns/void#> "
    total = int(
        next(
            iter(
                graph.query(
                    f"{prefixes}SELECT ?n {{ ?d void:triples ?n ; void:sparqlEndpoint ?e }}"
                )
            )
        )[0]
    )
    assert total == space.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows[0][0]
    told = {
        str(kind): int(count)
        for kind, count in graph.query(
            f"{prefixes}SELECT ?c ?n {{ ?d void:class ?c ; void:entities ?n }}"
        )
    }
    tasks = space.query("SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a qkg:Task }").rows[0][0]
    assert told[f"{NS}Task"] == tasks
    parts = graph.query(
        f"{prefixes}SELECT (SUM(?n) AS ?all) {{ ?d void:property ?p ; void:triples ?n }}"
    )
    assert int(next(iter(parts))[0]) == total


def test_void_follows_the_store(tmp_path: Path) -> None:
    store = memory_store()
    counts = []
    with served(Settings(home=tmp_path), store) as url:
        for name in ("a", "b"):
            store.update(f"INSERT DATA {{ <urn:{name}> <urn:p> 1 }}")
            text = httpx2.get(f"{url}/.well-known/void", trust_env=False).text
            graph = Graph().parse(data=text, format="turtle")
            counts.append({int(n) for n in graph.objects(predicate=VOID.triples)})
    assert counts == [{1}, {2}]


def test_the_catalogue_names_publisher_licence_and_ways_in(client: httpx2.Client) -> None:
    graph = Graph().parse(data=client.get("/catalog").text, format="turtle")
    found = {str(value) for value in graph.objects()}
    base = str(client.base_url).rstrip("/")
    assert {LICENCE, "云溪省质量办（虚构）", f"{base}/sparql", f"{base}/store"} <= found
    kinds = {str(value) for value in graph.objects() if "dcat#" in str(value)}
    assert {name.rpartition("#")[2] for name in kinds} == {
        *("Catalog", "Dataset", "DataService", "Distribution")
    }


def test_pages_keep_to_the_content_policy(client: httpx2.Client, paths: dict[str, str]) -> None:
    for kind, path in paths.items():
        page = client.get(path, headers={"Accept": HTML}).text
        assert "<script" not in page, kind
        assert " style=" not in page, kind
        assert 'src="http' not in page, kind


def test_prefixes_of_the_page_are_those_of_the_code(client: httpx2.Client) -> None:
    assert PREFIXES["qkg"] in client.get("/ns", headers={"Accept": HTML}).text
