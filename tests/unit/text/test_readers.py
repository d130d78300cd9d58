"""Every reader on real files that the tests build, and on files that no reader should trust."""

import io
import random
import zipfile

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from kg.errors import (
    DocumentError,
    DocumentTooLargeError,
    EmptyDocumentError,
    TextTooLongError,
    UnreadableDocumentError,
)
from kg.model import RawText
from kg.settings import Settings
from kg.text.readers import READABLE_SUFFIXES, read

# Invented.
PLAN = "青山市质量强市工作方案\n一、总体要求\n坚持质量第一、效益优先，推动经济社会发展。\n"
SETTINGS = Settings()


def text_of(name: str, data: bytes) -> str:
    return read(name, data, settings=SETTINGS).text


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-32"]
)
def test_plain_text_is_read_in_each_encoding(encoding: str) -> None:
    assert text_of("a.txt", (PLAN * 5).encode(encoding)) == PLAN * 5


def test_big5_is_told_from_gb18030_by_its_usual_characters() -> None:
    text = "推動經濟社會高質量發展，加強質量監督管理。"
    found = read("a.txt", text.encode("big5"), settings=SETTINGS)
    assert (found.text, found.encoding) == (text, "big5")


@pytest.mark.parametrize(
    ("was", "read_as"), [("gb18030", "cp1252"), ("utf-8", "cp1251"), ("utf-8", "latin-1")]
)
def test_a_text_read_in_the_wrong_encoding_is_put_right(was: str, read_as: str) -> None:
    sound = [char for char in PLAN if can_be_misread(char, was, read_as)]
    text = "".join(sound)
    found = read("a.txt", text.encode(was).decode(read_as).encode(), settings=SETTINGS)
    assert found.text == text
    assert [issue.code for issue in found.issues] == ["misread-encoding"]


def can_be_misread(char: str, was: str, read_as: str) -> bool:
    try:
        char.encode(was).decode(read_as)
    except UnicodeDecodeError:
        return False
    return True


def test_a_file_that_is_cut_off_inside_a_character_is_read_with_an_issue() -> None:
    data = (PLAN * 9).strip().encode("utf-8")[:-1]
    found = read("a.txt", data, settings=SETTINGS)
    assert found.text.startswith(PLAN)
    assert [issue.code for issue in found.issues] == ["torn-bytes"]


def test_the_hash_is_that_of_the_bytes() -> None:
    one, two = (
        read("a.txt", PLAN.encode(name), settings=SETTINGS) for name in ("utf-8", "gb18030")
    )
    assert isinstance(one, RawText)
    assert one.text == two.text
    assert one.sha256 != two.sha256


# --------------------------------------------------------------------------- html

PAGE = """<html><head><title>青山网</title><meta name="ArticleTitle" content="青山市质量强市工作方案">
<style>p{}</style></head><body><div class="nav"><a href="/">首页</a></div>
<form><div class="breadcrumb">首页 &gt; 文件</div>
<div id="zoom"><p>一、总体要求<span style="display: none">防采集x9</span></p>
<p>坚持<b>质量</b>第一，<br>效益优先。</p>
<table><tr><th>序号</th><th>任务</th><th colspan="2">单位</th></tr>
<tr><td rowspan="2">1</td><td><p>提升</p><p>质量</p></td><td>市发展改革局</td><td>市财政局</td></tr>
<tr><td>夯实基础</td><td></td><td>市市场监管局</td></tr></table>
<p>二、组织实施</p><div class="share">分享到</div></div></form>
<div class="footer">备案号 000</div><script>alert(1)</script></body></html>"""


def test_a_page_gives_its_article_alone() -> None:
    assert text_of("a.html", PAGE.encode("gb18030")).split("\n") == [
        "青山市质量强市工作方案",
        "一、总体要求",
        "坚持质量第一，",
        "效益优先。",
        "序号\t任务\t单位",
        "1\t提升 质量\t市发展改革局\t市财政局",
        "1\t夯实基础\t\t市市场监管局",
        "二、组织实施",
    ]


