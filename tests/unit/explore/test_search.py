import pytest

from kg.explore import search
from kg.store.port import Store

FOUND = [
    ("产业链全面", "task/chain"),
    ("省市场监管局", "body/market"),  # an alias
    ("scjg", "body/market"),  # initials of its pinyin
    ("质量 工程", "programme/base"),  # all parts, in any place
    ("<img src=x", "task/city"),
    ("质量联席制度", "arrangement/joint"),  # nothing holds it: neighbouring pairs decide
    ("  标准实验室 ", "task/lab"),
    ("YUNLING OUTLINE", "document/outline"),
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
