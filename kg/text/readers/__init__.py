"""Files in, raw text out: one reader a format, chosen by content first and by name second."""

import hashlib
from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from pathlib import PurePath
from types import MappingProxyType
from typing import cast

from kg.errors import (
    DocumentTooLargeError,
    EmptyDocumentError,
    TextTooLongError,
)
from kg.model import RawText
from kg.plugins import Kind, Plugin, named, plugins
from kg.settings import Settings
from kg.text.readers.encoding import Decoded, misread, recover
from kg.text.readers.sniff import DOCX, XLSX, media_type_of

__all__ = ["OTHER_SUFFIXES", "READABLE_SUFFIXES", "Decoded", "known_suffixes", "read"]

# A reader gets the bytes, the name (for messages) and the settings.
Reader = Callable[[bytes, str, Settings], Decoded]

# Module and function, loaded for the first file that needs them: the libraries of pdf, Word and Excel
# take a quarter of a second, in each process.
_READERS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "text/plain": ("txt", "read_txt"),
        "text/html": ("html_page", "read_html"),
        "text/csv": ("table", "read_csv"),
        "application/pdf": ("pdf", "read_pdf"),
        DOCX: ("docx", "read_docx"),
        XLSX: ("xlsx", "read_xlsx"),
    }
)

READABLE_SUFFIXES = frozenset(
    {".txt", ".text", ".md", ".html", ".htm", ".docx", ".pdf", ".xlsx", ".csv", ".tsv"}
)
# Documents that are not read, but named with what to do: a folder must not lose them in silence.
OTHER_SUFFIXES = frozenset({".doc", ".wps", ".xls", ".et", ".ofd"})


def known_suffixes() -> frozenset[str]:
    """Return the endings of all files that are documents, those that packages add included."""
    added = (f".{one.name}" for one in plugins(Kind.READERS))
    return READABLE_SUFFIXES | OTHER_SUFFIXES | frozenset(added)


def read(name: str, data: bytes, *, settings: Settings) -> RawText:
    """Return the text of a file with its media type, encoding and SHA-256.

    Tables stand in place as lines of tab-separated cells. The content decides about the format; the
    name only where plain text could be csv or html too, and where a package adds a reader for it.

    Raises:
        DocumentTooLargeError: It has more bytes than ``max_document_mb`` allows.
        TextTooLongError: Its text is longer than ``max_text_chars``.
        EmptyDocumentError: There is no text in it.
        UnreadableDocumentError: It is of a format that is not read, broken, or not text.
        PluginError: The reader that a package adds failed.

    >>> read("a.txt", "质量第一".encode("gb18030"), settings=Settings()).encoding
    'gb18030'
    """
    size_mb = len(data) / 1e6
    if size_mb > settings.max_document_mb:
        raise DocumentTooLargeError(name=name, size_mb=size_mb, limit_mb=settings.max_document_mb)
    if not data.strip(b"\0 \t\r\n"):
        raise EmptyDocumentError(name=name)
    media_type, reader = _reader_of(name, data)
    found = reader(data, name, settings)
    text, how = recover(found.text)
    if not text.strip("\ufeff \t\r\n\u3000\x0c\0"):
        raise EmptyDocumentError(name=name)
    if len(text) > settings.max_text_chars:
        raise TextTooLongError(name=name, chars=len(text), limit=settings.max_text_chars)
    issues = (*found.issues, misread(how)) if how else found.issues
    return RawText(
        text=text,
        media_type=media_type,
        encoding=found.encoding or None,
        sha256=hashlib.sha256(data).hexdigest(),
        issues=issues,
    )


def _reader_of(name: str, data: bytes) -> tuple[str, Reader]:
    """Return the media type of a file and what reads it."""
    suffix = PurePath(name).suffix.lower()
    added = named(Kind.READERS, suffix.removeprefix("."))
    if added is None:
        media_type = media_type_of(name, data)
        module, function = _READERS[media_type]
        return media_type, getattr(import_module(f"{__name__}.{module}"), function)
    if suffix in READABLE_SUFFIXES:
        raise added.fault(detail=f"{suffix} is read already")
    return f"application/x-{added.name}", partial(_read_by, added)


def _read_by(added: Plugin, data: bytes, name: str, settings: Settings) -> Decoded:
    reader = cast(Reader, added.load())
    with added.blamed():
        found = reader(data, name, settings)
    if not isinstance(found, Decoded):
        raise added.fault(detail="it returns no kg.text.readers.Decoded")
    return found
