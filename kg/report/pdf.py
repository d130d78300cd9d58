"""The report as PDF: tagged (PDF/UA-1), with bookmarks, contents and running heads; by WeasyPrint."""

import os
import subprocess
import sys
from collections.abc import Iterable
from importlib.resources import as_file, files
from tempfile import TemporaryFile
from threading import Lock

from kg.errors import MissingLibraryError, ReportError
from kg.progress import Progress
from kg.report import html
from kg.report.blocks import Card, Grid, Layout
from kg.report.typeset import MISSING

_TURN = Lock()
"""One PDF at a time: ten thousand findings take 0.65 GB while they are set."""

_ALLOCATING = {**os.environ, "PYTHONMALLOC": "malloc"}


def render(layout: Layout, progress: Progress) -> bytes:
    """Return *layout* as PDF; *progress* hears how many pages of about how many are laid out.

    A process of its own makes it, see `kg.report.typeset`.

    Raises:
        MissingLibraryError: WeasyPrint is not installed, or not the libraries that it calls.
        ReportError: WeasyPrint failed.
    """
    with (
        _TURN,
        as_file(files("kg.report").joinpath("typeset.py")) as script,
        TemporaryFile() as page,
        TemporaryFile() as made,
    ):
        page.write(html.render(layout, medium="paper").encode())
        page.seek(0)
        command = [sys.executable, "-P", str(script)]  # -P: our json.py is not the library's
        with subprocess.Popen(  # noqa: S603  Python itself, with a file of ours
            command, env=_ALLOCATING, stdin=page, stdout=made, stderr=subprocess.PIPE, text=True
        ) as maker:
            told = _heard(maker.stderr or (), progress, expected=_expected(layout))
        check(maker.returncode, told)
        made.seek(0)
        return made.read()


def _heard(lines: Iterable[str], progress: Progress, *, expected: int) -> str:
    """Return the last line that tells of no page, once there are no more."""
    last = ""
    for line in lines:
        word, _, number = line.strip().partition(" ")
        if word == "page" and number.isdigit():
            progress(min(int(number), expected), expected)
        else:
            last = line.strip() or last
    return last


def check(code: int, told: str) -> None:
    """Return only if the process that made a PDF ended well.

    Raises:
        MissingLibraryError: WeasyPrint is not installed, or not the libraries that it calls.
        ReportError: It failed; *told* are its last words.
    """
    if code == MISSING:
        raise MissingLibraryError(format_="pdf", library="WeasyPrint", detail=told)
    if code:
        raise ReportError(
            en=f"WeasyPrint ended with {code} ({told}); write .docx or .html instead",
            zh=f"WeasyPrint 以 {code} 结束（{told}）；请改用 .docx 或 .html",
        )


def _expected(layout: Layout) -> int:
    """Return about how many pages there will be: eight findings fill one, or forty lines."""
    parts = [block for section in layout.sections for block in section.blocks]
    cards = sum(isinstance(block, Card) for block in parts)
    lines = sum(len(block.rows) for block in parts if isinstance(block, Grid))
    return len(layout.sections) + cards // 8 + lines // 40
