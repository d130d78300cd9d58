"""A ledger says the same in every format it is kept in: groups, tasks, duties, deadlines, targets.

The ledger and the table of targets below are invented. Each is written as a workbook, a Word file and
a page (group cells merged over their rows, a head of two rows), as csv and text with strokes (cells
left empty below the first), and as text set in columns.
"""

import io
from collections.abc import Callable, Sequence

import docx
import openpyxl
import pytest

from kg.model import Extraction, Kind, RelationKind
from tests.quality.conftest import duties, said

Row = tuple[str, ...]

TITLE = "青山市质量强市建设任务台账（2031年）"
LEDGER: list[Row] = [
    ("序号", "任务类别", "重点任务", "责任分工", "", "完成时限", "备注"),
    ("", "", "", "牵头单位", "配合单位", "", ""),
    (
        "1",
        "标准引领",
        "制定港口装备地方标准",
        "市市场监管局",
        "市商务局、市科技局",
        "2031年6月底前",
        "",
    ),
    ("2", "", "组建标准化技术委员会", "市市场监管局", "", "2031年底前", "新增"),
    ("3", "品牌建设", "培育优质品牌", "市商务局", "各县（区）人民政府", "长期坚持", ""),
]
LEDGER_MERGES = [  # first row, first column, last row, last column, from 0
    (0, 0, 1, 0),
    (0, 1, 1, 1),
    (0, 2, 1, 2),
    (0, 3, 0, 4),
    (0, 5, 1, 5),
    (0, 6, 1, 6),
    (2, 1, 3, 1),
]
GROUPS = {
    ("制定港口装备地方标准", "标准引领"),
    ("组建标准化技术委员会", "标准引领"),
    ("培育优质品牌", "品牌建设"),
}
DUTIES = {
    ("青山市市场监督管理局", "lead", "制定港口装备地方标准", "2031年6月底前"),
    ("青山市商务局", "support", "制定港口装备地方标准", "2031年6月底前"),
    ("青山市科学技术局", "support", "制定港口装备地方标准", "2031年6月底前"),
    ("青山市市场监督管理局", "lead", "组建标准化技术委员会", "2031年底前"),
    ("青山市商务局", "lead", "培育优质品牌", "长期坚持"),
    ("各县（区）人民政府", "support", "培育优质品牌", "长期坚持"),
}

TARGETS_TITLE = "青山市质量发展规划主要指标"
TARGETS: list[Row] = [
    ("序号", "指标名称", "单位", "目标值", "", "属性"),
    ("", "", "", "2031年", "2035年", ""),
    ("1", "制造业产品质量合格率", "%", "95", "≥96", "约束性"),
    ("2", "检测能力指数（分）", "", "80", "85以上", "预期性"),
]
TARGETS_MERGES = [
    (0, 0, 1, 0),
    (0, 1, 1, 1),
    (0, 2, 1, 2),
    (0, 3, 0, 4),
    (0, 5, 1, 5),
]
FOUND_TARGETS = {
    ("制造业产品质量合格率", "=", "95", "%", 2031, True),
    ("制造业产品质量合格率", ">=", "96", "%", 2035, True),
    ("检测能力指数", "=", "80", "分", 2031, False),
    ("检测能力指数", ">=", "85", "分", 2035, False),
}

Merges = Sequence[tuple[int, int, int, int]]


