"""The report as Excel workbook, for sorting and handing on: a sheet for each kind of line.

Words of a document are written as strings and nothing else: no cell is a formula or a link.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import TYPE_CHECKING, Any

from kg.drawing.letters import width
from kg.drawing.matrix import ARRANGED, MISSING, shade
from kg.errors import MissingLibraryError
from kg.report.blocks import Column, Grid
from kg.report.layouts import tables
from kg.report.layouts.desk import Desk
from kg.report.model import Report

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_FONTS = {"zh": "宋体", "en": "Calibri"}
_A4 = 9
_LETTERS = 32_767  # in a cell, Excel's limit
_LINE, _HIGHEST = 14.5, 409  # points, the latter Excel's limit
_WIDTH = 8  # letters a share of 1 is wide


def render(report: Report, lang: str) -> bytes:
    """Return *report* as xlsx: overview, findings, duties, needs, matrix, coverage.

    Raises:
        MissingLibraryError: XlsxWriter is not installed.
    """
    try:
        from xlsxwriter import Workbook
    except ImportError as error:
        raise MissingLibraryError(format_="xlsx", library="XlsxWriter", detail=error) from error
    desk, file = Desk.of(report, lang), io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = Workbook(file, options)
    book.set_properties(
        {
            "title": report.title.to(lang),
            "created": datetime.fromisoformat(report.made_at).replace(tzinfo=None),
        }
    )
    looks = _Looks.of(book, lang)
    _overview(book, desk, looks)
    for name, grid in tables.all_of(desk).items():
        _sheet(book, desk.say(name), grid, looks)
    _matrix(book, desk, looks)
    book.close()
    return file.getvalue()


@dataclass(frozen=True, slots=True)
class _Looks:
    """How cells look."""

    title: Any
    quiet: Any
    head: Any
    text: Any
    number: Any
    missing: tuple[Any, ...]
    arranged: tuple[Any, ...]

    @classmethod
    def of(cls, book: "Workbook", lang: str) -> "_Looks":
        """Return the looks, made in *book*."""
        font = {"font_name": _FONTS[lang], "font_size": 10.5}
        top = font | {"valign": "top"}
        edge = {"bottom": 4, "bottom_color": "#C5CCD3"}
        return cls(
            title=book.add_format(font | {"font_size": 18, "bold": True}),
            quiet=book.add_format(top | {"font_color": "#5B6875", "text_wrap": True}),
            head=book.add_format(
                font | {"bold": True, "bottom": 1, "bg_color": "#EEF1F4", "text_wrap": True}
            ),
            text=book.add_format(top | edge | {"text_wrap": True, "num_format": "@"}),
            number=book.add_format(top | edge | {"num_format": "0"}),
            missing=tuple(
                book.add_format(font | {"align": "center", "bg_color": shade}) for shade in MISSING
            ),
            arranged=tuple(
                book.add_format(font | {"align": "center", "bg_color": shade}) for shade in ARRANGED
            ),
        )


def _overview(book: "Workbook", desk: Desk, looks: _Looks) -> None:
    sheet = book.add_worksheet(desk.say("overview"))
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 5, 10)
    sheet.write_string(0, 0, desk.report.title.to(desk.lang), looks.title)
    facts = (
        (desk.say("scope"), desk.report.scope or desk.say("everything")),
        (desk.say("made"), f"{desk.made} · quality-kg {desk.report.version}"),
    )
    for row, (name, value) in enumerate(facts, start=1):
        sheet.write_string(row, 0, name, looks.quiet)
        sheet.write_string(row, 1, value)
    sheet.merge_range(3, 0, 3, 5, "", looks.quiet)
    sheet.write_string(3, 0, desk.say("honesty_short"), looks.quiet)
    sheet.set_row(3, 34)
    for row, (number, name) in enumerate(desk.figures().entries, start=5):
        sheet.write_string(row, 0, name, looks.text)
        sheet.write_string(row, 1, number, looks.text)
    _table(sheet, tables.types(desk), looks, row=12)
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 1)


def _sheet(book: "Workbook", name: str, grid: Grid, looks: _Looks) -> None:
    sheet = book.add_worksheet(name)
    _table(sheet, grid, looks, row=0)
    for place, column in enumerate(grid.columns):
        sheet.set_column(place, place, column.share * _WIDTH)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(grid.rows), 1), len(grid.columns) - 1)
    _paper(sheet)


def _table(sheet: Any, grid: Grid, looks: _Looks, *, row: int) -> None:
    for place, column in enumerate(grid.columns):
        sheet.write_string(row, place, column.title, looks.head)
    for below, cells in enumerate(grid.rows, start=row + 1):
        _row(sheet, below, cells, grid.columns, looks)
        sheet.set_row(below, min(_HIGHEST, _LINE * _lines(cells, grid.columns)))


def _lines(cells: Sequence[str], columns: Sequence[Column]) -> int:
    """Return how many lines the fullest cell needs; not every program works that out by itself."""
    return max(
        sum(
            max(1, ceil(2 * width(line, size=1) / (column.share * _WIDTH)))
            for line in text.split("\n")
        )
        for text, column in zip(cells, columns, strict=True)
    )


def _row(
    sheet: Any, row: int, cells: Sequence[str], columns: Sequence[Column], looks: _Looks
) -> None:
    for place, (value, column) in enumerate(zip(cells, columns, strict=True)):
        plain = value.replace(",", "")
        if column.number and plain.isascii() and plain.isdigit():
            sheet.write_number(row, place, int(plain), looks.number)
        else:
            sheet.write_string(row, place, value[:_LETTERS], looks.text)


def _matrix(book: "Workbook", desk: Desk, looks: _Looks) -> None:
    """Write the bodies against each other; red where a channel is needed, blue where it is there."""
    sheet = book.add_worksheet(desk.say("matrix"))
    matrix = desk.report.coordination.matrix
    names = [body.to(desk.lang) for body in matrix.bodies]
    sheet.set_column(0, 0, 36)
    sheet.set_column(1, max(len(names), 1), 4.5)
    sheet.write_string(0, 0, desk.say("matrix_cells"), looks.quiet)
    for place, name in enumerate(names, start=1):
        sheet.write_string(place, 0, f"{place} {name}", looks.text)
        sheet.write_number(0, place, place, looks.head)
    most = max((weight for weights in matrix.cells for weight in weights), default=1.0)
    for row, weights in enumerate(matrix.cells):
        for column, weight in enumerate(weights):
            if weight:
                shades = looks.arranged if (row, column) in matrix.arranged else looks.missing
                look = shades[shade(weight, most)]
                sheet.write_number(row + 1, column + 1, weight, look)
    sheet.freeze_panes(1, 1)
    _paper(sheet)


def _paper(sheet: Any) -> None:
    """Set *sheet* to print on A4 across, its first row on each page."""
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
