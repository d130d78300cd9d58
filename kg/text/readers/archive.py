"""Office files are zip archives: what is inside, and whether it is safe to unpack."""

import io
import zipfile
import zlib

from kg.errors import UnreadableDocumentError

_RATIO = 300  # XML packs 10 to 40 times; a bomb a thousand times
_SMALL = 1 << 20  # under this a ratio says nothing
_HEAD = 4096


def checked_names(data: bytes, name: str, *, limit_bytes: int) -> frozenset[str]:
    """Return the names of the parts of the archive *data*, once it is known to be harmless.

    Only XML is unpacked when a document is read, so only its size is counted. Python's zipfile
    never gives more bytes than the directory declares, hence the declared sizes bind.

    Raises:
        UnreadableDocumentError: It is broken, encrypted, unpacks beyond *limit_bytes*, or declares
            XML entities, which Office never does.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            xml = [part for part in parts if part.filename.endswith((".xml", ".rels"))]
            _check_sizes(xml, name, limit_bytes)
            for part in xml:
                with archive.open(part) as stream:
                    _check_head(stream.read(_HEAD), name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
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
    total = sum(part.file_size for part in parts)
    for part in parts:
        packed = max(part.compress_size, 1)
        if part.file_size > _SMALL and part.file_size / packed > _RATIO:
            total = max(total, limit_bytes + 1)
    if total > limit_bytes:
        raise UnreadableDocumentError(
            name=name,
            en=f"it unpacks to more than {limit_bytes >> 20} MB of XML, as a zip bomb does",
            zh=f"解压后的 XML 超过 {limit_bytes >> 20} MB，疑似压缩炸弹",
        )


def _check_head(head: bytes, name: str) -> None:
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise UnreadableDocumentError(
            name=name,
            en="its XML declares entities, which no Office program writes",
            zh="其中的 XML 声明了实体，正常的 Office 文件不会如此",
        )