def test_a_page_without_a_known_container_is_read_where_its_text_is() -> None:
    body = "<div><ul>" + "<li><a href='#'>栏目名称</a></li>" * 20 + "</ul></div>"
    body += "<div><div class='q'>" + "<p>加强质量监督管理，夯实质量基础。</p>" * 9 + "</div></div>"
    lines = text_of("a.htm", f"<html><body>{body}</body></html>".encode()).split("\n")
    assert lines == ["加强质量监督管理，夯实质量基础。"] * 9


def test_a_page_laid_out_by_a_table_is_no_table() -> None:
    page = f"<table><tr><td>左</td><td>{'<p>加强质量监督管理。</p>' * 400}</td></tr></table>"
    assert "\t" not in text_of("a.html", page.encode())


# --------------------------------------------------------------------------- docx


def docx_bytes(document: "docx.document.Document") -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_word_file_keeps_its_table_in_place() -> None:
    document = docx.Document()
    document.add_paragraph("一、总体要求\t坚持")
    table = document.add_table(rows=3, cols=3)
    rows = [("序号", "任务", "单位"), ("1", "提升\n质量", "市财政局"), ("", "夯实基础", "市教育局")]
    for row, values in zip(table.rows, rows, strict=True):
        for cell, value in zip(row.cells, values, strict=True):
            cell.text = value
    table.cell(1, 0).merge(table.cell(2, 0))
    document.add_paragraph("二、组织实施")
    assert text_of("a.docx", docx_bytes(document)).split("\n") == [
        "一、总体要求 坚持",
        "序号\t任务\t单位",
        "1\t提升 质量\t市财政局",
        "1\t夯实基础\t市教育局",
        "二、组织实施",
    ]


def test_a_table_that_was_turned_into_paragraphs_is_a_table_again() -> None:
    document = docx.Document()
    for line in (
        "1.\t加强监测。",
        "序号\t任务\t责任单位\t时限",
        "1\t提升质量\t市财政局\t",
        "2\t夯实基础\t\t2027年底前",
        "二、组织实施\t3",
    ):
        document.add_paragraph(line)
    assert text_of("a.docx", docx_bytes(document)).split("\n") == [
        "1. 加强监测。",
        "序号\t任务\t责任单位\t时限",
        "1\t提升质量\t市财政局\t",
        "2\t夯实基础\t\t2027年底前",
        "二、组织实施 3",
    ]


def with_numbering(document: "docx.document.Document") -> None:
    root = document.part.numbering_part.element
    levels = [
        ("chineseCounting", "%1、"),
        ("chineseCountingThousand", "（%2）"),
        ("decimal", "%3."),
    ]
    xml = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
        for at, (form, pattern) in enumerate(levels)
    )
    root.insert(
        0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{xml}</w:abstractNum>')
    )
    root.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>')
    )


def numbered(document: "docx.document.Document", text: str, level: int) -> None:
    paragraph = document.add_paragraph(text)
    paragraph._p.get_or_add_pPr().append(
        parse_xml(
            f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>'
        )
    )


def test_automatic_numbers_of_word_are_written_out() -> None:
    document = docx.Document()
    with_numbering(document)
    for text, level in [
        ("总体要求", 0),
        ("主要任务", 0),
        ("提升质量", 1),
        ("甲", 2),
        ("乙", 2),
        ("夯实基础", 1),
        ("丙", 2),
    ]:
        numbered(document, text, level)
    assert text_of("a.docx", docx_bytes(document)).split("\n") == [
        "一、总体要求",
        "二、主要任务",
        "（一）提升质量",
        "1.甲",
        "2.乙",
        "（二）夯实基础",
        "1.丙",
    ]


