"""Generated nations: the same seed the same bytes, gaps as many as planted, texts that say it."""

from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from bench.counted import COUNTED
from bench.generator import (
    Form,
    Manifest,
    documents_of,
    generate,
    generated,
    plans,
    quads_of,
    size_of,
)
from bench.nation import places
from bench.texts import SORTS, read_back
from bench.words import Zipf
from kg.analysis.gaps import catalogue
from kg.analysis.gaps.findings import hits_of
from kg.analysis.gaps.workbench import Workbench
from kg.analysis.project import project
from kg.analysis.saved import saved_queries, saved_query
from kg.model import Kind, Level
from kg.settings import load
from kg.store import Body, Store, memory_store


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("nation")
    generate(folder, documents=documents_of(60_000))
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


@pytest.fixture(scope="module")
def workbench(nation: Store) -> Workbench:
    return Workbench(project(nation))


@pytest.mark.parametrize("gap", COUNTED)
def test_as_many_gaps_are_found_as_were_planted(
    workbench: Workbench, manifest: Manifest, gap: str
) -> None:
    assert manifest.planted[gap] > 0
    assert len(hits_of(workbench, catalogue()[gap], load())) == manifest.planted[gap]


@pytest.mark.parametrize("gap", ["G01", "G02", "G03", "G04", "G05"])
def test_the_saved_queries_find_as_many_too(nation: Store, manifest: Manifest, gap: str) -> None:
    assert len(nation.select(saved_query(gap).text).rows) == manifest.planted[gap]


def test_the_types_that_are_counted_are_of_the_catalogue() -> None:
    assert len(COUNTED) == 21
    assert catalogue().keys() - set(COUNTED) == {"G12", "G17", "G18", "G22"}


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


def test_the_texts_of_a_nation_lie_in_folders_by_area_and_are_the_same_each_time(
    tmp_path: Path,
) -> None:
    written = []
    for name in ("one", "two"):
        manifest = generate(tmp_path / name, documents=12, form=Form.TEXTS)
        files = sorted((tmp_path / name).rglob("*.txt"))
        assert (len(files), manifest.parts) == (12, ())
        written.append([(file.relative_to(tmp_path / name), file.read_bytes()) for file in files])
    assert written[0] == written[1]
    depths = Counter(len(path.parts) for path, _ in written[0])
    assert sorted(depths) == [1, 2, 3]  # the centre; provinces; prefectures with their counties
    county, text = max(written[0], key=lambda one: len(str(one[0])))
    assert county.parent.name in text.decode().splitlines()[0]  # and its own name behind it


@pytest.mark.slow
def test_the_tables_of_a_nation_are_those_of_the_product(tmp_path: Path) -> None:
    manifest = generate(tmp_path, documents=4, form=Form.TABLES)
    documents = pq.read_table(tmp_path / "tables.parquet" / "documents.parquet")
    assert documents.num_rows == manifest.documents
    store = memory_store()
    bodies = [
        Body((tmp_path / part).read_bytes(), "application/n-quads") for part in manifest.parts
    ]
    store.load_dataset(bodies)
    for name, table in project(store).named().items():
        kept = pq.read_table(tmp_path / "tables.parquet" / f"{name}.parquet")
        assert kept.num_rows == table.num_rows, name


@pytest.mark.slow
def test_what_was_written_comes_back_when_the_texts_are_read() -> None:
    least = {"goal": 0.9, "target": 0.95, "dependency": 0.8}
    found = read_back(20)
    assert found.keys() == SORTS.keys()
    for sort, back in found.items():
        assert back.written > 0, sort
        assert back.recall >= least.get(sort, 0.98), (sort, back)


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
