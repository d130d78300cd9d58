"""Duties out, status in: what comes back is what went out, and nothing wrong is half taken in."""

import io
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path

import openpyxl
import pytest

from kg.errors import FormatError, QkgError, SheetError, UnreadableDocumentError
from kg.ids import key_of
from kg.ledger.columns import FORM, STATUS
from kg.ledger.importing import statuses
from kg.rdf.statuses import STATUS_GRAPH
from kg.workspace import Workspace, open_workspace

PLAN = """云溪省标准提升行动方案
云溪省人民政府
2025年3月1日
一、重点任务
（一）制定分级标准。制定重点产品质量分级标准。（省市场监管局牵头，省财政厅配合，2025年底前完成）
（二）开展分级评价。开展重点产品质量分级评价。（省商务厅牵头，省教育厅、省司法厅负责）
本文件为虚构示例。
"""
NOW = datetime(2026, 5, 7, 8, tzinfo=UTC)
FIRST, SECOND = "制定分级标准", "开展分级评价"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("ledger")
    (folder / "plan.txt").write_text(PLAN, encoding="utf-8")
    with open_workspace(folder / "home", create=True) as space:
        list(space.build([folder / "plan.txt"]))
        yield space


@pytest.fixture
def space(built: Workspace) -> Workspace:
    """A home with a plan and no status."""
    built.store.remove(STATUS_GRAPH)
    return built


def rows(space: Workspace) -> list[dict[str, str]]:
    return [dict(row) for row in space.ledger(".xlsx")[0].rows]


def sheet(space: Workspace) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(b"".join(space.ledger(".xlsx")[1])))


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cell(row: int, key: str) -> tuple[int, int]:
    return row, FORM.keys.index(key) + 1


def filled(space: Workspace, **cells: object) -> bytes:
    """Return the ledger with these cells in its first row."""
    book = sheet(space)
    for key, value in cells.items():
        book.worksheets[0].cell(*cell(2, key)).value = value
    return saved(book)


def take(space: Workspace, data: bytes, name: str = "ledger.xlsx") -> tuple[int, int, int]:
    done = space.take_ledger(name, data, now=NOW)
    return done.changed, done.withdrawn, done.unchanged


def test_a_row_tells_who_does_what_until_when_and_where_it_says_so(space: Workspace) -> None:
    first, second = rows(space)
    assert first["task"] == FIRST
    assert (first["lead"], first["support"]) == ("云溪省市场监督管理局", "云溪省财政厅")
    assert second["responsible"] == "云溪省教育厅、云溪省司法厅"
    assert first["deadline"] == "2025年底前"
    assert "省市场监管局牵头" in first["quote"]
    assert (first["document"], first["provision"]) == ("云溪省标准提升行动方案", "一、（一）")
    assert [first[key] for key in STATUS] == [""] * len(STATUS)


def test_a_ledger_that_comes_back_as_it_went_changes_nothing(space: Workspace) -> None:
    before = space.store.generation
    assert take(space, b"".join(space.ledger(".xlsx")[1])) == (0, 0, 2)
    assert take(space, b"".join(space.ledger(".csv")[1]), "ledger.csv") == (0, 0, 2)
    assert space.store.generation == before


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_what_was_filled_in_is_all_that_is_different(space: Workspace, suffix: str) -> None:
    before = rows(space)
    status = {"progress": "=已启动", "done": "40", "light": "yellow", "note": "甲\n乙"}
    data = filled(
        space, progress="=已启动", done=40, light="黄", note="甲\n乙", reported_on=date(2026, 5, 1)
    )
    book = openpyxl.load_workbook(io.BytesIO(data))
    book.worksheets[0].cell(*cell(2, "progress")).data_type = "s"
    assert take(space, saved(book)) == (1, 0, 1)
    again = rows(space)
    assert again == [{**before[0], **status, "reported_on": "2026-05-01"}, before[1]]
    out = b"".join(space.ledger(suffix)[1])
    assert take(space, out, f"ledger{suffix}") == (0, 0, 2)
    assert rows(space) == again


