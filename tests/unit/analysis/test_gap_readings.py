"""Findings hold when the text is read: what real plans write that only looks like a gap, and doubt."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from kg.analysis.gaps import catalogue, findings_of
from kg.analysis.project import tables_of
from kg.model import SEVERITY_RANK, Finding, Severity
from kg.settings import load

from .test_gaps import (
    CROWD,
    GAPS,
    OWN_GOAL,
    Rows,
    adding,
    both,
    duty,
    found,
    setting,
    spot,
    whole_plan,
    without,
)

SUPPORT = both(  # a part on how the plan is carried out, with a task
    adding(
        "measures",
        {"id": "how", "kind": "taskGroup", "label_zh": "保障措施", "document": "doc"},
        {
            "id": "lead",
            "kind": "task",
            "label_zh": "加强统筹协调",
            "document": "doc",
            "parent": "how",
        },
    ),
    adding("parents", {"child": "lead", "parent": "how"}),
)
FEW = without("responsibilities", measure="one", body="b")
UNSERVED = without("contributions", id="c")


def said(node: str, start: int, end: int, **more: object) -> dict[str, Any]:
    """Return a row of evidence in a sentence or a provision."""
    return spot(node, start, end) | more


def named(table: str, identifier: str, label: str) -> Callable[[Rows], object]:
    """Return a change of a label."""
    return setting(table, identifier, label_zh=label)


def called(label: str) -> Callable[[Rows], object]:
    """Return a change that lets an open body of this name act for a task."""
    return both(
        adding("bodies", {"id": "class", "label": label, "kind": "openBody"}),
        adding("responsibilities", duty("two", "class", "responsible")),
    )


def many(rows: Rows, *, held: int) -> None:
    """Add twenty tasks of one plan, each under a heading of its own; the first *held* have a body."""
    names = [f"task{n:02}" for n in range(20)]
    rows["measures"] += [
        {"id": name, "kind": "task", "label_zh": f"任务{name}", "document": "doc"} for name in names
    ]
    rows["responsibilities"] += [duty(name, "a", "lead") for name in names[:held]]


LOOKALIKES = {
    "what is asked of everybody": (
        both(SUPPORT, adding("responsibilities", duty("lead", "open", "responsible"))), "G04",
    ),
    "a department called by its field": (
        both(without("responsibilities", measure="two"), called("国务院教育行政部门")), "G04",
    ),
    "those who sit in a group that is named": (
        both(without("responsibilities", measure="two"), called("省质量工作组成员单位")), "G04",
    ),
    "a mechanism between departments for what the title names": (
        both(CROWD, FEW, setting("documents", "doc", title="智能制造行动方案"),
             named("measures", "two", "完善智能制造跨部门协调工作机制")), "G15",
    ),
    "a plan that is part of what is assessed": (
        both(without("evaluations", subject="doc"), named("measures", "one", "将质量提升工作列入部门考核内容")), "G24",
    ),
    "tasks that are inspected": (
        both(without("evaluations", subject="doc"), named("measures", "one", "督促检查任务落实")), "G24",
    ),
    "a year that the task before it in the sentence gave": (
        both(without("quantifying", target="aim"), setting("measures", "one", due_year=2027),
             adding("evidence", said("one", 101, 105, sentence=9), said("aim", 108, 114, sentence=9))), "G11",
    ),
    "a time without a year (五年内, 每年)": (
        both(without("quantifying", target="aim"), setting("measures", "one", deadline="每年"),
             adding("evidence", said("one", 101, 115, sentence=9), said("aim", 108, 114, sentence=9))), "G11",
    ),
    "a plan of one year says which": (
        both(without("quantifying", target="aim"), setting("documents", "doc", title="虚构县检测2026年行动计划")), "G11",
    ),
    "departments of one field at every level": (
        both(without("responsibilities", measure="two"), called("各级环保部门")), "G04",
    ),
    "what grows each year": (
        both(without("quantifying", target="aim"), named("targets", "aim", "抽检合格率逐年提高2%")), "G11",
    ),
    "all areas answer each for its own": (
        both(without("responsibilities", measure="two"), called("各乡镇人民政府")), "G04",
    ),
    "governments of a level and above answer each for its own": (
        both(without("responsibilities", measure="two"), called("县级以上地方人民政府")), "G04",
    ),
    "governments of two levels answer each for its own": (
        both(without("responsibilities", measure="two"), called("市、县（区）人民政府")), "G04",
    ),
    "the government of the place answers for its own": (
        both(without("responsibilities", measure="two"), called("所在地市、县级人民政府")), "G04",
    ),
    "governments of one level answer each for its own": (
        both(without("responsibilities", measure="two"), called("省级人民政府")), "G04",
    ),
    "all departments, each for its own": (
        both(without("responsibilities", measure="two"), called("各部门")), "G04",
    ),
    "both levels, each for its own": (
        both(without("responsibilities", measure="two"), called("市、县（区）两级")), "G04",
    ),
    "what is asked of everybody at the end": (
        both(without("responsibilities", measure="two"), called("相关部门"), named("measures", "two", "密切配合"),
             adding("evidence", said("two", 101, 105, sentence=9))), "G04",
    ),
    "whoever runs the thing": (
        both(without("responsibilities", measure="two"), called("运营单位")), "G04",
    ),
    "a numbered item that says who acts in another paragraph": (
        both(without("responsibilities", measure="two"), adding(
            "evidence", said("one", 101, 107, provision="一、3."), said("two", 120, 126, provision="一、3."))), "G01",
    ),
    "the box of a numbered item that says who acts": (
        both(without("responsibilities", measure="two"), adding(
            "evidence", said("one", 101, 107, provision="一、3."), said("two", 120, 126, provision="一、3.专栏2"))), "G01",
    ),
    "what a chapter says before its numbers": (
        both(without("responsibilities", measure="two"), adding(
            "evidence", said("two", 101, 107, provision="二、"), said("one", 120, 126, provision="二、（一）"))), "G01",
    ),
    "a target that begins the next sentence and measures nothing else": (
        both(OWN_GOAL, adding("targets", {"id": "next", "label_zh": "占比达到30%", "document": "doc"}),
             adding("evidence", said("own", 80, 86, sentence=8), said("next", 95, 99, sentence=9))), "G10",
    ),
    "what is done or not": (both(OWN_GOAL, named("goals", "own", "完成抽查流程整合")), "G10"),
    "what is done or not, and the motto before it": (
        both(OWN_GOAL, adding("goals", {"id": "next", "label_zh": "完成抽查流程整合", "document": "doc"}),
             adding("evidence", said("own", 80, 86, sentence=8), said("next", 87, 95, sentence=9))), "G10",
    ),
    "a five-year plan says in its title which": (
        both(without("quantifying", target="aim"), setting("documents", "doc", title="虚构县检测“十五五”规划")), "G11",
    ),
    "schools act each for itself": (
        both(without("responsibilities", measure="two"), called("职业院校")), "G04",
    ),
    "who acts stands in the sentence before": (
        both(without("responsibilities", measure="two"), adding(
            "evidence", said("one", 101, 107, sentence=8), said("two", 108, 114, sentence=9))), "G01",
    ),
    "a leading group that is set up, and what is for it to do": (
        both(SUPPORT, named("measures", "lead", "成立质量工作领导小组"),
             adding("measures", {"id": "plan", "kind": "task", "label_zh": "明确任务分工", "document": "doc", "parent": "how"}),
             adding("parents", {"child": "plan", "parent": "how"}),
             adding("evidence", said("lead", 101, 107, sentence=8), said("plan", 108, 114, sentence=8))), "G01",
    ),
    "how things are is told before the plan begins": (
        both(named("measures", "group", "发展基础"), lambda rows: rows.update(responsibilities=[])), "G01",
    ),
    "a layout names places, no bodies": (
        both(named("measures", "group", "空间布局"), lambda rows: rows.update(responsibilities=[])), "G01",
    ),
    "a measure that names what the goal names": (
        both(UNSERVED, named("goals", "part", "智能制造水平显著提升"), named("measures", "one", "推广智能制造装备")), "G08",
    ),
    "a goal that the title names": (
        both(UNSERVED, setting("documents", "doc", title="智能制造行动方案"), named("goals", "part", "智能制造全面普及")), "G08",
    ),
    "what a measure is for": (
        both(OWN_GOAL, adding("evidence", said("own", 80, 86, sentence=9), said("two", 70, 76, sentence=9))), "G08",
    ),
    "what the preamble says": (
        both(OWN_GOAL, adding("evidence", said("own", 2, 8), said("part", 12, 16, provision="二、"))), "G08",
    ),
    "a motto and the goals behind it": (
        both(OWN_GOAL, adding(
            "evidence", said("own", 101, 107, sentence=8), said("part", 108, 114, sentence=9))), "G08",
    ),
    "a motto, a time and the goals behind it": (
        both(OWN_GOAL, adding(
            "evidence", said("own", 101, 107, sentence=8), said("part", 115, 121, sentence=9))), "G08",
    ),
    "a goal that names what the heading names": (
        both(UNSERVED, named("goals", "goal", "智能制造水平显著提升"), named("measures", "group", "推广智能制造"),
             adding("contributions", {"id": "other", "measure": "two", "goal": "part"})), "G09",
    ),
    "a goal that names what the measure names": (
        both(UNSERVED, named("goals", "goal", "智能制造水平显著提升"), named("measures", "one", "推广智能制造装备")), "G09",
    ),
    "a platform that stands or does not": (
        both(without("quantifying", target="aim"), named("goals", "part", "建成质量追溯平台"), without("goals", id="goal")), "G10",
    ),
    "nothing is left out": (
        both(without("quantifying", target="aim"), named("goals", "part", "重点企业质量管理全覆盖"), without("goals", id="goal")), "G10",
    ),
    "a target that names what the goal names": (
        both(without("quantifying", target="aim"), without("goals", id="goal"),
             named("goals", "part", "抽检合格水平显著提升"), named("targets", "aim", "抽检合格率达到96%")), "G10",
    ),
    "a grade is a unit": (
        both(setting("targets", "aim", unit=None), named("targets", "aim", "绿色等级达到4A级以上")), "G11",
    ),
    "a unit in letters": (
        both(setting("targets", "aim", unit=None), named("targets", "aim", "算力达到800PFlop/s")), "G11",
    ),
    "a ratio of energy has no unit": (
        both(setting("targets", "aim", unit=None, indicator="数据中心PUE值（能源使用效率）")), "G11",
    ),
    "a value that was not read": (
        both(setting("targets", "aim", value=None), named("targets", "aim", "合格率1至2倍")), "G11",
    ),
    "an indicator that was not read": (
        both(setting("targets", "aim", indicator=None), named("targets", "aim", "24个开发区完成智能化改造")), "G11",
    ),
    "a target told in full elsewhere": (
        both(
            without("quantifying", target="aim"),
            adding("targets", {
                "id": "row", "label_zh": "抽检合格率96%", "document": "doc", "indicator": "抽检合格率",
                "value": 96.0, "unit": "%", "due_year": 2027}),
        ), "G11",
    ),
    "a leading group that acts": (
        both(
            without("responsibilities", measure="two"),
            adding("responsibilities", duty("two", "b", "responsible"), duty("two", "hub", "responsible")),
        ), "G02",
    ),
    "a joint conference that holds all together": (
        both(
            without("responsibilities", measure="two"),
            adding("responsibilities", duty("two", "b", "responsible"), duty("two", "c", "responsible")),
            named("measures", "two", "发挥质量工作部际联席会议统筹作用"),
        ), "G02",
    ),
    "a standard that is met or not": (
        both(without("quantifying", target="aim"), named("goals", "part", "出水全面达到一级A标准"), without("goals", id="goal")), "G10",
    ),
    "a matter that is handled so or not": (
        both(without("quantifying", target="aim"), named("goals", "part", "实现计量检定“一网通办”"), without("goals", id="goal")), "G10",
    ),
    "a target of a task that has a year": (
        both(without("quantifying", target="aim"), adding("quantifying", {"target": "aim", "goal": "one"}),
             setting("measures", "one", due_year=2027)), "G11",
    ),
    "a year that the sentence gave before": (
        both(
            without("quantifying", target="aim"),
            adding("targets", {
                "id": "first", "label_zh": "3家", "document": "doc", "indicator": "实验室", "value": 3.0,
                "unit": "家", "due_year": 2027}),
            adding("evidence", said("first", 101, 105, sentence=9), said("aim", 108, 114, sentence=9)),
        ), "G11",
    ),
    "a leading group for the whole plan": (
        both(CROWD, FEW, SUPPORT, adding("responsibilities", duty("lead", "hub", "lead"))), "G15",
    ),
    "a working group that is set up for all": (
        both(CROWD, FEW, SUPPORT, named("measures", "lead", "组建工作组")), "G15",
    ),
    "a mechanism for nothing in particular, in a paragraph of its own": (
        both(CROWD, FEW, adding("measures", {"id": "last", "kind": "task", "label_zh": "建立跨部门工作专班", "document": "doc"})),
        "G15",
    ),
    "a mechanism of the part on support": (
        both(CROWD, FEW, SUPPORT, named("measures", "lead", "建立上下联动、横向协同的推进机制")), "G15",
    ),
    "an introduction whose parts have bodies": (
        both(without("responsibilities", measure="two"),
             adding("measures", {"id": "inner", "kind": "taskGroup", "label_zh": "培训人员", "document": "doc", "parent": "group"}),
             adding("parents", {"child": "inner", "parent": "group"}),
             adding("responsibilities", duty("inner", "a", "lead")),
             adding("evidence", said("two", 36, 40), said("inner", 60, 64))), "G01",
    ),
    "an open body acts too": (
        both(adding("responsibilities", duty("sys", "c", "lead"), duty("sys", "open", "support"),
                    duty("one", "open", "support"))), "G18",
    ),
    "county governments as a class": (
        both(adding("bodies", {"id": "class", "label": "区县人民政府", "kind": "department"}),
             adding("responsibilities", duty("sys", "class", "lead"))), "G18",
    ),
    "two who assess do not lead together": (
        both(setting("documents", "doc", title="虚构县检测工作评分标准"), adding("responsibilities", duty("two", "c", "lead"))),
        "G03",
    ),
    "points of an assessment are no targets": (
        both(setting("documents", "doc", title="虚构县检测工作考评办法"), without("quantifying", target="aim")), "G11",
    ),
    "members of a conference that nothing was read of but what founds it": (
        both(setting("documents", "doc", title="关于建立虚构县质量工作联席会议制度的批复"),
             adding("members", {"body": "k", "coordination_body": "hub"}),
             adding("evidence", said("hub", 80, 84))), "G07",
    ),
    "an evaluation told in a measure": (
        both(without("evaluations", subject="doc"), named("measures", "one", "定期对实施情况开展评估")), "G24",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LOOKALIKES)
def test_what_real_plans_write_is_no_gap(name: str) -> None:
    change, kind = LOOKALIKES[name]
    assert found(change, kind) == []


NEAR = {
    "an execution of rules is no evaluation of the plan": (
        both(without("evaluations", subject="doc"), named("measures", "one", "执行服务质量评价办法")), "G24", "low",
    ),
    "a leading group whose members are listed covers them alone": (
        both(
            CROWD, FEW, SUPPORT, adding("responsibilities", duty("lead", "hub", "lead")),
            adding("members", {"body": "a", "coordination_body": "hub"}),
        ), "G15", "medium",
    ),
    "rules of conduct bind by the sentence": (
        both(setting("documents", "doc", title="虚构县检测管理办法"), without("responsibilities", measure="two")),
        "G01", "info",
    ),
    "an assessment names who assesses": (
        both(setting("documents", "doc", title="虚构县检测工作考核实施方案（试行）"), without("responsibilities", measure="two")),
        "G01", "info",
    ),
    "a plan for assessments is a plan": (
        both(setting("documents", "doc", title="虚构县考核体系建设实施方案"), without("responsibilities", measure="two")),
        "G01", "high",
    ),
    "members of a conference that a plan sets up": (
        both(adding("members", {"body": "k", "coordination_body": "hub"}), adding("evidence", said("hub", 80, 84))),
        "G07", "low",
    ),
    "a mechanism for a bracket of others covers these": (
        both(CROWD, FEW, adding("responsibilities", duty("group", "a", "lead")), named("measures", "two", "建立跨部门工作专班"),
             without("responsibilities", measure="two")),
        "G15", "medium",
    ),
    "what stands behind the parts of a group introduces none": (
        both(without("responsibilities", measure="two"),
             adding("measures", {"id": "inner", "kind": "taskGroup", "label_zh": "培训人员", "document": "doc", "parent": "group"}),
             adding("parents", {"child": "inner", "parent": "group"}),
             adding("responsibilities", duty("inner", "a", "lead")),
             adding("evidence", said("two", 76, 80), said("inner", 60, 64))), "G01", "high",
    ),
    "departments concerned beside all areas could be any": (
        both(without("responsibilities", measure="two"), called("各乡镇人民政府"),
             adding("responsibilities", duty("two", "open", "responsible"))), "G04", "high",
    ),
    "a measure under another number than who acts": (
        both(without("responsibilities", measure="two"), adding(
            "evidence", said("one", 101, 107, provision="（一）"), said("two", 120, 126, provision="（二）"))), "G01", "high",
    ),
    "one of many that names no body": (lambda rows: many(rows, held=19), "G01", "high"),
    "a plan that mostly does not say who acts": (lambda rows: many(rows, held=10), "G01", "info"),
    "a plan of action over five years is no five-year plan": (
        both(without("quantifying", target="aim"), setting("documents", "doc", title="虚构县检测五年行动计划")),
        "G11", "medium",
    ),
    "a target of the next sentence that measures another goal": (
        both(OWN_GOAL, adding("evidence", said("own", 80, 86, sentence=8), said("aim", 95, 99, sentence=9))),
        "G10", "medium",
    ),
    "departments in charge at every level could be any": (
        both(without("responsibilities", measure="two"), called("各级主管部门")), "G04", "high",
    ),
    "a plan of several years does not say which": (
        both(without("quantifying", target="aim"), setting("documents", "doc", title="虚构县检测行动计划（2026—2028年）")),
        "G11", "medium",
    ),
    "some areas could be any": (
        both(without("responsibilities", measure="two"), called("有关乡镇人民政府")), "G04", "high",
    ),
    "a mechanism between departments for one matter": (
        both(CROWD, FEW, named("measures", "two", "完善数据共享跨部门协调工作机制")), "G15", "medium",
    ),
    "a department in charge of whatever trade": (
        both(without("responsibilities", measure="two"), called("行业主管部门")), "G04", "high",
    ),
    "a bracket stands between two sentences": (
        both(without("responsibilities", measure="two"), adding(
            "evidence", said("one", 101, 107, sentence=8), said("two", 120, 126, sentence=9))), "G01", "high",
    ),
    "a goal with a year is no motto of what follows": (
        both(adding("goals", {"id": "own", "label_zh": "投诉按时办结", "document": "doc", "due_year": 2027}), adding(
            "evidence", said("own", 101, 107, sentence=8), said("part", 115, 121, sentence=9))), "G08", "high",
    ),
    "a time in the sentence behind is not its own": (
        both(without("quantifying", target="aim"), setting("measures", "one", deadline="每年"),
             adding("evidence", said("one", 121, 130, sentence=10), said("aim", 108, 114, sentence=9))), "G11", "medium",
    ),
    "a value with no unit behind it": (
        both(setting("targets", "aim", unit=None), named("targets", "aim", "投入强度达到2.6以上")), "G11", "medium",
    ),
    "one body beside all areas": (
        both(
            without("responsibilities", measure="two"),
            adding("bodies", {"id": "all", "label": "各地区", "kind": "openBody"}),
            adding("responsibilities", duty("two", "b", "responsible"), duty("two", "all", "responsible")),
        ), "G02", "low",
    ),
    "one body beside whom it may concern": (
        both(
            without("responsibilities", measure="two"),
            adding("responsibilities", duty("two", "b", "responsible"), duty("two", "open", "responsible")),
        ), "G02", "medium",
    ),
    "words of change name nothing": (
        both(UNSERVED, named("goals", "part", "水平显著提升"), named("measures", "one", "水平显著提升工程")), "G08", "high",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", NEAR)
def test_the_gap_beside_what_only_looks_like_one_stays(name: str) -> None:
    change, kind, severity = NEAR[name]
    (finding,) = found(change, kind)
    assert finding.severity is Severity(severity)


def test_an_open_body_below_named_ones_is_told_with_how_many_these_are() -> None:
    vague = both(
        without("responsibilities", measure="two"),
        adding(
            "responsibilities",
            duty("two", "open", "responsible"),
            duty("group", "c", "responsible"),
        ),
    )
    (finding,) = found(vague, "G04")
    assert finding.reason.zh.endswith("上一级任务另有 1 家具体单位。")
    assert finding.severity is Severity.LOW


def judged(name: str, **documents: object) -> Finding:
    """Return the finding of a planted gap, in a document with these values."""
    change, kind, _, subject = GAPS[name]
    written = adding("evidence", spot(subject, 80, 86), spot("hub", 80, 86))
    (finding,) = found(both(change, written, setting("documents", "doc", **documents)), kind)
    return finding


@pytest.mark.parametrize("name", [n for n, gap in GAPS.items() if catalogue()[gap[1]].absence])
def test_a_finding_that_there_is_none_names_the_text_searched_and_falls_where_it_was_hardly_read(
    name: str,
) -> None:
    assert [span for span in judged(name).evidence if not span.quote], "the span that was searched"
    hardly = judged(name, bracket_coverage=0.4, clause_coverage=0.4)
    assert hardly.severity is Severity.INFO


# Membership, a document as a whole and a conflict without a strength have no confidence.
CERTAIN = {"G07 a member without a duty", "G23 in conflict, no strength told"} | {
    name for name, gap in GAPS.items() if gap[1] == "G24"
}
DOUBTED = ("measures", "goals", "targets", "responsibilities", "dependencies", "contributions")


@pytest.mark.parametrize("name", [n for n in GAPS if n not in CERTAIN])
def test_doubt_below_the_threshold_takes_a_finding_down_one_step(name: str) -> None:
    change, kind, severity, _ = GAPS[name]
    rows = copy.deepcopy(whole_plan())
    change(rows)
    for table in DOUBTED:
        for row in rows[table]:
            row["confidence"] = 0.5
    weak = findings_of(tables_of(rows), settings=load(), types=[kind])
    lowest = max(SEVERITY_RANK[Severity(severity)] - 1, 0)
    assert {SEVERITY_RANK[one.severity] for one in weak if one.confidence < 0.6} == {lowest}


def test_a_plan_that_mostly_does_not_say_what_for_is_told_of_once() -> None:
    (finding,) = found(lambda rows: many(rows, held=20), "G09")
    assert finding.severity is Severity.INFO
    assert "没有逐项写明" in finding.reason.zh
