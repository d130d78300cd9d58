"""Sheets give back every text that was written to them, and none of it is ever run."""

import io
from collections.abc import Callable
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import ReviewError, UnreadableDocumentError
from kg.review.columns import KEYS, SHEET
from kg.review.csv_file import guarded, read_csv, unguarded, write_csv
from kg.review.rows import Row, shown
from kg.review.xlsx_file import read_xlsx, write_xlsx
from kg.settings import Settings

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
    return dict.fromkeys(KEYS, "") | {"id": "task/d.1", "words": shown(words), "note": shown(words)}


@pytest.mark.parametrize("words", HOSTILE)
def test_a_hostile_text_comes_back_as_it_was(words: str) -> None:
    rows = [row(words)]
    (from_csv,) = read_csv(b"".join(write_csv(rows)), "a.csv")
    (from_xlsx,) = read_xlsx(b"".join(write_xlsx(rows)), "a.xlsx", Settings())
    assert from_csv.cells["words"] == shown(words).strip()
    assert from_xlsx.cells["words"] == shown(words).strip()


@pytest.mark.parametrize("words", HOSTILE[:4])
def test_no_cell_is_a_formula(words: str) -> None:
    text = b"".join(write_csv([row(words)])).decode("utf-8-sig")
    assert f",'{words}," in text
    book = openpyxl.load_workbook(io.BytesIO(b"".join(write_xlsx([row(words)]))))
    cell = book[SHEET].cell(2, KEYS.index("words") + 1)
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", words, True)


@given(st.text(st.characters(codec="utf-8"), max_size=30))
@settings(deadline=None)
def test_guarding_can_be_undone(words: str) -> None:
    assert unguarded(guarded(words)) == words
    assert guarded(words)[:1] not in ("=", "+", "-", "@", "\t", "\r")


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=20), min_size=1, max_size=5))
@settings(deadline=None, max_examples=50)
def test_every_text_comes_back_from_csv(texts: list[str]) -> None:
    rows = [row(words) for words in texts]
    found = [line.cells["note"] for line in read_csv(b"".join(write_csv(rows)), "a.csv")]
    assert found == [shown(words).strip() for words in texts]


def test_a_place_is_named_as_the_program_shows_it() -> None:
    (line,) = read_xlsx(b"".join(write_xlsx([row("甲")])), "a.xlsx", Settings())
    assert line.places["decision"] == f"{SHEET}!K2"
    (line,) = read_csv(b"".join(write_csv([row("甲")])), "a.csv")
    assert line.places["decision"] == "csv!K2"


def sheet(change: Callable[["Worksheet"], object]) -> bytes:
    """Return a review sheet after a change."""
    book = openpyxl.load_workbook(io.BytesIO(b"".join(write_xlsx([row("一项任务")]))))
    change(book[SHEET])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_row_that_says_less_than_the_head_has_empty_cells_and_its_places() -> None:
    def shorten(given: "Worksheet") -> None:
        given.delete_cols(KEYS.index("quote") + 2, 99)
        for at, key in enumerate(KEYS, start=1):
            given.cell(1, at).value = key
        given["A5"] = "again"

    first, second = read_xlsx(sheet(shorten), "a.xlsx", Settings())
    assert (first.cells["words"], second.cells["words"]) == ("一项任务", "")
    assert (first.places["id"], second.places["id"]) == (f"{SHEET}!A2", f"{SHEET}!A5")


def test_merged_cells_are_refused_by_their_place() -> None:
    data = sheet(lambda given: given.merge_cells("B2:C3"))
    with pytest.raises(ReviewError, match="B2:C3"):
        list(read_xlsx(data, "a.xlsx", Settings()))


def test_a_sheet_of_millions_of_cells_is_refused_soon() -> None:
    def widen(given: "Worksheet") -> None:
        for number in range(3, 400):
            given.cell(number, 16_384, "x")

    with pytest.raises(UnreadableDocumentError, match="5000000 cells"):
        list(read_xlsx(sheet(widen), "a.xlsx", Settings()))
