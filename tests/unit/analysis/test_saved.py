"""Saved queries: their headers, their habits, and what the store says of them."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from rdflib import RDFS, SH, Graph, URIRef
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue

from kg.analysis.executables import QUERY_GRAPH, query_iri, query_quads
from kg.analysis.saved import QUESTIONS, SavedQuery, saved_queries, saved_query
from kg.errors import UnknownQueryError
from kg.store import Body, memory_store
from kg.vocab import PREFIXES


def _nodes(part: Any) -> Iterator[CompValue]:
    if isinstance(part, CompValue):
        yield part
        for value in part.values():
            yield from _nodes(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from _nodes(value)


every = pytest.mark.parametrize("query", saved_queries(), ids=lambda query: query.name)


def test_each_competency_question_is_answered_once() -> None:
    numbers = sorted(query.question for query in saved_queries() if query.question)
    assert numbers == list(range(1, QUESTIONS + 1))


@every
def test_each_row_stands_once_and_in_order(query: SavedQuery) -> None:
    head = next(line for line in query.text.splitlines() if line.startswith("SELECT "))
    assert "ORDER BY" in query.text
    assert head.startswith("SELECT DISTINCT") or "(COUNT(DISTINCT" in head
    assert "COUNT(?" not in query.text
    assert "COUNT(*" not in query.text


@every
def test_no_anti_join_is_written_as_a_filter_and_each_minus_shares_a_variable(
    query: SavedQuery,
) -> None:
    nodes = list(_nodes(prepareQuery(query.text).algebra))
    assert not [node for node in nodes if node.name in {"Builtin_NOTEXISTS", "Builtin_EXISTS"}]
    for node in nodes:
        if node.name == "Minus":
            assert node.p1["_vars"] & node.p2["_vars"], query.text


OPTIONAL = re.compile(r"OPTIONAL \{(?:[^{}]|\{[^{}]*\})*\}")
LABELLED = re.compile(r"OPTIONAL \{ \?(\w+) rdfs:label")


@every
def test_only_what_is_there_is_asked_for_its_name(query: SavedQuery) -> None:
    """An unbound variable in an OPTIONAL of its own takes the name of everything in the store."""
    inside = query.text.partition(" WHERE ")[2]
    bound = set(re.findall(r"\?(\w+)", OPTIONAL.sub("", inside)))
    asked = {name for part in OPTIONAL.findall(inside) for name in LABELLED.findall(part[:60])}
    assert asked <= bound, query.name


def test_a_parameter_takes_another_value() -> None:
    query = saved_query("delayed-by")
    assert dict(query.parameters) == {"measureName": "统一产品质量编码规则"}
    assert 'VALUES ?measureName { "修\\"桥"@zh }' in query.about({"measureName": '修"桥'})
    assert query.about({}) == query.text


def test_an_unknown_query_is_told() -> None:
    with pytest.raises(UnknownQueryError):
        saved_query("none")


def test_editors_find_the_queries_in_the_store() -> None:
    store = memory_store()
    store.replace(QUERY_GRAPH, query_quads())
    found = store.select(
        """PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        SELECT ?query ?comment ?text { ?query a sh:SPARQLExecutable ; rdfs:comment ?comment ;
          sh:select ?text FILTER(LANG(?comment) = "zh") } ORDER BY ?query"""
    )
    assert found.rows == tuple(
        (query_iri(query.name), query.answers.zh, query.text) for query in saved_queries()
    )


def described() -> Graph:
    store = memory_store()
    store.replace(QUERY_GRAPH, query_quads())
    return Graph().parse(b"".join(store.read_graph(QUERY_GRAPH, "text/turtle")), format="turtle")


def test_the_prefixes_that_the_store_tells_are_ours() -> None:
    graph = described()
    declared = {
        str(graph.value(one, SH.prefix)): graph.value(one, SH.namespace)
        for one in graph.objects(None, SH.declare)
    }
    assert {prefix: str(space) for prefix, space in declared.items()} == dict(PREFIXES)
    assert all(str(space.datatype).endswith("#anyURI") for space in declared.values())


def test_a_query_in_the_store_has_names_in_both_languages() -> None:
    graph = described()
    labels = {str(label.language) for label in graph.objects(URIRef(query_iri("due")), RDFS.label)}
    assert labels == {"zh", "en"}


def test_every_saved_query_is_read_by_the_engine() -> None:
    store = memory_store()
    store.load_dataset([Body(query_quads(), "application/n-quads")])
    for query in saved_queries():
        assert store.select(query.text).rows == (), query.name
