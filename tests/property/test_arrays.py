"""Texts as numbers, their links and their lineage, against what plain Python says."""

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from kg.analysis.arrays import Links, coded, each_once
from kg.analysis.lineage import above

names = st.text("甲乙丙ab𠮷", max_size=3)
pairs = st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), max_size=12)
numbers = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=12)


@given(st.lists(st.lists(st.lists(names, max_size=4), max_size=3), min_size=1, max_size=4))
def test_codes_stand_for_the_texts_in_their_order(columns: list[list[list[str]]]) -> None:
    given_ = [pa.chunked_array(chunks, pa.string()) for chunks in columns]
    texts, codes = coded(given_)
    assert texts.to_pylist() == sorted({text for column in given_ for text in column.to_pylist()})
    for column, places in zip(given_, codes, strict=True):
        assert texts.take(pa.array(places)).to_pylist() == column.to_pylist()


@given(numbers, st.lists(st.integers(0, 7), max_size=8))
def test_links_are_followed_from_each_node(given_: list[tuple[int, int]], nodes: list[int]) -> None:
    found = Links.of(*columns_of(given_)).from_each(columns_of([(n, n) for n in nodes])[0])
    expected = [
        (place, end)
        for place, node in enumerate(nodes)
        for start, end in sorted(set(given_))
        if start == node
    ]
    assert list(zip(*(part.tolist() for part in found), strict=True)) == expected


@given(numbers)
def test_pairs_are_kept_once_and_sorted(given_: list[tuple[int, int]]) -> None:
    found = each_once(*columns_of(given_))
    assert list(zip(*(part.tolist() for part in found), strict=True)) == sorted(set(given_))


def columns_of(rows: list[tuple[int, int]]):  # type: ignore[no-untyped-def]
    table = pa.table({"a": [row[0] for row in rows], "b": [row[1] for row in rows]})
    return [table[name].cast(pa.int64()).to_numpy() for name in ("a", "b")]


@given(pairs)
def test_ancestors_are_those_that_steps_lead_to(parents: list[tuple[str, str]]) -> None:
    named = {name for pair in parents for name in pair} | {"z"}
    steps = {(name, name): 0 for name in named}
    for _ in named:  # shortest ways, a step at a time
        for (element, at), distance in list(steps.items()):
            for child, parent in parents:
                if child == at:
                    known = steps.get((element, parent), distance + 1)
                    steps[element, parent] = min(known, distance + 1)
    table = pa.table(
        {"child": [a for a, _ in parents], "parent": [b for _, b in parents]},
        schema=pa.schema([("child", pa.string()), ("parent", pa.string())]),
    )
    found = above(pa.chunked_array([["z"]]), table)
    rows = [tuple(row.values()) for row in found.to_pylist()]
    expected = [(element, at, distance) for (element, at), distance in steps.items()]
    assert rows == sorted(expected, key=lambda row: (row[0], row[2], row[1]))
