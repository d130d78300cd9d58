"""Sheets as csv: UTF-8 with BOM, as office programs open it, and safe to open there."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping

from kg.sheets.fillings import UnfitError, written
from kg.sheets.form import Form
from kg.sheets.grid import Line, Refusal, columns_of, letters
from kg.sheets.rows import Row
from kg.text.readers.encoding import decode

FORMULA = r"'*[=+\-@\t\r]"
"""How a cell begins that an office program would run, or that `guarded` has been at."""

_RISKY = re.compile(FORMULA)
SHEET = "csv"


def write_csv(form: Form, rows: Iterable[Row]) -> Iterator[bytes]:
    """Yield the file: a heading, then a line a row."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([column.heading for column in form.columns])
    writer.writerows([guarded(row[key]) for key in form.keys] for row in rows)
    yield out.getvalue().encode("utf-8-sig")


def read_csv(data: bytes, name: str, form: Form) -> Iterator[Line]:
    """Yield the rows of the file, empty ones left out.

    Raises:
        SheetError: A column is missing, a row has more cells than there are columns, or a cell holds
            what its column does not.
        UnreadableDocumentError: It is not text.
    """
    refuse = Refusal(name)
    text = decode(data, name).text.removeprefix("\ufeff")
    try:
        table = list(csv.reader(io.StringIO(text, newline=""), _dialect(text), strict=True))
    except csv.Error as error:
        raise refuse.at(
            SHEET, en=f"it is no table in csv ({error})", zh=f"不是 csv 表格（{error}）"
        ) from error
    columns = columns_of(table[0] if table else [], form, sheet=SHEET, refuse=refuse)
    for number, row in enumerate(table[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(table[0]):
            place = f"{SHEET}!{number}:{number}"
            raise refuse.at(
                place,
                en=f"it has {len(row)} cells, the heading has {len(table[0])}; quote cells with commas",
                zh=f"有 {len(row)} 格，表头有 {len(table[0])} 格；含逗号的格请加引号",
            )
        places = {key: f"{SHEET}!{letters(at)}{number}" for key, at in columns.items()}
        yield _line({key: row[at] for key, at in columns.items()}, places, form, refuse)


def _line(row: Mapping[str, str], places: Mapping[str, str], form: Form, refuse: Refusal) -> Line:
    cells = dict.fromkeys(form.keys, "")
    for key, text in row.items():
        try:
            cells[key] = written(unguarded(text).strip(), form.column(key).filling)
        except UnfitError as error:
            raise refuse.at(places[key], en=error.en, zh=error.zh) from error
    return Line(cells, places)


def guarded(text: str) -> str:
    """Return *text* so that no office program takes it for a formula (OWASP, CSV injection).

    >>> guarded("=1+1"), guarded("推进")
    ("'=1+1", '推进')
    """
    return f"'{text}" if _RISKY.match(text) else text


def unguarded(text: str) -> str:
    """Return what `guarded` was given.

    >>> unguarded("'=1+1"), unguarded("'推进'")
    ('=1+1', "'推进'")
    """
    return text[1:] if text.startswith("'") and _RISKY.match(text) else text


def _dialect(text: str) -> type[csv.Dialect]:
    heading = text.split("\n", 1)[0]

    class _Found(csv.excel):
        delimiter = max(",;\t", key=heading.count)

    return _Found
