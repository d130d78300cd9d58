"""What a plan leaves out of the one above, takes up past a level, or asks less of.

Invented plans of three levels: the province has two measures, the city and the county each one.
"""

from typing import Any

import pytest

from kg.analysis.gaps import findings_of
from kg.analysis.project import tables_of
from kg.model import Finding, Severity
from kg.settings import Settings, load

Rows = dict[str, list[dict[str, Any]]]
LEVELS = {"province": "province", "city": "prefecture", "county": "county"}


def plans() -> Rows:
    """Return plans in which each level takes up what the one above has, but for one measure."""
    return {
        "documents": [
            {"id": name, "title": name, "level": level, "clause_coverage": 1.0}
            for name, level in LEVELS.items()
        ],
        "implementing": [implementing("city", "province"), implementing("county", "city")],
        "measures": [
            *measure("province-trace", "province", "建立追溯制度"),
            *measure("province-brand", "province", "培育品牌"),
            *measure("city-trace", "city", "建立追溯制度"),
            *measure("county-trace", "county", "建立追溯制度"),
        ],
        "parents": [
            {"child": f"{name}-clause", "parent": name}
            for name in ("province-trace", "province-brand", "city-trace", "county-trace")
        ],
        "uptake": [
            taking_up("city-trace", "province-trace"),
            taking_up("county-trace", "city-trace"),
        ],
        "targets": [],
    }


def implementing(lower: str, upper: str) -> dict[str, Any]:
    """Return a row: one plan carries out another."""
    return {"lower": lower, "upper": upper}


def measure(name: str, document: str, words: str) -> list[dict[str, Any]]:
    """Return the rows of a heading and the clause under it."""
    place = {"document": document, "level": LEVELS[document]}
    return [
        {"id": name, "kind": "taskGroup", "label_zh": words, **place},
        {"id": f"{name}-clause", "kind": "task", "label_zh": f"{words}。", "parent": name, **place},
    ]


def taking_up(lower: str, upper: str, confidence: float = 0.9) -> dict[str, Any]:
    """Return a row of uptake."""
    return {
        "id": f"{lower}>{upper}",
        "lower": lower,
        "upper": upper,
        "basis": "inferred",
        "confidence": confidence,
    }


def target(name: str, document: str, **given: Any) -> dict[str, Any]:
    """Return a row of targets: a rate of 90 per cent in 2027 but for what is *given*."""
    row = {"indicator": "抽检合格率", "value": 90.0, "unit": "%", "comparator": ">="}
    return {"id": name, "label_zh": name, "document": document, "due_year": 2027, **row, **given}


def found(rows: Rows, *types: str, settings: Settings | None = None) -> list[Finding]:
    """Return the findings of these types."""
    return findings_of(tables_of(rows), settings=settings or load(), types=types)


def subjects(finding: Finding) -> list[str]:
    """Return the identifiers that a finding is about."""
    return [node.id for node in finding.subjects]


def test_a_measure_that_no_lower_plan_takes_up_is_found() -> None:
    (finding,) = found(plans(), "G19")
    assert subjects(finding) == ["city", "province-brand"]
    assert finding.reason.zh == "没有找到《city》对“培育品牌”的承接；其对上级措施的承接率为 50%。"
    assert finding.severity is Severity.MEDIUM


@pytest.mark.parametrize(
    ("limits", "severity"),
    [
        ({"gap_uptake_high": 0.6}, Severity.HIGH),
        ({}, Severity.MEDIUM),
        ({"gap_uptake_medium": 0.5}, Severity.LOW),
    ],
)
def test_the_share_taken_up_weighs_what_is_not(
    limits: dict[str, float], severity: Severity
) -> None:
    (finding,) = found(plans(), "G19", settings=load(**limits))
    assert finding.severity is severity


def test_measures_under_one_heading_make_one_finding() -> None:
    rows = plans()
    rows["measures"] += measure("province-lab", "province", "建设实验室")
    rows["parents"] += [
        {"child": "province-lab-clause", "parent": "province-lab"},
        {"child": "province-lab", "parent": "chapter"},
        {"child": "province-brand", "parent": "chapter"},
    ]
    for row in rows["measures"]:
        if row["id"] in ("province-lab", "province-brand"):
            row["parent"] = "chapter"
    (finding,) = found(rows, "G19")
    assert subjects(finding) == ["city", "province-brand", "province-lab"]


def test_a_measure_is_taken_up_where_one_of_its_clauses_is() -> None:
    rows = plans()
    rows["uptake"].append(taking_up("city-trace-clause", "province-brand-clause"))
    assert found(rows, "G19") == []


