"""Files that are made to cost time or memory, or to reach what they should not. All invented."""

import io
import struct
import zipfile
from collections.abc import Iterator, Mapping

import docx
import openpyxl
from openpyxl.utils import get_column_letter

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BODY, NUMBERS, SHEET = "word/document.xml", "word/numbering.xml", "xl/worksheets/sheet1.xml"
RELATIONS, TYPES = "word/_rels/document.xml.rels", "[Content_Types].xml"
NUMBERED = (
    '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    "<w:r><w:t>质量</w:t></w:r></w:p>"
)
LAUGHS = "".join(f'<!ENTITY {chr(98 + at)} "{f"&{chr(97 + at)};" * 10}">' for at in range(9))
UNREADABLE, EMPTY, LONG = "unreadable-document", "empty-document", "text-too-long"
RUNAWAY = "runaway-document"


def plan(area: str) -> str:
    """Return a small sound plan."""
    return (
        f"{area}质量提升行动方案\n一、重点任务\n"
        "（一）提升产品质量。开展产品质量提升行动。（市市场监管局牵头，市财政局配合）\n本文件为虚构示例。\n"
    )


def sound_docx() -> bytes:
    out = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("一、总体要求")
    document.add_table(rows=2, cols=2).cell(0, 0).text = "序号"
    document.save(out)
    return out.getvalue()


def sound_xlsx() -> bytes:
    out = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["序号", "任务"])
    book.save(out)
    return out.getvalue()


def with_parts(base: bytes, parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(base)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            if part.filename not in parts:
                new.writestr(part, old.read(part))
        for name, data in parts.items():
            new.writestr(name, data)
    return out.getvalue()


def word(body: str, *, head: str = "", encoding: str = "utf-8", **parts: bytes) -> bytes:
    xml = f'{head}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    named = {NUMBERS: parts["numbers"]} if "numbers" in parts else {}
    return with_parts(sound_docx(), {BODY: xml.encode(encoding), **named})


def sheet(rows: str, *, merges: str = "", head: str = "", encoding: str = "utf-8") -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    xml = f'{head}<worksheet xmlns="{space}"><sheetData>{rows}</sheetData>{merges}</worksheet>'
    return with_parts(sound_xlsx(), {SHEET: xml.encode(encoding)})


def numbers(form: str, *, start: str = "1", pattern: str = "%1.") -> bytes:
    level = (
        f'<w:lvl w:ilvl="0"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
    )
    return (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    ).encode()


def declared(entities: str, *, encoding: str, comment: int) -> str:
    return (
        f'<?xml version="1.0" encoding="{encoding}"?><!--{"x" * comment}-->'
        f"<!DOCTYPE a [{entities}]>"
    )


def pdf(*objects: bytes) -> bytes:
    out, places = b"%PDF-1.7\n", []
    for number, item in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    size = len(objects) + 1
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + tail


def stream(data: bytes, words: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (words, len(data), data)


def nested_forms(depth: int) -> bytes:
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<<%s>>"
    font = b"/Font<</F 5 0 R>>"
    levels = [
        stream(b"/X Do " * 10, form % b"/XObject<</X %d 0 R>>" % (7 + at)) for at in range(depth)
    ]
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]"
        b"/Resources<</XObject<</X 6 0 R>>>>/Contents 4 0 R>>",
        stream(b"/X Do "),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *levels,
        stream(b"BT /F 12 Tf 50 50 Td (abc) Tj ET", form % font),
    )


def office() -> Iterator[tuple[str, bytes, str]]:
    """Yield the name, the bytes and the outcome of each hostile Office file."""
    yield from entities()
    yield from archives()
    yield from documents()
    yield from workbooks()


