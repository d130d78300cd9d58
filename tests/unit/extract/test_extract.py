"""Extraction from whole texts. All texts are invented."""

import gc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract import extract
from kg.extract.exchange import TYPES, exchange
from kg.model import Extraction, Kind, Metadata, RelationKind

PLAN = """云川市质量提升行动方案
云川市人民政府
2031年3月1日
为贯彻落实《云岭省质量强省建设方案》（云岭政发〔2031〕2号）精神，制定本方案。
一、主要目标
到2035年，质量水平明显提升，产品合格率达到96%以上。
——标准体系更加完善。先进标准广泛应用。
二、重点任务
（一）健全标准体系。制定家电追溯管理办法，开展质量提升行动，建立首席质量官制度，促进标准应用。（牵头单位：市市场监管局；配合单位：市财政局）
（二）建设检测平台。2033年底前建成检测数据平台。依托检测数据平台推进数据共享。在建成检测数据平台的基础上，推广远程检测。（市科技局负责）
三、保障措施
（三）加强组织领导。建立质量工作联席会议制度，强化部门协同。建立方案实施评估机制。促进产业、财政等方面政策与质量政策协同。
"""


@pytest.fixture(scope="module")
def plan() -> Extraction:
    return extract(PLAN)


def texts(found: Extraction, kind: Kind) -> list[str]:
    return [m.text for m in found.mentions if m.kind is kind]


EXPECTED = {
    Kind.GOAL: [
        "质量水平明显提升",
        "产品合格率达到96%以上",
        "标准体系更加完善",
        "先进标准广泛应用",
    ],
    Kind.TASK_GROUP: ["重点任务", "健全标准体系", "建设检测平台", "保障措施", "加强组织领导"],
    Kind.TARGET: ["产品合格率达到96%以上"],
    Kind.ACTION: ["质量提升行动"],
    Kind.TIME: ["2031年3月1日", "到2035年", "2033年底前"],
    Kind.POLICY_AREA: ["产业", "财政", "质量"],
    Kind.TASK: [
        "制定家电追溯管理办法",
        "开展质量提升行动",
        "建立首席质量官制度",
        "促进标准应用",
        "建成检测数据平台",
        "依托检测数据平台推进数据共享",
        "推广远程检测",
        "建立质量工作联席会议制度",
        "强化部门协同",
        "建立方案实施评估机制",
        "促进产业、财政等方面政策与质量政策协同",
    ],
}


@pytest.mark.parametrize("kind", EXPECTED, ids=lambda kind: kind.value)
def test_a_plan_gives_its_facts(plan: Extraction, kind: Kind) -> None:
    assert texts(plan, kind) == EXPECTED[kind]


def test_arrangements_are_named_without_their_verbs(plan: Extraction) -> None:
    found = texts(plan, Kind.ARRANGEMENT)
    assert {"首席质量官制度", "质量工作联席会议制度", "方案实施评估机制"} <= set(found)


def test_a_plan_tells_its_own_data(plan: Extraction) -> None:
    about = plan.metadata
    assert about.title == "云川市质量提升行动方案"
    assert (about.issuer, about.issued_on, about.level) == (
        "云川市人民政府",
        "2031-03-01",
        "prefecture",
    )
    assert about.implements == ("云岭省质量强省建设方案",)
    assert about.number is None


def test_what_is_given_wins_over_what_is_read() -> None:
    found = extract(PLAN, overrides=Metadata(title="甲方案", number="云政发〔2031〕9号"))
    assert (found.metadata.title, found.metadata.number) == ("甲方案", "云政发〔2031〕9号")
    assert found.metadata.issuer == "云川市人民政府"


def ends(found: Extraction, kind: RelationKind) -> set[tuple[str, str]]:
    names = {m.id: m.text for m in found.mentions} | {"DOC": "DOC"}
    return {(names[r.head], names[r.tail]) for r in found.relations if r.kind is kind}


RELATIONS = {
    RelationKind.PART_OF: ("推广远程检测", "建设检测平台"),
    RelationKind.REALISES: ("质量提升行动", "开展质量提升行动"),
    RelationKind.HAS_GOAL: ("DOC", "质量水平明显提升"),
    RelationKind.HORIZON: ("先进标准广泛应用", "到2035年"),
    RelationKind.IMPLEMENTS: ("DOC", "云岭省质量强省建设方案"),
    RelationKind.HAS_DEADLINE: ("建成检测数据平台", "2033年底前"),
    RelationKind.QUANTIFIES: ("产品合格率达到96%以上", "产品合格率达到96%以上"),
    RelationKind.REQUIRES: ("推广远程检测", "建成检测数据平台"),
    RelationKind.SHARES_RESOURCE_WITH: ("建成检测数据平台", "依托检测数据平台推进数据共享"),
    RelationKind.ALIGNED_WITH: ("财政", "质量"),
    RelationKind.EVALUATES: ("方案实施评估机制", "DOC"),
    RelationKind.CONTRIBUTES_TO: ("健全标准体系", "标准体系更加完善"),
}


@pytest.mark.parametrize("kind", RELATIONS, ids=lambda kind: kind.value)
def test_a_plan_gives_its_relations(plan: Extraction, kind: RelationKind) -> None:
    assert RELATIONS[kind] in ends(plan, kind)


def test_what_is_inferred_is_marked(plan: Extraction) -> None:
    inferred = {r.kind for r in plan.relations if not r.stated}
    assert RelationKind.SHARES_RESOURCE_WITH in inferred
    assert RelationKind.PART_OF not in inferred
    assert all(r.confidence < 1 for r in plan.relations if not r.stated)


