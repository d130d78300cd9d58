from pathlib import Path

import pytest

from kg.explore import LabelIndex, search
from kg.ids import BASE, graph_iri
from kg.settings import load
from kg.store import memory_store, open_store
from kg.store.port import Store
from tests.names import LABEL, ONE, TYPE, found, named

FOUND = [
    ("产业链全面", "task/chain"),
    ("省市场监管局", "body/market"),  # an alias
    ("scjg", "body/market"),  # initials of its pinyin
    ("质量 工程", "programme/base"),  # all parts, in any place
    ("<img src=x", "task/city"),
    ("质量联席制度", "arrangement/joint"),  # nothing holds it: neighbouring pairs decide
    ("  标准实验室 ", "task/lab"),
    ("YUNLING OUTLINE", "document/outline"),
    ("outl", "document/outline"),  # the beginning of a word
    ("產業鏈全面", "task/chain"),  # Traditional
    ("２０３５", "goal/g35"),  # full width
    ("zljs", "document/outline"),  # 质量建设, in the middle
    ("ylsscjd", "body/market"),
]


@pytest.mark.parametrize(("query", "key"), FOUND)
def test_a_thing_is_found_first_by_part_of_its_name(store: Store, query: str, key: str) -> None:
    assert search(store, query)[0].node.key == key


@pytest.mark.parametrize("query", ["", "   ", "没有这样的名字", "zzzz", "\n"])
def test_what_is_in_no_name_finds_nothing(store: Store, query: str) -> None:
    assert search(store, query) == []


def test_types_and_limit_narrow_the_hits(store: Store) -> None:
    assert len(search(store, "质量", limit=3)) == 3
    assert {hit.node.type for hit in search(store, "质量", types=["goal"])} == {"goal"}


@pytest.mark.parametrize("type_", ["nothing", "goal task", "\x03", '"', "质量", "*"])
def test_what_is_no_type_is_found_nowhere_and_leaves_the_index_whole(
    store: Store, type_: str
) -> None:
    assert search(store, "质量", types=[type_]) == []
    assert search(store, "质量", types=[type_, "goal"]) == search(store, "质量", types=["goal"])


def test_a_thing_with_two_matching_names_is_one_hit(store: Store) -> None:
    found = [hit.node.key for hit in search(store, "市场监")]
    assert found.count("body/market") == 1


def test_a_new_name_is_found_after_the_store_changed(store: Store) -> None:
    assert search(store, "新添的任务") == []
    store.update(
        "PREFIX qkg: <https://w3id.org/qualitykg/ns#> "
        "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> INSERT DATA { "
        "GRAPH <https://w3id.org/qualitykg/id/graph/x> { "
        '<https://w3id.org/qualitykg/id/task/new> a qkg:Task ; rdfs:label "新添的任务"@zh } }'
    )
    assert [hit.node.key for hit in search(store, "新添的任务")] == ["task/new"]


@pytest.mark.parametrize("types", [["nothing"], ['goal" OR "task'], [""], ["=goal"], ["goal "]])
def test_a_type_that_is_none_finds_nothing(store: Store, types: list[str]) -> None:
    assert search(store, "质量", types=types) == []


HOSTILE = [
    '"', "'", '" OR 1', "*", "质*", "NEAR(质 量)", "-质量", "^质量", "=goal", "~zl", "a:b", "{grams}:质",
    "'; DROP TABLE name; --", "%", "_", "\\", "\x00", "质\x00量", "(", ")", "AND", "OR NOT", "?x } #",
    "质" * 200, "a b c d e f g h i j k l m n o p", "<script>", "🙂", "\u202e质量",
]  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE)
def test_whatever_is_typed_is_data(store: Store, query: str) -> None:
    before = [hit.node.key for hit in search(store, "质量", limit=100)]
    assert isinstance(search(store, query), list)
    assert [hit.node.key for hit in search(store, "质量", limit=100)] == before


@pytest.mark.parametrize("query", ["市", "有关", "局", "l", "lj"])
def test_one_character_or_two_are_enough(store: Store, query: str) -> None:
    assert search(store, query)


def test_the_very_name_comes_first_then_beginnings_then_the_rest_each_by_length() -> None:
    names = {
        "a": "提升质量提升能力",
        "b": "质量提升",
        "c": "质量提升行动",
        "d": "开展质量提升",
        "e": "质量提升示范行动",
        "f": "执凌踢申",  # zlts too
    }
    store = memory_store()
    store.replace(ONE, named(ONE, names))
    assert found(LabelIndex(), store, "质量提升") == ["b", "c", "e", "d", "a"]
    assert found(LabelIndex(), store, "zlts")[:2] in (["b", "f"], ["f", "b"])