def test_insertions_are_read_and_deletions_are_not() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("坚持")
    paragraph._p.append(parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>质量</w:t></w:r></w:ins>"))
    paragraph._p.append(
        parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>速度</w:delText></w:r></w:del>")
    )
    assert text_of("a.docx", docx_bytes(document)) == "坚持质量"


# --------------------------------------------------------------------------- pdf


def pdf_bytes(pages: list[list[tuple[float, float, str]]]) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    canvas = Canvas(out)
    for lines in pages:
        canvas.setFont("STSong-Light", 12)
        for x, y, text in lines:
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_lines_of_a_pdf_are_joined_to_paragraphs_and_page_furniture_is_dropped() -> None:
    full = "坚持质量第一效益优先推动经济社会发展各地区各部门要结合实际"
    pages = [
        [
            (72, 800, "青山市公报"),
            (72, 780, f"{topic}工作"),
            (96, 700, topic + full[4:]),
            (72, 680, full),
            (72, 660, "认真落实。"),
            (96, 640, f"二、{topic}"),
            (96, 80, f"抓好{topic}。"),
            (290, 40, f"— {number} —"),
        ]
        for number, topic in enumerate(["标准", "计量", "检测"], start=1)
    ]
    wanted: list[str] = []
    for topic in ["标准", "计量", "检测"]:
        wanted += [f"{topic}工作", topic + full[4:] + full + "认真落实。"]
        wanted += [f"二、{topic}", f"抓好{topic}。"]
    assert text_of("a.pdf", pdf_bytes(pages)).split("\n") == wanted


def test_a_table_of_a_pdf_has_its_cells_apart_and_its_empty_cells() -> None:
    page = [
        (72, 700, "序号"),
        (122, 700, "任务"),
        (250, 700, "牵头单位"),
        (350, 700, "时限"),
        (72, 680, "1"),
        (122, 680, "提升质量"),
        (350, 680, "2025年"),
    ]
    assert (
        text_of("a.pdf", pdf_bytes([page])) == "序号\t任务\t牵头单位\t时限\n1\t提升质量\t\t2025年"
    )


# --------------------------------------------------------------------------- tables


def test_a_workbook_repeats_what_spans_rows_and_skips_hidden_sheets() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "任务分工"
    for row in [
        ("序号", "任务", "牵头单位"),
        (1, "提升\n质量", "市财政局"),
        (None, None, "市教育局"),
        (),
        (2, 3.0, None),
    ]:
        sheet.append(row)
    sheet.merge_cells("B2:B3")
    book.create_sheet("草稿").append(["不读"])
    book["草稿"].sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    assert text_of("a.xlsx", out.getvalue()).split("\n") == [
        "任务分工",
        "序号\t任务\t牵头单位",
        "1\t提升 质量\t市财政局",
        "\t提升 质量\t市教育局",
        "2\t3",
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_csv_file_is_read_with_its_own_separator(separator: str) -> None:
    rows = [
        ["序号", "任务", "牵头单位"],
        ["1", "提升质量", "市财政局"],
        ["2", "夯实基础", "市教育局"],
    ]
    data = "\r\n".join(separator.join(row) for row in rows).encode("gb18030")
    assert text_of("a.csv", data) == "\n".join("\t".join(row) for row in rows)


# --------------------------------------------------------------------------- files not to trust


def archive(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return out.getvalue()


SOUND_DOCX = docx_bytes(docx.Document())
BAD = {
    "old Word": ("a.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 600),
    "picture": ("a.txt", b"\x89PNG\r\n\x1a\n" + b"\0" * 600),
    "random bytes": ("a.txt", random.Random(1).randbytes(5000)),
    "text with NULs": ("a.txt", b"abc\0def\0" * 50),
    "cut docx": ("a.docx", SOUND_DOCX[: len(SOUND_DOCX) // 2]),
    "zip bomb": ("a.docx", archive(word__document_xml=b"0" * 60_000_000)),
    "small bomb by ratio": ("a.docx", archive(word__document_xml=b"0" * 5_000_000)),
    "entities": ("a.docx", archive(word__document_xml=b"<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>")),
    "hollow docx": ("a.docx", archive(word__document_xml=b"<a/>")),
    "hollow xlsx": ("a.xlsx", archive(xl__workbook_xml=b"<a/>")),
    "other archive": ("a.zip", archive(readme=b"x")),
    "cut pdf": ("a.pdf", pdf_bytes([[(72, 700, "质量")]])[:400]),
    "no pdf": ("a.pdf", b"%PDF-1.7\nnothing"),
    "deep page": ("a.html", b"<div>" * 100_000 + "质量".encode()),
    "deep inline": ("a.html", b"<b>" * 100_000 + "质量".encode()),
}


@pytest.mark.parametrize("case", BAD.values(), ids=BAD)
def test_a_file_not_to_trust_gives_a_reason_in_two_languages(case: tuple[str, bytes]) -> None:
    name, data = case
    with pytest.raises(UnreadableDocumentError) as caught:
        read(name, data, settings=SETTINGS)
    assert caught.value.text("zh").startswith(f"无法读取 {name}：")
    assert caught.value.text("en").startswith(f"{name} cannot be read: ")


@pytest.mark.parametrize(
    ("name", "data", "advice"),
    [
        ("a.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 600, ".docx"),
        ("a.wps", b"\xd0\xcf\x11\xe0" + b"\0" * 600, ".docx"),
        ("a.ofd", archive(OFD_xml=b"<ofd:OFD/>"), "PDF"),
        ("a.rtf", b"{\\rtf1 x}", ".docx"),
        ("a.jpg", b"\xff\xd8\xff" + b"\0" * 99, "OCR"),
    ],
)
def test_a_format_that_is_not_read_says_what_to_do(name: str, data: bytes, advice: str) -> None:
    with pytest.raises(UnreadableDocumentError) as caught:
        read(name, data, settings=SETTINGS)
    assert advice in caught.value.text("zh")
    assert advice in caught.value.text("en")


@pytest.mark.parametrize(
    "data", [b"", b" \r\n\t", b"\0" * 100, "\u3000\n".encode(), b"<html></html>"]
)
def test_a_file_without_text_says_so(data: bytes) -> None:
    with pytest.raises(EmptyDocumentError):
        read("a.txt", data, settings=SETTINGS)


def test_a_pdf_without_a_text_layer_says_so() -> None:
    with pytest.raises(EmptyDocumentError, match="OCR"):
        read("a.pdf", pdf_bytes([[]]), settings=SETTINGS)


def test_sizes_are_limited_in_bytes_and_in_characters() -> None:
    with pytest.raises(DocumentTooLargeError):
        read("a.txt", b"a" * 1_100_000, settings=Settings(max_document_mb=1))
    with pytest.raises(TextTooLongError):
        read("a.txt", b"a" * 1001, settings=Settings(max_text_chars=1000))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.pdf", "a.html", "a.csv"])
def test_no_damaged_byte_makes_a_reader_fail_otherwise_than_it_should(name: str) -> None:
    book = io.BytesIO()
    openpyxl.Workbook().save(book)
    sound = {
        "a.docx": SOUND_DOCX,
        "a.xlsx": book.getvalue(),
        "a.pdf": pdf_bytes([[(72, 700, "质量第一")]]),
        "a.html": PAGE.encode(),
        "a.csv": "任务,单位\n提升质量,市财政局\n".encode(),
    }[name]
    chance = random.Random(name)
    for _ in range(12 if name == "a.pdf" else 60):  # each PDF is read in a process of its own
        data = bytearray(sound)
        for _ in range(chance.randrange(1, 20)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            read(
                name, bytes(data[: chance.randrange(len(data) // 2, len(data))]), settings=SETTINGS
            )
            read(name, bytes(data), settings=SETTINGS)
        except DocumentError:
            continue


def test_the_suffixes_of_folders_are_those_that_have_a_reader() -> None:
    assert {".txt", ".html", ".docx", ".pdf", ".xlsx", ".csv"} <= READABLE_SUFFIXES
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in READABLE_SUFFIXES)
