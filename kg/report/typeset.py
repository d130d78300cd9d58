"""A page into a PDF, as a process of its own: ``python -P typeset.py < page.html > report.pdf``.

WeasyPrint keeps every page that it has laid out, and does not let others run meanwhile; here it takes
neither from the service nor from what else the process holds. Nothing of ours is imported, so that the
process begins small. It tells each page that it begins as a line on the standard error.

What memory it takes: its own style sheet gives each element seven styles, six of them for notes and
list marks; without these ten thousand findings take a sixth less. A page that is painted is compressed
at once, and the lines on it are let go: of these only the place in the structure is still asked for.
`kg.report.pdf` starts the process with C's allocator, in which what was let go serves whatever comes
next (Python's own keeps it for things of the same size).
"""

import gc
import logging
import re
import sys
from functools import partial
from importlib.resources import files
from typing import Any

VARIANT = "pdf/ua-1"  # tagged, with title and language: ISO 14289-1
MISSING = 3
"""The exit code where WeasyPrint, or what it calls, cannot be loaded."""

_BEGUN = "Step 5 - Creating layout - Page %d"


class _Pages(logging.Handler):
    """Hears WeasyPrint begin a page."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write its number."""
        if record.msg == _BEGUN and isinstance(record.args, tuple):
            sys.stderr.write(f"page {record.args[0]}\n")
            sys.stderr.flush()


def main() -> int:
    """Return the exit code, the PDF written."""
    try:
        from weasyprint import CSS, HTML
    except (ImportError, OSError) as error:  # OSError: pango is not there to be loaded
        sys.stderr.write(f"{error}\n")
        return MISSING
    steps = logging.getLogger("weasyprint.progress")
    steps.addHandler(_Pages())
    steps.setLevel(logging.INFO)
    document = _lean(HTML, CSS)(string=sys.stdin.buffer.read().decode()).render(
        pdf_variant=VARIANT, presentational_hints=True
    )
    gc.collect()
    _let_go_as_painted(document)
    document.write_pdf(sys.stdout.buffer, pdf_variant=VARIANT)
    return 0


def _lean(html: Any, css: Any) -> Any:
    """Return *html* with a sheet of its own that styles list marks of lists and no notes."""
    own = files("weasyprint.css").joinpath("html5_ua.css").read_text("utf-8")
    marked = re.sub("^::marker", "li::marker", own, flags=re.MULTILINE)
    sheet = css(string=re.sub("^::.*note-.*$", "", marked, flags=re.MULTILINE))

    class Lean(html):  # type: ignore[misc]
        def _ua_stylesheets(self, *_: object, **__: object) -> list[Any]:
            return [sheet]

    return Lean


def _let_go_as_painted(document: Any) -> None:
    """Let *document* keep of each page that is painted only what its file and its tags need."""
    from pydyf import PDF

    PDF.page_references = property(_references)
    for page in document.pages:
        page.paint = partial(_paint, page, page.paint)


def _paint(page: Any, paint: Any, stream: Any, scale: float) -> None:
    paint(stream, scale)
    drawn = stream.data.partition(b"\nstream\n")[2].removesuffix(b"\nendstream")
    stream.stream, stream.extra["Filter"] = [drawn], "/FlateDecode"
    stream.compress = False  # it is compressed
    for box in list(page._page_box.descendants()):
        _lighten(box)


def _lighten(box: Any) -> None:
    """Empty a line, and a piece of text on it, of all that tags do not ask for."""
    from weasyprint.formatting_structure.boxes import LineBox, TextBox

    if isinstance(box, LineBox | TextBox):
        kept = {name: getattr(box, name) for name in ("element", "element_tag", "children")}
        vars(box).clear()
        vars(box).update(kept)


def _references(pdf: Any) -> list[bytes]:
    """Return how the pages of *pdf* are referred to; pydyf writes all of them anew for each tag."""
    known: list[bytes] = vars(pdf).setdefault("known_references", [])
    known += (f"{number} 0 R".encode() for number in pdf.pages["Kids"][3 * len(known) :: 3])
    return known


if __name__ == "__main__":
    sys.exit(main())