def test_words_decide_how_a_character_is_read() -> None:
    store = memory_store()
    store.replace(ONE, named(ONE, {"a": "重庆市银行改革", "b": "重点增长"}))
    index = LabelIndex()
    assert found(index, store, "cqsyh") == ["a"]
    assert found(index, store, "zdzz") == ["b"]


def test_only_the_graph_that_was_written_is_read_again(tmp_path: Path) -> None:
    store = open_store(tmp_path / "store", settings=load())
    for number in range(30):
        store.replace(
            graph_iri(f"g{number}"), named(graph_iri(f"g{number}"), {f"t{number}": "建设"})
        )
    read: list[int] = []
    index = LabelIndex(tmp_path / "labels.sqlite", progress=lambda _, total: read.append(total))
    assert len(found(index, store, "建设")) == 30
    assert read[-1] == 31  # the default graph too
    read.clear()
    store.replace(graph_iri("g3"), named(graph_iri("g3"), {"new": "改革"}))
    assert found(index, store, "改革") == ["new"]
    assert read == [1]
    assert "t3" not in found(index, store, "建设")
    read.clear()
    assert found(index, store, "改革") == ["new"]
    assert read == []
    store.update(f'INSERT DATA {{ GRAPH <{ONE}> {{ <{BASE}task/new> <{LABEL}> "新政"@zh }} }}')
    assert found(index, store, "新政") == ["new"]
    assert read[-1] == 2  # that graph, and the default graph, which an update may always touch
    store.remove(graph_iri("g3"))
    assert found(index, store, "改革") == []
    assert found(index, store, "新政") == []  # its type stood in the other graph
    store.close()


def test_what_was_written_while_nobody_searched_is_found_later(tmp_path: Path) -> None:
    read: list[int] = []
    for number in range(3):
        store = open_store(tmp_path / "store", settings=load())
        graph = graph_iri(f"g{number}")
        store.replace(graph, named(graph, {f"t{number}": "建设"}))
        store.close()
        if number == 1:
            continue
        store = open_store(tmp_path / "store", settings=load())
        index = LabelIndex(tmp_path / "labels.sqlite", progress=lambda _, total: read.append(total))
        assert len(found(index, store, "建设")) == number + 1
        index.close()
        store.close()
    assert read == [2, 2, 2, 2]  # both times two graphs: the default one and one, then two new ones


def _deleted(path: Path) -> None:
    path.unlink()


def _broken(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\x00" + b"x" * 5000)


def _nothing(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("harm", [_deleted, _broken, _nothing])
def test_the_file_may_be_lost_at_any_time(tmp_path: Path, harm: object) -> None:
    store, path = memory_store(), tmp_path / "labels.sqlite"
    store.replace(ONE, named(ONE, {"a": "质量提升"}))
    index = LabelIndex(path)
    assert found(index, store, "质量") == ["a"]
    harm(path)  # type: ignore[operator]
    assert found(index, store, "质量") == ["a"]
    index.close()
    assert found(LabelIndex(path), store, "质量") == ["a"]


def test_the_index_of_another_store_is_not_believed(tmp_path: Path) -> None:
    path = tmp_path / "labels.sqlite"
    for folder, name in (("one", "质量提升"), ("two", "标准引领")):
        store = open_store(tmp_path / folder, settings=load())
        store.replace(ONE, named(ONE, {"a": name}))
        index = LabelIndex(path)
        assert [hit.text for hit in index.find(store, "zlts")] == (["质量提升"] * (folder == "one"))
        index.close()
        store.close()


def test_a_folder_that_cannot_be_written_is_no_hindrance(tmp_path: Path) -> None:
    store = memory_store()
    store.replace(ONE, named(ONE, {"a": "质量提升"}))
    assert found(LabelIndex(tmp_path / "nowhere" / "labels.sqlite"), store, "质量") == ["a"]


def test_the_default_graph_is_searched_and_graphs_of_others_are_not() -> None:
    store = memory_store()
    foreign = "http://client.example/graph"
    lines = named(foreign, {"a": "质量提升"})
    store.replace(foreign, lines)
    index = LabelIndex()
    assert found(index, store, "质量") == []
    store.update(
        f'INSERT DATA {{ <{BASE}task/b> <{LABEL}> "质量改进" ; <{TYPE}> '
        "<https://w3id.org/qualitykg/ns#Task> }"
    )
    assert found(index, store, "质量") == ["b"]