def test_a_target_has_comparator_value_unit_and_year(plan: Extraction) -> None:
    target = next(m for m in plan.mentions if m.kind is Kind.TARGET)
    assert {k: target.attrs[k] for k in ("name", "comparator", "value", "unit", "year")} == {
        "name": "产品合格率",
        "comparator": ">=",
        "value": "96",
        "unit": "%",
        "year": 2035,
    }


def test_duties_are_tied_to_their_measures(plan: Extraction) -> None:
    names = {m.id: m.text for m in plan.mentions}
    found = {(d.body, d.role.value, names[d.applies_to[0]]) for d in plan.responsibilities}
    assert ("云川市市场监督管理局", "lead", "健全标准体系") in {
        (body.removeprefix("云岭省"), role, group) for body, role, group in found
    }


def test_every_clause_of_tasks_and_goals_is_counted(plan: Extraction) -> None:
    assert plan.coverage.clauses >= 15
    assert plan.coverage.clause_share > 0.8
    assert plan.coverage.brackets_parsed == plan.coverage.brackets == 2
    assert plan.coverage.states_bodies


def test_a_declared_count_that_does_not_hold_is_an_issue() -> None:
    text = "一、重点任务\n本方案提出三个方面重点任务。\n（一）建设平台。推进共享。\n（二）健全标准。制定规范。"
    issue = next(i for i in extract(text).issues if i.code == "declared-count")
    assert issue.span is not None
    assert issue.span.of(text) == "三个方面重点任务"


@pytest.mark.parametrize(
    "clause, task",
    [
        ("依托现有园区，推广做法", "推广做法"),
        ("按照有关规定组织职工培训", "按照有关规定组织职工培训"),
        ("各县区要切实加强抽查", "切实加强抽查"),
        ("鼓励各类检测机构，开放仪器设备", "鼓励各类检测机构，开放仪器设备"),
        ("并公布结果", "公布结果"),
        ("市数据中心开展公共数据归集", "开展公共数据归集"),
        ("将质量工作纳入考核", "将质量工作纳入考核"),
        ("2033年底前，完成改造", "完成改造"),
    ],
)
def test_a_task_begins_at_its_own_words(clause: str, task: str) -> None:
    found = extract(f"一、重点任务\n（一）抓好落实。{clause}。加强宣传。")
    assert texts(found, Kind.TASK) == [task, "加强宣传"]


@pytest.mark.parametrize(
    "sentence",
    [
        "《要点》明确了六个方面任务",
        "对符合条件的困难企业",
        "以标准体系为支撑",
        "在确保安全的前提下",
    ],
)
def test_what_prescribes_nothing_is_no_task(sentence: str) -> None:
    found = extract(f"一、重点任务\n（一）抓好落实。{sentence}。加强宣传。")
    assert texts(found, Kind.TASK) == ["加强宣传"]


def test_a_table_gives_tasks_and_targets() -> None:
    text = (
        "一、重点任务\n序号\t重点任务\t责任单位\t完成时限\n1\t建设检测平台\t省科技厅\t2033年\n"
        "二、主要目标\n指标名称\t单位\t2030年\t2035年\t属性\n产品合格率\t%\t93\t96\t约束性"
    )
    found = extract(text)
    assert texts(found, Kind.TASK) == ["建设检测平台"]
    target = next(m for m in found.mentions if m.kind is Kind.TARGET)
    assert (target.attrs["value"], target.attrs["year"], target.attrs["baseline"]) == (
        "96",
        2035,
        "93",
    )
    assert target.attrs["binding"] is True


def test_the_exchange_object_uses_the_words_of_the_guideline(plan: Extraction) -> None:
    made = exchange(plan, PLAN, name="plan.txt")
    entities = made["entities"]
    assert isinstance(entities, list)
    assert {e["type"] for e in entities} <= set(TYPES.values())
    assert all(PLAN[e["start"] : e["end"]] == e["text"] for e in entities)
    relations = made["relations"]
    assert isinstance(relations, list)
    assert {"dependsOn", "hasIndicator", "hasGoal", "partOf"} <= {r["type"] for r in relations}


def test_the_same_text_gives_the_same_facts() -> None:
    assert extract(PLAN) == extract(PLAN)


PIECES = st.sampled_from(
    [
        *PLAN.split("\n"),
        "（",
        "《",
        "“",
        "，",
        "。",
        "1.",
        "一是",
        "专栏1 提质工程",
        "\t",
        "到2035年，",
        "\n",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=14).map("".join))
def test_every_mention_lies_in_the_text_and_repeats_its_words(text: str) -> None:
    found = extract(text)
    assert all(m.span.end <= len(text) and m.text == m.span.of(text) for m in found.mentions)
    ids = [m.id for m in found.mentions]
    assert len(ids) == len(set(ids))
    known = {*ids, "DOC"}
    assert all(r.head in known and r.tail in known for r in found.relations)
    assert found.coverage.clauses_with_fact <= found.coverage.clauses


def test_a_mechanism_that_names_no_bodies_coordinates_the_whole_document() -> None:
    text = "一、主要任务\n（一）提升质量。开展质量提升行动。\n二、保障措施\n（一）加强组织领导。建立统筹协调工作机制，强化部门协同。\n"
    found = extract(text)
    (told,) = [r for r in found.relations if r.kind is RelationKind.COORDINATES]
    words = {mention.id: mention.text for mention in found.mentions}
    assert (words[told.head], told.tail, told.stated) == ("统筹协调工作机制", "DOC", False)


@pytest.mark.parametrize("collecting", [True, False], ids=["on", "off"])
def test_extraction_leaves_the_search_for_cycles_as_it_was(
    collecting: bool,
) -> None:
    was = gc.isenabled()
    try:
        (gc.enable if collecting else gc.disable)()
        extract("推进共享。")
        assert gc.isenabled() is collecting
    finally:
        (gc.enable if was else gc.disable)()
