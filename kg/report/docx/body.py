"""The blocks of a report as WordprocessingML, written as text."""

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from types import MappingProxyType
from typing import Any
from xml.sax.saxutils import escape

from docx.oxml.ns import nsdecls
from docx.shared import Mm

from kg.markup import xml_text
from kg.model import ReportKind
from kg.progress import Progress
from kg.report import blocks, html, pictures
from kg.report.docx.page import TEXT_WIDTH_MM

_TWIPS = round(TEXT_WIDTH_MM / 25.4 * 1440)
_RULE = '<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{colour}"/>'


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes blocks; *part* takes the pictures, *marks* numbers the bookmarks."""

    layout: blocks.Layout
    part: Any
    marks: Iterator[int] = field(default_factory=lambda: count(1))

    def mark(self, anchor: str) -> str:
        """Return a bookmark that links to *anchor* find, "" where there is none."""
        if not anchor:
            return ""
        mark = next(self.marks)
        return (
            f'<w:bookmarkStart w:id="{mark}" w:name="{bookmark(anchor)}"/>'
            f'<w:bookmarkEnd w:id="{mark}"/>'
        )

    def heading(self, one: blocks.Heading) -> str:
        """Return a heading inside a section."""
        aside = run(f"  {one.aside}", colour="5B6875") if one.aside else ""
        return paragraph("Heading 2", self.mark(one.anchor) + run(one.text) + aside)

    def words(self, one: blocks.Words) -> str:
        """Return a paragraph; a box has a rule on its left."""
        style = {"body": "Body", "quiet": "Quiet", "box": "Box"}[one.manner]
        edge = _RULE.format(side="left", size=18, space=8, colour="1D4F91")
        extra = (
            f'<w:pBdr>{edge}</w:pBdr><w:ind w:left="200"/>'
            if one.manner is blocks.Manner.BOX
            else ""
        )
        return paragraph(style, run(one.text), extra=extra)

    def items(self, one: blocks.Items) -> str:
        """Return a list with hanging marks."""
        hanging = '<w:ind w:left="420" w:hanging="420"/>'
        tab = '<w:tabs><w:tab w:val="left" w:pos="420"/></w:tabs>'
        marks = (f"{n}." if one.ordered else "•" for n in range(1, len(one.entries) + 1))
        return "".join(
            paragraph("Item", run(f"{mark}\t{entry}"), extra=tab + hanging)
            for mark, entry in zip(marks, one.entries, strict=True)
        )

    def grid(self, one: blocks.Grid) -> str:
        """Return a table whose first row is repeated on each page."""
        whole = sum(column.share for column in one.columns)
        widths = [round(_TWIPS * column.share / whole) for column in one.columns]
        titles = [column.title for column in one.columns]
        head = self._row(titles, one.columns, widths, head=True)
        links = one.links or ("",) * len(one.rows)
        rows = (
            self._row(row, one.columns, widths, link=link)
            for row, link in zip(one.rows, links, strict=True)
        )
        return table(widths, [head, *rows]) + paragraph("Cell", "")

    def _row(
        self,
        cells: Sequence[str],
        columns: Sequence[blocks.Column],
        widths: Sequence[int],
        *,
        head: bool = False,
        link: str = "",
    ) -> str:
        style = "Head cell" if head else "Cell"
        made = [
            cell(
                paragraph(
                    style,
                    linked(text, link if place == 0 else ""),
                    extra='<w:jc w:val="right"/>' if column.number else "",
                ),
                width,
            )
            for place, (text, column, width) in enumerate(zip(cells, columns, widths, strict=True))
        ]
        extra = "<w:cantSplit/>" + ("<w:tblHeader/>" if head else "")
        return f"<w:tr><w:trPr>{extra}</w:trPr>{''.join(made)}</w:tr>"

    def figures(self, one: blocks.Figures) -> str:
        """Return the key figures side by side, the names below the numbers."""
        widths = [_TWIPS // len(one.entries)] * len(one.entries)
        made = (
            cell(paragraph("Figure", run(number)) + paragraph("Figure name", run(name)), width)
            for (number, name), width in zip(one.entries, widths, strict=True)
        )
        row = f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(made)}</w:tr>"
        return table(widths, [row], ruled=False) + paragraph("Cell", "")

    def bar(self, one: blocks.Bar) -> str:
        """Return how often each severity was found."""
        parts = (
            run(f"{badge.name} {badge.number}    ", colour=html.COLOURS[badge.severity][1:])
            for badge in one.badges
        )
        return paragraph("Cell", "".join(parts), extra='<w:jc w:val="center"/>')

    def card(self, one: blocks.Card) -> str:
        """Return a finding: its head, what was found, its words, what is advised."""
        key = linked(one.key, one.link)
        head = (
            self.mark(one.anchor)
            + run(f"{one.name}  ", colour=html.COLOURS[one.severity][1:])
            + run(f"{one.type}  ")
            + key
            + run(f"  {one.where}", colour="5B6875")
        )
        said = paragraph("Finding", head) + paragraph("Reason", run(one.reason))
        return said + "".join(self._grounds(one))

    def _grounds(self, one: blocks.Card) -> Iterator[str]:
        for quote in one.quotes:
            said = run(f"“{quote.words}” ") if quote.words else ""
            yield paragraph("Quote", said + run(quote.source, colour="6B7680"))
        if one.remedy:
            name = run(f"{self.layout.words.remedy}  ", bold=True)
            yield paragraph("Quote", name + run(one.remedy))
        for body, ground in one.candidates:
            name = run(f"{self.layout.words.candidates}  ", bold=True)
            yield paragraph("Quote", name + run(f"{body} ") + run(ground, colour="6B7680"))

    def drawing(self, one: blocks.Drawing) -> str:
        """Return a picture with its caption."""
        picture = pictures.png(one.svg)
        inline = self.part.new_pic_inline(io.BytesIO(picture), width=Mm(TEXT_WIDTH_MM))
        inline.docPr.set("descr", one.label)
        drawn = f"<w:r><w:drawing>{inline.xml}</w:drawing></w:r>"
        kept = '<w:keepNext/><w:spacing w:line="240" w:lineRule="auto"/>'
        return paragraph("Caption", drawn, extra=kept) + paragraph("Caption", run(one.caption))


def body_xml(layout: blocks.Layout, part: Any, *, progress: Progress) -> str:
    """Return the content of the document as one ``w:body``."""
    return f"<w:body {nsdecls('w', 'r')}>{''.join(_parts(layout, part, progress))}</w:body>"


def _parts(layout: blocks.Layout, part: Any, progress: Progress) -> Iterator[str]:
    writer = _Writer(layout, part)
    yield paragraph("Title", run(layout.title))
    yield paragraph("Subtitle", run(layout.subtitle))
    mark = "：" if layout.lang == "zh" else ": "
    yield from (paragraph("Facts", run(f"{name}{mark}{value}")) for name, value in layout.facts)
    if layout.kind is not ReportKind.SUMMARY and len(layout.sections) > 2:
        yield from _contents(layout)
    total, done = sum(len(section.blocks) for section in layout.sections), 0
    for section in layout.sections:
        fresh = "<w:pageBreakBefore/>" if section.fresh else ""
        title = writer.mark(section.anchor) + run(section.title)
        yield paragraph("Heading 1", title, extra=fresh)
        for block in section.blocks:
            yield _WRITERS[type(block)](writer, block)
            done += 1
            progress(done, total)


def _contents(layout: blocks.Layout) -> Iterator[str]:
    """Yield the sections, each with a field for its page.

    Whatever opens the document fills such fields in. A field for the contents as a whole (TOC) would
    not do: LibreOffice 7.4 shows the result that stands in it, and only a layout knows the pages.
    """
    yield paragraph("Heading 2", run(layout.words.contents))
    leader = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{_TWIPS}"/></w:tabs>'
    for section in layout.sections:
        said = linked(section.title, section.anchor) + run("\t") + _page(section.anchor)
        yield paragraph("Contents", said, extra=leader)


def _page(anchor: str) -> str:
    """Return a field that says on which page *anchor* stands, marked as still to be filled in."""
    code = f'<w:instrText xml:space="preserve"> PAGEREF {bookmark(anchor)} \\h </w:instrText>'
    begin, between, end = (
        f'<w:fldChar w:fldCharType="{one}"/>' for one in ("begin", "separate", "end")
    )
    stale = begin.replace("/>", ' w:dirty="true"/>')
    return "".join(f"<w:r>{part}</w:r>" for part in (stale, code, between, end))


_WRITERS: Mapping[type, Callable[..., str]] = MappingProxyType(
    {
        blocks.Heading: _Writer.heading,
        blocks.Words: _Writer.words,
        blocks.Items: _Writer.items,
        blocks.Grid: _Writer.grid,
        blocks.Figures: _Writer.figures,
        blocks.Bar: _Writer.bar,
        blocks.Card: _Writer.card,
        blocks.Drawing: _Writer.drawing,
    }
)


def bookmark(anchor: str) -> str:
    """Return *anchor* as Word wants the names of bookmarks: letters, digits and strokes.

    >>> bookmark("G01.64b9ad7c2c")
    'a_G01_64b9ad7c2c'
    """
    return "a_" + re.sub(r"\W", "_", anchor)[:38]


def run(text: str, *, colour: str = "", bold: bool = False) -> str:
    """Return a run of *text*; what XML cannot hold is left out."""
    look = ("<w:b/>" if bold else "") + (f'<w:color w:val="{colour}"/>' if colour else "")
    look = f"<w:rPr>{look}</w:rPr>" if look else ""
    clean = escape(xml_text(text)).replace("\r", "").replace("\n", " ")
    said = "<w:tab/>".join(f'<w:t xml:space="preserve">{part}</w:t>' for part in clean.split("\t"))
    return f"<w:r>{look}{said}</w:r>"


def linked(text: str, anchor: str) -> str:
    """Return a run that leads to *anchor*, a plain one where that is ""."""
    if not anchor:
        return run(text)
    return f'<w:hyperlink w:anchor="{bookmark(anchor)}" w:history="1">{run(text)}</w:hyperlink>'


def paragraph(style: str, content: str, *, extra: str = "") -> str:
    """Return a paragraph in one of the styles of `kg.report.docx.page`."""
    name = style.replace(" ", "")
    return f'<w:p><w:pPr><w:pStyle w:val="{name}"/>{extra}</w:pPr>{content}</w:p>'


def cell(content: str, width: int) -> str:
    """Return a cell of a table; its width in twentieths of a point."""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{content}</w:tc>'


def table(widths: Sequence[int], rows: Iterable[str], *, ruled: bool = True) -> str:
    """Return a table of *rows*, with thin rules between them where *ruled*."""
    edges = "".join(
        _RULE.format(side=side, size=size, space=0, colour=colour)
        for side, size, colour in (
            ("top", 8, "1F2933"),
            ("bottom", 8, "1F2933"),
            ("insideH", 4, "D5DAE0"),
        )
    )
    borders = f"<w:tblBorders>{edges}</w:tblBorders>" if ruled else ""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    margins = '<w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="120" w:type="dxa"/></w:tblCellMar>'
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>{borders}'
        f'<w:tblLayout w:type="fixed"/>{margins}</w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )
