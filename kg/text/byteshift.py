"""Undo the GBK byte shift: ``。《綱`` that a byte-wise program turned into ``?!毒V``.

In GBK 。《綱 is A1A3 A1B6 BE56. A program that cuts sentences by searching the bytes of ！ (A3A1),
？ (A3BF) or 。 (A1A3) hits A3A1 *inside* 。《; the orphan A1 becomes ``?`` or is dropped and what
follows is read one byte off, until a single-byte character brings it back into step. We put A1 back,
read again, and keep the second reading only where it is clearly the better one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from kg.text.alignment import Change
from kg.text.characters import is_usual
from kg.text.pinyin import SYLLABLE, readings

GAP = "□"  # stands for a character whose bytes are lost

# After 。 only （ can follow a lost ideographic space: A1A1 A3A8 gives A1A3 A8xx, and A8 is the row
# of the phonetic letters. Trying every 。 would put clean text at risk for nothing.
_START = re.compile(r"\??[！!？?](?=[^\x00-\x7f，。、；：！？“”《》（）])|\??。(?=[\u3105-\u3129])")
_LOST_TRAIL = re.compile(rf"\??[(（]({SYLLABLE})[)）]")
_WIDE = {"!": "！", "?": "？"}
_LONGEST = 2000  # characters one shift may run on
_MOST_TRIES = 2_000  # marks looked at: a text with more of them is no prose
_SOUND = 4  # characters that must read well before a broken run is believed


@dataclass(frozen=True, slots=True)
class _Reading:
    end: int  # in the text
    text: str


def undo_shift(text: str) -> Iterator[Change]:
    """Yield the second reading of each shifted stretch.

    >>> [(change.start, change.after) for change in undo_shift("目標?!毒V要》提出")]
    [(2, '。《綱')]
    >>> list(undo_shift("怎么办？我们一起来想办法。"))
    []
    """
    done = 0
    for match in islice(_START.finditer(text), _MOST_TRIES):
        if match.start() < done:
            continue
        change = _best(text, match)
        if change:
            done = change.end
            yield change


def _best(text: str, match: re.Match[str]) -> Change | None:
    """Return the repair for the mark at *match*, if its second reading convinces."""
    mark = match.end() - 1
    reading = _second_reading(text, mark)
    orphan = mark > match.start()
    if not reading or not _is_better(reading.text, text[mark + 1 : reading.end], orphan=orphan):
        return None
    if len(reading.text) > reading.end - match.start():
        return None  # more characters than there were: bytes were lost that we cannot place
    return Change(match.start(), reading.end, reading.text)


def _second_reading(text: str, mark: int) -> _Reading | None:
    head = _WIDE.get(text[mark], text[mark])
    buffer = bytearray(b"\xa1" + head.encode("gbk"))
    at = mark + 1
    while at < min(len(text), mark + _LONGEST):
        code = _code(text[at])
        if not code:
            break
        buffer += code
        at += 1
        if len(buffer) % 2 == 0:
            return _decoded(bytes(buffer), at, head)
        if len(buffer) == 2 * _SOUND + 1 and not _is_sound(bytes(buffer[:-1]), head):
            return None  # most question marks are question marks: give up early
    return _broken_off(text, bytes(buffer), mark, at)


def _code(char: str) -> bytes:
    """Return the GBK bytes of *char*, none where it cannot be part of a shifted stretch."""
    try:
        code = char.encode("gb18030")
    except UnicodeEncodeError:
        return b""
    if len(code) == 1 and not 0x40 <= code[0] <= 0x7E:
        return b""
    return code if len(code) <= 2 else b""


def _decoded(buffer: bytes, end: int, head: str) -> _Reading | None:
    try:
        text = buffer.decode("gb18030")
    except UnicodeDecodeError:
        return _sound_prefix(buffer, end, head)
    if not _starts_right(text, head):
        return None
    body = text[1:]
    return _Reading(end, text) if all(map(is_usual, body)) else _sound_prefix(buffer, end, head)


def _starts_right(text: str, head: str) -> bool:
    return text.startswith("\u3000（") if head == "。" else text.startswith("。") and len(text) > 1


def _is_sound(buffer: bytes, head: str) -> bool:
    try:
        text = buffer.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return _starts_right(text, head) and all(map(is_usual, text[1:]))


def _sound_prefix(buffer: bytes, end: int, head: str) -> _Reading | None:
    """Return what reads well before bytes that were lost inside; the torn character is a gap."""
    size = 2
    while size + 2 <= len(buffer) and _is_sound(buffer[: size + 2], head):
        size += 2
    if size < 2 * _SOUND:
        return None
    text = buffer[:size].decode("gb18030")
    # The bytes that end inside a character of the first reading: 1 of A1, 2 of the mark, then pairs.
    used = (size - 2) // 2
    wide = (len(buffer) - 2) // 2
    return _Reading(end - wide + used, text + GAP)


def _broken_off(text: str, buffer: bytes, mark: int, at: int) -> _Reading | None:
    """Return the reading of a stretch whose last byte is lost.

    A pinyin note right after it tells which character it was; else a gap stands for it.
    """
    head = _WIDE.get(text[mark], text[mark])
    if len(buffer) % 2 == 0 or not _starts_right(buffer[:-1].decode("gb18030", "replace"), head):
        return None
    lost = _LOST_TRAIL.match(text, at)
    after = at + (1 if text[at : at + 1] == "?" else 0)
    if lost:
        fits = [char for char in _with_lead(buffer[-1]) if lost[1].lower() in readings(char)]
        if len(fits) == 1 and _is_sound(buffer[:-1], head):
            return _Reading(after, buffer[:-1].decode("gb18030") + fits[0])
    traces = text[mark - 1] == text[at : at + 1] == "?"
    if (traces or len(buffer) > 2 * _SOUND) and _is_sound(buffer[:-1], head):
        return _Reading(after, buffer[:-1].decode("gb18030") + GAP)
    return _sound_prefix(buffer, at, head)


def _with_lead(lead: int) -> Iterator[str]:
    for trail in range(0x40, 0xFF):
        try:
            char = bytes([lead, trail]).decode("gbk")
        except UnicodeDecodeError:
            continue
        if is_usual(char):
            yield char


def _is_better(second: str, first: str, *, orphan: bool) -> bool:
    """Return whether the second reading convinces.

    Of misread characters about half are unusual, of prose one in a hundred: the second reading
    has none (the caller saw to that), so the first must have some. A ``?`` before the mark is
    itself a trace of the shift; without it we ask for more.
    """
    odd = sum(not is_usual(char) for char in first)
    opens = second[1:2] in "“《〈‘【（"
    needed = 1 if orphan or opens else 2
    return odd >= needed and odd >= 0.15 * len(first)
