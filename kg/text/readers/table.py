"""Tables as files: xlsx and csv, a line a row, cells separated by tabs.

A cell that spans rows is repeated in each of them, so that every row says all it means; one that
spans columns stands once, with empty cells after it.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import openpyxl

from kg.errors import UnreadableDocumentError
from kg.settings import Settings
from kg.text.readers.archive import broken, checked_names
from kg.text.readers.encoding import Decoded, decode

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_BLANK = re.compile(r"\s+")
_DEFAULT_TITLE = re.compile(r"(?:Sheet|工作表)\d*", re.I)
_EMPTY_ROWS = 1000  # a sheet formatted down to its last row has a million of them
_MOST_MERGES = 20_000


def line_of(cells: Iterable[str]) -> str:
    r"""Return one row as a line: cells without line ends, tabs between, none left over.

    >>> line_of(["一", "质量\n提升", ""])
    '一\t质量 提升'
    """
    return "\t".join(_BLANK.sub(" ", cell).strip() for cell in cells).rstrip("\t")


def read_csv(data: bytes, name: str, _settings: Settings) -> Decoded:
    """Return a csv or tsv file as lines of tab-separated cells.

    Raises:
        UnreadableDocumentError: It is not text, or a cell has no end.
    """
    found = decode(data, name)
    try:
        dialect = csv.Sniffer().sniff(found.text[:8192], delimiters=",;\t|")
    except csv.Error:
        dialect = csv.excel
    try:
        rows = csv.reader(io.StringIO(found.text, newline=""), dialect)
        lines = [line_of(row) for row in rows]
    except csv.Error as error:
        raise UnreadableDocumentError(
            name=name,
            en=f"it is not a table of comma- or tab-separated cells ({error})",
            zh=f"不是以逗号或制表符分隔的表格（{error}）",
        ) from error
    return Decoded("\n".join(line for line in lines if line), found.encoding, found.issues)


def read_xlsx(data: bytes, name: str, settings: Settings) -> Decoded:
    """Return all sheets of a workbook, each under the name of its tab where it has one of its own.

    A sheet that opens with a line over its table has a title already: then the tab adds nothing.

    Raises:
        UnreadableDocumentError: It is broken or unpacks beyond the limit.
    """
    checked_names(data, name, limit_bytes=settings.max_document_mb << 20)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    except (BadZipFile, KeyError, ValueError, TypeError, OSError, SyntaxError) as error:
        raise broken(name, error) from error
    lines: list[str] = []
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        rows = list(_rows(sheet))
        if rows and "\t" in rows[0] and not _DEFAULT_TITLE.fullmatch(sheet.title):
            lines.append(sheet.title)
        lines += rows
    return Decoded("\n".join(lines), "")


def _rows(sheet: "Worksheet") -> Iterator[str]:
    above = _merged_down(sheet)
    empty = 0
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        cells = [
            _shown(above.get((number, column), value)) for column, value in enumerate(row, start=1)
        ]
        line = line_of(cells)
        empty = 0 if line else empty + 1
        if line:
            yield line
        elif empty > _EMPTY_ROWS:
            return


def _merged_down(sheet: "Worksheet") -> dict[tuple[int, int], object]:
    """Return the value of each cell that a cell above spans."""
    found: dict[tuple[int, int], object] = {}
    for area in sorted(sheet.merged_cells.ranges, key=str)[:_MOST_MERGES]:
        value = sheet.cell(area.min_row, area.min_col).value
        last = min(area.max_row, area.min_row + _EMPTY_ROWS)
        for row in range(area.min_row + 1, last + 1):
            found[row, area.min_col] = value
    return found


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
