"""Two versions of a plan compared. The plans are invented."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import kg
from kg.analysis.diff import Diff, Trait
from kg.analysis.versions import Modality, modality
from kg.errors import UnknownDocumentError, UnknownNodeError
from kg.workspace import Workspace

OLD = """云溪省质量提升行动方案
一、主要目标
到2027年，重点产品质量合格率达到95%以上。
二、重点任务
（一）制定分级标准。各部门应当制定重点产品质量分级标准。（省市场监管局牵头，省财政厅配合）
（二）开展分级评价。2026年底前开展重点产品质量分级评价。（省商务厅牵头）
（三）建设质量服务平台。建设省级质量公共服务平台。（省工业和信息化厅牵头）
三、保障措施
（一）加强组织领导。建立协调机制。（省市场监管局负责）
本文件为虚构示例。
"""
NEW = """云溪省质量提升行动方案
一、主要目标
到2028年，重点产品质量合格率达到96%以上。
二、重点任务
（一）建设质量公共服务平台。建设省级质量公共服务平台。（省工业和信息化厅牵头）
（二）制定分级标准。鼓励各部门制定重点产品质量分级标准。（省市场监管局牵头，省教育厅配合）
（三）开展分级评价。2027年底前开展重点产品质量分级评价。（省商务厅配合，省财政厅牵头）
（四）培育质量人才。培养质量专业人才。（省教育厅牵头）
三、保障措施
本文件为虚构示例。
"""
LOWER = """云溪省河口市质量提升实施方案
根据《云溪省质量提升行动方案》，结合实际，制定本方案。
一、重点任务
（一）制定分级标准。制定重点产品质量分级标准。（市市场监管局牵头，市财政局配合）
（二）建设质量服务平台。建设市级质量公共服务平台。（市工业和信息化局牵头）
本文件为虚构示例。
"""
Compare = Callable[[str, str], Diff]


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    return kg.open(tmp_path / "home", create=True)


@pytest.fixture
def compare(space: Workspace, tmp_path: Path) -> Compare:
    def run(old: str, new: str) -> Diff:
        paths = []
        for name, text in (("a", old), ("b", new)):
            (tmp_path / name).mkdir(exist_ok=True)
            paths.append(tmp_path / name / "plan.txt")
            paths[-1].write_text(text, encoding="utf-8")
        return space.diff(*paths)

    return run


def told(found: Diff, trait: Trait) -> set[tuple[str, str, str]]:
    return {(one.item.title, one.was, one.now) for one in found.differences if one.trait is trait}


@pytest.mark.slow
def test_each_kind_of_difference_is_found(compare: Compare) -> None:
    found = compare(OLD, NEW)
    assert {one[0] for one in told(found, Trait.ADDED)} == {"培育质量人才", "培养质量专业人才"}
    assert {one[0] for one in told(found, Trait.REMOVED)} == {"加强组织领导", "建立协调机制"}
    assert [one[0] for one in told(found, Trait.MOVED)] == ["建设质量公共服务平台"]
    platform = ("建设质量公共服务平台", "建设质量服务平台", "建设质量公共服务平台")
    assert platform in told(found, Trait.RENAMED)
    assert ("重点产品质量合格率达到96%以上", "95%", "96%") in told(found, Trait.NUMBER)
    assert ("开展重点产品质量分级评价", "2026", "2027") in told(found, Trait.DATE)
    assert ("制定分级标准", "云溪省财政厅", "云溪省教育厅") in told(found, Trait.BODY)
    assert told(found, Trait.ROLE) == {
        ("开展分级评价", "云溪省商务厅 lead", "云溪省商务厅 support")
    }
    assert [(one[1], one[2]) for one in told(found, Trait.MODALITY)] == [("must", "encouraged")]
    assert [one.weakens for one in found.differences if one.trait is Trait.MODALITY] == [True]


def test_what_only_gets_another_number_is_not_moved(compare: Compare) -> None:
    found = compare(OLD, NEW)
    assert "制定分级标准" in {one[0] for one in told(found, Trait.RENUMBERED)}
    assert "开展分级评价" in {one[0] for one in told(found, Trait.RENUMBERED)}


def test_the_same_text_has_no_difference(compare: Compare) -> None:
    assert compare(OLD, OLD).is_empty
    twice = OLD.replace("（一）加强组织领导。", "（一）加强组织领导。建立协调机制。建立协调机制。")
    assert compare(twice, twice).is_empty


@pytest.mark.slow
@pytest.mark.parametrize("damage", ["pinyin.txt", "traditional.txt", "docx", "pdf"])
def test_a_damaged_copy_says_the_same(space: Workspace, root: Path, damage: str) -> None:
    plan = root / "data" / "plans" / "qinghe-county.txt"
    copy = root / "data" / "damaged" / f"qinghe-county.{damage}"
    assert space.diff(plan, copy).is_empty


def test_the_way_back_is_the_opposite(compare: Compare) -> None:
    there, back = compare(OLD, NEW), compare(NEW, OLD)
    assert there.inverse().differences == back.differences
    assert there.counts["added"] == back.counts["removed"]


@pytest.mark.parametrize(
    ("change", "trait"),
    [
        (("95%", "94%"), Trait.NUMBER),
        (("2026年底前", "2027年底前"), Trait.DATE),
        (("应当制定", "可以制定"), Trait.MODALITY),
        (("省商务厅牵头", "省教育厅牵头"), Trait.BODY),
        (("省财政厅配合", "省财政厅负责"), Trait.ROLE),
        (("建设质量服务平台。", "打造质量服务平台。"), Trait.RENAMED),
    ],
)
def test_one_change_of_the_text_is_told_as_what_it_is(
    compare: Compare, change: tuple[str, str], trait: Trait
) -> None:
    found = compare(OLD, OLD.replace(*change))
    assert trait.value in found.counts
    assert not {"added", "removed", "moved"} & set(found.counts)


@pytest.mark.parametrize(
    ("lead", "words", "expected"),
    [
        ("", "应当公开评价结果", Modality.MUST),
        ("鼓励企业", "公开评价结果", Modality.ENCOURAGED),
        ("", "支持企业公开评价结果", Modality.ENCOURAGED),
        ("", "强化政策支持", Modality.PLAIN),
        ("力争到2027年，", "建成平台", Modality.STRIVEN),
        ("鼓励企业参与，各部门应当", "公开结果", Modality.MUST),
        ("", "可以委托第三方评价", Modality.MAY),
        ("", "提高可靠性", Modality.PLAIN),
    ],
)
def test_how_binding_words_are(lead: str, words: str, expected: Modality) -> None:
    assert modality(lead, words) is expected


@pytest.mark.slow
def test_a_document_of_the_store_and_a_file_and_a_home_can_be_compared(
    space: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "plan.txt").write_text(OLD, encoding="utf-8")
    (tmp_path / "b").mkdir()
    changed = tmp_path / "b" / "plan.txt"
    changed.write_text(NEW, encoding="utf-8")
    list(space.build([tmp_path / "plan.txt"]))
    by_title = space.diff("云溪省质量提升行动方案", changed)
    assert by_title.differences == space.diff(tmp_path / "plan.txt", changed).differences
    with kg.open(tmp_path / "other", create=True) as other:
        list(other.build([changed]))
    assert space.diff("云溪省质量提升行动方案", tmp_path / "other").counts == by_title.counts
    with pytest.raises(UnknownDocumentError):
        space.diff("无此文件", changed)


def test_links_into_changed_duties_are_suspect_until_they_are_cleared(
    space: Workspace, tmp_path: Path
) -> None:
    for name, text in (("plan.txt", OLD), ("lower.txt", LOWER)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    list(space.build(space.find([tmp_path / "plan.txt", tmp_path / "lower.txt"])))
    changed = tmp_path / "b" / "plan.txt"
    changed.parent.mkdir()
    changed.write_text(NEW, encoding="utf-8")
    found = space.diff(tmp_path / "plan.txt", changed)
    waiting = space.suspects(found)
    assert {"uptake", "citation"} <= {one.kind for one in waiting}
    assert all(one.differences for one in waiting)
    first = waiting[0]
    assert space.clear(found, [first.link], today=date(2026, 1, 5)) == [first]
    assert first not in space.suspects(found)
    assert len(space.suspects(found)) == len(waiting) - 1
    with pytest.raises(UnknownNodeError):
        space.clear(found, [first.link], today=date(2026, 1, 5))
    space.clear(found, ["all"], today=date(2026, 1, 6))
    assert space.suspects(found) == []
    changed.write_text(NEW.replace("省教育厅配合", "省科学技术厅配合"), encoding="utf-8")
    later = space.suspects(space.diff(tmp_path / "plan.txt", changed))
    assert later  # cleared for that change, not for the next


def test_nothing_is_suspect_where_nothing_changed(space: Workspace, tmp_path: Path) -> None:
    for name, text in (("plan.txt", OLD), ("lower.txt", LOWER)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    list(space.build(space.find([tmp_path / "plan.txt", tmp_path / "lower.txt"])))
    same = space.diff("plan.txt", tmp_path / "plan.txt")
    assert same.is_empty
    assert space.suspects(same) == []


def test_a_notebook_shows_differences_escaped(compare: Compare) -> None:
    shown = compare(OLD, OLD.replace("建设质量服务平台", "建设质量<b>服务</b>平台"))._repr_html_()
    assert "<b>" not in shown
    assert "<table>" in shown
