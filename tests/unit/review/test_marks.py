"""Marks on findings outlive builds and reviews, and hide nothing by themselves. The plan is invented."""

from datetime import date
from pathlib import Path

import pytest

from kg import rdf
from kg.analysis.gaps.facets import FACETS, by_facet, counts, narrowed
from kg.analysis.project import project
from kg.errors import UnknownNodeError
from kg.home import Home
from kg.ids import key_of
from kg.model import Decision, Finding, Mark, Verdict
from kg.settings import load
from kg.store import memory_store
from kg.workspace import Workspace

PLAN = """云溪省标准提升行动方案
云溪省人民政府
2025年3月1日
一、重点任务
（一）提升旅游服务质量。开展旅游服务质量监测。（省文化和旅游厅牵头，省财政厅配合）
（二）提升养老服务质量。开展养老服务质量监测。
（三）提升产品质量。加强产品质量抽查。（省市场监管局牵头，省市场监管局监督）
本文件为虚构示例。
"""
DAY = date(2025, 4, 1)


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    settings = load(home=tmp_path / "home")
    (tmp_path / "plan.txt").write_text(PLAN, encoding="utf-8")
    space = Workspace(Home.create(settings.home), memory_store(), settings)
    assert [one.error for one in space.build([tmp_path / "plan.txt"])] == [None]
    return space


def first(space: Workspace) -> Finding:
    return space.gaps()[0]


def test_a_mark_outlives_a_build_and_a_review(space: Workspace, tmp_path: Path) -> None:
    finding = first(space)
    space.mark_gap(finding.id, Mark.NOT_A_GAP, note="另有安排", today=DAY)
    (tmp_path / "plan.txt").write_text(PLAN + "\n附件略\n", encoding="utf-8")
    assert [one.error for one in space.build([tmp_path / "plan.txt"])] == [None]
    _, blocks = space.review_sheet(".csv")
    text = b"".join(blocks).decode("utf-8-sig").replace(",,,,,,,\r\n", ",accept,,,,,,\r\n", 2)
    assert space.take_review("a.csv", text.encode(), today=DAY).verdicts == {Verdict.ACCEPT: 2}
    assert space.marks() == {finding.id: Mark.NOT_A_GAP}


def test_a_marked_finding_stays_and_can_be_left_out(space: Workspace) -> None:
    every = space.gaps()
    space.mark_gap(every[0].id.rpartition("/")[2], Mark.SEEN, today=DAY)
    assert space.gaps() == every
    assert space.gaps(marks=[Mark.SEEN]) == every[:1]
    assert space.gaps(marks=[Mark.OPEN, Mark.NOT_A_GAP]) == every[1:]


def test_the_last_mark_counts_and_an_open_one_takes_it_back(space: Workspace) -> None:
    finding = first(space)
    for mark in (Mark.SEEN, Mark.NOT_A_GAP):
        space.mark_gap(finding.id, mark, today=DAY)
        assert space.marks() == {finding.id: mark}
    space.mark_gap(finding.id, Mark.OPEN, today=DAY)
    assert space.marks() == {}
    assert not space.query(f"SELECT ?s {{ GRAPH <{rdf.DECISION_GRAPH}> {{ ?s ?p ?o }} }}").rows


def test_what_is_no_mark_and_no_finding_is_not_taken_for_one(space: Workspace) -> None:
    odd = Decision(first(space).id, Verdict.CORRECT, DAY.isoformat())
    space.store.update(rdf.deciding(odd.statement, odd))
    assert space.marks() == {}
    with pytest.raises(UnknownNodeError):
        space.mark_gap("G01.nothing", Mark.SEEN, today=DAY)


@pytest.mark.parametrize("facet", FACETS)
def test_a_count_by_facet_is_what_is_left_of_the_findings(space: Workspace, facet: str) -> None:
    found = by_facet(space.gaps(), project(space.store))
    values = counts(found, {}, facet)
    assert values
    for value, number in values.items():
        assert len(narrowed(found, {facet: value})) == number


def test_counts_keep_all_other_wishes_and_not_their_own(space: Workspace) -> None:
    found = by_facet(space.gaps(), project(space.store))
    kind = found[0].finding.type
    wanted = {"type": kind, "severity": "none"}
    assert counts(found, wanted, "severity").total() == counts(found, {}, "type")[kind]
    assert not counts(found, wanted, "type")


def test_a_finding_is_about_whoever_has_a_duty_for_its_subject(space: Workspace) -> None:
    tables = project(space.store)
    names = {key_of(row["id"]): row["label"] for row in tables.bodies.to_pylist()}
    (found,) = by_facet(space.gaps(types=["G05"]), tables)
    assert {names[key] for key in found.values["body"]} == {"云溪省市场监督管理局"}
