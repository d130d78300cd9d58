"""Names in running text; the texts are invented."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.bodies.lexicon import names
from kg.model import Level

CASES = [
    ("由市场监管总局制定办法。", ["市场监管总局"]),
    ("经省政府同意，现予印发。", ["省政府"]),
    ("云江市财政局会同国家统计局开展调查。", ["云江市财政局", "国家统计局"]),
    ("青石县人民政府印发方案。", ["青石县人民政府"]),
    ("福建省市场监督管理局负责解释。", ["福建省市场监督管理局"]),
    ("教育部门加强管理。", []),
    ("财政部部长出席会议。", []),
    ("落实各区人民政府责任。", []),
    ("完善政府采购政策。", []),
    ("支持市县政府工作。", []),
    ("按照市政府部署推进。", ["市政府"]),
    ("自国务院批准之日起施行。", []),
    ("国务院有关部门抓好落实。", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_only_names_that_one_can_point_to_are_found(text: str, expected: list[str]) -> None:
    assert [name.span.of(text) for name in names(text)] == expected


def test_a_short_central_name_counts_in_a_central_document_only() -> None:
    text = "会同知识产权局开展试点。"
    assert [n.span.of(text) for n in names(text, Level.CENTRAL)] == ["知识产权局"]
    assert list(names(text, Level.PROVINCE)) == []


WORDS = st.lists(
    st.sampled_from(
        ["国家统计局", "省政府", "市", "县", "财政局", "部", "门", "，", "。", "推进", "各"]
    ),
    max_size=12,
)


@settings(deadline=None)
@given(WORDS)
def test_spans_stay_inside_the_text_and_never_overlap(words: list[str]) -> None:
    text = "".join(words)
    found = list(names(text))
    assert found == list(names(text))
    end = 0
    for name in found:
        assert end <= name.span.start < name.span.end <= len(text)
        end = name.span.end
