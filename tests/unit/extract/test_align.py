"""Likeness of units, what is a unit, and what a clause says that it takes up. Texts are invented."""

import math
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.align import Alignment, Element, Unit, align, citations, nearest, units_of

TITLES = ("提升旅游服务质量", "建立追溯制度", "培育农产品品牌", "压减检查频次", "健全数据目录")
titles = st.text("提升质量服务品牌检查制度", min_size=1, max_size=8)
units = st.lists(
    st.builds(Unit, st.uuids().map(str), titles, st.lists(titles, max_size=3).map(tuple)),
    max_size=5,
)


def every(lower: list[Unit], upper: list[Unit]) -> dict[tuple[str, str], float]:
    """Return how alike each pair is that shares anything."""
    found = align(lower, upper, threshold=1e-9, candidates=0)
    return {(one.lower, one.upper): one.score for one in found.links}


def plain(lower: list[Unit], upper: list[Unit]) -> dict[tuple[str, str], float]:
    """Return the same by the textbook: two cosines of sublinear TF-IDF, and their mean."""

    def vectors(texts: list[str]) -> list[dict[str, float]]:
        counts = [
            Counter(text[i : i + n] for n in (1, 2, 3) for i in range(len(text) - n + 1))
            for text in ("".join(text.split()) for text in texts)
        ]
        within = Counter(gram for count in counts for gram in count)
        weigh = {gram: 1 + math.log((1 + len(texts)) / (1 + n)) for gram, n in within.items()}
        made = [{g: (1 + math.log(n)) * weigh[g] for g, n in count.items()} for count in counts]
        lengths = [math.sqrt(sum(v * v for v in one.values())) for one in made]
        return [
            {g: v / length for g, v in one.items()}
            for one, length in zip(made, lengths, strict=True)
        ]

    both = [*lower, *upper]
    tables = (
        vectors([unit.title for unit in both]),
        vectors(["\n".join((unit.title, *unit.below)) for unit in both]),
    )
    return {
        (one.id, other.id): sum(
            sum(v * table[len(lower) + j].get(g, 0.0) for g, v in table[i].items())
            for table in tables
        )
        / 2
        for i, one in enumerate(lower)
        for j, other in enumerate(upper)
    }


@given(units, units)
def test_likeness_is_what_the_textbook_says(lower: list[Unit], upper: list[Unit]) -> None:
    found, expected = every(lower, upper), plain(lower, upper)
    assert all(
        found.get(pair, 0.0) == pytest.approx(score, abs=1e-4) for pair, score in expected.items()
    )
    assert found.keys() <= expected.keys()


@given(units, units)
def test_likeness_is_the_same_both_ways(one: list[Unit], other: list[Unit]) -> None:
    there = every(one, other)
    back = every(other, one)
    assert there == {(lower, upper): back[upper, lower] for lower, upper in there}


@given(units, units)
def test_each_unit_is_linked_or_has_at_most_three_candidates(
    lower: list[Unit], upper: list[Unit]
) -> None:
    found = align(lower, upper, threshold=0.5, candidates=3)
    linked = {pair.lower for pair in found.links}
    assert all(pair.score >= 0.5 for pair in found.links)
    assert all(pair.score < 0.5 and pair.lower not in linked for pair in found.candidates)
    assert max(Counter(pair.lower for pair in found.candidates).values(), default=0) <= 3


def test_a_table_of_many_rows_is_done_in_parts() -> None:
    many = [Unit(f"l{n}", TITLES[n % 5]) for n in range(700)]
    upper = [Unit(f"u{n}", title) for n, title in enumerate(TITLES)]
    found = align(many, upper, threshold=0.9, candidates=0)
    assert [(one.lower, one.upper) for one in found.links] == [
        (f"l{n}", f"u{n % 5}") for n in range(700)
    ]


def test_nothing_is_like_nothing() -> None:
    assert align([], [Unit("u", "品牌")], threshold=0.5, candidates=3) == Alignment()
    assert align([Unit("l", "品牌")], [], threshold=0.5, candidates=3) == Alignment()
    assert align([Unit("l", " ")], [Unit("u", "品牌")], threshold=0.5, candidates=3) == Alignment()
    assert nearest("品牌", [], threshold=0.5) is None


def test_a_chapter_is_like_the_chapter_not_like_the_part_that_fills_it() -> None:
    part = ("开展放心消费创建", "推行无理由退货", "畅通投诉渠道")
    lower = [Unit("chapter", "推动效益型发展", ("强化惠民服务", *part))]
    upper = [
        Unit("chapter", "推动效益型发展", ("增强创新动能", "突破共性技术", "组建联合体")),
        Unit("part", "强化惠民服务", part),
    ]
    found = align(lower, upper, threshold=0.5, candidates=3)
    assert [pair.upper for pair in found.links] == ["chapter"]


UNITS = {
    "a heading with what stands below it": (
        [Element("a", "培育品牌"), Element("b", "评价品牌", "a"), Element("c", "推广品牌", "b")],
        [("a", ("评价品牌", "推广品牌")), ("b", ("推广品牌",))],
    ),
    "a clause under no heading": ([Element("a", "培育品牌")], [("a", ())]),
    "a clause under a heading that only frames": (
        [Element("a", "年度重点任务分工"), Element("b", "培育品牌", "a")],
        [("b", ())],
    ),
    "a clause whose heading is not a measure": ([Element("b", "培育品牌", "x")], [("b", ())]),
    "a loop of parents": (
        [Element("a", "培育品牌", "b"), Element("b", "推广品牌", "a")],
        [("a", ("推广品牌",)), ("b", ("培育品牌",))],
    ),
}


@pytest.mark.parametrize("name", UNITS)
def test_what_can_be_compared_is(name: str) -> None:
    elements, expected = UNITS[name]
    assert [(unit.id, unit.below) for unit in units_of(elements)] == expected


CITATIONS = {
    "落实《云溪省标准方案》关于培育质量文化的部署": [("云溪省标准方案", "培育质量文化")],
    "按照《甲规划》和《乙方案》关于压减检查频次的要求": [
        ("甲规划", "压减检查频次"),
        ("乙方案", "压减检查频次"),
    ],
    "贯彻《甲规划》有关完善计量体系的工作部署，加强检定": [("甲规划", "完善计量体系")],
    "落实《甲规划》": [],
    "修订《甲规划》关于计量的规定": [],
    "落实研发费用奖补政策": [],
}


@pytest.mark.parametrize("words", CITATIONS)
def test_a_clause_says_what_it_takes_up(words: str) -> None:
    found = [(one.title, one.topic) for one in citations([Element("c", words)])]
    assert found == CITATIONS[words]
