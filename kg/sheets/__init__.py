"""Tables that people fill in and hand back, as workbook or csv: text out, checked cells in.

    form   which columns there are        rows -> write -> .xlsx or .csv -> read -> lines

Nothing in a sheet is ever run as a formula, out or in; what cannot be taken in is told with the name
of its cell.
"""

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import PurePath

from kg.confined import within_limits
from kg.errors import FormatError
from kg.settings import Settings
from kg.sheets.csv_file import FORMULA, guarded, read_csv, write_csv
from kg.sheets.form import Column, Filling, Form
from kg.sheets.grid import Line, Refusal
from kg.sheets.rows import Row, shown

__all__ = [
    "ENDINGS",
    "FORMULA",
    "Column",
    "Filling",
    "Form",
    "Line",
    "Refusal",
    "Row",
    "guarded",
    "known_ending",
    "read_sheet",
    "shown",
    "write_sheet",
]

ENDINGS = (".xlsx", ".csv")


def write_sheet(suffix: str, form: Form, rows: Iterable[Row]) -> Iterator[bytes]:
    """Yield a sheet in the format of *suffix*.

    Raises:
        FormatError: No sheet has this suffix.
    """
    if known_ending(suffix) == ".csv":
        return write_csv(form, rows)
    from kg.sheets.xlsx_file import write_xlsx  # openpyxl takes a tenth of a second to load

    return write_xlsx(form, rows)


def read_sheet(name: str, data: bytes, form: Form, *, settings: Settings) -> list[Line]:
    """Return the rows of the sheet with this file *name*, empty ones left out; read within limits.

    Raises:
        FormatError: The name ends otherwise.
        SheetError: A column is missing, or a cell holds what its column does not; it names the cell.
        UnreadableDocumentError: It is no workbook or no text, or has cells without end.
        RunawayDocumentError: It takes more than *settings* allow.
    """
    ending = known_ending(PurePath(name).suffix)
    work = partial(_lines, name, data, form, ending=ending, settings=settings)
    return within_limits(work, name=name, settings=settings)


def _lines(name: str, data: bytes, form: Form, *, ending: str, settings: Settings) -> list[Line]:
    if ending == ".csv":
        return list(read_csv(data, name, form))
    from kg.sheets.xlsx_file import read_xlsx

    return list(read_xlsx(data, name, form, settings))


def known_ending(suffix: str) -> str:
    """Return an ending in small letters, where sheets can have it.

    Raises:
        FormatError: None has it.
    """
    if suffix.lower() not in ENDINGS:
        raise FormatError(given=suffix, known=" ".join(ENDINGS))
    return suffix.lower()