def test_a_plan_two_levels_below_is_not_asked() -> None:
    rows = plans()
    rows["implementing"].append(implementing("county", "province"))
    rows["uptake"].append(taking_up("county-trace", "province-trace"))
    assert [subjects(one)[0] for one in found(rows, "G19")] == ["city"]


def test_plans_without_any_uptake_give_one_information() -> None:
    rows = plans()
    rows["uptake"] = rows["uptake"][1:]
    (note,) = found(rows, "G19")
    assert (note.severity, subjects(note)) == (Severity.INFO, ["city", "province"])
    assert "未逐项判断" in note.reason.zh


def test_a_plan_in_words_of_its_own_is_judged_more_gently() -> None:
    rows = plans()
    for word in ("甲", "乙"):
        rows["measures"] += measure(f"city-{word}", "city", word)
        rows["parents"].append({"child": f"city-{word}-clause", "parent": f"city-{word}"})
    finding = next(one for one in found(rows, "G19") if subjects(one)[0] == "city")
    assert (finding.severity, finding.confidence) == (Severity.LOW, 0.3333)


def test_what_was_hardly_read_is_information_only() -> None:
    rows = plans()
    rows["documents"][1]["clause_coverage"] = 0.2  # of the city, where it would have to be
    assert [one.severity for one in found(rows, "G19")] == [Severity.INFO]


def past_the_city() -> Rows:
    """Return plans in which the county takes up what the city leaves out."""
    rows = plans()
    rows["measures"] += measure("county-brand", "county", "培育品牌")
    rows["parents"].append({"child": "county-brand-clause", "parent": "county-brand"})
    rows["uptake"].append(taking_up("county-brand", "province-brand"))
    return rows


def test_a_chain_that_passes_over_a_level_is_broken() -> None:
    (finding,) = found(past_the_city(), "G20")
    assert subjects(finding) == ["county-brand", "province-brand"]
    assert (finding.severity, finding.confidence) == (Severity.MEDIUM, 0.9)


@pytest.mark.parametrize("link", ["county-brand", "county-brand-clause"])
def test_a_chain_is_whole_where_the_city_has_it_too(link: str) -> None:
    rows = past_the_city()
    rows["uptake"].append(taking_up(link, "city-trace"))
    assert found(rows, "G20") == []


def test_no_chain_is_broken_where_the_plan_between_is_not_known() -> None:
    rows = past_the_city()
    rows["implementing"] = [implementing("county", "province")]
    assert found(rows, "G20") == []


DRIFTS = {
    "asks for less": ({"value": 80.0}, {}, ("要求偏低", Severity.HIGH)),
    "asks for little less": ({"value": 82.0}, {}, None),
    "asks for less, but sooner": ({"value": 80.0, "due_year": 2025}, {}, None),
    "is due later": ({"due_year": 2028}, {}, ("期限偏晚", Severity.HIGH)),
    "is due later and asks for more": ({"due_year": 2028, "value": 91.0}, {}, None),
    "is due later and asks for less": (
        {"due_year": 2028, "value": 70.0},
        {},
        ("要求偏低、期限偏晚", Severity.HIGH),
    ),
    "asks for more": ({"value": 99.5}, {}, ("要求偏高", Severity.INFO)),
    "allows more": (
        {"value": 4.0, "comparator": "<="},
        {"value": 3.0, "comparator": "<="},
        ("要求偏低", Severity.HIGH),
    ),
    "names its area": ({"indicator": "全市抽检合格率", "value": 80.0}, {}, ("要求偏低", Severity.HIGH)),
    "has another unit": ({"unit": "分", "value": 80.0}, {}, None),
    "has another name": ({"indicator": "达标率", "value": 80.0}, {}, None),
    "sets up fewer things": (
        {"indicator": "实验室", "unit": "家", "value": 2.0},
        {"indicator": "实验室", "unit": "家", "value": 15.0},
        None,
    ),
    "has no value": ({"value": None}, {}, None),
}  # fmt: skip


@pytest.mark.parametrize("name", DRIFTS)
def test_a_target_drifts_when_it(name: str) -> None:
    lower, upper, expected = DRIFTS[name]
    rows = plans()
    rows["targets"] = [target("low", "city", **lower), target("high", "province", **upper)]
    drifts = found(rows, "G21")
    if expected is None:
        assert drifts == []
    else:
        (drift,) = drifts
        assert (drift.severity, subjects(drift)) == (expected[1], ["low", "high"])
        assert drift.reason.zh.endswith(expected[0] + "。")


def test_targets_are_compared_with_the_plan_directly_above_only() -> None:
    rows = plans()
    rows["implementing"].append(implementing("county", "province"))
    rows["targets"] = [target("low", "county", value=50.0), target("high", "province")]
    assert found(rows, "G21") == []
