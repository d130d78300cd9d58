"""Bytes to text: which encoding it is, and which wrong one it was read in before.

UTF-8 is tried strictly, then GB18030 against Big5 by which gives usual characters, then
charset-normalizer; a text that someone read in the wrong encoding and saved again is put right where
no byte is lost.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from charset_normalizer import from_bytes

from kg.errors import UnreadableDocumentError
from kg.model import Bilingual, Issue
from kg.text.characters import usual_share

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NAMES = {"gb2312": "gb18030", "gbk": "gb18030", "utf8": "utf-8", "utf-8-sig": "utf-8"}
_SAMPLE = 4000  # characters on which readings are compared
_READABLE = 0.85  # share of usual characters that prose never falls below
_TORN_PER_MILLE = 2  # bytes out of a thousand that may be torn in a text we still read

# (what it was wrongly read as, what it was); cp1252 as browsers read it, with its five holes filled.
_MISREADINGS = (
    ("cp1252", "gb18030"),
    ("cp1252", "utf-8"),
    ("cp1251", "utf-8"),
    ("gb18030", "utf-8"),
)
_FOREIGN = re.compile("[\u0080-\u024f\u0400-\u04ff\u2010-\u203a\u20ac\u2122]")
_HAN = re.compile("[\u3400-\u9fff]+")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_CP1252 = {
    bytes([byte]).decode("cp1252"): chr(byte)
    for byte in range(0x80, 0xA0)
    if byte not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}
}


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was in, and what is doubtful about it."""

    text: str
    encoding: str
    issues: tuple[Issue, ...] = ()


def decode(data: bytes, name: str, *, declared: str | None = None) -> Decoded:
    """Return the text of *data*.

    Raises:
        UnreadableDocumentError: It is not text in any encoding we know.

    >>> decode("质量".encode("gb18030"), "a.txt").text
    '质量'
    """
    found = _by_mark(data) or _by_trial(data, declared) or _by_guess(data)
    if found is None or _is_binary(found.text):
        raise UnreadableDocumentError(
            name=name,
            en="it is not text in UTF-8, UTF-16, GB18030 or Big5; save it as UTF-8",
            zh="不是 UTF-8、UTF-16、GB18030 或 Big5 编码的文本；请另存为 UTF-8",
        )
    return found


def recover(text: str) -> tuple[str, str | None]:
    """Return *text* as it was before it was read in a wrong encoding, and how; else as it is.

    >>> recover("ÖÊÁ¿Ç¿¹ú½¨Éè")
    ('质量强国建设', 'cp1252>gb18030')
    >>> recover("质量强国建设")
    ('质量强国建设', None)
    """
    sample = text[:_SAMPLE]
    if not _looks_misread(sample):
        return text, None
    for wrong, right in _MISREADINGS:
        try:
            better = _bytes_of(text, wrong).decode(right)
        except (UnicodeEncodeError, UnicodeDecodeError):
            continue
        if 2 * _han(better[:_SAMPLE]) > len(better[:_SAMPLE].replace(" ", "")) * 0.4 and _is_prose(
            better
        ):
            return better, f"{wrong}>{right}"
    return text, None


def misread(how: str) -> Issue:
    """Return the issue that says how a text was put right."""
    return Issue(
        "misread-encoding",
        Bilingual(
            f"文件曾被误读（{how}），已还原",
            f"the text had been read in a wrong encoding ({how}) and was put right",
        ),
    )


def _looks_misread(sample: str) -> bool:
    foreign, han = len(_FOREIGN.findall(sample)), _han(sample)
    return foreign > max(4, han) or (han > 8 and usual_share(sample) < _READABLE)


def _han(sample: str) -> int:
    """Return how many Han characters *sample* holds."""
    return sum(map(len, _HAN.findall(sample)))


def _bytes_of(text: str, encoding: str) -> bytes:
    if encoding != "cp1252":
        return text.encode(encoding)
    return "".join(_CP1252.get(char, char) for char in text).encode("latin-1")


def _is_prose(text: str) -> bool:
    return usual_share(text[:_SAMPLE]) >= _READABLE


def _by_mark(data: bytes) -> Decoded | None:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _lenient(data, encoding)
    if b"\0" not in data[:_SAMPLE]:
        return None
    for encoding in ("utf-16-le", "utf-16-be"):
        found = _lenient(data, encoding)
        if found and _HAN.search(found.text) and _is_prose(found.text):
            return found
    return None


def _by_trial(data: bytes, declared: str | None) -> Decoded | None:
    if b"\0" in data[:_SAMPLE]:
        return None
    utf8 = _lenient(data, "utf-8")
    if utf8:
        return utf8
    candidates = list(_candidates(data, declared))
    if not candidates:
        return None
    best = max(candidates, key=lambda found: usual_share(found.text[:_SAMPLE]))
    return best if _HAN.search(best.text) else None


def _candidates(data: bytes, declared: str | None) -> Iterator[Decoded]:
    for encoding in dict.fromkeys([_known(declared), "gb18030", "big5"]):
        found = _lenient(data, encoding) if encoding else None
        if found:
            yield found


def _known(declared: str | None) -> str | None:
    if not declared:
        return None
    try:
        found = codecs.lookup(declared.strip()).name
    except LookupError:
        return None
    return _NAMES.get(found, found)


def _by_guess(data: bytes) -> Decoded | None:
    if b"\0" in data[:_SAMPLE]:
        return None
    best = from_bytes(data[: 64 * 1024]).best()
    return _lenient(data, best.encoding) if best else None


def _lenient(data: bytes, encoding: str) -> Decoded | None:
    """Return the text; torn bytes become U+FFFD, as long as there are next to none."""
    plain = _NAMES.get(encoding, encoding)
    try:
        return Decoded(data.decode(encoding), plain)
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
    except LookupError:
        return None
    torn = text.count("\ufffd")
    if 1000 * torn > _TORN_PER_MILLE * len(data) and not _is_cut_off(text, torn):
        return None
    reason = Bilingual(f"{torn} 处字节无法解码", f"{torn} places hold bytes that cannot be decoded")
    return Decoded(text, plain, (Issue("torn-bytes", reason),))


def _is_cut_off(text: str, torn: int) -> bool:
    return torn == 1 and text.endswith("\ufffd") and len(text) > 100


def _is_binary(text: str) -> bool:
    sample = text[:_SAMPLE]
    return len(_CONTROLS.findall(sample)) * 100 > len(sample)
