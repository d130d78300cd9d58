"""The whole product on outside engines: one build on each, the same answers as the embedded store."""

from collections.abc import Iterator
from itertools import pairwise

import pytest

from kg import explore
from kg.analysis.census import census
from kg.analysis.project import project
from kg.analysis.saved import SavedQuery, saved_queries
from kg.explore import Within
from kg.rdf.shortcuts import DISAGREEMENTS, REFRESH
from kg.reference import example_plans
from kg.store.formats import N_QUADS
from kg.workspace import Workspace, open_workspace
from tests.grouped_queries import census_by_sparql

RUNS = b"/graph/runs> ."  # tells when each build ran
ENGINES = {
    "oxigraph": "plain_service",
    "oxigraph, union default graph": "union_service",
    "virtuoso": "virtuoso_service",
}


def built(folder: pytest.TempPathFactory, address: str | None) -> Workspace:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("QKG_QUERY_LIMIT_S", "300")  # whatever else the machine is doing
        space = open_workspace(folder.mktemp("product") / "home", store=address, create=True)
    space.store.update("DROP ALL")
    space.load_example()
    outcomes = list(space.build(example_plans()))
    assert [outcome.error for outcome in outcomes] == [None] * 3
    return space


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with built(tmp_path_factory, None) as space:
        yield space


@pytest.fixture(scope="module", params=ENGINES)
def outside(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Workspace]:
    address = request.getfixturevalue(ENGINES[request.param])
    with built(tmp_path_factory, address) as space:
        yield space


def quads(space: Workspace) -> list[bytes]:
    lines = b"".join(space.store.dump(N_QUADS)).splitlines()
    return sorted(line for line in lines if not line.endswith(RUNS))


def test_the_same_triples_are_stored(embedded: Workspace, outside: Workspace) -> None:
    expected = quads(embedded)
    assert quads(outside) == expected
    assert len(expected) > 25_000
    assert outside.store.graphs() == embedded.store.graphs()


def test_the_same_gaps_are_found(embedded: Workspace, outside: Workspace) -> None:
    expected = embedded.gaps()
    assert outside.gaps() == expected
    assert len(expected) > 50


def test_the_same_tables_are_read(embedded: Workspace, outside: Workspace) -> None:
    expected = project(embedded.store).named()
    for name, table in project(outside.store).named().items():
        assert table.to_pylist() == expected[name].to_pylist(), name


def test_the_same_census_is_taken(embedded: Workspace, outside: Workspace) -> None:
    expected = census(embedded.store)
    assert census(outside.store) == expected == census_by_sparql(embedded.store)
    assert len(expected.ties) > 10


@pytest.mark.parametrize("query", saved_queries(), ids=lambda query: query.name)
def test_a_saved_query_has_the_same_rows(
    embedded: Workspace, outside: Workspace, query: SavedQuery
) -> None:
    assert outside.store.select(query.text) == embedded.store.select(query.text)


def test_shortcuts_and_nodes_agree_before_and_after_they_are_refreshed(outside: Workspace) -> None:
    assert outside.store.select(DISAGREEMENTS).rows == ()
    outside.store.update(REFRESH)
    assert outside.store.select(DISAGREEMENTS).rows == ()
    assert outside.refresh_shortcuts() == 0


def test_a_shortcut_that_was_taken_away_is_missed_and_comes_back(
    embedded: Workspace, outside: Workspace
) -> None:
    taken = """PREFIX qkg: <https://w3id.org/qualitykg/ns#>
    DELETE { GRAPH ?g { ?a qkg:ledBy ?b } }
    WHERE { GRAPH ?g { ?n qkg:inRole qkg:lead ; qkg:responsibilityFor ?a ; qkg:heldBy ?b .
      ?a qkg:ledBy ?b } }"""
    counts = []
    for space in (embedded, outside):
        space.store.update(taken)
        counts.append(space.refresh_shortcuts())
        assert space.refresh_shortcuts() == 0
    assert counts[0] == counts[1] > 10


def test_the_explorer_shows_the_same(embedded: Workspace, outside: Workspace) -> None:
    gaps = explore.gap_by_key(embedded.gaps())
    picture = explore.overview(embedded.store, gaps=gaps)
    assert explore.overview(outside.store, gaps=gaps) == picture
    keys = [node.key for node in picture.nodes]
    assert len(keys) > 50
    for key in keys[::12]:
        for depth in (1, 2):
            within = Within(depth=depth, limit=80)
            assert explore.subgraph(outside.store, key, within=within) == explore.subgraph(
                embedded.store, key, within=within
            )
        assert explore.evidence(outside.store, key) == explore.evidence(embedded.store, key)
    assert explore.view(outside.store, keys[:20], limit=20) == explore.view(
        embedded.store, keys[:20], limit=20
    )


def test_the_same_paths_are_found(embedded: Workspace, outside: Workspace) -> None:
    keys = [node.key for node in explore.overview(embedded.store).nodes][4:12]
    found = 0
    for ends in pairwise(keys):
        expected = explore.paths(embedded.store, ends)
        assert explore.paths(outside.store, ends) == expected
        found += len(expected)
    assert found > 3


@pytest.mark.parametrize("words", ["质量", "产业链", "zl", "市场监管", "linjiang"])
def test_a_search_has_the_same_hits(embedded: Workspace, outside: Workspace, words: str) -> None:
    assert explore.search(outside.store, words) == explore.search(embedded.store, words)


def test_documents_issues_and_shapes_are_the_same(embedded: Workspace, outside: Workspace) -> None:
    assert outside.documents() == embedded.documents()
    assert outside.issues() == embedded.issues()
    *messages, total = outside.validate().lines("zh")  # the total counts the runs too
    assert messages == list(embedded.validate().lines("zh"))[:-1]
    assert total.startswith("符合约束")


def test_a_document_goes_with_all_that_it_states_and_comes_back(
    embedded: Workspace, outside: Workspace
) -> None:
    plan = example_plans()[0]
    key = next(one.key for one in embedded.documents() if one.file_name == plan.name)
    before = quads(embedded)
    for space in (embedded, outside):
        space.remove(key)
    assert quads(outside) == quads(embedded) != before
    assert outside.gaps() == embedded.gaps()
    for space in (embedded, outside):
        assert [outcome.status.value for outcome in space.build([plan])] == ["new"]
    assert quads(outside) == quads(embedded) == before