def test_an_emptied_row_takes_its_status_back(space: Workspace) -> None:
    empty = b"".join(space.ledger(".xlsx")[1])
    take(space, filled(space, done=40))
    assert take(space, empty) == (0, 1, 1)
    assert not space.store.has_graph(STATUS_GRAPH) or statuses(space.store) == []


def test_a_row_that_is_not_there_leaves_its_measure_as_it_is(space: Workspace) -> None:
    take(space, filled(space, done=40))
    book = sheet(space)
    book.worksheets[0].delete_rows(2)
    assert take(space, saved(book)) == (0, 0, 1)
    assert [row["done"] for row in rows(space)] == ["40", ""]


def test_columns_that_nobody_fills_in_may_be_gone(space: Workspace) -> None:
    book = sheet(space)
    page = book.worksheets[0]
    page.cell(*cell(2, "done")).value = 10
    for key in ("task", "lead", "quote"):
        number = next(at for at in range(1, 20) if (page.cell(1, at).value or "").endswith(key))
        page.delete_cols(number)
    assert take(space, saved(book)) == (1, 0, 1)


def test_a_status_says_which_file_it_is_from_and_when(space: Workspace) -> None:
    take(space, filled(space, done=40), "五月台账.xlsx")
    (status,) = statuses(space.store)
    assert (status.taken_from.file, status.taken_from.at) == (
        "五月台账.xlsx",
        "2026-05-07T08:00:00Z",
    )
    assert len(status.taken_from.sha256) == 64
    book = sheet(space)
    book.worksheets[0].cell(*cell(3, "done")).value = 50
    take(space, saved(book), "六月台账.xlsx")
    files = {one.measure: one.taken_from.file for one in statuses(space.store)}
    assert set(files.values()) == {
        "五月台账.xlsx",
        "六月台账.xlsx",
    }  # the first stays where it is from


