"""PDF: the text layer with page furniture dropped and lines joined to paragraphs."""

import json
import subprocess
import sys
from pathlib import Path

from kg.errors import UnreadableDocumentError
from kg.settings import Settings
from kg.text.readers.encoding import Decoded
from kg.text.readers.pdf_lines import Cell, Line, paragraphs, with_columns, without_furniture

_WORKER = Path(__file__).with_name("pdf_pages.py")
_MEMORY_MB = 2048  # a plan of 400 pages takes 150
_TIME_S = 60  # of computing; a plan of 400 pages takes 5
_PATIENCE = 3  # times as long on the clock, for a busy machine


def read_pdf(data: bytes, name: str, settings: Settings) -> Decoded:
    """Return the text layer of a PDF, a line a paragraph; empty for a scan without one.

    Raises:
        UnreadableDocumentError: It is broken, wants a password, or costs more than any plan does.
    """
    limits = [str(limit) for limit in (settings.max_text_chars, _MEMORY_MB, _TIME_S)]
    try:
        done = subprocess.run(  # noqa: S603  our own script
            [sys.executable, "-P", str(_WORKER), *limits],
            input=data,
            capture_output=True,
            timeout=_TIME_S * _PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise _endless(name) from error
    if done.returncode < 0 or b"MemoryError" in done.stderr:
        raise _endless(name)  # the system ended it, or it ran out of memory
    if done.returncode != 0:
        raise _unreadable(name, done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2])
    pages = [[_line(*line) for line in page] for page in json.loads(done.stdout)]
    return Decoded("\n".join(paragraphs(with_columns(without_furniture(pages)))), "")


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


def _endless(name: str) -> UnreadableDocumentError:
    return UnreadableDocumentError(
        name=name,
        en=f"the PDF takes more than {_TIME_S} s or {_MEMORY_MB} MB to read; print it anew or split it",
        zh=f"读取该 PDF 需要超过 {_TIME_S} 秒或 {_MEMORY_MB} MB 内存；请重新打印成 PDF 或拆分",
    )
