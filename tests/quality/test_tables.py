"""A table that is a whole document, as ledgers are kept, gives its tasks and who has to do them."""

import io

import openpyxl
import pytest

from kg.model import Extraction, Kind
from tests.quality.conftest import duties, said

Row = tuple[object, ...]

# Invented, as all texts here.
LEDGER: list[Row] = [
    ("青山市质量强市建设重点任务分工台账（2025年）",),
    ("序号", "重点任务", "牵头单位", "责任单位", "完成时限"),
    (1, "建设产业质量图谱，梳理质量堵点。", "市发展改革委", "市财政局、市商务局", "2025年底前"),
    (2, "开展产品质量分级评价", "市市场监管局", "各县（市、区）人民政府", "2026年6月底前"),
    (3, "推行绿色产品认证", "市生态环境局", None, "长期坚持"),
]
DUTIES = {
    ("青山市发展和改革委员会", "lead", "建设产业质量图谱", "2025年底前"),
    ("青山市发展和改革委员会", "lead", "梳理质量堵点", "2025年底前"),
    ("青山市财政局", "responsible", "建设产业质量图谱", "2025年底前"),
    ("青山市财政局", "responsible", "梳理质量堵点", "2025年底前"),
    ("青山市商务局", "responsible", "建设产业质量图谱", "2025年底前"),
    ("青山市商务局", "responsible", "梳理质量堵点", "2025年底前"),
    ("青山市市场监督管理局", "lead", "开展产品质量分级评价", "2026年6月底前"),
    ("各县（市、区）人民政府", "responsible", "开展产品质量分级评价", "2026年6月底前"),
    ("青山市生态环境局", "lead", "推行绿色产品认证", "长期坚持"),
}


def workbook(rows: list[Row], *merges: str, tab: str = "Sheet") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = tab
    for row in rows:
        sheet.append(row)
    for area in merges:
        sheet.merge_cells(area)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def comma_separated(rows: list[Row]) -> bytes:
    lines = (",".join("" if cell is None else str(cell) for cell in row) for row in rows)
    return "\r\n".join(lines).encode("gb18030")


def tasks(found: Extraction) -> list[str]:
    return [mention.text for mention in found.mentions if mention.kind is Kind.TASK]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xlsx", workbook(LEDGER, "A1:E1")),
        ("a.xlsx", workbook(LEDGER, tab="分工")),
        ("a.csv", comma_separated(LEDGER)),
    ],
    ids=["merged title", "named tab", "csv"],
)
def test_a_ledger_gives_its_tasks_and_duties(name: str, data: bytes) -> None:
    found = said(name, data)
    assert found.metadata.title == "青山市质量强市建设重点任务分工台账（2025年）"
    assert (found.metadata.area, found.metadata.issued_on) == ("青山市", None)
    assert duties(found) == DUTIES
    assert found.coverage.bracket_share == 1.0
    assert found.issues == ()


def test_of_several_columns_of_tasks_the_most_specific_counts() -> None:
    rows: list[Row] = [
        ("青山市质量强市重点任务清单",),
        ("序号", "任务类别", "工作任务", "具体举措", "牵头单位", "配合单位", "时限要求"),
        (
            1,
            "标准引领",
            "健全标准体系",
            "制定港口装备地方标准",
            "市市场监管局",
            "市商务局",
            "2025年",
        ),
        (2, None, None, "组建标准化技术委员会", "市市场监管局", "市科技局", "2025年"),
        (3, "品牌建设", "培育优质品牌", None, "市商务局", "市农业农村局等", "2026年"),
    ]
    found = said("a.xlsx", workbook(rows, "B3:B4", "C3:C4"))
    assert tasks(found) == ["制定港口装备地方标准", "组建标准化技术委员会", "培育优质品牌"]
    assert duties(found) == {
        ("青山市市场监督管理局", "lead", "制定港口装备地方标准", "2025年"),
        ("青山市商务局", "support", "制定港口装备地方标准", "2025年"),
        ("青山市市场监督管理局", "lead", "组建标准化技术委员会", "2025年"),
        ("青山市科学技术局", "support", "组建标准化技术委员会", "2025年"),
        ("青山市商务局", "lead", "培育优质品牌", "2026年"),
        ("青山市农业农村局", "support", "培育优质品牌", "2026年"),
    }
    assert [duty.list_open for duty in found.responsibilities] == [False] * 5 + [True]


def test_a_cell_may_list_its_bodies_line_by_line_or_by_role() -> None:
    rows: list[Row] = [
        ("附件",),
        ("青山市质量强市建设任务分工表",),
        (),
        ("序号", "目标任务", "责任部门", "责任人", "完成时间"),
        (1, "推动首台（套）质量提升", "市工信局\n市科技局", "甲", "2025-12-31"),
        (2, "加强质量监督抽查", "牵头：市市场监管局；配合：市公安局", "乙", "2026-03-31"),
        (3, "完善质量\n认证体系", "市市场监\n管局", "丙", "2026-03-31"),
    ]
    found = said("a.xlsx", workbook(rows))
    assert found.metadata.title == "青山市质量强市建设任务分工表"
    assert duties(found) == {
        ("青山市工业和信息化局", "responsible", "推动首台（套）质量提升", "2025-12-31"),
        ("青山市科学技术局", "responsible", "推动首台（套）质量提升", "2025-12-31"),
        ("青山市市场监督管理局", "lead", "加强质量监督抽查", "2026-03-31"),
        ("青山市公安局", "support", "加强质量监督抽查", "2026-03-31"),
        ("青山市市场监督管理局", "responsible", "完善质量 认证体系", "2026-03-31"),
    }
    assert [mention.text for mention in found.mentions if mention.kind is Kind.TIME] == []


def test_a_deadline_in_a_table_does_not_date_the_document() -> None:
    rows = [LEDGER[1], (1, "开展质量分级", "省发展改革委", None, "2026-01-31")]
    found = said("a.csv", comma_separated(rows))
    assert found.metadata.issued_on is None
    assert "\t" not in found.metadata.title
    assert tasks(found) == ["开展质量分级"]
