"""Review sheets as workbooks. Every cell is text, so nothing in them is ever run."""

import io
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import openpyxl
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from kg.model import Role, Verdict
from kg.rdf.relations import ENDS
from kg.review.columns import COLUMNS, FILLED, HELP_SHEET, KEYS, SHEET
from kg.review.grid import Line, Refusal, columns_of, letters
from kg.review.rows import Row
from kg.settings import Settings
from kg.text.readers.archive import broken, checked_names

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

_RISKY = ("=", "+", "-", "@")
_TO_FILL = PatternFill("solid", start_color="FFF7E0")
_HEAD = PatternFill("solid", start_color="DCE6F1")
_CHOICES = {"decision": tuple(Verdict), "new_role": tuple(Role), "new_kind": tuple(ENDS)}
_WHAT = {  # data types of openpyxl that are no text
    "f": ("a formula", "公式"),
    "d": ("a date", "日期"),
    "e": ("an error value", "错误值"),
    "b": ("a truth value", "逻辑值"),
    "n": ("a number", "数字"),
}


def write_xlsx(rows: Iterable[Row]) -> Iterator[bytes]:
    """Yield the workbook: the review sheet, then one that explains its columns."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = SHEET
    _head(sheet, [column.heading for column in COLUMNS])
    last = 1
    for last, row in enumerate(rows, start=2):
        for number, key in enumerate(KEYS, start=1):
            _put(sheet, last, number, row[key])
    for number, column in enumerate(COLUMNS):
        sheet.column_dimensions[letters(number)].width = column.width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{letters(len(COLUMNS) - 1)}{last}"
    for key, choices in _CHOICES.items():
        _offer(sheet, key, choices, last=max(last, 2))
    _explain(book.create_sheet(HELP_SHEET))
    out = io.BytesIO()
    book.save(out)
    yield out.getvalue()


def read_xlsx(data: bytes, name: str, settings: Settings) -> Iterator[Line]:
    """Yield the rows of the review sheet, empty ones left out.

    Raises:
        ReviewError: A column is missing, or a cell holds no text; it names sheet and cell.
        UnreadableDocumentError: It is no workbook, or unpacks beyond the limit.
    """
    checked_names(data, name, limit_bytes=settings.max_document_mb << 20)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data))
    except (BadZipFile, KeyError, ValueError, TypeError, OSError, SyntaxError) as error:
        raise broken(name, error) from error
    refuse = Refusal(name)
    sheet = book[SHEET] if SHEET in book.sheetnames else book.worksheets[0]
    for area in sheet.merged_cells.ranges:
        place = f"{sheet.title}!{area.coord}"
        raise refuse.at(
            place,
            en="cells are merged there; take the merge apart",
            zh="此处有合并单元格，请拆分",
        )
    lines = sheet.iter_rows()
    head = [str(cell.value or "") for cell in next(lines, ())]
    columns = columns_of(head, sheet=sheet.title, refuse=refuse)
    for row in lines:
        cells = {key: row[at] for key, at in columns.items()}
        if any(cell.value not in (None, "") for cell in cells.values()):
            yield _line(cells, sheet.title, refuse)


def _line(cells: Mapping[str, "Cell | MergedCell"], sheet: str, refuse: Refusal) -> Line:
    places = {key: f"{sheet}!{cell.coordinate}" for key, cell in cells.items()}
    for key, cell in cells.items():
        kind = cell.data_type
        if cell.value is None or kind not in _WHAT or (kind == "n" and key == "confidence"):
            continue
        en, zh = _WHAT[kind]
        raise refuse.at(
            places[key],
            en=f"{cell.value} is {en}; write it as text",
            zh=f"{cell.value} 是{zh}，请写成文字",
        )
    texts = {key: "" if cell.value is None else str(cell.value) for key, cell in cells.items()}
    return Line({key: text.strip() for key, text in texts.items()}, places)


def _head(sheet: "Worksheet", headings: list[str]) -> None:
    for number, heading in enumerate(headings, start=1):
        _put(sheet, 1, number, heading)
        cell = sheet.cell(1, number)
        cell.font = Font(bold=True)
        filled = number <= len(KEYS) and KEYS[number - 1] in FILLED
        cell.fill = _TO_FILL if filled else _HEAD


def _put(sheet: "Worksheet", row: int, column: int, text: str) -> None:
    """Write *text* as text, also where it begins like a formula."""
    cell = sheet.cell(row, column)
    cell.value = text or None
    if text:
        cell.data_type = "s"
        cell.alignment = Alignment(vertical="top", wrap_text=True)
    if text.startswith(_RISKY):
        cell.quotePrefix = True  # keeps it text when it is edited


def _offer(sheet: "Worksheet", key: str, choices: Iterable[str], *, last: int) -> None:
    """Give the column *key* a list to choose from."""
    letter = letters(KEYS.index(key))
    offer = DataValidation("list", formula1=f'"{",".join(choices)}"', allow_blank=True)
    offer.error = " / ".join(choices)
    offer.showErrorMessage = True
    sheet.add_data_validation(offer)
    offer.add(f"{letter}2:{letter}{last}")


def _explain(sheet: "Worksheet") -> None:
    rows = [("列 column", "含义", "meaning")]
    rows += [(column.heading, column.meaning.zh, column.meaning.en) for column in COLUMNS]
    for number, row in enumerate(rows, start=1):
        for place, text in enumerate(row, start=1):
            _put(sheet, number, place, text)
    for letter, width in zip("ABC", (24, 60, 70), strict=True):
        sheet.column_dimensions[letter].width = width
