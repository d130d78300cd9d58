"""Sheets give back every text that was written to them, and none of it is ever run."""

import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.review.columns import KEYS, SHEET
from kg.review.csv_file import guarded, read_csv, unguarded, write_csv
from kg.review.rows import Row, shown
from kg.review.xlsx_file import read_xlsx, write_xlsx
from kg.settings import Settings

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
