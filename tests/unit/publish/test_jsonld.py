"""The JSON-LD context: one short name a term, and nothing lost by using it."""

import json

import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from kg.publish import compacted, context, context_json
from kg.vocab import NS, Class, Property
from kg.workspace import Workspace

CONTEXT = "http://127.0.0.1/ns/context.jsonld"


def test_every_term_of_the_code_has_its_short_name() -> None:
    made = context()
    for term in (*Class, *Property):
        name = term.removeprefix(NS)
        told = made[name]
        assert f"qkg:{name}" in (told, told.get("@id") if isinstance(told, dict) else None)


def test_the_file_holds_the_context() -> None:
    assert json.loads(context_json())["@context"] == dict(context())


@pytest.mark.filterwarnings("ignore:.*deprecated.*:DeprecationWarning")  # in rdflib's reader
def test_what_is_compacted_is_the_same_graph(space: Workspace) -> None:
    triples = b"".join(space.answer("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", "nt"))
    told = json.loads(compacted(triples, context_url=CONTEXT))
    assert told["@context"] == CONTEXT
    told["@context"] = dict(context())
    read = Graph().parse(data=json.dumps(told), format="json-ld")
    assert isomorphic(read, Graph().parse(data=triples, format="nt"))
    assert len(read) > 5000


def test_a_reader_meets_words_not_addresses(space: Workspace) -> None:
    triples = b"".join(space.answer("CONSTRUCT { ?s ?p ?o } { ?s a qkg:Task ; ?p ?o }", "nt"))
    nodes = json.loads(compacted(triples, context_url=CONTEXT))["@graph"]
    assert {node["@type"] for node in nodes} == {"Task"}
    labels = {node["label"]["zh"] for node in nodes}
    assert any("分级标准" in label for label in labels)


def test_two_names_in_one_language_stay_two() -> None:
    label = "<http://www.w3.org/2000/01/rdf-schema#label>"
    triples = f'<urn:a> {label} "甲"@zh .\n<urn:a> {label} "乙"@zh .\n<urn:a> {label} "A" .\n'
    (told,) = json.loads(compacted(triples.encode(), context_url=CONTEXT))["@graph"]
    assert sorted(told["label"]["zh"]) == ["乙", "甲"]
    assert told["rdfs:label"] == "A"
