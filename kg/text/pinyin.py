"""Readings in brackets: which ones a tool has added, and which brackets the author wrote.

A bracket goes only where pypinyin gives it as a reading of the character before it, so 首台（套）,
（R&D） and 国（OECD） stay.
"""

import functools
import re
import unicodedata
from collections.abc import Iterator

from kg.text.alignment import Change
from kg.text.characters import HAN, MARKS, simplified_char

VOWELS = "aāáǎàoōóǒòeēéěèêiīíǐìuūúǔùüǖǘǚǜńňǹḿɑ"
SYLLABLE = rf"[b-df-hj-np-tv-zɡ{VOWELS}]{{1,7}}[1-5]?"

# Written so that it opens with one of four characters: the engine skips to them, three times faster.
_NOTES = re.compile(
    rf"[ \u3000(（](?:(?<=[(（])|(?<![(（])[(（]) ?{SYLLABLE} ?[)）](?:[ \u3000]?[(（] ?{SYLLABLE} ?[)）])*",
    re.I,
)
_NOTE = re.compile(rf"[(（] ?({SYLLABLE}) ?[)）]", re.I)
_HAN = re.compile(rf"[{HAN}]")
_AFTER_SPACE = re.compile(rf" (?=[{HAN}{MARKS},.;:!?])")


def drop_readings(text: str) -> Iterator[Change]:
    """Yield the removal of each bracket that is a reading of the character before it.

    Where most of them are followed by a space, as in 產(chan) 品, the tool put that there too.

    >>> [change.after for change in drop_readings("質(zhì)量（套）")]
    ['質']
    """
    found = [
        match
        for match in _NOTES.finditer(text)
        if _is_reading(text[match.start() - 1 : match.start()], match[0])
    ]
    inside = [match for match in found if text[match.end() : match.end() + 1] not in ("", "\n")]
    spaced = [match for match in inside if _AFTER_SPACE.match(text, match.end())]
    wide = 2 * len(spaced) > len(inside)
    for match in found:
        tail = 1 if wide and _AFTER_SPACE.match(text, match.end()) else 0
        yield Change(match.start() - 1, match.end() + tail, text[match.start() - 1])


@functools.lru_cache(maxsize=30_000)
def readings(char: str) -> frozenset[str]:
    """Return every reading of *char*: with tone marks, with tone numbers, without tones.

    >>> sorted(readings("长"))[:3]
    ['chang', 'chang2', 'cháng']
    """
    # Its dictionaries take 0.2 s to load, and most documents need none of them.
    from pypinyin import Style, pinyin
    from pypinyin.contrib.tone_convert import to_normal

    found: set[str] = set()
    for form in {char, simplified_char(char)}:
        for reading in pinyin(form, style=Style.TONE, heteronym=True)[0]:
            found |= {reading, to_normal(reading)}
        numbered = pinyin(form, style=Style.TONE3, heteronym=True, neutral_tone_with_five=True)
        found |= set(numbered[0])
    return frozenset(_plain(reading) for reading in found)


@functools.lru_cache(maxsize=10_000)
def _is_reading(char: str, brackets: str) -> bool:
    """Return whether *brackets* hold nothing but readings of *char*, which stands before them."""
    if not _HAN.match(char):
        return False
    notes = _NOTE.findall(brackets)
    if any(note.isascii() and note.isupper() for note in notes):
        return False  # an abbreviation, even where the letters happen to fit: 密度(DU)
    known = readings(char)
    return all(_plain(note) in known for note in notes)


def _plain(reading: str) -> str:
    lower = unicodedata.normalize("NFC", reading.lower())
    return lower.replace("ɡ", "g").replace("ɑ", "a")
