"""The census of a store: the same as grouped SPARQL counts. The plans are invented."""

from pathlib import Path

import pytest

from bench.generator import generate, generated
from kg.analysis.census import census
from kg.model import Group
from kg.store import Body, formats, memory_store
from tests.grouped_queries import census_by_sparql
from tests.stores import example_store, store_of


def test_the_census_of_the_example_is_what_grouped_queries_count() -> None:
    found = census(example_store())
    assert found == census_by_sparql(example_store())
    assert sum(found.ties.values()) >= 10


@pytest.mark.slow
def test_the_census_of_a_small_nation_is_what_grouped_queries_count(tmp_path: Path) -> None:
    generate(tmp_path, documents=20)
    store = memory_store()
    for part in generated(tmp_path).parts:
        store.load_dataset([Body((tmp_path / part).read_bytes(), formats.N_QUADS)])
    found = census(store)
    assert found == census_by_sparql(store)
    assert {relation for _, relation, _ in found.ties} > {"takesUp", "realises", "ledBy"}


def test_an_empty_store_has_an_empty_census() -> None:
    found = census(memory_store())
    assert (found.counts, found.ties) == ({}, {})


def test_two_areas_of_one_name_are_two_groups() -> None:
    said = """
    @prefix qkg: <https://w3id.org/qualitykg/ns#> .
    @prefix id: <https://w3id.org/qualitykg/id/> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    id:graph\\/a { id:document\\/a a qkg:Document ; qkg:appliesIn id:area\\/a .
      id:area\\/a rdfs:label "青禾县"@zh . }
    id:graph\\/b { id:document\\/b a qkg:Document ; qkg:appliesIn id:area\\/b .
      id:area\\/b rdfs:label "青禾县"@zh . }
    """
    assert len(census(store_of(said)).counts) == 2


def test_what_two_graphs_say_of_one_pair_is_one_relation() -> None:
    said = """
    @prefix qkg: <https://w3id.org/qualitykg/ns#> .
    @prefix id: <https://w3id.org/qualitykg/id/> .
    id:graph\\/a { id:document\\/a a qkg:Document . id:body\\/b a qkg:Department .
      id:task\\/t a qkg:Task ; qkg:statedIn id:document\\/a ; qkg:ledBy id:body\\/b . }
    id:graph\\/b { id:task\\/t qkg:ledBy id:body\\/b . }
    """
    tie = (Group("task", None), "ledBy", Group("department", None))
    assert census(store_of(said)).ties == {tie: 1}
