"""Sheets give back every text that was written to them, and none of it is ever run."""

import io
from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import SheetError, UnreadableDocumentError
from kg.model import Bilingual
from kg.review.columns import FORM
from kg.settings import Settings
from kg.sheets import Column, Filling, Form, Row, shown
from kg.sheets.csv_file import guarded, read_csv, unguarded, write_csv
from kg.sheets.xlsx_file import read_xlsx, write_xlsx

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

HOSTILE = (
    "=1+1",
    "+86",
    "-质量",
    "@SUM(A1)",
    "'=1+1",
    "'引'",
    '"a", b',
    "甲\n乙",
    "\t=1",
    "第1,000家；\x0b",
    "长" * 40_000,
)


def row(words: str) -> Row:
    return dict.fromkeys(FORM.keys, "") | {
        "id": "task/d.1",
        "words": shown(words),
        "note": shown(words),
    }


@pytest.mark.parametrize("words", HOSTILE)
def test_a_hostile_text_comes_back_as_it_was(words: str) -> None:
    rows = [row(words)]
    (from_csv,) = read_csv(b"".join(write_csv(FORM, rows)), "a.csv", FORM)
    (from_xlsx,) = read_xlsx(b"".join(write_xlsx(FORM, rows)), "a.xlsx", FORM, Settings())
    assert from_csv.cells["words"] == shown(words).strip()
    assert from_xlsx.cells["words"] == shown(words).strip()


@pytest.mark.parametrize("words", HOSTILE[:4])
def test_no_cell_is_a_formula(words: str) -> None:
    text = b"".join(write_csv(FORM, [row(words)])).decode("utf-8-sig")
    assert f",'{words}," in text
    book = openpyxl.load_workbook(io.BytesIO(b"".join(write_xlsx(FORM, [row(words)]))))
    cell = book[FORM.tab].cell(2, FORM.keys.index("words") + 1)
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", words, True)


@given(st.text(st.characters(codec="utf-8"), max_size=30))
@settings(deadline=None)
@pytest.mark.slow
def test_guarding_can_be_undone(words: str) -> None:
    assert unguarded(guarded(words)) == words
    assert guarded(words)[:1] not in ("=", "+", "-", "@", "\t", "\r")


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=20), min_size=1, max_size=5))
@settings(deadline=None, max_examples=50)
@pytest.mark.slow
def test_every_text_comes_back_from_csv(texts: list[str]) -> None:
    rows = [row(words) for words in texts]
    found = [
        line.cells["note"] for line in read_csv(b"".join(write_csv(FORM, rows)), "a.csv", FORM)
    ]
    assert found == [shown(words).strip() for words in texts]


def test_a_place_is_named_as_the_program_shows_it() -> None:
    (line,) = read_xlsx(b"".join(write_xlsx(FORM, [row("甲")])), "a.xlsx", FORM, Settings())
    assert line.places["decision"] == f"{FORM.tab}!K2"
    (line,) = read_csv(b"".join(write_csv(FORM, [row("甲")])), "a.csv", FORM)
    assert line.places["decision"] == "csv!K2"


def sheet(change: Callable[["Worksheet"], object]) -> bytes:
    """Return a review sheet after a change."""
    book = openpyxl.load_workbook(io.BytesIO(b"".join(write_xlsx(FORM, [row("一项任务")]))))
    change(book[FORM.tab])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_row_that_says_less_than_the_head_has_empty_cells_and_its_places() -> None:
    def shorten(given: "Worksheet") -> None:
        given.delete_cols(FORM.keys.index("quote") + 2, 99)
        for at, key in enumerate(FORM.keys, start=1):
            given.cell(1, at).value = key
        given["A5"] = "again"

    first, second = read_xlsx(sheet(shorten), "a.xlsx", FORM, Settings())
    assert (first.cells["words"], second.cells["words"]) == ("一项任务", "")
    assert (first.places["id"], second.places["id"]) == (f"{FORM.tab}!A2", f"{FORM.tab}!A5")


def test_merged_cells_are_refused_by_their_place() -> None:
    data = sheet(lambda given: given.merge_cells("B2:C3"))
    with pytest.raises(SheetError, match="B2:C3"):
        list(read_xlsx(data, "a.xlsx", FORM, Settings()))


def test_a_sheet_of_millions_of_cells_is_refused_soon() -> None:
    def widen(given: "Worksheet") -> None:
        for number in range(3, 400):
            given.cell(number, 16_384, "x")

    with pytest.raises(UnreadableDocumentError, match="5000000 cells"):
        list(read_xlsx(sheet(widen), "a.xlsx", FORM, Settings()))


FILLED = Form(
    "表 sheet",
    tuple(Column(kind.value, "列", 9, Bilingual("", ""), filling=kind) for kind in Filling),
)
TAKEN = [
    (("x", "80", "2026-05-01"), ("x", "80", "2026-05-01")),
    (("x", "80.50 %", "2026年5月1日"), ("x", "80.5", "2026-05-01")),
    (("", "", "2026/5/1"), ("", "", "2026-05-01")),
    (("x", 80, datetime(2026, 5, 1, 12)), ("x", "80", "2026-05-01")),
    (("x", 0.5, date(2026, 5, 1)), ("x", "0.5", "2026-05-01")),
]
REFUSED = [
    (("x", "viel", ""), "B2", "write a number, such as 80"),
    (("x", True, ""), "B2", "a truth value"),
    (("x", "", "soon"), "C2", "write a day, such as 2026-05-01"),
    (("x", "", "2026-13-40"), "C2", "write a day"),
    (("x", "", 45000), "C2", "a number"),
    ((7, "", ""), "A2", "a number; write it as text"),
    (("=1+1", "", ""), "A2", "a formula"),
]


def workbook(cells: tuple[object, ...], number_format: str = "General") -> bytes:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append([column.heading for column in FILLED.columns])
    page.append(list(cells))
    page["B2"].number_format = number_format
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(("cells", "texts"), TAKEN, ids=range(len(TAKEN)))
def test_a_number_and_a_day_are_read_however_they_are_written(
    cells: tuple[object, ...], texts: tuple[str, ...]
) -> None:
    (line,) = read_xlsx(workbook(cells), "a.xlsx", FILLED, Settings())
    assert tuple(line.cells.values()) == texts


def test_a_share_is_read_as_it_is_shown() -> None:
    (line,) = read_xlsx(workbook(("x", 0.8, ""), "0%"), "a.xlsx", FILLED, Settings())
    assert line.cells["number"] == "80"


@pytest.mark.parametrize(("cells", "place", "words"), REFUSED, ids=range(len(REFUSED)))
def test_what_a_column_does_not_hold_is_refused_by_its_cell(
    cells: tuple[object, ...], place: str, words: str
) -> None:
    with pytest.raises(SheetError, match=f"{place}.*{words}"):
        list(read_xlsx(workbook(cells), "a.xlsx", FILLED, Settings()))
    if all(isinstance(cell, str) for cell in cells) and cells[0] != "=1+1":
        data = ",".join(FILLED.keys) + "\n" + ",".join(map(str, cells))
        with pytest.raises(SheetError, match=f"{place}.*{words}"):
            list(read_csv(data.encode(), "a.csv", FILLED))