def workbook(title: str, rows: Sequence[Row], merges: Merges) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append((title,))
    for row in rows:
        sheet.append([cell or None for cell in row])
    for top, left, bottom, right in merges:
        sheet.merge_cells(
            start_row=top + 2, start_column=left + 1, end_row=bottom + 2, end_column=right + 1
        )
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def word_file(title: str, rows: Sequence[Row], merges: Merges) -> bytes:
    document = docx.Document()
    document.add_paragraph(title)
    table = document.add_table(len(rows), len(rows[0]))
    for top, left, bottom, right in merges:
        table.cell(top, left).merge(table.cell(bottom, right))
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell:
                table.cell(at, column).text = cell
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def page(title: str, rows: Sequence[Row], merges: Merges) -> bytes:
    starts = {
        (top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in merges
    }
    hidden = {
        (row, column)
        for top, left, bottom, right in merges
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    } - starts.keys()
    lines = []
    for at, row in enumerate(rows):
        cells = []
        for column, cell in enumerate(row):
            if (at, column) not in hidden:
                down, across = starts.get((at, column), (1, 1))
                cells.append(f'<td rowspan="{down}" colspan="{across}"><p>{cell}</p></td>')
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return f"<html><body><h1>{title}</h1><table>{''.join(lines)}</table></body></html>".encode()


def comma_separated(title: str, rows: Sequence[Row], _: Merges) -> bytes:
    return "\r\n".join([title, *(",".join(row) for row in rows)]).encode("gb18030")


def strokes(title: str, rows: Sequence[Row], _: Merges) -> bytes:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join(
        [f"# {title}", "", *lines[:1], "|---" * len(rows[0]) + "|", *lines[1:]]
    ).encode()


FORMATS: dict[str, Callable[[str, Sequence[Row], Merges], bytes]] = {
    "a.xlsx": workbook,
    "a.docx": word_file,
    "a.html": page,
    "a.csv": comma_separated,
    "a.md": strokes,
}


def parts(found: Extraction) -> set[tuple[str, str]]:
    named = {mention.id: mention.text for mention in found.mentions}
    return {
        (named[one.head], named[one.tail])
        for one in found.relations
        if one.kind is RelationKind.PART_OF
    }


@pytest.mark.parametrize("name", FORMATS)
def test_a_ledger_says_the_same_in_every_format(name: str) -> None:
    found = said(name, FORMATS[name](TITLE, LEDGER, LEDGER_MERGES))
    assert (found.metadata.title, found.metadata.area) == (TITLE, "青山市")
    assert parts(found) == GROUPS
    assert duties(found) == DUTIES
    assert (found.coverage.clauses, found.coverage.clauses_with_fact) == (3, 3)
    assert (found.coverage.brackets, found.coverage.brackets_parsed) == (5, 5)
    assert found.issues == ()


@pytest.mark.parametrize("name", FORMATS)
def test_a_table_of_targets_says_the_same_in_every_format(name: str) -> None:
    found = said(name, FORMATS[name](TARGETS_TITLE, TARGETS, TARGETS_MERGES))
    told = {
        tuple(
            one.attrs.get(key) for key in ("name", "comparator", "value", "unit", "year", "binding")
        )
        for one in found.mentions
        if one.kind is Kind.TARGET
    }
    assert told == FOUND_TARGETS
    assert (found.coverage.clauses, found.coverage.clauses_with_fact) == (2, 2)


def test_a_ledger_set_in_columns_of_blanks_is_read() -> None:
    text = (
        f"{TITLE}\n\n"
        "序号    重点任务              牵头单位        完成时限\n"
        "1       推进标准互认          市商务局        2031年\n"
        "2       培育优质品牌          市科技局        2032年\n\n"
        "以上任务由市质量办调度。\n"
    )
    assert duties(said("a.txt", text.encode())) == {
        ("青山市商务局", "lead", "推进标准互认", "2031年"),
        ("青山市科学技术局", "lead", "培育优质品牌", "2032年"),
    }


def test_a_row_over_the_whole_width_heads_the_rows_below_it() -> None:
    rows: list[Row] = [
        ("序号", "重点任务", "牵头单位"),
        ("一、健全标准体系", "", ""),
        ("1", "推进标准互认", "市商务局"),
        ("二、建设品牌", "", ""),
        ("2", "培育优质品牌", "市科技局"),
    ]
    found = said("a.xlsx", workbook(TITLE, rows, [(1, 0, 1, 2), (3, 0, 3, 2)]))
    assert parts(found) == {("推进标准互认", "健全标准体系"), ("培育优质品牌", "建设品牌")}
    assert {body for body, *_ in duties(found)} == {"青山市商务局", "青山市科学技术局"}


def test_a_numbered_row_without_bodies_heads_the_rows_below_it() -> None:
    rows: list[Row] = [
        ("序号", "考核项目", "分值", "考核内容", "考核部门"),
        ("", "总分", "100", "", ""),
        ("一、", "巩固成果", "40", "", ""),
        ("1", "日常调度", "40", "健全组织体系", "市水利局"),
    ]
    found = said("a.csv", comma_separated(TITLE, rows, ()))
    assert parts(found) == {("健全组织体系", "日常调度"), ("日常调度", "巩固成果")}
    assert duties(found) == {("青山市水利局", "supervisor", "健全组织体系", None)}


def test_what_a_cell_of_duties_does_not_name_is_counted_and_shown() -> None:
    rows: list[Row] = [
        ("序号", "重点任务", "牵头单位"),
        ("1", "推进标准互认", "甲乙丙丁"),
        ("2", "培育优质品牌", "市科技局"),
        ("3", "推广检测", "—"),
    ]
    found = said("a.csv", comma_separated(TITLE, rows, ()))
    assert (found.coverage.brackets, found.coverage.brackets_parsed) == (2, 1)
    assert [issue.code for issue in found.issues] == ["unread-responsibility"]


def test_targets_shared_out_to_places_name_place_and_value() -> None:
    rows: list[Row] = [
        ("县（区）", "能耗下降目标", "责任部门"),
        ("青禾县", "19%", "青禾县人民政府"),
    ]
    found = said("a.csv", comma_separated(TITLE, rows, ()))
    told = [one.attrs for one in found.mentions if one.kind is Kind.TARGET]
    assert [(one["name"], one["value"], one["unit"]) for one in told] == [
        ("青禾县能耗下降", "19", "%")
    ]
    assert [duty.body for duty in found.responsibilities] == ["青禾县人民政府"]


def test_a_list_of_people_is_no_ledger() -> None:
    rows: list[Row] = [("序号", "姓名", "单位", "职务"), ("1", "某某", "市商务局", "局长")]
    found = said("a.csv", comma_separated(TITLE, rows, ()))
    assert (found.coverage.clauses, found.responsibilities) == (0, ())
