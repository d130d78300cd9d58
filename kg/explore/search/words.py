"""What a name is looked up by: its characters, pairs of neighbours, words and initials of pinyin.

A gram is a word of the index. Han text has one for each character and for each pair of neighbours
(SQLite's trigrams miss words of two characters, the most usual ones), a Latin word or a number is
one gram. A mark before a gram says what else it is: the first of a name, initials, the type.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.text.characters import simplified_char

FIRST, INITIAL, TYPE = "^", "~", "="
MARKS = FIRST + INITIAL + TYPE
"""Characters that the index must not take for borders between grams."""

_RUN = re.compile(r"[a-z]+|[0-9]+|[^\W_\x00-\x7f]+")
_EDGE = re.compile(r"^[\W_]+|[\W_]+$")


class _Simplified(dict[int, str]):
    """A table for `str.translate` that asks OpenCC once for each character."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = char if code < ord("\x80") else simplified_char(char)
        return self[code]


_SIMPLIFIED = _Simplified()


def folded(text: str) -> str:
    """Return *text* as it is compared: Simplified, half-width, small letters, no marks at its ends.

    >>> folded(" 《質量強國 建設綱要》（ＡＢＣ） ")
    '质量强国 建设纲要》(abc'
    """
    plain = unicodedata.normalize("NFKC", text).translate(_SIMPLIFIED).casefold()
    return _EDGE.sub("", " ".join(plain.split()))


def initials(name: str) -> str:
    """Return the first letters of the pinyin of a folded name; Latin letters and digits stay.

    Words decide the reading: 重庆 is cq, 重点 is zd.

    >>> initials(folded("重庆市5G重点工程"))
    'cqs5gzdgc'
    """
    return "".join(
        run if run.isascii() else "".join(map(_read, _words(run))) for run in _RUN.findall(name)
    )


def _words(run: str) -> Iterator[str]:
    # Its dictionaries take 0.2 s to load, which no start need wait for.
    from pypinyin.seg.mmseg import seg

    yield from seg.cut(run)


@lru_cache(maxsize=100_000)
def _read(word: str) -> str:
    from pypinyin import Style, lazy_pinyin

    letters = (reading[:1] for reading in lazy_pinyin(word, style=Style.FIRST_LETTER))
    return "".join(letter for letter in letters if letter.isascii() and letter.isalpha())


def grams(name: str, letters: str, type_: str) -> str:
    """Return all grams of a folded name, of its initials and its type, divided by spaces.

    >>> grams("质量 abc", "zlabc", "goal")
    '=goal ^~z ^~zl ^质 ^质量 abc ~ab ~bc ~la ~zl 质 质量 量'
    """
    found = {TYPE + type_}
    runs = _RUN.findall(name)
    for run in runs:
        found.update([run] if run.isascii() else {*run, *_pairs(run)})
    if runs:
        found.update([FIRST + runs[0]] if runs[0].isascii() else _firsts(FIRST, runs[0]))
    if not name.isascii():
        found.update(_firsts(FIRST + INITIAL, letters))
        found.update(INITIAL + pair for pair in _pairs(letters))
    return " ".join(sorted(found))


@dataclass(frozen=True, slots=True)
class Gram:
    """A gram that a name must have; ``open`` where it may go on, as the last word one types."""

    text: str
    open: bool = False


def grams_of_part(part: str, *, first: bool) -> Iterator[Gram]:
    """Yield the grams of a name that holds *part*, or with *first* of one that begins with it.

    >>> [gram.text for gram in grams_of_part("质量提", first=True)]
    ['^质量', '量提']
    """
    runs = _RUN.findall(part)
    for place, run in enumerate(runs):
        mark = FIRST if first and place == 0 else ""
        if run.isascii():
            yield Gram(mark + run, open=place == len(runs) - 1)
            continue
        pairs = list(_pairs(run)) or [run]
        yield Gram(mark + pairs[0])
        yield from map(Gram, pairs[1:])


def grams_of_initials(part: str, *, first: bool) -> Iterator[Gram]:
    """Yield the grams of a name whose initials hold *part*, or with *first* begin with it.

    A single letter that is not the first says too little, and yields none.

    >>> [gram.text for gram in grams_of_initials("zlq", first=False)]
    ['~zl', '~lq']
    """
    pairs = list(_pairs(part))
    if first:
        yield Gram(FIRST + INITIAL + part[:2])
    yield from (Gram(INITIAL + pair) for pair in pairs[1 if first else 0 :])


def pairs_of(parts: Iterable[str]) -> list[str]:
    """Return the pairs of neighbours in Han text, and the words: what loosely alike names share.

    >>> pairs_of(["质量督", "abc"])
    ['abc', '质量', '量督']
    """
    found: set[str] = set()
    for run in _RUN.findall(" ".join(parts)):
        found.update([run] if run.isascii() else _pairs(run))
    return sorted(found)


def _pairs(run: str) -> Iterator[str]:
    return (run[at : at + 2] for at in range(len(run) - 1))


def _firsts(mark: str, run: str) -> Iterator[str]:
    return (mark + run[:length] for length in (1, 2) if run[:length])
