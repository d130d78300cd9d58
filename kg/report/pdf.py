"""The report as PDF: tagged (PDF/UA-1), with bookmarks, contents and running heads; by WeasyPrint."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from kg.errors import MissingLibraryError
from kg.progress import Progress
from kg.report import html
from kg.report.blocks import Card, Grid, Layout

VARIANT = "pdf/ua-1"
_BEGUN = "Step 5 - Creating layout - Page %d"
_STEPS = logging.getLogger("weasyprint.progress")


def render(layout: Layout, progress: Progress) -> bytes:
    """Return *layout* as PDF; *progress* hears how many pages have been laid out.

    Raises:
        MissingLibraryError: WeasyPrint is not installed, or not the libraries that it calls.
    """
    try:
        from weasyprint import HTML
    except (ImportError, OSError) as error:  # OSError: pango is not there to be loaded
        raise MissingLibraryError(format_="pdf", library="WeasyPrint", detail=error) from error
    page = html.render(layout, medium="paper")
    with _pages_told(progress, expected=_expected(layout)):
        document = HTML(string=page).render(pdf_variant=VARIANT, presentational_hints=True)
    data: bytes = document.write_pdf(pdf_variant=VARIANT)
    return data


class _Pages(logging.Handler):
    """Hears WeasyPrint begin a page."""

    def __init__(self, progress: Progress, expected: int) -> None:
        super().__init__(logging.INFO)
        self._progress, self._expected = progress, expected

    def emit(self, record: logging.LogRecord) -> None:
        """Tell the page that is begun."""
        if record.msg == _BEGUN and isinstance(record.args, tuple):
            page = int(str(record.args[0]))
            self._progress(min(page, self._expected), self._expected)


@contextmanager
def _pages_told(progress: Progress, *, expected: int) -> Iterator[None]:
    ears, level = _Pages(progress, expected), _STEPS.level
    _STEPS.addHandler(ears)
    _STEPS.setLevel(logging.INFO)
    try:
        yield
    finally:
        _STEPS.removeHandler(ears)
        _STEPS.setLevel(level)


def _expected(layout: Layout) -> int:
    """Return about how many pages there will be: eight findings fill one, or forty lines."""
    parts = [block for section in layout.sections for block in section.blocks]
    cards = sum(isinstance(block, Card) for block in parts)
    lines = sum(len(block.rows) for block in parts if isinstance(block, Grid))
    return len(layout.sections) + cards // 8 + lines // 40
