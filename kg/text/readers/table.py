"""Rows of a table as lines of cells separated by tabs, and files of comma- or tab-separated cells."""

import csv
import io
import re
from collections.abc import Iterable

from kg.errors import UnreadableDocumentError
from kg.settings import Settings
from kg.text.readers.encoding import Decoded, decode

_BLANK = re.compile(r"\s+")


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
