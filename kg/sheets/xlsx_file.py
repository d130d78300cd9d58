"""Sheets as workbooks. Every cell that we write is text, so nothing in them is ever run."""

import io
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, cast
from zipfile import ZipFile

import openpyxl
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from kg.settings import Settings
from kg.sheets.fillings import UnfitError, as_text
from kg.sheets.form import Column, Form
from kg.sheets.grid import Line, Refusal, columns_of, letters
from kg.sheets.rows import Row
from kg.text.readers.archive import FAULTS, broken, checked_names
from kg.text.readers.xlsx import MERGED, MOST_CELLS, Sheet, too_wide

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

_Cells = tuple["Cell", ...]
_RISKY = ("=", "+", "-", "@")
_HELP = "说明 help"
_TO_FILL = PatternFill("solid", start_color="FFF7E0")
_HEAD = PatternFill("solid", start_color="DCE6F1")
_NEVER = {  # data types of openpyxl that no column holds
    "f": ("a formula; write its value", "公式，请写成其结果"),
    "e": ("an error value; write it as text", "错误值，请写成文字"),
}


def write_xlsx(form: Form, rows: Iterable[Row]) -> Iterator[bytes]:
    """Yield the workbook: the sheet, then one that explains its columns."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = form.tab
    _head(sheet, form)
    last = 1
    for last, row in enumerate(rows, start=2):
        for number, key in enumerate(form.keys, start=1):
            _put(sheet, last, number, row[key])
    for number, column in enumerate(form.columns):
        sheet.column_dimensions[letters(number)].width = column.width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{letters(len(form.columns) - 1)}{last}"
    for number, column in enumerate(form.columns):
        if column.choices:
            _offer(sheet, letters(number), column.choices, last=max(last, 2))
    _explain(book.create_sheet(_HELP), form.columns)
    out = io.BytesIO()
    book.save(out)
    yield out.getvalue()


def read_xlsx(data: bytes, name: str, form: Form, settings: Settings) -> Iterator[Line]:
    """Yield the rows of the sheet, empty ones left out.

    Only what is read is built, so a sheet of millions of cells ends in an error that says so.

    Raises:
        SheetError: A column is missing, or a cell holds what its column does not; it names the cell.
        UnreadableDocumentError: It is no workbook, unpacks beyond the limit, or has cells without
            end.
    """
    checked_names(data, name, limit_bytes=settings.max_document_mb << 20)
    refuse = Refusal(name)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
        found = book[form.tab] if form.tab in book.sheetnames else book.worksheets[0]
        sheet = cast("Sheet", found)
        with ZipFile(io.BytesIO(data)) as archive:
            _refuse_merged(archive.read(sheet._worksheet_path), sheet.title, refuse)
        sheet.reset_dimensions()  # some programs write A1 for a whole sheet
        rows = _bounded(sheet.iter_rows(values_only=False), name)
        yield from _lines(rows, form, sheet.title, refuse)
    except FAULTS as error:
        raise broken(name, error) from error


def _refuse_merged(xml: bytes, title: str, refuse: Refusal) -> None:
    merged = MERGED.search(xml.replace(b"\0", b""))
    if merged is not None:
        place = f"{title}!{merged['area'].decode()}"
        raise refuse.at(
            place,
            en="cells are merged there; take the merge apart",
            zh="此处有合并单元格，请拆分",
        )


def _bounded(rows: Iterator[_Cells], name: str) -> Iterator[_Cells]:
    seen = 0
    for row in rows:
        seen += 1 + len(row)
        if seen > MOST_CELLS:
            raise too_wide(name)
        yield row


def _lines(rows: Iterator[_Cells], form: Form, title: str, refuse: Refusal) -> Iterator[Line]:
    head = [str(cell.value or "") for cell in next(rows, ())]
    columns = columns_of(head, form, sheet=title, refuse=refuse)
    for number, row in enumerate(rows, start=2):
        cells = {key: row[at] for key, at in columns.items() if at < len(row)}
        if any(cell.value not in (None, "") for cell in cells.values()):
            places = {key: f"{title}!{letters(at)}{number}" for key, at in columns.items()}
            yield _line(cells, places, form, refuse)


def _line(
    cells: Mapping[str, "Cell"], places: Mapping[str, str], form: Form, refuse: Refusal
) -> Line:
    texts = dict.fromkeys(form.keys, "")
    for key, cell in cells.items():
        if cell.value is not None and cell.data_type in _NEVER:
            en, zh = _NEVER[cell.data_type]
            raise refuse.at(places[key], en=f"{cell.value} is {en}", zh=f"{cell.value} 是{zh}")
        is_share = "%" in (cell.number_format or "")
        try:
            texts[key] = as_text(cell.value, form.column(key).filling, is_share=is_share)
        except UnfitError as error:
            raise refuse.at(places[key], en=error.en, zh=error.zh) from error
    return Line(texts, places)


def _head(sheet: "Worksheet", form: Form) -> None:
    for number, column in enumerate(form.columns, start=1):
        _put(sheet, 1, number, column.heading)
        cell = sheet.cell(1, number)
        cell.font = Font(bold=True)
        cell.fill = _TO_FILL if column.filled else _HEAD


def _put(sheet: "Worksheet", row: int, column: int, text: str) -> None:
    """Write *text* as text, also where it begins like a formula."""
    cell = sheet.cell(row, column)
    cell.value = text or None
    if text:
        cell.data_type = "s"
        cell.alignment = Alignment(vertical="top", wrap_text=True)
    if text.startswith(_RISKY):
        cell.quotePrefix = True  # keeps it text when it is edited


def _offer(sheet: "Worksheet", letter: str, choices: Iterable[str], *, last: int) -> None:
    """Give a column a list to choose from."""
    offer = DataValidation("list", formula1=f'"{",".join(choices)}"', allow_blank=True)
    offer.error = " / ".join(choices)
    offer.showErrorMessage = True
    sheet.add_data_validation(offer)
    offer.add(f"{letter}2:{letter}{last}")


def _explain(sheet: "Worksheet", columns: Iterable[Column]) -> None:
    rows = [("列 column", "含义", "meaning")]
    rows += [(column.heading, column.meaning.zh, column.meaning.en) for column in columns]
    for number, row in enumerate(rows, start=1):
        for place, text in enumerate(row, start=1):
            _put(sheet, number, place, text)
    for letter, width in zip("ABC", (24, 60, 70), strict=True):
        sheet.column_dimensions[letter].width = width
