"""PDF: the text layer with page furniture dropped and lines joined to paragraphs."""

from pypdfium2 import PdfiumError

from kg.errors import UnreadableDocumentError
from kg.settings import Settings
from kg.text.readers.encoding import Decoded
from kg.text.readers.pdf_lines import Cell, Line, paragraphs, with_columns, without_furniture
from kg.text.readers.pdf_pages import pages


def read_pdf(data: bytes, name: str, settings: Settings) -> Decoded:
    """Return the text layer of a PDF, a line a paragraph; empty for a scan without one.

    Raises:
        UnreadableDocumentError: It is broken or wants a password.
    """
    try:
        found = [[_line(*line) for line in page] for page in pages(data, settings.max_text_chars)]
    except PdfiumError as error:
        raise _unreadable(name, str(error)) from error
    return Decoded("\n".join(paragraphs(with_columns(without_furniture(found)))), "")


def _line(
    text: str,
    left: float | None,
    right: float | None,
    height: float | None,
    cells: list[tuple[str, float]],
) -> Line:
    if left is None or right is None or height is None:
        return Line(text)
    parts = tuple(Cell(words, start) for words, start in cells)
    return Line(text, left=left, right=right, height=height, cells=parts)


def _unreadable(name: str, detail: str) -> UnreadableDocumentError:
    if "assword" in detail:
        return UnreadableDocumentError(
            name=name,
            en="the PDF wants a password; save it without one",
            zh="PDF 设有密码；请去除密码后再试",
        )
    return UnreadableDocumentError(
        name=name,
        en=f"the PDF is broken or cut off ({detail}); fetch it again",
        zh=f"PDF 已损坏或不完整（{detail}）；请重新获取",
    )
