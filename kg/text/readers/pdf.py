"""PDF: the text layer with page furniture dropped and lines joined to paragraphs."""

from collections.abc import Iterator

import pypdfium2 as pdfium
from pypdfium2 import PdfiumError

from kg.errors import UnreadableDocumentError
from kg.settings import Settings
from kg.text.readers.encoding import Decoded
from kg.text.readers.pdf_lines import Cell, Line, paragraphs, with_columns, without_furniture

_WIDE_GAP = 1.8  # of the height of a character: further apart are cells of a table


def read_pdf(data: bytes, name: str, settings: Settings) -> Decoded:
    """Return the text layer of a PDF, a line a paragraph; empty for a scan without one.

    Raises:
        UnreadableDocumentError: It is broken or wants a password.
    """
    try:
        document = pdfium.PdfDocument(data)
    except PdfiumError as error:
        raise _unreadable(name, error) from error
    try:
        pages = list(_pages(document, settings.max_text_chars))
    except PdfiumError as error:
        raise _unreadable(name, error) from error
    finally:
        document.close()
    return Decoded("\n".join(paragraphs(with_columns(without_furniture(pages)))), "")


def _unreadable(name: str, error: PdfiumError) -> UnreadableDocumentError:
    if "assword" in str(error):
        return UnreadableDocumentError(
            name=name,
            en="the PDF wants a password; save it without one",
            zh="PDF 设有密码；请去除密码后再试",
        )
    return UnreadableDocumentError(
        name=name,
        en=f"the PDF is broken or cut off ({error}); fetch it again",
        zh=f"PDF 已损坏或不完整（{error}）；请重新获取",
    )


def _pages(document: pdfium.PdfDocument, limit: int) -> Iterator[list[Line]]:
    """Yield the lines of each page, until there is more text than is read anyway."""
    chars = 0
    for page in document:
        text = page.get_textpage()
        try:
            lines = list(_page_lines(text))
        finally:
            text.close()
            page.close()
        chars += sum(len(line.text) for line in lines)
        yield lines
        if chars > limit:
            return


def _page_lines(page: pdfium.PdfTextPage) -> Iterator[Line]:
    count = page.count_chars()
    text = page.get_text_range(0, count) if count > 0 else ""
    # Beyond the basic plane one PDF character is not one of ours: then there is no geometry.
    placed = len(text) == count
    at = 0
    for raw in text.split("\n"):
        for start, body in _printed(page, raw, at) if placed else [(at, raw)]:
            line = body.strip("\r \ufffe")
            if line:
                shift = len(body) - len(body.lstrip("\r \ufffe"))
                yield _line(page, line, start + shift) if placed else Line(line)
        at += len(raw) + 1


def _printed(page: pdfium.PdfTextPage, raw: str, at: int) -> Iterator[tuple[int, str]]:
    """Yield where the printed lines in *raw* start, and their text.

    Before a digit PDFium takes the next line of a table for more of the same: its box tells.
    """
    begin = 0
    for place, char in enumerate(raw):
        if char != " " or not 0 < place < len(raw) - 1:
            continue
        left, bottom, _, _ = page.get_charbox(at + place - 1)
        next_left, _, _, next_top = page.get_charbox(at + place + 1)
        if next_top < bottom and next_left < left:
            yield at + begin, raw[begin:place]
            begin = place + 1
    yield at + begin, raw[begin:]


def _line(page: pdfium.PdfTextPage, body: str, start: int) -> Line:
    # The loose box is that of the font: the ink of — or of a digit says nothing about the size.
    left, bottom, _, top = page.get_charbox(start, loose=True)
    right = page.get_charbox(start + len(body) - 1)[2]
    height = max(top - bottom, 1.0)
    cells = tuple(_cells(page, body, start, height))
    text = "\t".join(cell.text for cell in cells)
    return Line(text, left=left, right=right, height=height, cells=cells if len(cells) > 1 else ())


def _cells(page: pdfium.PdfTextPage, body: str, start: int, height: float) -> Iterator[Cell]:
    """Yield the parts of *body* between spaces that stand for the gap between two cells."""
    begin = 0
    for at, char in enumerate(body):
        if char != " " or not begin < at < len(body) - 1:
            continue
        before = page.get_charbox(start + at - 1)[2]
        after = page.get_charbox(start + at + 1)[0]
        if after - before > _WIDE_GAP * height:
            yield Cell(body[begin:at], page.get_charbox(start + begin)[0])
            begin = at + 1
    yield Cell(body[begin:], page.get_charbox(start + begin)[0])
