"""The text layer of a PDF with its places, in points from the left edge of the page.

PDFium is C++: it cannot be interrupted, works in one thread alone, and out of memory it ends its
process. Nested forms and packed streams make a small file run for ever: `kg.confined` is for that.
"""

from collections.abc import Iterator

import pypdfium2 as pdfium

Cell = tuple[str, float]
Line = tuple[str, float | None, float | None, float | None, list[Cell]]

_WIDE_GAP = 1.8  # of the height of a character: further apart are cells of a table


def pages(data: bytes, most_chars: int) -> Iterator[list[Line]]:
    """Yield the lines of each page, until there is more text than is read anyway.

    Raises:
        PdfiumError: The file is broken or wants a password.
    """
    document = pdfium.PdfDocument(data)
    chars = 0
    for page in document:
        text = page.get_textpage()
        lines = list(_page_lines(text))
        text.close()
        page.close()
        chars += sum(len(line[0]) for line in lines)
        yield lines
        if chars > most_chars:
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
                yield _line(page, line, start + shift) if placed else (line, None, None, None, [])
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
    cells = list(_cells(page, body, start, height))
    text = "\t".join(cell[0] for cell in cells)
    return text, left, right, height, cells if len(cells) > 1 else []


def _cells(page: pdfium.PdfTextPage, body: str, start: int, height: float) -> Iterator[Cell]:
    """Yield the parts of *body* between spaces that stand for the gap between two cells."""
    begin = 0
    for at, char in enumerate(body):
        if char != " " or not begin < at < len(body) - 1:
            continue
        before = page.get_charbox(start + at - 1)[2]
        after = page.get_charbox(start + at + 1)[0]
        if after - before > _WIDE_GAP * height:
            yield body[begin:at], page.get_charbox(start + begin)[0]
            begin = at + 1
    yield body[begin:], page.get_charbox(start + begin)[0]
