"""Inferred dependencies: each ground on its own examples, what is left out, how much it weighs."""

from itertools import count

import pytest

from kg.analysis.coordination import coordination
from kg.analysis.inferred import Ground, Inferred, grounds, inferred
from kg.analysis.project import Tables, tables_of

PLAN = "https://w3id.org/qualitykg/id/document/p"
OTHER = "https://w3id.org/qualitykg/id/document/q"
NAMED = {  # what the examples name, as extraction would find it
    "放心消费创建行动": "action/c",
    "质量管理体系升级行动": "action/u",
    "云岭省养老服务条例": "https://w3id.org/qualitykg/id/document/law",
    "云岭省标准化条例": "https://w3id.org/qualitykg/id/document/standards",
}


def plan(*clauses: str, **more: list[dict[str, object]]) -> Tables:
    """Return the tables of a plan of these clauses, with the programmes and documents they name."""
    numbers = count()
    evidence: list[dict[str, object]] = []
    for number, words in enumerate(clauses):
        start = number * 100
        whole = {"node": f"t{number}", "start": start, "end": start + len(words), "exact": words}
        inside = [
            {"node": node, "start": start + at, "end": start + at + len(name), "exact": name}
            for name, node in NAMED.items()
            if (at := words.find(name)) >= 0
        ]
        evidence += [{"document": PLAN, "sentence": number, **row} for row in (whole, *inside)]
    measures = [
        {"id": f"t{next(numbers)}", "kind": "task", "label_zh": words, "document": PLAN}
        for words in clauses
    ]
    named = [
        {"id": node, "kind": "action", "label_zh": name, "document": PLAN}
        for name, node in NAMED.items()
        if node.startswith("action")
    ]
    rows = {"measures": measures + named, "evidence": evidence}
    return tables_of(rows | more)


def serving(*measures: str, goal: str = "g") -> dict[str, list[dict[str, object]]]:
    """Return the rows of one goal that *measures* serve."""
    return {
        "goals": [{"id": goal, "label_zh": "服务更优", "document": PLAN}],
        "contributions": [
            {"id": f"{measure}-{goal}", "measure": measure, "goal": goal} for measure in measures
        ],
    }


def read_by_extraction() -> dict[str, list[dict[str, object]]]:
    """Return the row that extraction writes where two clauses name one platform."""
    link = {"id": "d", "source": "t0", "target": "t1", "basis": "inferred", "confidence": 0.6}
    return {"dependencies": [{**link, "kind": "sharesResourceWith"}]}


FOUND_BY_OTHERS = {"sameResource": read_by_extraction(), "sharedGoal": serving("t0", "t1")}


@pytest.mark.parametrize("ground", grounds().values(), ids=lambda ground: ground.id)
def test_each_ground_ties_its_example_and_not_its_counter_example(ground: Ground) -> None:
    more = FOUND_BY_OTHERS.get(ground.id, {})
    (one,) = inferred(plan(*ground.example, **more), most=5)
    assert (one.measures, one.ground, one.kind) == (("t0", "t1"), ground.id, ground.kind)
    assert inferred(plan(*ground.counter_example), most=5) == ()


def test_grounds_are_told_in_both_languages_and_none_is_as_sure_as_a_stated_one() -> None:
    assert len(grounds()) == 5
    for ground in grounds().values():
        assert all((ground.name.zh, ground.name.en, ground.definition.zh, ground.definition.en))
        assert ground.confidence < 1 or ground.id == "sameResource"  # the confidence is the row's


def test_what_too_many_share_ties_none_of_them() -> None:
    many = [f"将第{n}类产品纳入重点产品召回目录" for n in range(4)]
    found = inferred(plan(*many), most=4)
    assert len(found) == 6
    assert {one.weight for one in found} == {round(0.5 / 3, 6)}
    assert inferred(plan(*many), most=3) == ()


def test_two_things_in_common_weigh_more_than_one_and_less_than_a_stated_dependency() -> None:
    words = ("编制重点产品召回目录，建立服务质量监测清单", "公布重点产品召回目录和服务质量监测清单")
    (one,) = inferred(plan(*words), most=5)
    assert (one.weight, len(one.things)) == (0.75, 2)


def test_a_stated_dependency_a_heading_and_another_plan_are_left_out() -> None:
    words = grounds()["sharedObject"].example
    stated = {"dependencies": [{"id": "d", "source": "t1", "target": "t0"}]}
    below = {"parents": [{"child": "t1", "parent": "t0"}]}
    assert inferred(plan(*words, **stated), most=5) == ()
    assert inferred(plan(*words, **below), most=5) == ()
    split = plan(*words).evidence.to_pylist()
    moved = [row | {"document": OTHER} if row["node"] == "t1" else row for row in split]
    rows = {"measures": plan(*words).measures.to_pylist(), "evidence": moved}
    assert inferred(tables_of(rows), most=5) == ()


def test_the_plan_itself_and_the_one_it_carries_out_are_no_document_in_common() -> None:
    words = grounds()["sharedDocument"].example
    upper = {"implementing": [{"lower": PLAN, "upper": NAMED["云岭省养老服务条例"]}]}
    assert inferred(plan(*words, **upper), most=5) == ()


def acting(**more: list[dict[str, object]]) -> Tables:
    """Return two measures that one goal ties, each led by a body of its own."""
    return plan(
        "推广养老服务认证",
        "开展养老护理培训",
        bodies=[{"id": name, "kind": "department"} for name in "ab"],
        responsibilities=[
            {"id": "1", "measure": "t0", "body": "a", "role": "lead"},
            {"id": "2", "measure": "t1", "body": "b", "role": "lead"},
        ],
        **serving("t0", "t1"),
        **more,
    )


def needs_of(tables: Tables) -> list[tuple[float, float, bool]]:
    """Return weight, inferred part of it, and whether all of it is, of each need."""
    found: tuple[Inferred, ...] = inferred(tables, most=5)
    needs = coordination(tables, inferred=found).required
    return [(need.weight, need.inferred, need.is_inferred) for need in needs]


def test_an_inferred_dependency_is_a_need_of_less_weight_that_congruence_leaves_out() -> None:
    assert needs_of(acting()) == [(0.3, 0.3, True)]
    found = coordination(acting(), inferred=inferred(acting(), most=5))
    assert (found.congruence.needs, found.congruence_inferred.needs) == (0, 1)
    assert coordination(acting()).required == ()


def test_a_stated_dependency_counts_as_such_whatever_is_inferred_beside_it() -> None:
    stated = {"dependencies": [{"id": "d", "source": "t0", "target": "t1", "basis": "stated"}]}
    assert needs_of(acting(**stated)) == [(1.0, 0.0, False)]
