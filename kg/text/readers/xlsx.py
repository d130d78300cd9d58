"""Workbooks as tables: a line a row, cells separated by tabs.

A cell that spans rows is repeated in each of them, so that every row says all it means; one that
spans columns stands once, with empty cells after it.
"""

import io
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from itertools import islice
from typing import Any, Protocol, cast
from zipfile import ZipFile

import openpyxl
from openpyxl.utils import column_index_from_string

from kg.errors import TextTooLongError, UnreadableDocumentError
from kg.settings import Settings
from kg.text.readers.archive import FAULTS, broken, checked_names
from kg.text.readers.encoding import Decoded
from kg.text.readers.table import line_of

_DEFAULT_TITLE = re.compile(r"(?:Sheet|工作表)\d*", re.I)
_EMPTY_ROWS = 1000  # a sheet formatted down to its last row has a million of them
_MOST_MERGES = 20_000
MOST_CELLS = 5_000_000  # empty ones that a format reaches count
MERGED = re.compile(
    rb'<(?:\w+:)?mergeCell\s[^>]*?ref="(?P<area>([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7}))"'
)
"""A merged range in the XML of a sheet: its area, then first column, first row, last row."""


class Sheet(Protocol):
    """A sheet of a workbook that openpyxl only reads."""

    title: str
    sheet_state: str
    _worksheet_path: str

    def reset_dimensions(self) -> None:
        """Forget how large the sheet says that it is."""
        ...

    def iter_rows(self, *, values_only: bool) -> Iterator[tuple[Any, ...]]:
        """Yield each row, up to the last cell that is there: cells, or their values alone."""
        ...


def read_xlsx(data: bytes, name: str, settings: Settings) -> Decoded:
    """Return all sheets of a workbook, each under the name of its tab where it has one of its own.

    A sheet that opens with a line over its table has a title already: then the tab adds nothing.

    Raises:
        UnreadableDocumentError: It is broken, unpacks beyond the limit, or has cells without end.
        TextTooLongError: It repeats its text beyond the limit.
    """
    checked_names(data, name, limit_bytes=settings.max_document_mb << 20)
    lines: list[str] = []
    chars = 0
    try:
        # Only what is read is built: the other mode makes a cell for each place of a merged range,
        # and a range may have seventeen billion.
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True, read_only=True)
        for line in _sheets(book, data, name):
            lines.append(line)
            chars += len(line)
            if chars > settings.max_text_chars:
                raise TextTooLongError(name=name, chars=chars, limit=settings.max_text_chars)
    except FAULTS as error:
        raise broken(name, error) from error
    return Decoded("\n".join(lines), "")


def _sheets(book: openpyxl.Workbook, data: bytes, name: str) -> Iterator[str]:
    with ZipFile(io.BytesIO(data)) as archive:
        for sheet in cast("list[Sheet]", book.worksheets):
            if sheet.sheet_state != "visible":
                continue
            merged = _merged_down(archive.read(sheet._worksheet_path))
            rows = _rows(sheet, merged, name)
            first = next(rows, "")
            if "\t" in first and not _DEFAULT_TITLE.fullmatch(sheet.title):
                yield sheet.title
            if first:
                yield first
            yield from rows


def _rows(sheet: Sheet, merged: Mapping[tuple[int, int], int], name: str) -> Iterator[str]:
    """Yield the rows as lines; *merged* maps the first cell of a range to its last row."""
    sheet.reset_dimensions()  # some programs write A1 for a whole sheet
    hanging: dict[int, tuple[object, int]] = {}  # column -> value and the last row it spans
    empty = seen = 0
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        hanging = {column: held for column, held in hanging.items() if held[1] >= number}
        cells: list[object] = [*row, *[None] * (max(hanging, default=-1) + 1 - len(row))]
        for column, (value, _) in hanging.items():
            cells[column] = value
        if merged:
            starts = [at for at in range(len(row)) if (number, at) in merged]
            hanging |= {at: (cells[at], merged[number, at]) for at in starts}
        seen += len(cells)
        if seen > MOST_CELLS:
            raise too_wide(name)
        line = line_of(map(_shown, cells))
        empty = 0 if line else empty + 1
        if line:
            yield line
        elif empty > _EMPTY_ROWS:
            return


def _merged_down(xml: bytes) -> dict[tuple[int, int], int]:
    """Return the last row of each range that spans rows, by its first row and column (from 0)."""
    found: dict[tuple[int, int], int] = {}
    for area in islice(MERGED.finditer(xml.replace(b"\0", b"")), _MOST_MERGES):
        letters, first, last = area[2].decode(), int(area[3]), int(area[4])
        if last > first:
            found[first, column_index_from_string(letters) - 1] = last
    return found


def too_wide(name: str) -> UnreadableDocumentError:
    """Return the error for a workbook with more than `MOST_CELLS` cells."""
    return UnreadableDocumentError(
        name=name,
        en=f"its sheets have more than {MOST_CELLS} cells; delete the empty rows and columns",
        zh=f"工作表超过 {MOST_CELLS} 个单元格；请删除空白的行和列",
    )


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
