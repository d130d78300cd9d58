"""Bodies in running text; the texts are invented."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.bodies.bodylist import split_names
from kg.extract.bodies.memberships import memberships
from kg.extract.bodies.running import find, merge, whole_names
from kg.model import BodyKind, Kind, Level, RelationKind, Span

CASES = [
    ("成立云江省质量强省工作领导小组，统筹推进。", ["云江省质量强省工作领导小组"]),
    ("成立领导小组，统筹推进。", []),
    ("建立联席会议制度。", []),
    ("发挥国家质量强国和品牌建设领导小组作用。", ["国家质量强国和品牌建设领导小组"]),
    ("参加自由贸易试验区推进工作领导小组会议", ["自由贸易试验区推进工作领导小组"]),
    ("依托云江专家委员会提供咨询。", ["云江专家委员会"]),
    ("由所在地教育部门审核。", ["所在地教育部门"]),
    ("推动有关部门共享数据。", []),
    ("巩固国务院教育行政部门联合行业制定标准的格局。", []),
    ("加强教育、公安等部门业务协同。", ["教育、公安等部门"]),
    ("推动中央部门与地方政府条块结合。", ["中央部门", "地方政府"]),
    ("根据《国家统计局关于调查的通知》执行。", []),
    (
        "\n各市、县（区）人民政府，省直各有关单位：\n现印发给你们。",
        ["各市、县（区）人民政府", "省直各有关单位"],
    ),
    ("经省委、省政府同意。", ["省委", "省政府"]),
    (
        "云政办〔2031〕5号 各县（区）人民政府，青川（云江）合作示范区管委会，“数字云江”领导小组各成员单位：经研究，",
        ["各县（区）人民政府", "青川（云江）合作示范区管委会", "“数字云江”领导小组各成员单位"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_bodies_are_found_where_they_act(text: str, expected: list[str]) -> None:
    assert [m.text for m in find(text)] == expected


def test_a_body_mention_says_who_it_is() -> None:
    (found,) = find("由市财政局制定。", level=Level.PREFECTURE, area="温州市")
    assert found.kind is Kind.BODY
    assert found.attrs["canonical"] == "温州市财政局"
    assert found.attrs["body_kind"] == BodyKind.DEPARTMENT.value
    assert found.attrs["level"] == "prefecture"


def test_stretches_that_others_read_are_left_alone() -> None:
    text = "（财政部负责）由商务部制定。"
    assert [m.text for m in find(text, skip=(Span(0, 7),))] == ["商务部"]


def test_where_two_mentions_overlap_the_first_list_wins() -> None:
    text = "由国家统计局制定。"
    found = find(text)
    assert merge(found, found) == found


def test_a_list_counts_only_if_all_of_it_are_bodies() -> None:
    assert whole_names("商务部和企业家精神", 0, 9) == []


def test_members_and_meetings_of_a_joint_conference_are_told() -> None:
    text = (
        "建立云江省标准化工作厅际联席会议制度。\n联席会议由省市场监管局、省财政厅等部门组成。"
        "联席会议每半年召开一次。"
    )
    text = text.replace("联席会议制度。", "联席会议，统筹协调。")
    mentions = find(text)
    told = memberships(text, mentions)
    by_id = {m.id: m for m in mentions}
    assert {r.kind for r in told.relations} == {RelationKind.MEMBER_OF}
    assert [by_id[r.head].text for r in told.relations] == ["省市场监管局", "省财政厅"]
    assert {by_id[r.tail].text for r in told.relations} == {"云江省标准化工作厅际联席会议"}
    assert [m.attrs["cadence"] for m in told.mentions] == ["每半年召开一次"]


PIECES = st.lists(
    st.sampled_from(
        [
            "国家统计局",
            "由",
            "省政府",
            "领导小组",
            "质量",
            "有关部门",
            "审核",
            "\n",
            "：",
            "各市",
            "《",
            "》",
        ]
    ),
    max_size=14,
)


@settings(deadline=None)
@given(PIECES)
def test_every_mention_repeats_its_words_and_ids_are_unique(pieces: list[str]) -> None:
    text = "".join(pieces)
    found = find(text)
    assert found == find(text)
    assert all(m.text == m.span.of(text) and m.text for m in found)
    assert len({m.id for m in found}) == len(found)


def test_who_signed_a_joint_notice_is_named_whole() -> None:
    signed = [
        "云江省市场监督管理局",
        "云江省人民政府国有资产监督管理委员会",
        "中国人民银行白石中心支行",
        "国家税务总局云江省税务局",
    ]
    text = "关于印发方案的通知\n\n" + "\n\n".join(signed) + "\n\n2031年3月1日\n\n一、推广检测"
    assert [m.text for m in find(text, level=Level.PROVINCE)] == signed


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("各盟行政公署、市人民政府，", ["各盟行政公署", "市人民政府"]),
        ("自治区各委、办、厅、局", ["自治区各委、办、厅、局"]),
        ("各市、县（区）人民政府，省直各部门", ["各市、县（区）人民政府", "省直各部门"]),
    ],
)
def test_organs_that_are_addressed_are_told_apart(words: str, names: list[str]) -> None:
    items = split_names(words, 0, len(words)).items
    assert [words[item.start : item.end] for item in items] == names
