"""The numbered units of a text: their paths, how they are cited, how far they reach."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Provision
from kg.text.provisions import provisions
from kg.text.segment import segment

PLAN = """云溪省质量提升方案（虚构）
为提升质量，制定本方案。
一、总体要求
坚持质量第一。
二、重点任务
（一）夯实基础。健全标准体系。
1.制定标准。制定省级标准，推广应用。
（省市场监管局负责）
2.建设平台。一是整合数据。二是开放接口。
（二）优化服务。推进网上办理。
——开展培训。
三、保障措施
加强组织领导。
"""


def found(text: str) -> tuple[Provision, ...]:
    return provisions(text, segment(text))


def outline(text: str) -> list[tuple[str, str]]:
    return [(one.path, one.number) for one in found(text)]


def words(text: str, path: str) -> str:
    (only,) = [one for one in found(text) if one.path == path]
    return only.span.of(text)


def test_the_path_holds_the_numbers_from_the_top() -> None:
    assert outline(PLAN) == [
        ("1", "一、"),
        ("2", "二、"),
        ("2-1", "二、（一）"),
        ("2-1-1", "二、（一）1."),
        ("2-1-2", "二、（一）2."),
        ("2-1-2-1", "二、（一）2.一是"),
        ("2-1-2-2", "二、（一）2.二是"),
        ("2-2", "二、（二）"),
        ("3", "三、"),
    ]


def test_a_provision_reaches_over_all_that_stands_under_it() -> None:
    assert words(PLAN, "2").startswith("二、重点任务")
    assert words(PLAN, "2").endswith("——开展培训。")
    assert words(PLAN, "2-1").endswith("二是开放接口。")
    assert words(PLAN, "2-1-1").endswith("（省市场监管局负责）")
    assert words(PLAN, "3") == "三、保障措施\n加强组织领导。"


def test_a_title_and_a_preamble_are_no_provisions() -> None:
    assert min(one.span.start for one in found(PLAN)) == PLAN.index("一、")


def test_an_annex_that_counts_anew_is_told_apart() -> None:
    annex = PLAN + "质量提升任务分工表\n一、夯实基础\n由省市场监管局负责。\n"
    assert outline(annex)[-1] == ("1~2", "一、")
    assert words(annex, "1~2").endswith("由省市场监管局负责。")
    assert not words(annex, "3").endswith("由省市场监管局负责。")


def test_a_line_between_two_units_does_not_part_them() -> None:
    header = PLAN.replace("2.建设平台", "云溪省人民政府公报\n2.建设平台")
    assert [path for path, _ in outline(header)] == [path for path, _ in outline(PLAN)]


def test_what_follows_an_unnumbered_heading_belongs_to_no_provision() -> None:
    signed = PLAN + "附件说明\n以下内容不编号，供参考。\n"
    assert all("供参考" not in one.span.of(signed) for one in found(signed))


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("第一章 总则\n第一条 为提升质量，制定本办法。\n第二章 附则\n第二条 本办法自印发之日起施行。\n",
         ["1", "1-1", "2", "2-2"]),
        ("一、目标\n到2030年，质量提升。\n专栏1 质量工程\n建设实验室。\n二、任务\n制定标准。\n",
         ["1", "1-box1", "2"]),
        ("质量明显提升。", []),
        ("", []),
    ],
)  # fmt: skip
def test_other_ways_of_numbering(text: str, paths: list[str]) -> None:
    assert [path for path, _ in outline(text)] == paths


LINES = st.sampled_from(
    ["一、任务", "二、保障", "（一）建库。采集。", "（二）共享。开放。", "1.采集。", "2.共享。",
     "专栏1 工程", "第一章 总则", "第二条 施行。", "附件名单", "加强领导。", "——培训。", "云溪省质量方案"]
)  # fmt: skip


@given(st.lists(LINES, max_size=12))
def test_provisions_nest_and_each_path_stands_once(lines: list[str]) -> None:
    text = "\n".join(lines)
    all_found = found(text)
    by_path = {one.path: one for one in all_found}
    assert len(by_path) == len(all_found)
    starts = [one.span.start for one in all_found]
    assert starts == sorted(starts)
    for one in all_found:
        assert one.span.covers(one.words)
        if one.parent:
            assert by_path[one.parent].span.covers(one.span)
            assert one.path.startswith(f"{one.parent}-")
            assert one.number.startswith(by_path[one.parent].number)
    for one, other in pairwise(all_found):
        assert one.span.covers(other.span) or one.span.end <= other.span.start
