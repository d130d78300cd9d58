"""What the cleaner knows about characters: Han, marks, usual ones, Traditional and Simplified."""

import functools
from collections import Counter

import opencc

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"  # inside a regex class
MARKS = "，。、；：？！“”‘’《》〈〉（）【】〔〕…—"

_LEVEL_ONE = range(0xB0, 0xD8)  # GB2312 rows 16-55: the 3,755 most usual characters, by reading


@functools.lru_cache(maxsize=40_000)
def simplified_char(char: str) -> str:
    """Return the Simplified form of one character, by OpenCC's t2s.

    >>> simplified_char("質")
    '质'
    """
    return str(_converter().convert(char))


@functools.lru_cache(maxsize=40_000)
def is_usual(char: str) -> bool:
    """Return whether *char* is a mark or, once Simplified, one of the 3,755 of GB2312 level one.

    Misread bytes give unusual characters in half of all cases, policy prose in one of a hundred.

    >>> is_usual("質"), is_usual("，"), is_usual("萍"), is_usual("紕")
    (True, True, True, False)
    """
    if char in MARKS:
        return True
    try:
        code = simplified_char(char).encode("gb2312")
    except UnicodeEncodeError:
        return False
    return len(code) == 2 and code[0] in _LEVEL_ONE


def usual_share(text: str) -> float:
    """Return the share of usual characters among the non-ASCII ones, 1.0 where there are none."""
    counts = Counter(text)
    wide = {char: n for char, n in counts.items() if char > "\x7f" and not char.isspace()}
    usual = sum(n for char, n in wide.items() if is_usual(char))
    return usual / sum(wide.values()) if wide else 1.0


def simplified(text: str) -> str:
    """Return *text* in Simplified characters, of equal length.

    OpenCC chooses by phrase (乾隆 stays, 乾淨 becomes 干净). Should a phrase change the length, its
    line is converted character by character.
    """
    out = str(_converter().convert(text))
    if len(out) == len(text):
        return out
    return "".join(_line_simplified(line) for line in text.splitlines(keepends=True))


def _line_simplified(line: str) -> str:
    out = str(_converter().convert(line))
    return out if len(out) == len(line) else "".join(_one_simplified(char) for char in line)


def _one_simplified(char: str) -> str:
    out = simplified_char(char)
    return out if len(out) == 1 else char


@functools.cache
def _converter() -> "opencc.OpenCC":
    return opencc.OpenCC("t2s")
