"""Word files: paragraphs with their automatic numbers, tables in place, what is deleted left out."""

import io
from collections.abc import Iterator
from dataclasses import dataclass

import docx as word
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from kg.errors import TextTooLongError
from kg.settings import Settings
from kg.text.readers.archive import FAULTS, broken, checked_names
from kg.text.readers.encoding import Decoded
from kg.text.readers.numbering import Numbering, numbering_of
from kg.text.readers.ruled import under_heads
from kg.text.readers.table import line_of

_PARAGRAPH, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_TEXT, _BREAKS = qn("w:t"), frozenset({qn("w:br"), qn("w:cr")})
_TABS = frozenset({qn("w:tab"), qn("w:ptab")})
_TAB = "\x1f"  # in a paragraph; no XML holds it otherwise
_HYPHEN = qn("w:noBreakHyphen")
# Deleted or moved away, shown elsewhere, or a copy for old programs.
_NOT_SHOWN = frozenset(
    {
        qn("w:del"),
        qn("w:moveFrom"),
        qn("w:pPr"),
        qn("w:rPr"),
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    }
)
_HOLDERS = frozenset({qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml")})
_DEEPEST = 40  # holders and tables inside each other
_MOST_COLUMNS = 63  # Word allows no more


def read_docx(data: bytes, name: str, settings: Settings) -> Decoded:
    """Return the body of a Word file, a line a paragraph, a line a table row.

    A tab inside a paragraph becomes a space, since tabs tell cells apart, but in paragraphs that
    were the rows of a table.

    Raises:
        UnreadableDocumentError: It is broken, encrypted, or unpacks beyond the limit.
        TextTooLongError: It repeats its text beyond the limit.
    """
    checked_names(data, name, limit_bytes=settings.max_document_mb << 20)
    try:
        document = word.Document(io.BytesIO(data))
        counted = _Counted(name, settings.max_text_chars, numbering_of(document))
        lines = list(_lines(document.element.body, counted))
    except (*FAULTS, PackageNotFoundError) as error:
        raise broken(name, error) from error
    return Decoded("\n".join(under_heads(lines, _TAB)), "")


@dataclass(slots=True)
class _Counted:
    """What one reading has given so far: merged cells and numbers repeat text without end."""

    name: str
    limit: int
    numbering: Numbering
    chars: int = 0

    def line(self, text: str) -> str:
        """Return *text*, once it is counted."""
        self.chars += len(text)
        if self.chars > self.limit:
            raise TextTooLongError(name=self.name, chars=self.chars, limit=self.limit)
        return text


def _lines(holder: BaseOxmlElement, counted: _Counted, *, depth: int = 0) -> Iterator[str]:
    if depth > _DEEPEST:
        return
    for item in holder:
        if item.tag == _PARAGRAPH:
            yield counted.line(counted.numbering.label(item) + _paragraph(item))
        elif item.tag == _TABLE:
            yield from _rows(item, counted, depth=depth)
        elif item.tag in _HOLDERS:
            yield from _lines(item, counted, depth=depth + 1)


def _paragraph(paragraph: BaseOxmlElement) -> str:
    """Return the text of *paragraph*: of runs, links, fields, insertions and content controls."""
    out: list[str] = []
    stack: list[BaseOxmlElement] = [paragraph]
    while stack:
        item = stack.pop()
        if item.tag == _TEXT:
            out.append(item.text or "")
        elif item.tag in _BREAKS:
            out.append("\n" if item.get(qn("w:type")) != "page" else "")
        elif item.tag in _TABS:
            out.append(_TAB)
        elif item.tag == _HYPHEN:
            out.append("-")
        elif item.tag not in _NOT_SHOWN:
            stack.extend(reversed(list(item)))
    return "".join(out).replace("\t", " ")


def _rows(table: BaseOxmlElement, counted: _Counted, *, depth: int) -> Iterator[str]:
    """Yield the rows; a cell merged downwards is repeated, one merged sideways stands once."""
    above: dict[int, str] = {}
    for row in table.iter(_ROW):
        if _owner(row) is not table:
            continue  # of a table inside a cell, read with that cell
        cells: list[str] = []
        for cell in _cells(row):
            width, goes_on = _merge(cell)
            column = len(cells)
            text = above.get(column, "") if goes_on else _cell(cell, counted, depth=depth)
            above[column] = text
            cells += [text, *[""] * (width - 1 if column < _MOST_COLUMNS else 0)]
        line = line_of(cells)
        if line:
            yield counted.line(line)


def _owner(row: BaseOxmlElement) -> BaseOxmlElement | None:
    parent: BaseOxmlElement | None = row.getparent()
    while parent is not None and parent.tag != _TABLE:
        parent = parent.getparent()
    return parent


def _cells(row: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    for item in row:
        if item.tag == _CELL:
            yield item
        elif item.tag in _HOLDERS:
            yield from _cells(item)


def _cell(cell: BaseOxmlElement, counted: _Counted, *, depth: int) -> str:
    return " ".join(line for line in _lines(cell, counted, depth=depth + 1) if line.strip())


def _merge(cell: BaseOxmlElement) -> tuple[int, bool]:
    """Return how many columns *cell* spans, and whether it goes on from the row above."""
    properties = cell.find(qn("w:tcPr"))
    if properties is None:
        return 1, False
    span = properties.find(qn("w:gridSpan"))
    merge = properties.find(qn("w:vMerge"))
    width = int(span.get(qn("w:val")) or 1) if span is not None else 1
    width = max(1, min(width, _MOST_COLUMNS))
    return width, merge is not None and merge.get(qn("w:val")) in {None, "continue"}
