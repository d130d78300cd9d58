"""Office files are zip archives: what is inside, and whether it is safe to unpack."""

import io
import zipfile
import zlib
from typing import IO

from kg.errors import UnreadableDocumentError

_RATIO = 300  # XML packs 10 to 40 times; a bomb a thousand times
_SMALL = 1 << 20  # under this a ratio says nothing
# What zipfile, python-docx and openpyxl raise on files that are not what they say.
FAULTS = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RecursionError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)
_XML = (".xml", ".rels")
_PICTURES = 5  # all parts together may be so many times as large as the XML among them
_MOST_PARTS = 10_000
_CHUNK = 1 << 20
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
_LONGEST_DECLARATION = 20  # bytes of one of them, in UTF-16


def checked_names(data: bytes, name: str, *, limit_bytes: int) -> frozenset[str]:
    """Return the names of the parts of the archive *data*, once it is known to be harmless.

    Pictures count too, since python-docx unpacks whatever the document refers to. Python's zipfile
    never gives more bytes than the directory declares, hence the declared sizes bind.

    Raises:
        UnreadableDocumentError: It is broken, encrypted, has too many parts, unpacks beyond
            *limit_bytes*, or declares XML entities, which Office never does.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            xml = [part for part in parts if part.filename.endswith(_XML)]
            _check_sizes(parts, name, limit_bytes)
            for part in xml:
                with archive.open(part) as stream:
                    _check_declarations(stream, name)
    except FAULTS as error:
        raise broken(name, error) from error
    return frozenset(part.filename for part in parts)


def broken(name: str, error: Exception) -> UnreadableDocumentError:
    """Return the error for an Office file that cannot be opened."""
    detail = str(error) or type(error).__name__
    return UnreadableDocumentError(
        name=name,
        en=f"the Office file is broken or encrypted ({detail}); open it in its program and save it anew",
        zh=f"Office 文件已损坏或被加密（{detail}）；请用原程序打开后重新保存",
    )


def _check_sizes(parts: list[zipfile.ZipInfo], name: str, limit_bytes: int) -> None:
    if len(parts) > _MOST_PARTS:
        raise UnreadableDocumentError(
            name=name,
            en=f"it has {len(parts)} parts, an Office file has some dozens; save it anew",
            zh=f"内含 {len(parts)} 个部件，正常的 Office 文件只有几十个；请用原程序打开后重新保存",
        )
    xml = sum(part.file_size for part in parts if part.filename.endswith(_XML))
    total = max(xml, sum(part.file_size for part in parts) // _PICTURES)
    for part in (part for part in parts if part.filename.endswith(_XML)):
        packed = max(part.compress_size, 1)
        if part.file_size > _SMALL and part.file_size / packed > _RATIO:
            total = max(total, limit_bytes + 1)
    if total > limit_bytes:
        raise UnreadableDocumentError(
            name=name,
            en=f"it unpacks to more than {limit_bytes >> 20} MB, as a zip bomb does; save it anew or split it",
            zh=f"解压后超过 {limit_bytes >> 20} MB，疑似压缩炸弹；请重新保存或拆分",
        )


def _check_declarations(stream: IO[bytes], name: str) -> None:
    """Refuse XML that declares entities, wherever and in whatever width: a comment may come first."""
    before = b""
    while chunk := stream.read(_CHUNK):
        seen = (before + chunk).replace(b"\0", b"")
        if any(declaration in seen for declaration in _DECLARATIONS):
            raise UnreadableDocumentError(
                name=name,
                en="its XML declares entities, which no Office program writes; save it anew",
                zh="其中的 XML 声明了实体，正常的 Office 文件不会如此；请用原程序打开后重新保存",
            )
        before = chunk[-_LONGEST_DECLARATION:]
