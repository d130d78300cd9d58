"""Paper, styles and page numbers of the Word document.

GB/T 9704-2012: A4, a text area of 156 mm by 225 mm, 37 mm above it and 28 mm left of it; titles in
小标宋 of size 2, text in 仿宋 of size 3 with 28 points from line to line, headings of the first rank
in 黑体, of the second in 楷体; page numbers between dashes, right on odd pages, left on even ones.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from kg.model import ReportKind
from kg.report.blocks import Layout

TEXT_WIDTH_MM = 156
SONG, FANG, KAI, HEI, TITLE = "宋体", "仿宋", "楷体", "黑体", "方正小标宋简体"
SERIF, SANS = "Times New Roman", "Arial"
QUIET = "5B6875"


@dataclass(frozen=True, slots=True)
class _Style:
    """How paragraphs of one name are set; sizes and distances in points."""

    chinese: str
    size: float
    line: float
    before: float = 0
    after: float = 0
    latin: str = SERIF
    bold: bool = False
    align: str = "LEFT"
    indent: float = 0  # of the first line, in letters
    keep: bool = False
    colour: str = "000000"


_WIDE: Mapping[str, _Style] = MappingProxyType(
    {
        "Normal": _Style(FANG, 16, 28),
        "Title": _Style(TITLE, 22, 34, 12, 4, align="CENTER"),
        "Subtitle": _Style(KAI, 16, 26, 0, 4, align="CENTER"),
        "Facts": _Style(SONG, 10.5, 18, 0, 2, align="CENTER", colour=QUIET),
        "Heading 1": _Style(HEI, 16, 28, 14, 6, SANS, keep=True),
        "Heading 2": _Style(KAI, 16, 28, 8, 2, bold=True, keep=True),
        "Contents": _Style(FANG, 14, 26),
        "Body": _Style(FANG, 16, 28, 0, 4, indent=2, align="JUSTIFY"),
        "Quiet": _Style(KAI, 12, 20, 0, 2, colour="46535F"),
        "Box": _Style(KAI, 12, 20, 4, 6, align="JUSTIFY"),
        "Item": _Style(FANG, 14, 24, 0, 2),
        "Figure": _Style(HEI, 18, 24, latin=SANS, align="CENTER"),
        "Figure name": _Style(SONG, 10.5, 16, align="CENTER", colour=QUIET),
        "Head cell": _Style(HEI, 10.5, 16, latin=SANS),
        "Cell": _Style(SONG, 10.5, 16),
        "Finding": _Style(HEI, 10.5, 18, 8, 0, SANS, keep=True),
        "Reason": _Style(FANG, 12, 20, keep=True, align="JUSTIFY"),
        "Quote": _Style(KAI, 10.5, 17, colour="36424D"),
        "Caption": _Style(SONG, 10.5, 16, 2, 6, colour=QUIET),
    }
)
_TIGHT = MappingProxyType(
    {
        "Title": _Style(TITLE, 22, 30, 0, 0, align="CENTER"),
        "Subtitle": _Style(KAI, 12, 18, 0, 0, align="CENTER"),
        "Heading 1": _Style(HEI, 14, 22, 6, 2, SANS, keep=True),
        "Heading 2": _Style(KAI, 12, 18, 5, 1, bold=True, keep=True),
        "Body": _Style(FANG, 12, 19, 0, 2, indent=2, align="JUSTIFY"),
        "Item": _Style(FANG, 12, 18, 0, 1),
        "Box": _Style(KAI, 10.5, 16, 4, 0, align="JUSTIFY"),
    }
)
_ALIGN = MappingProxyType(
    {
        "LEFT": WD_ALIGN_PARAGRAPH.LEFT,
        "RIGHT": WD_ALIGN_PARAGRAPH.RIGHT,
        "CENTER": WD_ALIGN_PARAGRAPH.CENTER,
        "JUSTIFY": WD_ALIGN_PARAGRAPH.JUSTIFY,
    }
)
# Latin letters of the same size look larger, and are set closer: points in Chinese -> in English.
_ENGLISH = MappingProxyType({22: 20, 18: 16, 16: 11.5, 14: 11, 12: 10.5, 10.5: 9.5})
_CLOSER = 1.36  # from line to line, in English


def set_up(document: Any, layout: Layout) -> None:
    """Give *document* paper, styles and page numbers for *layout*."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(25)
    tight = layout.kind is ReportKind.SUMMARY
    for name, style in (dict(_WIDE) | dict(_TIGHT if tight else {})).items():
        _set(_style(document, name), style, english=layout.lang == "en")
    _speak(document, layout.lang)
    document.settings.odd_and_even_pages_header_footer = True
    _number(section.footer, "RIGHT")
    _number(section.even_page_footer, "LEFT")


def _speak(document: Any, lang: str) -> None:
    """Say which languages the text is in: marks and line ends of Chinese are set as in China."""
    for told in document.styles.element.xpath("w:docDefaults//w:lang"):
        told.set(qn("w:val"), "en-GB" if lang == "en" else "zh-CN")
        told.set(qn("w:eastAsia"), "zh-CN")


def _style(document: Any, name: str) -> Any:
    styles = document.styles
    if name in styles:
        return styles[name]
    return styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)


def _set(made: Any, style: _Style, *, english: bool) -> None:
    size = _ENGLISH[style.size] if english else style.size
    bold = style.bold or (english and style.chinese == HEI)  # 黑体 is bold as it is
    font, form = made.font, made.paragraph_format
    line = size * _CLOSER if english else style.line
    font.name, font.size, font.bold = style.latin, Pt(size), bold
    font.italic, font.color.rgb = False, RGBColor.from_string(style.colour)
    fonts = made.element.get_or_add_rPr().get_or_add_rFonts()
    for place in list(fonts.attrib):
        if place.endswith("Theme"):  # a theme's font would win over the name
            del fonts.attrib[place]
    fonts.set(qn("w:eastAsia"), style.chinese)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(line)
    form.space_before, form.space_after = Pt(style.before), Pt(style.after)
    form.alignment = _ALIGN[style.align]
    form.keep_with_next, form.widow_control = style.keep, True
    form.first_line_indent = None if english else Pt(style.indent * style.size)
    for border in made.element.xpath("w:pPr/w:pBdr"):  # the stock title has a line below
        border.getparent().remove(border)


def _number(footer: Any, side: str) -> None:
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.alignment = _ALIGN[side]
    for part in (_run("— "), _field(), _run(" —")):
        paragraph._p.append(parse_xml(part))  # python-docx has no fields


def _run(text: str) -> str:
    fonts = f'<w:rFonts w:ascii="{SONG}" w:hAnsi="{SONG}" w:eastAsia="{SONG}"/><w:sz w:val="28"/>'
    return f'<w:r {nsdecls("w")}><w:rPr>{fonts}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def _field() -> str:
    return f'<w:fldSimple {nsdecls("w")} w:instr="PAGE">{_run("1")}</w:fldSimple>'
