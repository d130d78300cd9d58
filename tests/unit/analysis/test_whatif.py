"""Changes tried out on a plan of two levels. The plans are invented."""

import pytest

import kg
from kg.analysis.overlay import Assign, Change, Channel, Delay, Merge, Remove
from kg.analysis.project import project
from kg.analysis.whatif import WhatIf
from kg.compare import parsed, words
from kg.errors import (
    AmbiguousNameError,
    ChangeError,
    SameBodyError,
    UnknownNameError,
    UnknownNodeError,
)
from kg.model import Role
from kg.workspace import Workspace

UPPER = """云溪省质量提升行动方案
一、主要目标
到2027年，重点产品质量合格率达到96%以上。
二、重点任务
（一）制定分级标准。制定重点产品质量分级标准，提高重点产品质量合格率。2026年底前完成。（省市场监管局牵头，省财政厅配合）
（二）开展分级评价。在制定分级标准的基础上，2027年底前开展重点产品质量分级评价。（省商务厅牵头）
本文件为虚构示例。
"""
LOWER = """云溪省河口市质量提升实施方案
根据《云溪省质量提升行动方案》，结合实际，制定本方案。
一、重点任务
（一）制定分级标准。落实制定重点产品质量分级标准，提高重点产品质量合格率。（市市场监管局牵头，市财政局配合）
本文件为虚构示例。
"""


@pytest.fixture(scope="module")
def space(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("plans")
    for name, text in (("upper.txt", UPPER), ("lower.txt", LOWER)):
        (folder / name).write_text(text, encoding="utf-8")
    opened = kg.open(folder / "home", create=True)
    list(opened.build(opened.find([folder])))
    return opened


def labels(nodes: object) -> list[str]:
    return [one.label.zh for one in nodes]  # type: ignore[attr-defined]


def types(findings: object) -> set[str]:
    return {one.type for one in findings}  # type: ignore[attr-defined]


def tried(space: Workspace, *changes: Change) -> WhatIf:
    return space.whatif(*changes)


def test_who_is_dissolved_leaves_measures_goals_and_chains(space: Workspace) -> None:
    found = tried(space, Remove("云溪省市场监督管理局"))
    assert "制定分级标准" in [one.measure.label.zh for one in found.without_lead]
    assert found.without_actor == ()  # 省财政厅 still supports it
    assert [hop.upper.label.zh for hop in found.chains_broken]
    assert "G02" in types(found.appeared)
    both = tried(space, Remove("云溪省市场监督管理局"), Remove("云溪省财政厅"))
    assert "制定分级标准" in [one.measure.label.zh for one in both.without_actor]
    assert "G01" in types(both.appeared)
    assert both.goals_uncovered == ()  # 省商务厅 still acts for the other group
    everyone = ("市场监督管理局", "财政厅", "商务厅")
    alone = tried(space, *(Remove(f"云溪省{name}") for name in everyone))
    assert labels(alone.goals_uncovered) == ["重点产品质量合格率达到96%以上"]


def test_a_channel_arranges_what_was_missing(space: Workspace) -> None:
    found = tried(space, Channel("云溪省市场监督管理局", "云溪省商务厅"))
    assert "G13" in types(found.gone)
    assert found.appeared == ()
    assert found.congruence_after.plain > found.congruence_before.plain
    assert found.congruence_after.needs == found.congruence_before.needs


def test_the_needs_of_a_congruence_are_the_pairs_that_coordination_lists(space: Workspace) -> None:
    stated = [need for need in space.coordination().required if not need.is_inferred]
    found = tried(space, Channel("云溪省市场监督管理局", "云溪省商务厅"))
    assert found.congruence_before.needs == len(stated) > 0


def test_a_duty_makes_a_lead_and_a_second_one_too_many(space: Workspace) -> None:
    found = tried(space, Assign("开展分级评价", "云溪省财政厅", Role.LEAD))
    assert "G03" in types(found.appeared)
    same = tried(space, Assign("开展分级评价", "云溪省商务厅", Role.LEAD))
    assert same.is_empty


def test_a_delay_runs_into_what_waits_for_it(space: Workspace) -> None:
    first = next(
        row["id"]
        for row in project(space.store).measures.to_pylist()
        if row["label_zh"] == "制定分级标准" and row["level"] == "province"
    )
    in_time = tried(space, Delay("开展分级评价", 2027), Delay(first, 2026))
    late = tried(space, Delay("开展分级评价", 2027), Delay(first, 2029))
    assert in_time.is_empty
    assert types(late.appeared) == {"G17"}


def test_a_merged_body_acts_for_both_and_its_findings_stay_the_same(space: Workspace) -> None:
    found = tried(space, Merge("云溪省市场监督管理局", "云溪省商务厅"))
    assert {"G13", "G14"} & types(found.gone)
    assert found.without_lead == found.without_actor == ()
    assert found.congruence_after.needs < found.congruence_before.needs


def test_nothing_is_written(space: Workspace) -> None:
    before = space.store.generation
    tried(space, Remove("云溪省商务厅"), Channel("云溪省财政厅", "云溪省市场监督管理局"))
    assert space.store.generation == before


def test_names_aliases_keys_and_parts_of_names_mean_the_same(space: Workspace) -> None:
    whole = tried(space, Remove("云溪省商务厅"))
    key = whole.gone and whole.changes[0]
    assert isinstance(key, Remove)
    for name in (key.body, key.body.split("/id/")[1], "溪省商务"):
        assert tried(space, Remove(name)) == whole


def test_a_name_that_means_several_is_told_with_their_keys(space: Workspace) -> None:
    with pytest.raises(AmbiguousNameError, match="body/"):
        tried(space, Remove("市场监督管理局"))
    with pytest.raises(AmbiguousNameError, match="task"):
        tried(space, Delay("制定分级标准", 2030))


@pytest.mark.parametrize("name", ["无此局", "", "a/b c", '"} ; DROP ALL #', "制定分级标准"])
def test_a_name_that_no_body_has_is_told_whatever_it_holds(space: Workspace, name: str) -> None:
    with pytest.raises(UnknownNameError):
        tried(space, Remove(name))


def test_what_an_earlier_change_took_away_is_missed(space: Workspace) -> None:
    with pytest.raises(UnknownNodeError):
        tried(space, Remove("云溪省商务厅"), Channel("云溪省商务厅", "云溪省财政厅"))


@pytest.mark.parametrize("kind", [Merge, Channel])
def test_a_body_has_nothing_to_do_with_itself(space: Workspace, kind: type) -> None:
    with pytest.raises(SameBodyError):
        tried(space, kind("云溪省商务厅", "云溪省商务厅"))


@pytest.mark.parametrize(
    ("how", "text"),
    [
        ("delay", "推进共享"), ("delay", "推进共享=明年"), ("delay", "=2027"),
        ("delay", "推进共享=12"), ("assign", "推进共享"), ("assign", "推进共享="),
    ],
)  # fmt: skip
def test_a_change_in_another_form_is_told_the_form(how: str, text: str) -> None:
    with pytest.raises(ChangeError, match="MEASURE="):
        parsed(how, text)


def test_changes_are_told_in_both_languages(space: Workspace) -> None:
    found = tried(
        space,
        Remove("云溪省商务厅"),
        Channel("云溪省财政厅", "云溪省市场监督管理局"),
        Assign("开展分级评价", "云溪省财政厅", Role.SUPPORT),
    )
    told = words(space.store, found.changes)
    assert told[0].zh == "撤销 云溪省商务厅"
    assert "coordinate" in told[1].en
    assert told[2].zh == "由 云溪省财政厅 承担“开展分级评价”（配合）"


def test_a_notebook_shows_names_escaped(space: Workspace) -> None:
    shown = tried(space, Remove("云溪省市场监督管理局"))._repr_html_()
    assert shown.startswith("<table>")
    assert "制定分级标准" in shown
