"""Each gap type on a plan that is whole but for one thing, and on the place that only looks like it."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from kg.analysis.gaps import catalogue, findings, findings_of, gap_type
from kg.analysis.gaps.graph_rules import RULES
from kg.analysis.gaps.page import page
from kg.analysis.gaps.workbench import rule_text
from kg.analysis.project import tables_of
from kg.errors import UnknownGapTypeError
from kg.model import Finding, Severity
from kg.settings import Settings, load
from kg.store import memory_store

Rows = dict[str, list[dict[str, Any]]]
NAMES = "abcdefghijk"


def whole_plan() -> Rows:
    """Return an invented plan without a gap: a group of two tasks, a goal with a target."""
    return {
        "documents": [
            {
                "id": "doc", "title": "虚构方案", "level": "county", "states_bodies": True,
                "clause_coverage": 1.0, "bracket_coverage": 1.0,
            }
        ],
        "measures": [
            {"id": "group", "kind": "taskGroup", "label_zh": "提升质量", "document": "doc"},
            {"id": "one", "kind": "task", "label_zh": "建立追溯制度", "document": "doc", "parent": "group"},
            {"id": "two", "kind": "task", "label_zh": "统一编码规则", "document": "doc", "parent": "group"},
            {"id": "sys", "kind": "arrangement", "label_zh": "督察评估制度", "document": "doc"},
        ],
        "goals": [
            {"id": "goal", "label_zh": "合格率达到96%", "document": "doc", "due_year": 2027},
            {"id": "part", "label_zh": "抽检合格率", "document": "doc", "parent": "goal"},
        ],
        "parents": [
            {"child": "one", "parent": "group"},
            {"child": "two", "parent": "group"},
            {"child": "part", "parent": "goal"},
        ],
        "targets": [
            {
                "id": "aim", "label_zh": "合格率96%", "document": "doc", "indicator": "合格率",
                "value": 96.0, "unit": "%",
            }
        ],
        "quantifying": [{"target": "aim", "goal": "part"}],
        "bodies": [
            *({"id": name, "label": f"{name}局", "kind": "department", "area": "青禾县"} for name in NAMES),
            {"id": "open", "label": "有关部门", "kind": "openBody"},
            {"id": "hub", "label": "领导小组", "kind": "coordinationBody"},
        ],
        "responsibilities": [
            duty("one", "a", "lead"), duty("one", "b", "support"), duty("two", "b", "lead"),
            duty("two", "a", "support"),
        ],
        "contributions": [{"id": "c", "measure": "group", "goal": "part"}],
        "dependencies": [],
        "members": [],
        "evaluations": [{"arrangement": "sys", "subject": "doc"}],
        "evidence": [
            spot("doc", 0, 4), spot("goal", 10, 20), spot("part", 12, 16), spot("group", 30, 34),
            spot("one", 40, 46), spot("two", 60, 66), spot("sys", 90, 96),
        ],
    }  # fmt: skip


def duty(measure: str, body: str, role: str) -> dict[str, Any]:
    """Return a row of responsibilities."""
    return {"id": f"{measure}-{body}-{role}", "measure": measure, "body": body, "role": role}


def link(source: str, target: str, kind: str = "requires") -> dict[str, Any]:
    """Return a row of dependencies."""
    return {"id": f"{source}>{target}", "source": source, "target": target, "kind": kind}


def spot(node: str, start: int, end: int) -> dict[str, Any]:
    """Return a row of evidence; raw offsets are three more."""
    return {
        "node": node, "document": "doc", "start": start, "end": end, "raw_start": start + 3,
        "raw_end": end + 3, "text_sha256": "ab", "exact": node,
    }  # fmt: skip


def found(
    change: Callable[[Rows], object], *types: str, settings: Settings | None = None
) -> list[Finding]:
    """Return the findings after *change* to the whole plan, of *types* where given."""
    rows = copy.deepcopy(whole_plan())
    change(rows)
    return findings_of(tables_of(rows), settings=settings or load(), types=types or None)


def without(table: str, **values: str) -> Callable[[Rows], object]:
    """Return a change that takes out the rows with these values."""

    def change(rows: Rows) -> None:
        rows[table] = [
            row
            for row in rows[table]
            if any(row.get(name) != value for name, value in values.items())
        ]

    return change


def adding(table: str, *added: dict[str, Any]) -> Callable[[Rows], object]:
    """Return a change that adds rows."""
    return lambda rows: rows.setdefault(table, []).extend(copy.deepcopy(added))


def both(*changes: Callable[[Rows], object]) -> Callable[[Rows], object]:
    """Return the changes one after another."""
    return lambda rows: [change(rows) for change in changes]


def setting(table: str, identifier: str, **values: object) -> Callable[[Rows], object]:
    """Return a change that gives one row other values."""
    return lambda rows: [row.update(values) for row in rows[table] if row["id"] == identifier]


CROWD = adding("responsibilities", *(duty("one", name, "responsible") for name in "cdef"))
FAR = both(  # two depends on one, and their leads a and c have nothing in common
    without("responsibilities", measure="two"),
    adding("responsibilities", duty("two", "c", "lead")),
    adding("dependencies", link("two", "one")),
)
LEADS_APART = both(
    without("responsibilities", measure="two"), adding("responsibilities", duty("two", "c", "lead"))
)
OWN_GOAL = adding("goals", {"id": "own", "label_zh": "投诉按时办结", "document": "doc"})
TWICE = both(
    without("responsibilities", measure="two"),
    adding("responsibilities", duty("two", "c", "lead")),
    setting("measures", "two", label_zh="健全追溯制度"),
    setting("measures", "one", label_zh="建立健全追溯制度"),
)


def served(measure: str, goal: str) -> dict[str, Any]:
    """Return a row of contributions."""
    return {"id": f"{measure}+{goal}", "measure": measure, "goal": goal, "strength": 2.0}


def aside(identifier: str, label: str) -> dict[str, Any]:
    """Return a row of measures, a task of the group."""
    return {
        "id": identifier,
        "kind": "task",
        "label_zh": label,
        "document": "doc",
        "parent": "group",
    }


def observing(*seen: tuple[str, int]) -> Callable[[Rows], object]:
    """Return a change that adds observations of these indicators in these years."""
    return adding(
        "observations",
        *(
            {"id": f"{name}{year}", "indicator": name, "area": "青禾县", "year": year}
            for name, year in seen
        ),
    )


def clash(one: str, other: str, strength: float) -> dict[str, Any]:
    """Return a row of contributions that hinders."""
    return served(one, other) | {"id": f"{one}-{other}", "strength": float(strength)}


GAPS = {
    "G01 a task without bodies": (without("responsibilities", measure="two"), "G01", "high", "two"),
    "G01 a group without any": (lambda rows: rows.update(responsibilities=[]), "G01", "high", "group"),
    "G02 bodies but no lead": (
        both(
            without("responsibilities", measure="two"),
            adding("responsibilities", duty("two", "b", "responsible"), duty("two", "c", "responsible")),
        ), "G02", "medium", "two",
    ),
    "G02 exactly one undertakes": (
        both(without("responsibilities", measure="two"), adding("responsibilities", duty("two", "b", "responsible"))),
        "G02", "low", "two",
    ),
    "G03 two leads": (adding("responsibilities", duty("two", "c", "lead")), "G03", "medium", "two"),
    "G03 three leads": (
        adding("responsibilities", duty("two", "c", "lead"), duty("two", "d", "lead")), "G03", "high", "two",
    ),
    "G03 leads of two areas": (
        both(adding("responsibilities", duty("two", "c", "lead")), setting("bodies", "c", area="临江市")),
        "G03", "high", "two",
    ),
    "G04 only an open body": (
        both(without("responsibilities", measure="two"), adding("responsibilities", duty("two", "open", "responsible"))),
        "G04", "high", "two",
    ),
    "G04 an open body below a named one": (
        both(
            without("responsibilities", measure="two"),
            adding("responsibilities", duty("two", "open", "responsible"), duty("group", "c", "lead")),
        ), "G04", "low", "two",
    ),
    "G05 the lead supervises itself": (
        adding("responsibilities", duty("two", "b", "supervisor")), "G05", "high", "two",
    ),
    "G07 a member without a duty": (
        adding("members", {"body": "k", "coordination_body": "hub"}), "G07", "low", "k",
    ),
    "G08 a dated goal that nothing serves": (without("contributions", id="c"), "G08", "high", "goal"),
    "G08 a part that nothing serves": (
        both(without("contributions", id="c"), adding("contributions", {"id": "d", "measure": "one", "goal": "goal"})),
        "G08", "medium", "part",
    ),
    "G09 a measure for no goal": (
        adding("measures", {"id": "odd", "kind": "task", "label_zh": "编纂港口志", "document": "doc"}),
        "G09", "low", "odd",
    ),
    "G10 a goal without a target": (without("quantifying", target="aim"), "G10", "medium", "goal"),
    "G11 a target without a unit": (setting("targets", "aim", unit=None), "G11", "medium", "aim"),
    "G11 a target without unit and value": (
        setting("targets", "aim", unit=None, value=None, label_zh="合格率提高"), "G11", "high", "aim",
    ),
    "G13 leads apart": (FAR, "G13", "low", "two"),
    "G14 nobody acts in both": (FAR, "G14", "medium", "two"),
    "G15 five bodies and no mechanism": (
        both(CROWD, without("responsibilities", measure="one", body="b")), "G15", "medium", "one",
    ),
    "G15 ten bodies and no mechanism": (
        adding("responsibilities", *(duty("one", name, "responsible") for name in "cdefghij")),
        "G15", "high", "one",
    ),
    "G16 two wait for each other under two leads": (
        adding("dependencies", link("one", "two"), link("two", "one")), "G16", "high", "one",
    ),
    "G16 two wait for each other under one lead": (
        both(
            adding("dependencies", link("one", "two"), link("two", "one")),
            without("responsibilities", measure="two"),
            adding("responsibilities", duty("two", "a", "lead")),
        ), "G16", "medium", "one",
    ),
    "G17 what is needed is due later": (
        both(
            adding("dependencies", link("two", "one")),
            setting("measures", "two", due_year=2025),
            setting("measures", "one", due_year=2026),
        ), "G17", "high", "two",
    ),
    "G12 an indicator that was never observed": (
        both(observing(("其他指标", 2026)), setting("targets", "aim", area="青禾县")), "G12", "high", "aim",
    ),
    "G12 an indicator last observed two years before": (
        both(observing(("合格率", 2024), ("其他指标", 2026)), setting("targets", "aim", area="青禾县", due_year=2030)),
        "G12", "low", "aim",
    ),
    "G18 two sides of a plan that one body joins": (
        both(
            adding("responsibilities", duty("two", "c", "support"), duty("sys", "d", "lead"), duty("sys", "c", "support")),
        ), "G18", "medium", "c",
    ),
    "G18 a measure that one body carries alone": (
        adding("responsibilities", duty("sys", "a", "lead")), "G18", "low", "a",
    ),
    "G18 all goals hang on one body": (
        lambda rows: rows.update(responsibilities=[duty("one", "a", "lead")]), "G18", "high", "a",
    ),
    "G22 the same words under two leads": (TWICE, "G22", "medium", "one"),
    "G23 in conflict, a stated strength": (
        both(LEADS_APART, adding("contributions", clash("one", "two", -1))), "G23", "low", "two",
    ),
    "G23 counteracting": (
        both(LEADS_APART, adding("contributions", clash("one", "two", -2))), "G23", "medium", "two",
    ),
    "G23 cancelling": (
        both(LEADS_APART, adding("contributions", clash("one", "two", -3))), "G23", "high", "one",
    ),
    "G23 in conflict, no strength told": (
        both(LEADS_APART, adding("conflicts", {"one": "one", "other": "two"}, {"one": "two", "other": "one"})),
        "G23", "medium", "one",
    ),
    "G23 a measure that hinders a goal of others": (
        both(LEADS_APART, adding("contributions", clash("two", "own", -2), served("one", "own")), OWN_GOAL),
        "G23", "medium", "own",
    ),
    "G24 nothing evaluates the plan": (without("evaluations", subject="doc"), "G24", "low", "doc"),
    "G25 a measure without words": (without("evidence", node="two"), "G25", "info", "two"),
}  # fmt: skip

LOOKALIKES = {
    "a whole plan": (lambda rows: None, None),
    "a task whose group has the bodies": (
        both(without("responsibilities", measure="two"), adding("responsibilities", duty("group", "c", "lead"))), "G01",
    ),
    "a programme that realises a task with bodies": (
        both(
            adding("measures", {"id": "prog", "kind": "programme", "label_zh": "提升工程", "document": "doc"}),
            adding("parents", {"child": "prog", "parent": "one"}),
        ), "G01",
    ),
    "a programme named in passing": (
        adding("measures", {"id": "prog", "kind": "programme", "label_zh": "提升工程", "document": "doc"}), "G01",
    ),
    "a task that inherits its lead": (
        both(
            without("responsibilities", measure="two"),
            adding("responsibilities", duty("group", "c", "lead"), duty("two", "b", "responsible")),
        ), "G02",
    ),
    "a lead and an open body": (adding("responsibilities", duty("two", "open", "lead")), "G03"),
    "open bodies beside a lead": (adding("responsibilities", duty("two", "open", "responsible")), "G04"),
    "another body supervises": (adding("responsibilities", duty("two", "c", "supervisor")), "G05"),
    "a member with a supporting role": (adding("members", {"body": "b", "coordination_body": "hub"}), "G07"),
    "a goal served through its part": (lambda rows: None, "G08"),
    "a goal in one sentence with one that is measured": (
        both(
            adding("goals", {"id": "mood", "label_zh": "质量明显提升", "document": "doc"}),
            adding("evidence", spot("mood", 8, 10) | {"sentence": 7}, spot("part", 12, 16) | {"sentence": 7}),
        ), "G10",
    ),
    "an index has no unit": (setting("targets", "aim", unit=None, indicator="竞争力指数"), "G11"),
    "leads in one coordination body": (
        both(FAR, adding("members", *({"body": name, "coordination_body": "hub"} for name in "ac"))), "G13",
    ),
    "leads with a common measure": (
        both(FAR, adding("responsibilities", duty("two", "a", "support"))), "G13",
    ),
    "a common body on both sides": (
        both(FAR, adding("responsibilities", duty("two", "b", "support"))), "G14",
    ),
    "a crowd under a coordination body": (
        both(CROWD, adding("responsibilities", duty("group", "hub", "lead"))), "G15",
    ),
    "a crowd that sits in one coordination body": (
        both(CROWD, adding("members", *({"body": name, "coordination_body": "hub"} for name in "abcdef"))), "G15",
    ),
    "a crowd with a channel of its own": (
        both(CROWD, adding("covering", {"channel": "ch", "subject": "one"})), "G15",
    ),
    "four bodies": (adding("responsibilities", *(duty("one", name, "responsible") for name in "cd")), "G15"),
    "sharing in both directions is no order": (
        adding("dependencies", link("one", "two", "sharesResourceWith"), link("two", "one", "sharesResourceWith")), "G16",
    ),
    "observed a year before": (
        both(observing(("合格率", 2025), ("其他指标", 2026)), setting("targets", "aim", area="青禾县")), "G12",
    ),
    "observed under a name that says of the whole county": (
        both(observing(("全县合格率", 2026)), setting("targets", "aim", area="青禾县")), "G12",
    ),
    "an area of which nothing was observed": (
        both(observing(("其他指标", 2026)), setting("targets", "aim", area="白石县")), "G12",
    ),
    "a target that was due long ago": (
        both(observing(("其他指标", 2030)), setting("targets", "aim", area="青禾县")), "G12",
    ),
    "a body that does one thing alone and joins nothing": (
        adding("responsibilities", duty("sys", "d", "lead")), "G18",
    ),
    "a coordination body that joins the sides": (
        adding("responsibilities", duty("two", "hub", "support"), duty("sys", "hub", "lead")), "G18",
    ),
    "open bodies join nothing": (
        adding("responsibilities", duty("two", "open", "support"), duty("sys", "open", "lead")), "G18",
    ),
    "nearly the same words under one lead": (
        both(TWICE, adding("responsibilities", duty("two", "a", "lead"))), "G22",
    ),
    "nearly the same words in two areas": (
        both(TWICE, setting("measures", "one", area="青禾县"), setting("measures", "two", area="白石县")), "G22",
    ),
    "nearly the same words, and one takes up the other": (
        both(TWICE, adding("uptake", {"id": "u", "lower": "two", "upper": "one"})), "G22",
    ),
    "nearly the same words in a plan and one that it carries out": (
        both(
            TWICE, adding("documents", {"id": "duties", "title": "分工方案"}),
            adding("implementing", {"lower": "duties", "upper": "doc"}), setting("measures", "two", document="duties"),
            setting("measures", "one", area="青禾县"), setting("measures", "two", area="青禾县"),
        ), "G22",
    ),
    "nearly the same words, and other things below them": (
        both(TWICE, adding("measures", {"id": "sub", "kind": "task", "label_zh": "推行赋码销售", "document": "doc"}),
             adding("parents", {"child": "sub", "parent": "two"})), "G22",
    ),
    "every plan says how it is organised": (
        both(TWICE, setting("measures", "group", label_zh="组织实施")), "G22",
    ),
    "an end that two sentences share": (  # 建立台账，健全追溯制度; 培训人员，健全追溯制度
        both(
            TWICE, setting("measures", "one", label_zh="健全追溯制度"),
            adding("measures", aside("one1", "建立台账"), aside("two1", "培训人员")),
            adding("parents", {"child": "one1", "parent": "group"}, {"child": "two1", "parent": "group"}),
            adding("responsibilities", duty("one1", "a", "lead"), duty("two1", "c", "lead")),
            without("responsibilities", measure="one", role="support"),
            adding("evidence", spot("one1", 36, 39) | {"sentence": 4}, spot("two1", 56, 59) | {"sentence": 5}),
            lambda rows: [row.update(sentence={"one": 4, "two": 5}[row["node"]]) for row in rows["evidence"] if row["node"] in ("one", "two")],
        ), "G22",
    ),
    "a conflict, and a body that acts in both": (adding("contributions", clash("one", "two", -2)), "G23"),
    "a conflict under one lead of the group": (
        both(LEADS_APART, adding("responsibilities", duty("group", "d", "lead")), adding("contributions", clash("one", "two", -2))),
        "G23",
    ),
    "a body of what serves the goal acts on the other side": (
        both(LEADS_APART, adding("contributions", clash("two", "own", -2), served("two", "own")), OWN_GOAL), "G23",
    ),
    "neither helps nor hinders": (both(LEADS_APART, adding("contributions", clash("one", "two", 0))), "G23"),
    "two that help each other": (both(LEADS_APART, adding("contributions", clash("one", "two", 2))), "G23"),
    "due in the same year": (
        both(
            adding("dependencies", link("two", "one")),
            setting("measures", "two", due_year=2026), setting("measures", "one", due_year=2026),
        ), "G17",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", GAPS)
def test_the_gap_is_found_with_its_severity_on_its_subject(name: str) -> None:
    change, kind, severity, subject = GAPS[name]
    (finding,) = found(change, kind)
    assert (finding.type, finding.severity) == (kind, severity)
    assert subject in {node.id for node in finding.subjects}
    assert finding.reason.zh.endswith("。")
    assert "{" not in finding.reason.zh + finding.reason.en


@pytest.mark.parametrize("name", LOOKALIKES)
def test_nothing_is_found_where_it_only_looks_like_a_gap(name: str) -> None:
    change, kind = LOOKALIKES[name]
    assert found(change, *([kind] if kind else [])) == []


def test_every_gap_type_but_overload_and_the_upward_ones_has_a_case_here() -> None:
    cases = {kind for _, kind, _, _ in GAPS.values()}
    assert cases == set(catalogue()) - {"G06", "G19", "G20", "G21"}  # see test_upward_gaps


def test_where_two_groups_overlap_their_tasks_are_not_told_again() -> None:
    def change(rows: Rows) -> None:
        TWICE(rows)
        for name, lead in (("one", "a"), ("two", "c")):
            rows["measures"].append(aside(name + "x", "建立产品信息编码台账"))
            rows["parents"].append({"child": name + "x", "parent": name})
            rows["responsibilities"].append(duty(name + "x", lead, "lead"))

    (finding,) = found(change, "G22")
    assert {node.id for node in finding.subjects} == {"one", "two"}
    assert "用语相似度" in finding.reason.zh
    assert found(change, "G22", settings=load(gap_overlap=0.99))[0].subjects[0].id.endswith("x")


def test_what_bodies_carry_alone_makes_one_finding_a_document() -> None:
    alone = [duty(name, body, "lead") for name, body in (("sys", "a"), ("group", "b"))]
    (finding,) = found(adding("responsibilities", *alone), "G18")
    assert [node.id for node in finding.subjects] == ["doc", "a", "b"]
    assert finding.severity is Severity.LOW


def test_the_year_to_judge_by_is_that_of_the_newest_observation_or_set() -> None:
    change = both(
        observing(("合格率", 2024), ("其他指标", 2025)), setting("targets", "aim", area="青禾县")
    )
    assert found(change, "G12") == []
    (finding,) = found(change, "G12", settings=load(gap_as_of_year=2026))
    assert "最近一次为 2024 年" in finding.reason.zh
    assert found(change, "G12", settings=load(gap_as_of_year=2026, gap_monitor_years=3)) == []


def test_how_many_goals_on_one_body_are_grave_is_a_setting() -> None:
    change = both(
        without("responsibilities", measure="two"),
        adding("responsibilities", duty("two", "c", "lead"), duty("two", "d", "lead")),
        adding("goals", {"id": "own", "label_zh": "投诉按时办结", "document": "doc"}),
        adding("contributions", {"id": "x", "measure": "sys", "goal": "own", "strength": 2.0}),
        adding("responsibilities", duty("sys", "c", "lead")),
    )
    for share, severity in ((0.25, Severity.HIGH), (0.5, Severity.MEDIUM)):
        (finding,) = found(change, "G18", settings=load(gap_single_point=share))
        assert finding.severity is severity
        assert "只靠一家单位参与的措施支撑：c局（1 个目标）" in finding.reason.zh


def test_overload_is_far_above_the_others_of_its_level() -> None:
    def change(rows: Rows) -> None:
        rows["measures"] += [
            {"id": f"m{n}", "kind": "task", "label_zh": f"m{n}"} for n in range(12)
        ]
        rows["responsibilities"] = [duty(f"m{n}", "a", "lead") for n in range(8)]
        rows["responsibilities"] += [
            duty(f"m{n + 8}", name, "lead") for n, name in enumerate("bcde")
        ]

    (finding,) = found(change, "G06")
    assert finding.subjects[0].id == "a"
    assert "牵头 8 项" in finding.reason.zh
    assert found(change, "G06", settings=load(gap_overload_min=9)) == []


def test_a_group_without_bodies_is_one_finding_that_counts_those_below() -> None:
    (finding,) = found(lambda rows: rows.update(responsibilities=[]), "G01")
    assert "其下 2 项" in finding.reason.zh


def test_a_genre_that_names_no_bodies_gives_one_information_and_no_gap() -> None:
    change = both(
        setting("documents", "doc", states_bodies=False),
        lambda rows: rows.update(responsibilities=[]),
    )
    (finding,) = found(change, "G01", "G02")
    assert (finding.severity, finding.subjects[0].id) == (Severity.INFO, "doc")
    assert "不是逐项写明责任主体" in finding.reason.zh


def test_a_document_without_goals_gives_one_information_and_no_measure_without_goal() -> None:
    (finding,) = found(lambda rows: rows.update(goals=[], contributions=[], quantifying=[]), "G09")
    assert (finding.severity, finding.subjects[0].id) == (Severity.INFO, "doc")


def test_what_was_hardly_read_is_information_and_says_what_was_searched() -> None:
    missing = without("responsibilities", measure="two")
    (finding,) = found(both(missing, setting("documents", "doc", bracket_coverage=0.4)), "G01")
    assert finding.severity is Severity.INFO
    (finding,) = found(missing, "G01")
    assert finding.severity is Severity.HIGH
    own, searched = finding.evidence
    assert (own.quote, own.start, own.end) == ("two", 60, 66)
    assert (searched.quote, searched.start, searched.end) == ("", 60, 90), "up to the next element"
    assert (searched.raw_start, searched.raw_end, searched.text_sha256) == (63, 93, "ab")


def test_a_weak_link_lowers_the_severity_by_one_step() -> None:
    weak = duty("two", "c", "lead") | {"confidence": 0.5}
    (finding,) = found(adding("responsibilities", weak), "G03")
    assert (finding.severity, finding.confidence) == (Severity.LOW, 0.5)
    (finding,) = found(
        adding("responsibilities", weak), "G03", settings=load(gap_low_confidence=0.4)
    )
    assert finding.severity is Severity.MEDIUM


def test_a_dependency_across_levels_weighs_one_step_more() -> None:
    upper = {"id": "up", "kind": "task", "label_zh": "省级任务", "level": "province"}
    change = both(
        adding("measures", upper),
        setting("measures", "two", level="county"),
        adding("responsibilities", duty("up", "k", "lead")),
        adding("dependencies", link("two", "up")),
    )
    (finding,) = found(change, "G13")
    assert finding.severity is Severity.MEDIUM


def test_the_lead_of_a_sibling_is_proposed_with_the_ground() -> None:
    (finding,) = found(without("responsibilities", measure="two"), "G01")
    (candidate,) = finding.candidates
    assert (candidate.body, candidate.ground.zh) == ("a", "牵头同组的“建立追溯制度”")
    assert 0 < candidate.score <= 1


def test_a_body_is_proposed_whose_mandate_the_measure_names() -> None:
    change = both(
        without("responsibilities", measure="two"),
        setting("measures", "two", area="青禾县"),
        adding("answering", {"body": "k", "matter": "编码"}, {"body": "k", "matter": "统一编码"}),
    )
    (finding,) = found(change, "G01")
    (candidate,) = [candidate for candidate in finding.candidates if candidate.body == "k"]
    assert candidate.ground.zh == "职责：主管“统一编码”"
    assert candidate.ground.en == "its mandate: “统一编码”"
    assert candidate.score == 0.7


def test_the_mandate_of_a_body_elsewhere_is_no_ground() -> None:
    change = both(
        without("responsibilities", measure="two"),
        setting("measures", "two", area="临江市"),
        adding("answering", {"body": "k", "matter": "编码"}),
    )
    (finding,) = found(change, "G01")
    assert "k" not in {candidate.body for candidate in finding.candidates}


def test_a_coordination_body_in_which_one_side_sits_is_proposed_for_the_other() -> None:
    seat = adding("members", {"body": "a", "coordination_body": "hub"})
    (finding,) = found(both(FAR, seat), "G13")
    assert [candidate.body for candidate in finding.candidates] == ["hub"]


def test_findings_are_the_same_in_any_order_of_the_rows() -> None:
    change = both(FAR, CROWD, without("contributions", id="c"))

    def turned(rows: Rows) -> None:
        change(rows)
        for table in rows.values():
            table.reverse()

    assert found(change) == found(turned)
    assert len(found(change)) >= 3


def test_a_hostile_label_stays_a_label() -> None:
    change = both(
        without("responsibilities", measure="two"),
        setting("measures", "two", label_zh="{subjects} '; drop table measures; --"),
    )
    (finding,) = found(change, "G01")
    assert "{subjects} '; drop table" in finding.reason.zh


def test_findings_of_a_store_are_kept_until_it_changes_and_narrowed_as_asked() -> None:
    store = memory_store()
    store.update(
        "PREFIX q: <https://w3id.org/qualitykg/ns#> INSERT DATA { GRAPH "
        "<https://w3id.org/qualitykg/id/graph/d> { <urn:t> a q:Task ; q:statedIn <urn:d> . "
        "<urn:d> a q:Document ; q:statesBodies true } }"
    )
    every = findings(store, settings=load())
    assert {one.type for one in every} == {"G01", "G09", "G24", "G25"}
    assert findings(store, settings=load(), types=["g01"])[0].query == "g01"
    assert [one.type for one in findings(store, settings=load(), severity="high")] == ["G01"]
    assert findings(store, settings=load(), scope="urn:elsewhere") == []
    assert {one.type for one in findings(store, settings=load(), scope="urn:t")} == {"G01", "G25"}
    store.update("DELETE WHERE { GRAPH ?g { ?s ?p ?o } }")
    assert findings(store, settings=load()) == []


def test_an_unknown_gap_type_is_refused_with_those_there_are() -> None:
    with pytest.raises(UnknownGapTypeError, match=r"G99.*G01"):
        gap_type("G99")


def test_every_type_of_the_catalogue_is_complete() -> None:
    assert len(catalogue()) >= 18
    for kind in catalogue().values():
        for words in (kind.name, kind.definition, kind.severity, kind.reason, kind.remedy):
            assert words.zh, kind.id
            assert words.en, kind.id
        assert kind.how in RULES or "select" in rule_text(kind.how)
        assert set(kind.thresholds) <= set(Settings.model_fields)
        assert page().count(f'id="{kind.id.lower()}"') == 1


def test_clauses_of_one_heading_that_lack_the_same_make_one_finding_in_the_order_of_the_text() -> (
    None
):
    extra = {"kind": "task", "document": "doc", "parent": "group"}
    change = both(
        without("responsibilities", measure="two"),
        adding("measures", {"id": "a-later", "label_zh": "后一项", **extra}),
        adding("parents", {"child": "a-later", "parent": "group"}),
        adding("evidence", spot("a-later", 80, 84)),
    )
    (finding,) = found(change, "G01")
    assert [node.id for node in finding.subjects] == ["two", "a-later"]
    assert finding.reason.zh.startswith("“统一编码规则”、“后一项”")


def test_what_stands_under_principles_is_not_judged_and_support_serves_every_goal() -> None:
    heading = {"kind": "taskGroup", "document": "doc"}
    change = both(
        adding("measures", {"id": "h1", "label_zh": "基本原则", **heading}),
        adding("measures", {"id": "h2", "label_zh": "保障措施", **heading}),
    )
    assert [node.id for one in found(change, "G01") for node in one.subjects] == ["h2"]
    assert found(change, "G09") == []
