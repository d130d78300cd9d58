"""Garbled copies of real plans come out clean, and nothing goes that an author wrote.

The copies are in the reference material (074-092, 099: rewritten by tools, scraped, converted). What
is left is counted with oracles of their own: a plain pattern for readings in brackets, OpenCC over
the whole text and character by character. What was removed is told from noise by folding the raw
text with three plain patterns, which know nothing of the cleaner, and by wording that several
copies share. ``pytest -s`` prints the figures.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import opencc
import pytest

from kg.settings import Settings
from kg.text.clean import CleanText, clean
from kg.text.readers import read

pytestmark = [pytest.mark.shared, pytest.mark.slow]

GARBLED = re.compile(r"07[4-9]|08\d|09[0-2]|099")
OUTLINE = ("074", "075", "076", "077", "078", "079", "080", "083", "099")
LEAST_SHARED = 25  # sentences of a copy that other copies have letter for letter

LETTERS = "a-zāáǎàōóǒòēéěèêīíǐìūúǔùüǖǘǚǜńňǹɡɑ"
NOTE = re.compile(rf"(?<=[\u4e00-\u9fff])(?: ?[(（] ?[{LETTERS}]{{1,7}}[1-5]? ?[)）])+", re.I)
NOISE = re.compile(r"[,，](?=\s*[,，、。；;：:！!？?])")
BLANK = re.compile(r"[\s\u200b-\u200f\ufeff]+")
WIDE = str.maketrans(",:;?!()", "，：；？！（）")
CONVERTER = opencc.OpenCC("t2s")


@dataclass(frozen=True)
class Copy:
    """One document as it was and as it came out."""

    raw: str
    found: CleanText

    @property
    def notes_left(self) -> list[str]:
        return NOTE.findall(self.found.text)

    @property
    def traditional_left(self) -> Counter[str]:
        text = self.found.text
        whole = zip(text, CONVERTER.convert(text), strict=True)
        by_phrase = Counter(old for old, new in whole if old != new)
        alone = Counter(char for char in text if CONVERTER.convert(char) not in {char, "着"})
        return by_phrase | alone

    @property
    def lost(self) -> list[tuple[str, str]]:
        """Return what stands in the raw text, noise aside, and not in the clean one, or reversed."""
        wanted, got = folded(self.raw_put_right), folded(self.found.text)
        return [] if wanted == got else [first_difference(wanted, got)]

    @property
    def raw_put_right(self) -> str:
        """Return the raw text with the byte shifts undone, which no plain pattern can do."""
        out = self.raw
        for edit in reversed([edit for edit in self.found.edits if edit.rule == "byte-shift"]):
            out = out[: edit.raw_span.start] + edit.after + out[edit.raw_span.end :]
        return out


def folded(raw: str) -> str:
    """Return *raw* without notes, noise commas and blanks, Simplified, marks full-width."""
    text = BLANK.sub("", NOTE.sub("", raw))
    return CONVERTER.convert(NOISE.sub("", text)).replace("著", "着").translate(WIDE)


def first_difference(one: str, two: str) -> tuple[str, str]:
    pairs = enumerate(zip(one, two, strict=False))
    at = next((at for at, (a, b) in pairs if a != b), min(len(one), len(two)))
    return one[max(at - 10, 0) : at + 20], two[max(at - 10, 0) : at + 20]


def sentences(copy: Copy) -> Iterator[str]:
    for part in re.split("[。；，：\n]", copy.found.text):
        words = re.sub(r"\W", "", part)
        if len(words) >= 8:
            yield words


@pytest.fixture(scope="module")
def copies(shared: Path) -> Mapping[str, Copy]:
    out = {}
    for path in sorted((shared / "corpus/docs").glob("*.txt")):
        if GARBLED.match(path.name):
            raw = read(path.name, path.read_bytes(), settings=Settings()).text
            out[path.name[:3]] = Copy(raw, clean(raw))
    return out


def test_no_reading_and_no_traditional_character_is_left(copies: Mapping[str, Copy]) -> None:
    assert len(copies) >= 19
    for key, copy in copies.items():
        made = Counter(edit.rule for edit in copy.found.edits)
        left = Counter(issue.code for issue in copy.found.issues)
        print(
            f"{key}  {len(copy.raw):5} > {len(copy.found.text):5}  {dict(made)}  left {dict(left)}"
        )
    assert {key: copy.notes_left for key, copy in copies.items() if copy.notes_left} == {}
    left = {key: copy.traditional_left for key, copy in copies.items() if copy.traditional_left}
    assert left == {}


def test_readings_and_traditional_characters_were_there(copies: Mapping[str, Copy]) -> None:
    assert sum(len(NOTE.findall(copy.raw)) for copy in copies.values()) > 1000
    assert sum(copy.raw != CONVERTER.convert(copy.raw) for copy in copies.values()) >= 10


def test_nothing_but_noise_is_removed(copies: Mapping[str, Copy]) -> None:
    assert {key: copy.lost for key, copy in copies.items() if copy.lost} == {}


def test_the_copies_of_the_outline_come_out_with_one_wording(copies: Mapping[str, Copy]) -> None:
    whole = {key: re.sub(r"\W", "", copies[key].found.text) for key in OUTLINE}
    for key in OUTLINE:
        others = [text for other, text in whole.items() if other != key]
        all_of_them = list(sentences(copies[key]))
        same = [words for words in all_of_them if any(words in text for text in others)]
        print(f"{key}  {len(same)} of {len(all_of_them)} sentences as in another copy")
        assert len(same) >= LEAST_SHARED, key
