"""What a reader is shown: the whole, two pages, a sheet for a body, what has changed."""

import ctypes
import io
from dataclasses import replace

import pypdfium2
import pytest
from docx import Document

from kg.analysis.gaps.runs import KeptFinding
from kg.errors import ReportError
from kg.model import Bilingual, ReportKind, Severity
from kg.report import FORMATS, Report, Wish, render
from kg.report.blocks import Card, Heading, Layout
from kg.report.layouts import lay_out
from kg.report.model import Changes
from tests.unit.report.reading import needs_pdf, text_of


def body_of(report: Report) -> str:
    return max(report.bodies, key=lambda line: line.duties).id


def language_of(document: pypdfium2.PdfDocument) -> str:
    room = (ctypes.c_ushort * 20)()
    length = pypdfium2.raw.FPDFCatalog_GetLanguage(document, room, 40)
    return bytes(room)[:length].decode("utf-16-le").rstrip("\0")


def cards(layout: Layout) -> list[Card]:
    return [one for part in layout.sections for one in part.blocks if isinstance(one, Card)]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_sections_are_numbered_one_after_the_other(report: Report, lang: str) -> None:
    marks = {"zh": "一二三四五六七八九", "en": "123456789"}[lang]
    titles = [one.title for one in lay_out(report, kind=ReportKind.FULL, lang=lang).sections]
    assert [title[0] for title in titles[:9]] == list(marks[: len(titles[:9])])


def test_what_has_nothing_to_say_is_left_out(report: Report) -> None:
    anchors = [one.anchor for one in lay_out(report, kind=ReportKind.FULL, lang="zh").sections]
    assert "since" not in anchors
    assert anchors[-1] == "appendix"


def test_a_finding_leaves_out_the_advice_that_its_type_gives_anyway(report: Report) -> None:
    layout = lay_out(report, kind=ReportKind.FULL, lang="zh")
    whole = [card for card in cards(layout) if card.anchor]
    advised = {line.remedy.zh for line in report.types}
    assert len(whole) == len(report.findings)
    assert not [card for card in whole if card.remedy in advised]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_summary_fills_at_most_two_pages(report: Report, lang: str) -> None:
    needs_pdf()
    data = render(report, ".pdf", Wish(ReportKind.SUMMARY, lang))
    assert len(pypdfium2.PdfDocument(data)) <= 2


def test_a_sheet_tells_a_body_its_duties_partners_and_findings(report: Report) -> None:
    body = body_of(report)
    layout = lay_out(report, kind=ReportKind.BODY, lang="zh")
    (section,) = [one for one in layout.sections if body.endswith(one.anchor)]
    headings = [one.text for one in section.blocks if isinstance(one, Heading)]
    assert headings == ["本单位的职责", "须与谁协同", "尚待核实"]
    assert [one.anchor for one in layout.sections] == [
        line.id.rpartition("/")[2] for line in report.bodies
    ]
    (line,) = [one for one in report.bodies if one.id == body]
    assert sum(isinstance(one, Card) for one in section.blocks) == len(line.findings)


@pytest.mark.parametrize("suffix", [".html", ".docx", ".xlsx", ".md", ".csv", ".json"])
def test_a_report_on_one_body_names_no_other_finding(report: Report, suffix: str) -> None:
    body = body_of(report)
    (line,) = [one for one in report.bodies if one.id == body]
    text = text_of(render(report, suffix, Wish(body=body)), suffix).replace("\\", "")
    named = {one.id for one in report.findings if one.id.rpartition("/")[2] in text}
    assert named == set(line.findings)
    assert 0 < len(named) < len(report.findings)


def test_a_body_without_duties_has_no_report(report: Report) -> None:
    with pytest.raises(ReportError, match="holds no duty"):
        render(report, ".html", Wish(body="https://w3id.org/qualitykg/id/body/none"))


@pytest.mark.parametrize("suffix", [name for name, one in FORMATS.items() if one.lines])
def test_two_pages_are_not_made_of_what_nobody_reads(report: Report, suffix: str) -> None:
    with pytest.raises(ReportError, match=r"\.pdf"):
        render(report, suffix, Wish(ReportKind.SUMMARY))


@pytest.mark.parametrize("suffix", [".html", ".md", ".docx"])
def test_what_is_new_gone_and_regraded_is_told(report: Report, suffix: str) -> None:
    first, second, *_ = report.findings
    lost = KeptFinding(
        "https://w3id.org/qualitykg/id/finding/G01.gone",
        "G01",
        Severity.LOW,
        Bilingual("此条已消失", "this one is gone"),
        ("https://w3id.org/qualitykg/id/task/d1.0",),
    )
    changes = Changes(
        run="r1",
        began="2026-02-01T08:00:00+00:00",
        appeared=(first.id,),
        gone=(lost,),
        regraded=((second.id, Severity.INFO),),
        unchanged=len(report.findings) - 2,
    )
    text = text_of(render(replace(report, changes=changes), suffix, Wish()), suffix)
    assert "2026年2月1日" in text.replace("\\", "")
    assert "此条已消失" in text
    assert "由提示变为" in text


def test_the_word_document_is_as_official_papers_are(report: Report) -> None:
    document = Document(io.BytesIO(render(report, ".docx", Wish())))
    section = document.sections[0]
    sides = section.top_margin, section.left_margin, section.right_margin, section.page_width
    assert [round(side.mm) for side in sides if side] == [37, 28, 26, 210]
    fonts = document.styles["Normal"].element.rPr.rFonts
    assert fonts.get(f"{{{fonts.nsmap['w']}}}eastAsia") == "仿宋"
    heads = [table for table in document.tables if table._tbl.xpath("w:tr[1]/w:trPr/w:tblHeader")]
    assert len(heads) >= len(document.tables) - 1  # all but the key figures
    assert document.core_properties.title == "协同缺口报告"


def test_the_pdf_is_tagged_and_says_its_language(report: Report) -> None:
    needs_pdf()
    data = render(report, ".pdf", Wish())
    document = pypdfium2.PdfDocument(data)
    assert document.is_tagged()
    assert language_of(document) == "zh-Hans"
    assert [one.get_title() for one in document.get_toc()][:2] == ["协同缺口报告", "一、摘要"]
