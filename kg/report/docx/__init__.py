"""The report as Word document: A4 as GB/T 9704-2012 has it, styles and fonts that can be changed.

``page`` sets up paper, styles and page numbers, ``body`` writes the blocks as WordprocessingML.
python-docx adds a paragraph in a time that grows with the document, so the body is written as text
and parsed once.
"""

import io
import zipfile
from datetime import datetime
from typing import Any

from docx import Document
from docx.oxml import parse_xml

from kg.progress import Progress
from kg.report.blocks import Layout
from kg.report.docx.body import body_xml
from kg.report.docx.page import set_up

_EFFECTS = "/stylesWithEffects"
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # of a zip file; the time of writing would differ each time


def render(layout: Layout, progress: Progress) -> bytes:
    """Return *layout* as docx; *progress* hears how many blocks of how many are written.

    Raises:
        MissingLibraryError: There is a drawing in it, and what draws it is not installed.
    """
    document = Document()
    _without_effects(document)
    set_up(document, layout)
    body = document.element.body
    written = parse_xml(body_xml(layout, document.part, progress=progress))
    last = body.sectPr
    for child in list(body):
        if child is not last:
            body.remove(child)
    for child in list(written):
        last.addprevious(child)
    told = document.core_properties
    told.title, told.author, told.language = layout.title, "quality-kg", layout.lang
    told.created = told.modified = datetime.fromisoformat(layout.made_at).replace(tzinfo=None)
    file = io.BytesIO()
    document.save(file)
    return _dateless(file.getvalue())


def _without_effects(document: Any) -> None:
    """Leave out the second set of styles that the stock template has for Word 2010.

    It would contradict the styles that are set up, and Word offers to repair such a file.
    """
    relations = document.part.rels
    for name in [key for key, one in relations.items() if one.reltype.endswith(_EFFECTS)]:
        del relations[name]


def _dateless(data: bytes) -> bytes:
    """Return the package with the same date on each part, so that equal reports are equal files."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, _EARLIEST)
            new.writestr(info, old.read(name), compress_type=zipfile.ZIP_DEFLATED)
    return out.getvalue()