def entities() -> Iterator[tuple[str, bytes, str]]:
    for encoding in ("utf-8", "utf-16"):
        for comment in (0, 9000):
            how = f"{encoding}-{comment}"
            laughs = declared(f'<!ENTITY a "ha">{LAUGHS}', encoding=encoding, comment=comment)
            outside = declared(
                '<!ENTITY j SYSTEM "file:///etc/hostname">', encoding=encoding, comment=comment
            )
            for kind, head in (("laughs", laughs), ("outside", outside)):
                text = "<w:p><w:r><w:t>&j;</w:t></w:r></w:p>"
                cell = '<row><c t="inlineStr"><is><t>&j;</t></is></c></row>'
                yield f"{kind}-{how}.docx", word(text, head=head, encoding=encoding), UNREADABLE
                yield f"{kind}-{how}.xlsx", sheet(cell, head=head, encoding=encoding), UNREADABLE


def archives() -> Iterator[tuple[str, bytes, str]]:
    yield "bad.docx", b"PK\x03\x04word/document" + b"\xff" * 500, UNREADABLE
    yield "ratio.docx", with_parts(sound_docx(), {BODY: b" " * 50_000_000}), UNREADABLE
    picture = {"word/media/a.png": b"\0" * 300_000_000}
    yield "picture.docx", with_parts(sound_docx(), picture), UNREADABLE
    yield "overlapping.docx", overlapping(), UNREADABLE
    inner = with_parts(sound_docx(), {"word/more.docx": with_parts(sound_docx(), {})})
    yield "inner.docx", with_parts(sound_docx(), {"word/inner.docx": inner}), "text"
    outside = dict.fromkeys(("../../up.xml", "/tmp/up.xml", "C:\\up.xml", "word/\x00.xml"), b"<a/>")
    yield "traversal.docx", with_parts(sound_docx(), outside), "text"
    twice = sound_docx()
    yield "twice.docx", twice + twice, "text"
    yield "nothing.docx", with_parts(sound_docx(), {BODY: b""}), UNREADABLE
    many = {f"word/x{at}.xml": b"<a/>" for at in range(12_000)}
    yield "parts.docx", with_parts(sound_docx(), many), UNREADABLE


