"""Provisions and versions in the graph: stable names, places, and what lies in which."""

import re
from dataclasses import replace
from typing import Any

import pytest

from kg import ids, rdf
from kg.store import Body, Store, formats, memory_store
from kg.text.provisions import provisions
from kg.text.segment import segment

PROLOGUE = "PREFIX qkg: <https://w3id.org/qualitykg/ns#> PREFIX eli: <http://data.europa.eu/eli/ontology#> "


def stored(quads: bytes) -> Store:
    store = memory_store()
    store.load_dataset([Body(quads, formats.N_QUADS)])
    return store


@pytest.fixture(scope="module")
def store(example: Any) -> Store:
    return stored(rdf.quads(example.source, example.extraction, example.cleaned))


def rows(store: Store, query: str) -> list[tuple[Any, ...]]:
    return list(store.select(PROLOGUE + query).rows)


def test_a_provision_says_its_number_its_place_and_its_document(store: Store, example: Any) -> None:
    found = rows(
        store,
        "SELECT ?p ?number ?label ?start ?end ?document { ?p a qkg:Provision ; qkg:number ?number ; "
        "rdfs:label ?label ; qkg:start ?start ; qkg:end ?end ; qkg:provisionOf ?document } "
        "ORDER BY ?start".replace("rdfs:label", "<http://www.w3.org/2000/01/rdf-schema#label>"),
    )
    document = ids.iri("document", "plan")
    assert [(row[0], row[1], row[2], row[5]) for row in found] == [
        (ids.provision_iri("plan", "1"), "一、", "一、夯实质量基础", document),
        (ids.provision_iri("plan", "2"), "二、", "二、加强统筹", document),
    ]
    for _, number, _, start, end, _ in found:
        assert example.cleaned.text[start:end].startswith(number)


def test_every_mention_lies_in_the_provision_that_it_names(store: Store) -> None:
    found = rows(
        store,
        "SELECT ?from ?to ?start ?end { ?m qkg:inProvision ?p ; qkg:start ?from ; qkg:end ?to . "
        "?p qkg:start ?start ; qkg:end ?end }",
    )
    assert len(found) > 20
    assert all(start <= first < last <= end for first, last, start, end in found)


def test_a_mention_in_the_preamble_lies_in_no_provision(store: Store) -> None:
    first = rows(store, "SELECT (MIN(?s) AS ?n) { ?p a qkg:Provision ; qkg:start ?s }")[0][0]
    outside = rows(
        store,
        f"SELECT ?p {{ ?m a qkg:Mention ; qkg:start ?s FILTER(?s < {first}) "
        "OPTIONAL { ?m qkg:inProvision ?p } }",
    )
    assert outside
    assert {row[0] for row in outside} == {None}


def test_document_and_provisions_have_one_version_each_and_the_text_is_of_it(
    store: Store, example: Any
) -> None:
    found = dict(rows(store, "SELECT ?of ?version { ?version a qkg:Version ; qkg:versionOf ?of }"))
    assert len(found) == 3
    whole = ids.version_iri("plan", example.cleaned.text)
    assert found[ids.iri("document", "plan")] == whole
    assert rows(store, "SELECT ?v { ?text a qkg:Text ; eli:realizes ?v }") == [(whole,)]
    assert re.search(r"/version/plan\.1\.[0-9a-f]{10}$", found[ids.provision_iri("plan", "1")])


def test_a_changed_word_changes_the_versions_around_it_and_no_other(example: Any) -> None:
    def versions(text: str) -> dict[str, str]:
        extraction = replace(
            example.extraction,
            mentions=(), relations=(), responsibilities=(), document_rules=(), issues=(),
            provisions=provisions(text, segment(text)),
        )  # fmt: skip
        cleaned = replace(example.cleaned, text=text)
        made = stored(rdf.quads(example.source, extraction, cleaned))
        return dict(rows(made, "SELECT ?of ?v { ?v qkg:versionOf ?of }"))

    before = versions(example.cleaned.text)
    after = versions(example.cleaned.text.replace("健全实施评估机制", "完善实施评估机制"))
    assert before.keys() == after.keys()
    changed = {of for of in before if before[of] != after[of]}
    assert changed == {ids.iri("document", "plan"), ids.provision_iri("plan", "2")}
