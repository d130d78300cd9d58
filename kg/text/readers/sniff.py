"""What a file is, from its first bytes; the name helps only where bytes cannot tell."""

import re
from pathlib import PurePath

from kg.errors import UnreadableDocumentError

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|tbody|div|article)\b", re.I)
_HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".shtml"})
_CSV_SUFFIXES = frozenset({".csv", ".tsv"})
_HEAD = 2048

# What we know by its first bytes and do not read: signature, and the reason in zh and en.
_REFUSED = (
    (
        b"\xd0\xcf\x11\xe0",
        "旧版 Office 或 WPS 文件（.doc、.xls、.wps、.et）或加密文件；请用 Word 或 WPS 去除密码后另存为 .docx 或 .xlsx",
        "it is an old Office or WPS file (.doc, .xls, .wps, .et) or an encrypted one; "
        "save it without a password as .docx or .xlsx",
    ),
    (b"{\\rtf", "RTF 文件；请另存为 .docx", "it is RTF; save it as .docx"),
    (
        b"\xff\xd8\xff",
        "图片文件；请先做文字识别（OCR）",
        "it is a picture; run text recognition (OCR) first",
    ),
    (
        b"\x89PNG",
        "图片文件；请先做文字识别（OCR）",
        "it is a picture; run text recognition (OCR) first",
    ),
    (b"\x1f\x8b", "压缩文件；请先解压", "it is compressed; unpack it first"),
    (b"7z\xbc\xaf", "压缩文件；请先解压", "it is an archive; unpack it first"),
    (b"Rar!", "压缩文件；请先解压", "it is an archive; unpack it first"),
    (b"\x7fELF", "可执行程序，不是文件", "it is a program, not a document"),
    (b"MZ\x90", "可执行程序，不是文件", "it is a program, not a document"),
)


def media_type_of(name: str, data: bytes) -> str:
    """Return the media type of *data*: one that has a reader.

    Raises:
        UnreadableDocumentError: It is of a format that is not read.

    >>> media_type_of("a.dat", b"%PDF-1.7 ...")
    'application/pdf'
    """
    head = data[:_HEAD]
    for signature, zh, en in _REFUSED:
        if head.startswith(signature):
            raise UnreadableDocumentError(name=name, zh=zh, en=en)
    if b"%PDF-" in head[:1024]:
        return "application/pdf"
    if head.startswith(b"PK\x03\x04"):
        return _office_type(name, data)
    return _text_type(name, head)


def _office_type(name: str, data: bytes) -> str:
    """Return which Office file it is; the directory of a zip stands at its end, names in clear."""
    if b"word/document" in data:
        return DOCX
    if b"xl/workbook" in data:
        return XLSX
    if b"OFD.xml" in data:
        zh, en = (
            "OFD 版式文件；请用 OFD 阅读器导出为 PDF 或 .docx",
            "it is OFD; export it as PDF or .docx",
        )
    else:
        zh, en = (
            "压缩包，不是 .docx 或 .xlsx；请先解压",
            "it is an archive, not .docx or .xlsx; unpack it first",
        )
    raise UnreadableDocumentError(name=name, zh=zh, en=en)


def _text_type(name: str, head: bytes) -> str:
    suffix = PurePath(name).suffix.lower()
    if suffix in _HTML_SUFFIXES:
        return "text/html"
    if suffix in _CSV_SUFFIXES:
        return "text/csv"
    found = _HTML.search(head)
    starts = found is not None and not head[: found.start()].strip(b"\xef\xbb\xbf \t\r\n")
    return "text/html" if starts else "text/plain"
