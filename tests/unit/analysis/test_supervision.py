"""The supervision loop: what stands for a stage, what it covers, where it is open. Plans are invented."""

import pytest

from kg.analysis.project import Tables, tables_of
from kg.analysis.stages import StageType, stage_types, stages_of
from kg.analysis.supervision import Loop, supervision


@pytest.mark.parametrize("stage", stage_types().values(), ids=lambda stage: stage.id)
def test_each_stage_holds_its_example_and_not_its_counter_example(stage: StageType) -> None:
    supports = stage.id == "mechanism"  # its words alone say little: it stands among the support
    assert stage.id in stages_of(stage.example, supports=supports)
    assert stage.id not in stages_of(stage.counter_example, supports=supports)
    assert all((stage.name.zh, stage.name.en, stage.definition.zh, stage.definition.en))


ABOUT_PRODUCTS = (
    "加强产品监督检查",
    "开展数据资产评估",
    "强化火源管控和监督检查",
    "完善鉴定评估技术方法",
)


@pytest.mark.parametrize("name", ABOUT_PRODUCTS)
def test_checking_products_and_risks_is_no_supervision_of_the_plan(name: str) -> None:
    assert stages_of(name, ["提高产品质量"]) == []


def test_what_stands_under_a_heading_of_the_stage_or_of_support_belongs_to_it() -> None:
    assert stages_of("定期开展评估", ["开展督察评估"]) == ["evaluation"]
    assert stages_of("定期开展评估", supports=True) == ["evaluation"]
    assert stages_of("定期开展评估", ["提高产品质量"]) == []


def tables(**more: list[dict[str, object]]) -> Tables:
    """Return a plan p of a goal, a group with a clause, and q of one measure."""
    rows = {
        "documents": [{"id": "p"}, {"id": "q"}],
        "goals": [{"id": "g", "document": "p", "label_zh": "质量更优"}],
        "measures": [
            {"id": "t", "document": "p", "kind": "taskGroup", "label_zh": "提升服务质量"},
            {"id": "c", "document": "p", "kind": "task", "label_zh": "推广服务认证"},
            {"id": "u", "document": "q", "kind": "task", "label_zh": "推广服务认证"},
        ],
        "parents": [{"child": "c", "parent": "t"}],
        "bodies": [{"id": "a", "kind": "department"}],
    }
    return tables_of({name: rows.get(name, []) + more.get(name, []) for name in {*rows, *more}})


def first(given: Tables) -> Loop:
    """Return the loop of p."""
    return supervision(given).loops[0]


def test_a_plan_that_says_nothing_is_open_at_every_stage() -> None:
    loop = first(tables())
    assert loop.missing == ("mechanism", "inspection", "evaluation", "rectification")
    assert (loop.goals, loop.measures, loop.is_closed) == (1, 2, False)
    assert [stage.uncovered for stage in loop.stages] == [()] * 4


def test_a_measure_that_names_nothing_covers_its_whole_plan_and_no_other() -> None:
    named = {"id": "e", "document": "p", "kind": "task", "label_zh": "对本方案实施情况开展评估"}
    loop, other = supervision(tables(measures=[named])).loops
    evaluation = loop.stages[2]
    assert (evaluation.by, evaluation.goals, evaluation.measures) == (("e",), 1, 3)
    assert evaluation.uncovered == ()
    assert "evaluation" in other.missing


def test_a_supervisor_inspects_its_measure_and_what_stands_below_and_nothing_else() -> None:
    duty = {"id": "1", "measure": "t", "body": "a", "role": "supervisor"}
    inspection = first(tables(responsibilities=[duty])).stages[1]
    assert (inspection.by, inspection.goals, inspection.measures) == (("a",), 0, 2)
    assert inspection.uncovered == ("g",)


def test_an_evaluation_of_one_element_leaves_the_rest_open_told_by_the_highest() -> None:
    named = {"id": "e", "document": "p", "kind": "arrangement", "label_zh": "目标责任考核制度"}
    told = [{"arrangement": "e", "subject": "g"}]
    evaluation = first(tables(measures=[named], evaluations=told)).stages[2]
    assert (evaluation.goals, evaluation.measures, evaluation.uncovered) == (1, 1, ("t",))


def test_a_channel_arranged_for_the_plan_is_its_mechanism() -> None:
    assert "mechanism" not in first(tables(covering=[{"channel": "k", "subject": "p"}])).missing


def test_a_loop_is_closed_where_each_stage_covers_everything() -> None:
    name = "建立组织领导机制，对落实情况督促检查、评估和整改"
    named = {"id": "e", "document": "p", "kind": "task", "label_zh": name}
    loop = first(tables(measures=[named]))
    assert loop.is_closed
    assert loop.missing == ()


def test_loops_are_told_of_the_plans_in_scope_alone() -> None:
    assert [loop.document for loop in supervision(tables(), within={"q"}).loops] == ["q"]
    assert [loop.document for loop in supervision(tables(), within={"c"}).loops] == ["p"]
