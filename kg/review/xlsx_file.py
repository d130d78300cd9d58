"""Review sheets as workbooks. Every cell is text, so nothing in them is ever run."""

import io
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, cast
from zipfile import ZipFile

import openpyxl
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from kg.model import Role, Verdict
from kg.rdf.relations import ENDS
from kg.review.columns import COLUMNS, FILLED, HELP_SHEET, KEYS, SHEET
from kg.review.grid import Line, Refusal, columns_of, letters
from kg.review.rows import Row
from kg.settings import Settings
from kg.text.readers.archive import FAULTS, broken, checked_names
from kg.text.readers.table import MERGED, MOST_CELLS, Sheet, too_wide

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

_Cells = tuple["Cell", ...]
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

    Only what is read is built, so a sheet of millions of cells ends in an error that says so.

    Raises:
        ReviewError: A column is missing, or a cell holds no text; it names sheet and cell.
        UnreadableDocumentError: It is no workbook, unpacks beyond the limit, or has cells without
            end.
    """
    checked_names(data, name, limit_bytes=settings.max_document_mb << 20)
    refuse = Refusal(name)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
        found = book[SHEET] if SHEET in book.sheetnames else book.worksheets[0]
        sheet = cast("Sheet", found)
        with ZipFile(io.BytesIO(data)) as archive:
            _refuse_merged(archive.read(sheet._worksheet_path), sheet.title, refuse)
        sheet.reset_dimensions()  # some programs write A1 for a whole sheet
        rows = _bounded(sheet.iter_rows(values_only=False), name)
        yield from _lines(rows, sheet.title, refuse)
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


def _lines(rows: Iterator[_Cells], title: str, refuse: Refusal) -> Iterator[Line]:
    head = [str(cell.value or "") for cell in next(rows, ())]
    columns = columns_of(head, sheet=title, refuse=refuse)
    for number, row in enumerate(rows, start=2):
        cells = {key: row[at] for key, at in columns.items() if at < len(row)}
        if any(cell.value not in (None, "") for cell in cells.values()):
            places = {key: f"{title}!{letters(at)}{number}" for key, at in columns.items()}
            yield _line(cells, places, refuse)


def _line(cells: Mapping[str, "Cell"], places: Mapping[str, str], refuse: Refusal) -> Line:
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
    values = {key: cells[key].value if key in cells else None for key in places}
    texts = {key: "" if value is None else str(value) for key, value in values.items()}
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