def overlapping(times: int = 4000) -> bytes:
    """Return an archive whose directory names one packed part *times* over, as Fifield's bomb does."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(BODY, b" " * 1_000_000)
    whole = out.getvalue()
    start = whole.index(b"PK\x01\x02")
    entry = whole[start : whole.index(b"PK\x05\x06")]
    names = [f"word/{at:07}.xml".encode() for at in range(times)]
    directory = b"".join(
        entry[:28] + struct.pack("<H", len(name)) + entry[30:46] + name for name in names
    )
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, times, times, len(directory), start, 0)
    return whole[:start] + directory + end


def documents() -> Iterator[tuple[str, bytes, str]]:
    wide = '<w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr><w:p/></w:tc>'
    full = "<w:tc><w:p><w:r><w:t>质量</w:t></w:r></w:p></w:tc>"
    yield "span.docx", word(f"<w:tbl><w:tr>{wide}{full}</w:tr></w:tbl>"), "text"
    for form in ("upperRoman", "lowerLetter"):
        file = word(NUMBERED, numbers=numbers(form, start="99999999999"))
        yield f"{form}.docx", file, "text"
    label = numbers("decimal", pattern="%1" * 50_000)
    yield "label.docx", word(NUMBERED * 60_000, numbers=label), LONG
    cell = "<w:tc><w:p><w:r><w:t>质量第一</w:t></w:r></w:p></w:tc>"
    below = "<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr>"
    long = cell.replace("质量第一", "质量第一" * 1000)
    yield "merged.docx", word(f"<w:tbl><w:tr>{long}</w:tr>{below * 5000}</w:tbl>"), LONG
    open_, close = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
    yield "nested.docx", word(open_ * 80 + "<w:p/>" + close * 80), EMPTY
    yield "deep.docx", word("<w:r>" * 5000 + "</w:r>" * 5000), UNREADABLE


def workbooks() -> Iterator[tuple[str, bytes, str]]:
    one = '<row r="1"><c r="A1"><v>1</v></c></row>'
    far = one + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    yield "far.xlsx", sheet(far), "text"
    rows = "".join(f'<row r="{at}"><c r="XFD{at}"/></row>' for at in range(2, 2000))
    yield "wide.xlsx", sheet(one + rows), UNREADABLE
    beyond = '<row r="1"><c r="ZZZZZZ1"><v>1</v></c></row>'
    yield "beyond.xlsx", sheet(beyond), UNREADABLE
    merge = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    yield "merge.xlsx", sheet(one, merges=merge), "text"
    columns = "".join(
        f'<mergeCell ref="{get_column_letter(at)}1:{get_column_letter(at)}1048576"/>'
        for at in range(1, 9000)
    )
    yield "merges.xlsx", sheet(one, merges=f"<mergeCells>{columns}</mergeCells>"), "text"


def pages() -> Iterator[tuple[str, bytes, str]]:
    """Yield the name, the bytes and the outcome of each hostile page."""
    yield "self-closed.html", b"<div/>" * 100_000 + "质量".encode(), UNREADABLE
    yield "attribute.html", b'<div a="<">' * 100_000 + "质量".encode(), UNREADABLE
    yield "closed-wrong.html", b"<div></x>" * 100_000 + "质量".encode(), UNREADABLE
    reopened = b"".join(b"<b a=%d>" % at for at in range(2900)) + b"<p>x</p>" * 20_000
    yield "reopened.html", reopened, UNREADABLE
    large = b"<div class='nav'>" * 2900 + "质量第一，".encode() * 500_000
    yield "deep-and-large.html", large, UNREADABLE
    spans = "<tr>" + "<td colspan=200 rowspan=200>甲</td>" * 200 + "</tr>"
    yield "spans.html", f"<table>{spans * 100}</table>".encode(), "text"
    yield "cells.html", b"<table><tr>" + b"<td>" * 400_000, EMPTY
    yield "class.html", b"<p class='" + b"nav " * 500_000 + b"'>" + "质量".encode(), "text"
    yield "comment.html", b"<html><!--" + b"x" * 9_000_000, EMPTY


def texts() -> Iterator[tuple[str, bytes, str]]:
    """Yield the name, the bytes and the outcome of each hostile text."""
    yield "line.txt", b"a" * 100_000_000, "document-too-large"
    yield "line-in-limit.txt", "质".encode() * 12_000_000, LONG
    yield "nuls.txt", b"\0" * 20_000_000 + b"a", UNREADABLE
    yield "some-nuls.txt", "质\0量".encode() * 100_000, UNREADABLE
    yield "surrogates.txt", "质量".encode() * 500 + b"\xed\xa0\x80", "text"
    yield "right-to-left.txt", "\u202e质\u200f量\u2067第一".encode() * 10_000, "text"
    yield "mixed.txt", "质量".encode() * 200 + "質量".encode("big5") * 200, "text"
    yield "columns.csv", (b"," * 1_000_000 + b"\n") * 20, EMPTY
    yield "breaks.txt", b"\r\x0b\x0c\x1c\x1d\x85" * 500_000 + b"a", UNREADABLE
    yield "quotes.csv", b'"' * 8192 + b",\n" * 1000, "text"
    yield "separators.csv", b'",;\t|' * 6000, "text"


def scans() -> Iterator[tuple[str, bytes, str]]:
    """Yield the name, the bytes and the outcome of each hostile PDF."""
    yield "bombed.pdf", nested_forms(8), RUNAWAY
    yield "hollow.pdf", b"%PDF-1.7\n" + b"\0" * 10_000, UNREADABLE
    for name, kids, told in (("counted", 1, UNREADABLE), ("empty-pages", 50_000, EMPTY)):
        tree = b"<</Type/Pages/Count 50000/Kids[%s]>>" % (b"3 0 R " * kids)
        page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]>>"
        yield f"{name}.pdf", pdf(b"<</Type/Catalog/Pages 2 0 R>>", tree, page), told
