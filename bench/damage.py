"""Damaged copies of a clean plan, as they are met in the wild; the same seed gives the same bytes.

``python -m bench.damage PLAN.txt… -o DIR`` writes one file per kind of damage and per file format.
Reading and cleaning each of them should give the plan back; what a kind really loses (the byte shift
loses a byte now and then) is what the cleaner has to mark.
"""

import argparse
import functools
import io
import random
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from types import MappingProxyType

import docx
import opencc
from pypinyin import Style, pinyin
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from bench.sheet import Sheet

Damage = Callable[[str, random.Random], str]

_DATE = datetime(2025, 1, 1, tzinfo=UTC)
_HAN = re.compile("[\u4e00-\u9fff]")
_HALF = str.maketrans("，：；？！（）", ",:;?!()")
_UNTOUCHED = (
    "于后里系干台云几余谷丑面只"  # one-to-many: conversion tools with a character table leave them
)


def traditional(text: str, _chance: random.Random) -> str:
    """Return *text* in Traditional characters, by a one-to-one table as rewriting tools have it."""
    return "".join(map(_traditional_char, text))


def with_pinyin(text: str, chance: random.Random) -> str:
    """Return Traditional *text* with the reading in brackets after half of the converted types."""
    types = sorted({char for char in text if _traditional_char(char) != char})
    chosen = set(chance.sample(types, k=(len(types) + 1) // 2))
    return "".join(_annotated(char) if char in chosen else _traditional_char(char) for char in text)


def with_commas(text: str, chance: random.Random) -> str:
    """Return *text* with a noise comma before two in three of ， 、 and 。."""
    return re.sub("[，、。]", lambda mark: _maybe(",", chance, 2 / 3) + mark[0], text)


def half_width(text: str, _chance: random.Random) -> str:
    """Return *text* with the marks folded to half width, as crawlers do."""
    return text.translate(_HALF)


def with_spaces(text: str, _chance: random.Random) -> str:
    """Return *text* with a space before each mark."""
    return re.sub(r"(?<=[\u4e00-\u9fff”》）])(?=[，、。；：])", " ", text)


def byte_shifted(text: str, chance: random.Random) -> str:
    """Return Traditional *text* as a byte-wise sentence splitter leaves it in GBK.

    It searches the bytes of ！ and ？ and hits them inside 。《 and 。科; the orphan byte before
    becomes a question mark.
    """
    return "\n".join(map(_shifted_line, traditional(text, chance).split("\n")))


def scraped(text: str, chance: random.Random) -> str:
    """Return *text* with everything at once, like the worst copies of real plans.

    The readings come before the shift, as in the wild: 科技創(chuàng)新 is found as 萍紕?(chuàng)新.
    """
    noted = with_pinyin(text, chance)
    shifted = "\n".join(map(_shifted_line, noted.split("\n")))
    return half_width(with_commas(shifted, chance), chance)


KINDS: Mapping[str, Damage] = MappingProxyType(
    {
        "pinyin": with_pinyin,
        "traditional": traditional,
        "commas": with_commas,
        "half-width": half_width,
        "spaces": with_spaces,
        "byte-shift": byte_shifted,
        "scraped": scraped,
    }
)


def as_gb18030(text: str, _chance: random.Random) -> bytes:
    """Return *text* in GB18030, without a word about it."""
    return text.encode("gb18030")


def as_misread(text: str, _chance: random.Random) -> bytes:
    """Return GBK *text* that was read as cp1252 the way browsers do, and saved as UTF-8."""
    return "".join(map(_cp1252_char, text.encode("gb18030"))).encode("utf-8")


def as_html(text: str, chance: random.Random) -> bytes:
    """Return *text* as a page with menu, hidden noise in every paragraph, tables and footer."""
    body = "".join(
        _html_table(block) if "\t" in block[0] else _html_paragraph(block[0], chance)
        for block in _blocks(text)
    )
    menu = "".join(f"<li><a href='/{n}'>栏目{n}</a></li>" for n in range(1, 9))
    page = (
        "<!DOCTYPE html><html><head><meta charset='gb2312'><title>示例网站</title>"
        "<style>.x{color:red}</style></head><body><div class='header'>示例网站</div>"
        f"<div class='nav'><ul>{menu}</ul></div><div class='crumbs'>首页 &gt; 文件</div>"
        f"<div id='zoom'>{body}</div><div class='share'>分享到：微信 微博</div>"
        "<div class='footer'>主办：示例网站 备案号 00000000</div><script>var a=1</script></body></html>"
    )
    return page.encode("gb18030")


def as_docx(text: str, _chance: random.Random) -> bytes:
    """Return *text* as a Word file; tab-separated lines become tables."""
    document = docx.Document()
    document.core_properties.created = document.core_properties.modified = _DATE
    for block in _blocks(text):
        if "\t" not in block[0]:
            document.add_paragraph(block[0])
            continue
        rows = [line.split("\t") for line in block]
        table = document.add_table(rows=len(rows), cols=max(map(len, rows)))
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, value in zip(row.cells, cells, strict=False):
                cell.text = value
    out = io.BytesIO()
    document.save(out)
    return _fixed_zip(out.getvalue())


def as_pdf(text: str, _chance: random.Random) -> bytes:
    """Return *text* as a PDF of 32 characters a line, with running heads and page numbers."""
    out = io.BytesIO()
    sheet = Sheet(Canvas(out, pagesize=A4, invariant=1))
    for block in _blocks(text):
        if "\t" in block[0]:
            sheet.table([line.split("\t") for line in block])
        else:
            sheet.paragraph(block[0])
    sheet.close()
    return out.getvalue()


FORMATS: Mapping[str, Callable[[str, random.Random], bytes]] = MappingProxyType(
    {
        "gb18030.txt": as_gb18030,
        "misread.txt": as_misread,
        "html": as_html,
        "docx": as_docx,
        "pdf": as_pdf,
    }
)


def damaged(text: str, *, seed: int) -> Iterator[tuple[str, bytes]]:
    """Yield a name ending and the bytes of every damaged copy of *text*."""
    for kind, damage in KINDS.items():
        chance = random.Random(f"{seed}-{kind}")
        yield f"{kind}.txt", damage(text, chance).encode("utf-8")
    for ending, write in FORMATS.items():
        yield ending, write(text, random.Random(f"{seed}-{ending}"))


def _blocks(text: str) -> Iterator[list[str]]:
    """Yield a table's lines together, every other line alone; blank lines are left out."""
    table: list[str] = []
    for line in text.split("\n"):
        if "\t" in line:
            table.append(line)
            continue
        if table:
            yield table
            table = []
        if line.strip():
            yield [line]
    if table:
        yield table


def _html_paragraph(line: str, chance: random.Random) -> str:
    noise = "".join(chance.choices("abcdefgh123", k=5))
    cut = chance.randrange(len(line) + 1)
    hidden = f"<span style='display:none'>{noise}</span>"
    return f"<p>{escape(line[:cut])}{hidden}{escape(line[cut:])}</p>\n"


def _html_table(lines: list[str]) -> str:
    rows = "".join(
        "<tr>" + "".join(f"<td><p>{escape(cell)}</p></td>" for cell in line.split("\t")) + "</tr>"
        for line in lines
    )
    return f"<table border='1'>{rows}</table>\n"


def _fixed_zip(data: bytes) -> bytes:
    """Return the archive with one date for every part, so that equal contents are equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            fixed = zipfile.ZipInfo(part.filename, (2025, 1, 1, 0, 0, 0))
            fixed.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(fixed, old.read(part))
    return out.getvalue()


def _shifted_line(line: str) -> str:
    parts = re.split(b"(\xa3\xa1|\xa3\xbf)", line.encode("gb18030"))
    if len(parts) == 1:
        return line
    return "".join(part.decode("gb18030", "replace") for part in parts).replace("\ufffd", "?")


@functools.lru_cache(maxsize=10_000)
def _traditional_char(char: str) -> str:
    if char == "着":
        return "著"
    if char in _UNTOUCHED or not _HAN.match(char):
        return char
    out = _s2t().convert(char)
    return out if len(out) == 1 and _t2s().convert(out) == char else char


def _annotated(char: str) -> str:
    return f"{_traditional_char(char)}({pinyin(char, style=Style.TONE)[0][0]})"


def _cp1252_char(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


def _maybe(text: str, chance: random.Random, share: float) -> str:
    return text if chance.random() < share else ""


@functools.cache
def _s2t() -> "opencc.OpenCC":
    return opencc.OpenCC("s2t")


@functools.cache
def _t2s() -> "opencc.OpenCC":
    return opencc.OpenCC("t2s")


def main() -> None:
    """Write the damaged copies of the plans on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("plans", nargs="+", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    args.output.mkdir(parents=True, exist_ok=True)
    for plan in args.plans:
        text = plan.read_text(encoding="utf-8")
        for ending, data in damaged(text, seed=args.seed):
            target = args.output / f"{plan.stem}.{ending}"
            target.write_bytes(data)
            print(f"{target}  {len(data):,} bytes")


if __name__ == "__main__":
    main()
