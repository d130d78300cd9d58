"""What a person reads in a report, taken out of each format by a reader that is not ours."""

import io
from typing import Any

import openpyxl
import pypdfium2
import pytest
from docx import Document
from selectolax.lexbor import LexborHTMLParser


def needs_pdf() -> None:
    """Skip where WeasyPrint or what it calls is missing."""
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError) as error:
        pytest.skip(f"no pdf here: {error}")


def text_of(data: bytes, suffix: str) -> str:
    """Return all words of a report; blanks between them are no matter."""
    return _READERS[suffix](data) if suffix in _READERS else data.decode()


def sheets(data: bytes) -> Any:
    """Return the workbook as openpyxl reads it."""
    return openpyxl.load_workbook(io.BytesIO(data))


def _pdf(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return "".join("".join(pages).split())


def _docx(data: bytes) -> str:
    body = Document(io.BytesIO(data)).element.body
    return "\n".join("".join(one.itertext()) for one in body.iter(f"{{{body.nsmap['w']}}}p"))


def _xlsx(data: bytes) -> str:
    return "\n".join(
        str(cell)
        for sheet in sheets(data)
        for row in sheet.iter_rows(values_only=True)
        for cell in row
    )


def _html(data: bytes) -> str:
    body = LexborHTMLParser(data).body
    return body.text() if body else ""


_READERS = {".pdf": _pdf, ".docx": _docx, ".xlsx": _xlsx, ".html": _html}
