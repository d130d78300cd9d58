"""Generated nations: the same seed the same bytes, gaps as many as planted, texts that say it."""

from collections import Counter
from pathlib import Path

import pytest

from bench.generator import Manifest, generate, generated, plans, quads_of, size_of
from bench.nation import places
from bench.words import Zipf
from kg.analysis.saved import saved_queries, saved_query
from kg.model import Kind, Level
from kg.store import Body, Store, memory_store


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("nation")
    generate(folder, triples=60_000)
    return folder


@pytest.fixture(scope="module")
def manifest(folder: Path) -> Manifest:
    return generated(folder)


@pytest.fixture(scope="module")
def nation(folder: Path, manifest: Manifest) -> Store:
    store = memory_store()
    store.load_dataset(
        [Body((folder / part).read_bytes(), "application/n-quads") for part in manifest.parts]
    )
    return store


def test_a_nation_is_about_as_large_as_asked_for(nation: Store, manifest: Manifest) -> None:
    counted = nation.select("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }").rows[0][0]
    assert manifest.triples == counted
    assert abs(manifest.triples - 60_000) < 6_000


@pytest.mark.parametrize("gap", ["G01", "G02", "G03", "G04", "G05"])
def test_as_many_gaps_are_found_as_were_planted(
    nation: Store, manifest: Manifest, gap: str
) -> None:
    assert manifest.planted[gap] > 0
    assert len(nation.select(saved_query(gap).text).rows) == manifest.planted[gap]


def test_every_graph_is_a_document_or_its_uptake(nation: Store, manifest: Manifest) -> None:
    graphs = nation.graphs()
    own = [graph for graph in graphs if not graph.endswith(".uptake")]
    assert len(own) == manifest.documents
    assert {graph.removesuffix(".uptake") for graph in graphs} == set(own)
    assert len(graphs) == 2 * len(own) - 1  # nothing is above the centre


def test_the_questions_about_one_thing_find_something(nation: Store, manifest: Manifest) -> None:
    asked = [query for query in saved_queries() if query.parameters]
    assert len(asked) >= 4
    for query in asked:
        assert query.parameters.keys() <= manifest.ask.keys()
        assert nation.select(query.about(manifest.ask)).rows, query.name


def test_a_generated_plan_keeps_to_the_shapes() -> None:
    from kg.validate import validate

    plan = list(plans(2))[1]
    own = [line for line in quads_of(plan).splitlines(keepends=True) if b".uptake>" not in line]
    report = validate(b"".join(own))
    assert report.conforms, list(report.lines("en"))


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others() -> None:
    first, again = ([quads_of(plan) for plan in plans(4)] for _ in range(2))
    assert first == again
    assert [quads_of(plan) for plan in plans(4, seed=7)] != first


def test_every_mention_is_in_the_text() -> None:
    for plan in plans(3):
        for mention in plan.extraction.mentions:
            assert mention.span.of(plan.text) == mention.text
        assert {m.kind for m in plan.extraction.mentions} >= {Kind.GOAL, Kind.TASK, Kind.BODY}


def test_a_whole_nation_has_as_many_places_as_china_and_no_name_twice() -> None:
    found = list(places(3165, 42))
    levels = Counter(place.level for place in found)
    assert [levels[level] for level in Level][:4] == [1, 31, 333, 2800]
    assert len({place.name for place in found}) == 3165


def test_few_words_are_frequent_and_most_are_rare() -> None:
    from random import Random

    draw, chance = Zipf(list(range(1000))), Random(1)
    counts = Counter(draw.one(chance) for _ in range(20_000))
    assert counts[0] > 5 * counts[9] > 0
    assert sum(count for word, count in counts.items() if word >= 500) < 2_500
    assert len(Zipf([1, 2]).some(chance, 5)) == 2


def test_sizes_are_read() -> None:
    assert [size_of(words) for words in ("10k", "1m", "30M", "1.5m", "77")] == [
        10_000,
        1_000_000,
        30_000_000,
        1_500_000,
        77,
    ]