def test_ids_keep_ledger_and_graph_in_step_over_a_rebuild(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(PLAN, encoding="utf-8")
    with open_workspace(tmp_path / "home", create=True) as space:
        list(space.build([path]))
        take(space, filled(space, done=40))
        before = rows(space)[0]
        path.write_text(PLAN.replace("省司法厅", "省民政厅"), encoding="utf-8")
        list(space.build([path]))
        assert rows(space)[0] == before
        path.write_text(PLAN.replace(FIRST, "编制产品目录"), encoding="utf-8")
        list(space.build([path]))
        found, _ = space.ledger(".csv")
        assert [key_of(one) for one in found.vanished] == [before["id"]]
        assert [row["done"] for row in found.rows if row["id"] == before["id"]] == ["40"]
        assert take(space, b"".join(space.ledger(".xlsx")[1])) == (0, 0, 3)


def test_overdue_and_stalled_measures_are_found(space: Workspace) -> None:
    book = sheet(space)
    page = book.worksheets[0]
    page.cell(*cell(2, "done")).value = 80
    page.cell(*cell(2, "reported_on")).value = "2026-05-01"
    page.cell(*cell(3, "light")).value = "red"
    take(space, saved(book))
    found = [
        (one.type, one.subjects[0].label.zh, one.severity)
        for one in space.gaps(types=["G12", "G17"])
    ]
    assert found == [("G17", FIRST, "high"), ("G12", SECOND, "medium")]
    take(space, filled(space, done=100))
    assert [one.type for one in space.gaps(types=["G12", "G17"])] == ["G12"]


def test_long_without_news_is_stalled(space: Workspace) -> None:
    book = sheet(space)
    for row, day in ((2, "2026-05-01"), (3, "2025-09-30")):
        book.worksheets[0].cell(*cell(row, "reported_on")).value = day
        book.worksheets[0].cell(*cell(row, "done")).value = 100 if row == 2 else 10
    take(space, saved(book))
    assert [one.subjects[0].label.zh for one in space.gaps(types=["G12"])] == [SECOND]


def test_the_graph_with_statuses_keeps_to_the_shapes(space: Workspace) -> None:
    take(space, filled(space, done=40, light="red", reported_on="2026-05-01", progress="慢"))
    assert space.validate().conforms


def rename(page: openpyxl.worksheet.worksheet.Worksheet, key: str, to: str) -> None:
    page.cell(*cell(1, key)).value = to


def twice(page: openpyxl.worksheet.worksheet.Worksheet) -> None:
    page.cell(*cell(3, "id")).value = page.cell(*cell(2, "id")).value


def put(key: str, value: object, row: int = 2) -> Callable[[object], None]:
    """Return what writes a cell."""

    def write(page: openpyxl.worksheet.worksheet.Worksheet) -> None:
        page.cell(*cell(row, key)).value = value  # type: ignore[assignment]

    return write


WRONG: list[tuple[Callable[..., object], str]] = [
    (lambda page: rename(page, "id", "号码"), "1:1.*column id is missing"),
    (lambda page: rename(page, "done", "完成"), "1:1.*column done is missing"),
    (lambda page: rename(page, "note", "红黄绿 light"), "N1.*light' stands there twice"),
    (lambda page: page.delete_rows(1), "1:1.*column id, progress.* is missing"),
    (lambda page: page.merge_cells("J2:J3"), "J2:J3.*merged"),
    (put("id", "task/none.1"), "A2.*no measure 'task/none.1'"),
    (put("id", None), "A2.*no measure ''"),
    (put("id", 17), "A2.*a number"),
    (twice, "A3.*stands in .*A2"),
    (put("done", "快了"), "K2.*write a number"),
    (put("done", 101), "K2.*0 to 100"),
    (put("done", -1), "K2.*0 to 100"),
    (put("done", 12.5), "K2.*0 to 100"),
    (put("done", "=40+2"), "K2.*formula"),
    (put("done", True), "K2.*truth value"),
    (put("done", datetime(2026, 5, 1)), "K2.*a date"),
    (put("light", "紫"), "L2.*no light"),
    (put("reported_on", "下周"), "M2.*write a day"),
    (put("reported_on", "2026-02-30"), "M2.*write a day"),
    (put("reported_on", 46000), "M2.*a number"),
    (put("progress", "=HYPERLINK(1)"), "J2.*formula"),
    (put("progress", datetime(2026, 5, 1)), "J2.*a date"),
    (put("note", 5), "N2.*a number"),
    (put("done", "#DIV/0!", 3), "K3.*error value"),
]


@pytest.mark.parametrize(("spoil", "told"), WRONG, ids=count())
def test_a_wrong_ledger_is_told_by_its_cell_and_nothing_is_taken_in(
    space: Workspace, spoil: Callable[..., object], told: str
) -> None:
    take(space, filled(space, done=40))
    before = statuses(space.store)
    book = openpyxl.load_workbook(io.BytesIO(filled(space, done=90)))
    spoil(book.worksheets[0])
    with pytest.raises(SheetError, match=f"ledger.xlsx, 台账 ledger!{told}") as error:
        take(space, saved(book))
    assert "未导入任何内容" in error.value.text("zh")
    assert statuses(space.store) == before


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.docx", b"", FormatError),
        ("a.xlsx", b"PK\x03\x04 no zip", UnreadableDocumentError),
        ("a.xlsx", b"", QkgError),
        ("a.csv", b"", SheetError),
        ("a.csv", b'id,"progress', SheetError),
    ],
    ids=count(),
)
def test_what_is_no_ledger_is_refused(
    space: Workspace, name: str, data: bytes, kind: type[QkgError]
) -> None:
    with pytest.raises(kind):
        take(space, data, name)
