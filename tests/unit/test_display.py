"""What a notebook shows of each answer, on an invented plan; nothing hostile gets out."""

from pathlib import Path

import pytest

import kg
from kg.analysis.overlay import Remove
from kg.display import SHOWN, Listing, rows_html, sections_html
from kg.store.port import Table
from kg.workspace import Workspace

PLAN = """云溪省标准提升<script>alert(1)</script>行动方案
一、重点任务
（一）制定分级标准。制定重点产品质量分级标准，明确评价方法。（省市场监管局牵头，省财政厅配合）
（二）开展分级评价。在制定分级标准的基础上，开展重点产品质量分级评价。（省商务厅牵头）
本文件为虚构示例。
"""


@pytest.fixture(scope="module")
def space(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder: Path = tmp_path_factory.mktemp("shown")
    (folder / "plan.txt").write_text(PLAN, encoding="utf-8")
    opened = kg.open(folder / "home", create=True)
    list(opened.build(opened.find([folder / "plan.txt"])))
    return opened


SHOWN_BY = {
    "gaps": lambda space: space.gaps(),
    "documents": lambda space: space.documents(),
    "query": lambda space: space.query("SELECT ?s ?l { ?s rdfs:label ?l }"),
    "coordination": lambda space: space.coordination(),
    "dependencies": lambda space: space.dependencies(),
    "whatif": lambda space: space.whatif(Remove("省商务厅")),
    "diff": lambda space: space.diff("plan.txt", "plan.txt"),
}


@pytest.mark.parametrize("what", SHOWN_BY)
def test_every_answer_is_shown_as_a_table_with_nothing_hostile(space: Workspace, what: str) -> None:
    html = SHOWN_BY[what](space)._repr_html_()
    assert html.startswith("<table>")
    assert "<script" not in html
    assert "alert(1)" not in html or "&lt;script" in html


def test_a_listing_is_a_list() -> None:
    listed = Listing([1, 2], row=lambda n: {"n": n})
    assert listed == [1, 2]
    assert listed[:1] == [1]
    assert "<td>2</td>" in listed._repr_html_()


def test_a_long_list_is_cut_and_says_so() -> None:
    listed = Listing(range(SHOWN + 5), row=lambda n: {"n": n})
    assert f"{SHOWN} / {SHOWN + 5}" in listed._repr_html_()
    assert listed._repr_html_().count("<tr>") == SHOWN + 1
    table = Table(("n",), tuple((n,) for n in range(SHOWN + 5)))
    assert f"{SHOWN} / {SHOWN + 5}" in table._repr_html_()


@pytest.mark.parametrize("hostile", ["<b>", "&", '"', "'><img src=x onerror=alert(1)>"])
def test_heads_cells_and_captions_are_escaped(hostile: str) -> None:
    html = rows_html([{hostile: hostile}], caption=hostile)
    assert "<b>" not in html
    assert "<img" not in html
    assert "<img" not in sections_html({hostile: [{hostile: hostile}]})


def test_nothing_found_is_told() -> None:
    assert rows_html([]).endswith("<p>0</p>")
    assert sections_html({"a": []}) == "<p>0</p>"


def test_what_is_asked_of_a_scope_is_of_that_scope(space: Workspace) -> None:
    key = f"document/{space.documents()[0].key}"
    assert space.coordination(scope=key) == space.coordination()
    assert space.dependencies(scope="body/none").order.levels == ()
    assert len(space.dependencies().order.levels) == 2
